import { BUFFER_BYTES, giveBuffer, takeBuffer } from '../idle-buffers.ts'

// Few rows take little; many go in pieces that a socket takes at once.
const FIRST = 16 * 1024
const CHUNK = BUFFER_BYTES
// "PGCOPY", a line end that no transport may change, no flags, nothing more.
const HEAD = Buffer.from('5047434f50590aff0d0a000000000000000000', 'hex')
const TEXT_OID = 25

/** Writes the rows of a binary COPY into chunks; each is sent once it is full, and not written to again until `release`. */
export class BinaryRows {
  private readonly send: (chunk: Buffer) => void
  private chunk = Buffer.allocUnsafeSlow(FIRST)
  private at = HEAD.copy(this.chunk)
  private readonly taken: Buffer<ArrayBuffer>[] = []

  constructor(send: (chunk: Buffer) => void) {
    this.send = send
  }

  begin(columns: number): void {
    this.need(2)
    this.at = this.chunk.writeInt16BE(columns, this.at)
  }

  none(): void {
    this.length(-1)
  }

  integer(value: number, size: 1 | 2 | 4 | 8): void {
    this.length(size)
    this.need(size)
    if (size === 8) {
      const high = Math.floor(value / 2 ** 32)
      this.at = this.chunk.writeInt32BE(high, this.at)
      this.at = this.chunk.writeUInt32BE(value - high * 2 ** 32, this.at)
    } else this.at = this.chunk.writeIntBE(value, this.at, size)
  }

  text(value: string): void {
    const size = Buffer.byteLength(value)
    this.length(size)
    this.need(size)
    this.at += this.chunk.write(value, this.at)
  }

  hex(value: string): void {
    const size = value.length >> 1
    this.length(size)
    this.need(size)
    if (this.chunk.write(value, this.at, size, 'hex') !== size) throw new Error('a value is not hex')
    this.at += size
  }

  bytes(value: Uint8Array): void {
    this.length(value.length)
    // What is larger than a chunk goes as it is.
    if (value.length >= CHUNK) {
      this.close(CHUNK)
      this.send(Buffer.from(value.buffer, value.byteOffset, value.byteLength))
      return
    }
    this.need(value.length)
    this.chunk.set(value, this.at)
    this.at += value.length
  }

  texts(values: readonly string[]): void {
    const sizes = values.reduce((sum, value) => sum + 4 + Buffer.byteLength(value), 0)
    this.length((values.length === 0 ? 12 : 20) + sizes)
    this.need(20)
    // Dimensions, no nulls, the type of the items, their number, the first has number 1.
    const head = values.length === 0 ? [0, 0, TEXT_OID] : [1, 0, TEXT_OID, values.length, 1]
    for (const number of head) this.at = this.chunk.writeInt32BE(number, this.at)
    for (const value of values) this.text(value)
  }

  /** The rest, and the mark of the end. */
  end(): void {
    this.need(2)
    this.at = this.chunk.writeInt16BE(-1, this.at)
    this.close(0)
  }

  /** Once nobody reads the chunks any more: others are written into them. */
  release(): void {
    for (const chunk of this.taken.splice(0)) giveBuffer(chunk)
  }

  private length(size: number): void {
    this.need(4)
    this.at = this.chunk.writeInt32BE(size, this.at)
  }

  private need(size: number): void {
    if (this.at + size <= this.chunk.length) return
    this.close(Math.max(size, CHUNK))
  }

  private close(next: number): void {
    if (this.at > 0) this.send(this.chunk.subarray(0, this.at))
    this.chunk = next === CHUNK ? this.take() : Buffer.allocUnsafeSlow(next)
    this.at = 0
  }

  private take(): Buffer<ArrayBuffer> {
    const chunk = takeBuffer()
    this.taken.push(chunk)
    return chunk
  }
}
