import { createGunzip, createZstdDecompress, type Gunzip, type ZstdDecompress } from 'node:zlib'
import type { Input } from './input.ts'

/** At the end of a gzip member stand its sum and length, at the end of a zstd frame its sum. */
const TRAILER_BYTES = { gzip: 8, zstd: 4 } as const

/**
 * Unpacks until the end of a frame, and gives back to the input what was taken too much. With `patient` everything before
 * a break or a wrong checksum is given, since a stream that fails drops what nobody has read of it yet; the input is
 * then read one piece ahead.
 */
export async function* unpackFrame(
  input: Input,
  encoding: 'gzip' | 'zstd',
  patient: boolean,
): AsyncGenerator<Uint8Array> {
  const frame = encoding === 'gzip' ? createGunzip() : createZstdDecompress()
  // The failure is thrown by the iteration below; the listener keeps a second one from ending the process.
  frame.on('error', () => undefined)
  const reader = new Reader(frame)
  const feeding = feed(frame, input, TRAILER_BYTES[encoding], patient ? reader : undefined).catch((error: unknown) => {
    frame.destroy(error instanceof Error ? error : new Error(String(error)))
  })
  try {
    for await (const chunk of frame as AsyncIterable<Uint8Array>) {
      yield chunk
      reader.read()
    }
    await feeding
  } finally {
    reader.gone()
    frame.destroy()
  }
}

/** Tells when everything that was unpacked has been read. */
class Reader {
  private readonly frame: Gunzip | ZstdDecompress
  private waiting: (() => void) | undefined
  private isGone = false

  constructor(frame: Gunzip | ZstdDecompress) {
    this.frame = frame
  }

  async caughtUp(): Promise<void> {
    if (this.frame.readableLength === 0 || this.isGone) return
    await new Promise<void>((resolve) => {
      this.waiting = resolve
    })
  }

  read(): void {
    if (this.frame.readableLength === 0) this.waiting?.()
  }

  gone(): void {
    this.isGone = true
    this.waiting?.()
  }
}

async function feed(
  frame: Gunzip | ZstdDecompress,
  input: Input,
  trailerBytes: number,
  reader: Reader | undefined,
): Promise<void> {
  let fed = 0
  for (let chunk = await input.next(); chunk !== undefined; chunk = await input.next()) {
    const isLast = reader !== undefined && !(await input.hasMore())
    const cut = isLast ? Math.max(0, chunk.byteLength - trailerBytes) : 0
    for (const piece of [chunk.subarray(0, cut), chunk.subarray(cut)]) {
      if (isLast) await reader.caughtUp()
      await write(frame, piece)
      fed += piece.byteLength
      // What it leaves of a piece it does not want: the frame has ended, and so has its output.
      const left = fed - frame.bytesWritten
      if (left === 0) continue
      input.giveBack(chunk.subarray(piece.byteOffset - chunk.byteOffset + piece.byteLength - left))
      return
    }
  }
  await reader?.caughtUp()
  frame.end()
}

function write(frame: Gunzip | ZstdDecompress, chunk: Uint8Array): Promise<void> {
  if (chunk.byteLength === 0) return Promise.resolve()
  return new Promise((resolve, reject) => {
    frame.write(chunk, (error) => (error ? reject(error) : resolve()))
  })
}
