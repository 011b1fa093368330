import { Readable } from 'node:stream'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import { firstBytes } from './first-bytes.ts'

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
 * Throws `CompressionError` when the input is broken, ends early, or grows more than 100 : 1 after the first MiB.
 */
export async function* decompress(stream: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<Uint8Array> {
  if (encoding === 'identity') {
    yield* stream
    return
  }
  const { head, all } = await firstBytes(stream, 4)
  const found = encodingOf(head)
  if (encoding === 'auto' && found === 'identity') yield* all
  else if (encoding !== 'auto' && found !== encoding)
    throw new CompressionError('bad_compression', `the body is not ${encoding}`)
  else yield* inflate(all, found)
}

function encodingOf(head: Uint8Array): 'identity' | 'gzip' | 'zstd' {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip'
  if (head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd) return 'zstd'
  return 'identity'
}

async function* inflate(
  stream: AsyncIterable<Uint8Array>,
  encoding: 'gzip' | 'zstd' | 'identity',
): AsyncGenerator<Uint8Array> {
  let taken = 0
  let given = 0
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of stream) {
      taken += chunk.byteLength
      yield chunk
    }
  }
  const source = Readable.from(counted(), { objectMode: true, highWaterMark: 1 })
  const unpacked = encoding === 'gzip' ? createGunzip() : createZstdDecompress()
  let sourceError: Error | undefined
  source.on('error', (error: Error) => {
    sourceError = error
    unpacked.destroy(error)
  })
  source.pipe(unpacked)
  try {
    for await (const chunk of unpacked as AsyncIterable<Uint8Array>) {
      given += chunk.byteLength
      if (given > FREE_BYTES && given > taken * MAX_RATIO) {
        throw new CompressionError(
          'decompressed_too_large',
          `the input grows more than ${MAX_RATIO} times when unpacked`,
        )
      }
      yield chunk
    }
  } catch (error) {
    if (error instanceof CompressionError || error === sourceError) throw error
    throw new CompressionError('bad_compression', `the ${encoding} data is broken or ends early after ${taken} bytes`)
  } finally {
    source.destroy()
    unpacked.destroy()
  }
}
