import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import { CliError } from '../exit.ts'

/** One line of an input, as its bytes are: a checksum of it must come out the same wherever it is made. */
export interface InputLine {
  readonly file: string
  /** From 1, blank ones counted. */
  readonly line: number
  readonly bytes: Uint8Array
}

const NEWLINE = 0x0a
/** A record has 4 MiB: what is longer is refused anyway, and must not fill the memory before it is. */
const LONGEST = 5 * 2 ** 20

/** The lines of files, one file after the other; `-` is standard input. Gzip and zstd are known by their first bytes. */
export async function* linesOf(paths: readonly string[], stdin: Readable): AsyncGenerator<InputLine> {
  for (const path of paths) yield* linesOfFile(path, path === '-' ? stdin : createReadStream(path))
}

async function* linesOfFile(file: string, raw: Readable): AsyncGenerator<InputLine> {
  let line = 0
  let parts: Uint8Array[] = []
  let length = 0
  const end = (): InputLine => {
    const bytes = Buffer.concat(parts)
    parts = []
    length = 0
    return { file, line: ++line, bytes }
  }
  try {
    for await (const chunk of decompressed(raw)) {
      let from = 0
      for (;;) {
        const at = chunk.indexOf(NEWLINE, from)
        const part = chunk.subarray(from, at === -1 ? chunk.length : at)
        if (length <= LONGEST) parts.push(part)
        length += part.length
        if (at === -1) break
        yield end()
        from = at + 1
      }
    }
  } catch (cause) {
    throw new CliError(`"${file}" cannot be read behind line ${line}`, 1, { cause })
  }
  if (length > 0) yield end()
}

async function* decompressed(raw: Readable): AsyncGenerator<Uint8Array> {
  const chunks = raw[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  const first = await chunks.next()
  if (first.done) return
  const whole = Readable.from(
    (async function* () {
      yield first.value
      yield* { [Symbol.asyncIterator]: () => chunks }
    })(),
  )
  const unpack = unpackerOf(first.value)
  if (unpack) whole.once('error', (error) => unpack.destroy(error))
  yield* (unpack ? whole.pipe(unpack) : whole) as AsyncIterable<Uint8Array>
}

function unpackerOf(head: Buffer) {
  if (head[0] === 0x1f && head[1] === 0x8b) return createGunzip()
  return head.length >= 4 && head.readUInt32LE(0) === 0xfd2fb528 ? createZstdDecompress() : undefined
}
