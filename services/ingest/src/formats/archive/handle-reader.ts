import type { FileHandle } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { RandomAccessReader } from 'yauzl'

const READ_BYTES = 256 * 1024

/** Parts of a file that somebody else opened and will close. */
export class HandleReader extends RandomAccessReader {
  private readonly handle: FileHandle

  constructor(handle: FileHandle) {
    super()
    this.handle = handle
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(range(this.handle, start, end))
  }

  /** Short parts, without a stream for each. */
  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.handle.read(buffer, offset, length, position).then(
      ({ bytesRead }) => callback(bytesRead === length ? null : new Error('the file ends early')),
      (error: Error) => callback(error),
    )
  }
}

async function* range(handle: FileHandle, start: number, end: number): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end; ) {
    const wanted = Math.min(READ_BYTES, end - at)
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafeSlow(wanted), 0, wanted, at)
    if (bytesRead === 0) return
    at += bytesRead
    yield buffer.subarray(0, bytesRead)
  }
}
