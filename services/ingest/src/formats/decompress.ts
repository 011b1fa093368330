import { firstBytes } from './first-bytes.ts'
import { unpackFrame } from './unpack-frame.ts'

export type Encoding = 'auto' | 'identity' | 'gzip' | 'zstd'

/** Compressed input that is broken, or grows out of proportion. */
export class CompressionError extends Error {
  override readonly name = 'CompressionError'
  readonly code: 'bad_compression' | 'decompressed_too_large'
  constructor(code: CompressionError['code'], detail: string) {
    super(detail)
    this.code = code
  }
}

const MAX_RATIO = 100
// Small inputs of one repeated record compress better than that; they cannot hurt.
const FREE_BYTES = 1 << 20

/**
 * The bytes behind gzip or zstd. `auto` looks at the first bytes (files); a named encoding is insisted on (HTTP).
 * Throws `CompressionError` when the input is broken, ends early, or grows more than 100 : 1 after the first MiB;
 * what goes wrong with `stream` itself is thrown as it came.
 */
export async function* decompress(stream: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<Uint8Array> {
  if (encoding === 'identity') {
    yield* stream
    return
  }
  const { head, all } = await firstBytes(stream, 4)
  const found = encodingOf(head)
  if (encoding === 'auto' && found === 'identity') yield* all
  else if (found === 'identity' || (encoding !== 'auto' && found !== encoding)) {
    throw new CompressionError('bad_compression', `the body is not ${encoding}`)
  } else yield* unpack(all, found)
}

function encodingOf(head: Uint8Array): 'identity' | 'gzip' | 'zstd' {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip'
  if (head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd) return 'zstd'
  return 'identity'
}

/** Frame after frame: the platform stops at the end of a zstd frame and says nothing of what follows. */
async function* unpack(stream: AsyncIterable<Uint8Array>, encoding: 'gzip' | 'zstd'): AsyncGenerator<Uint8Array> {
  const input = new Input(stream)
  let given = 0
  try {
    while (await input.hasMore()) {
      for await (const chunk of unpackFrame(input, encoding)) {
        given += chunk.byteLength
        if (given > FREE_BYTES && given > input.taken * MAX_RATIO) {
          throw new CompressionError(
            'decompressed_too_large',
            `the input grows more than ${MAX_RATIO} times when unpacked`,
          )
        }
        yield chunk
      }
      // gzip's own members are followed by the platform; after the last one zeros may fill a block.
      if (encoding === 'gzip' && (await input.hasMore()) && !(await input.isPadding())) throw broken(input, encoding)
    }
  } catch (error) {
    throw error instanceof CompressionError || error === input.error ? error : broken(input, encoding)
  } finally {
    await input.close()
  }
}

function broken(input: Input, encoding: string): CompressionError {
  return new CompressionError(
    'bad_compression',
    `the ${encoding} data is broken or ends early after ${input.taken} bytes`,
  )
}

/** A stream that bytes can be given back to. */
export class Input {
  private readonly iterator: AsyncIterator<Uint8Array>
  private rest: Uint8Array | undefined
  /** Bytes taken from the stream so far. */
  taken = 0
  /** What the stream itself failed with. */
  error: unknown

  constructor(stream: AsyncIterable<Uint8Array>) {
    this.iterator = stream[Symbol.asyncIterator]()
  }

  async next(): Promise<Uint8Array | undefined> {
    const rest = this.rest
    this.rest = undefined
    if (rest !== undefined) return rest
    try {
      const step = await this.iterator.next()
      if (step.done === true) return undefined
      this.taken += step.value.byteLength
      return step.value
    } catch (error) {
      this.error = error
      throw error
    }
  }

  giveBack(rest: Uint8Array): void {
    if (rest.byteLength > 0) this.rest = rest
  }

  async hasMore(): Promise<boolean> {
    for (;;) {
      const chunk = await this.next()
      if (chunk === undefined) return false
      this.giveBack(chunk)
      if (chunk.byteLength > 0) return true
    }
  }

  /** Whether all that is left is zeros; they are read. */
  async isPadding(): Promise<boolean> {
    for (let chunk = await this.next(); chunk !== undefined; chunk = await this.next()) {
      if (chunk.some((byte) => byte !== 0)) return false
    }
    return true
  }

  async close(): Promise<void> {
    await this.iterator.return?.()
  }
}
