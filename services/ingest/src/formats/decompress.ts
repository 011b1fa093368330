import { firstBytes } from './first-bytes.ts'
import { Input } from './input.ts'
import { unpackFrame } from './unpack-frame.ts'

export type Encoding = 'auto' | 'identity' | 'gzip' | 'zstd'

/** Compressed input that is broken, or grows out of proportion. */
export class CompressionError extends Error {
  override readonly name = 'CompressionError'
  readonly code: 'bad_compression' | 'decompressed_too_large'
  /** Everything could be unpacked, and is not what was packed. */
  readonly checksum: boolean
  constructor(code: CompressionError['code'], detail: string, checksum = false) {
    super(detail)
    this.code = code
    this.checksum = checksum
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
  } else yield* unpack(all, found, encoding === 'auto')
}

function encodingOf(head: Uint8Array): 'identity' | 'gzip' | 'zstd' {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip'
  if (head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd) return 'zstd'
  return 'identity'
}

/** Frame after frame: the platform stops at the end of a zstd frame and says nothing of what follows. */
async function* unpack(
  stream: AsyncIterable<Uint8Array>,
  encoding: 'gzip' | 'zstd',
  patient: boolean,
): AsyncGenerator<Uint8Array> {
  const input = new Input(stream)
  let given = 0
  try {
    while (await input.hasMore()) {
      for await (const chunk of unpackFrame(input, encoding, patient)) {
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
    throw error instanceof CompressionError || error === input.error ? error : broken(input, encoding, error)
  } finally {
    await input.close()
  }
}

function broken(input: Input, encoding: string, cause?: unknown): CompressionError {
  const checksum = isChecksum(cause)
  const what = checksum ? 'has another checksum than it says' : 'is broken or ends early'
  return new CompressionError('bad_compression', `the ${encoding} data ${what} after ${input.taken} bytes`, checksum)
}

/** zstd has a code of its own for it; zlib says it in words only. */
function isChecksum(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false
  return (
    ('code' in cause && cause.code === 'ZSTD_error_checksum_wrong') ||
    /^incorrect (data|length) check$/.test(cause.message)
  )
}
