/** The bytes of a stream between two offsets, growing at the end and dropped at the beginning, each byte copied O(1) times. */
export class ByteWindow {
  private buffer = Buffer.alloc(0)
  private from = 0
  private to = 0
  /** Offset in the stream of the first byte held. */
  start = 0

  get end(): number {
    return this.start + this.to - this.from
  }

  append(chunk: Uint8Array): void {
    if (this.to + chunk.byteLength > this.buffer.byteLength) this.makeRoom(chunk.byteLength)
    this.buffer.set(chunk, this.to)
    this.to += chunk.byteLength
  }

  /** A copy, so that the record outlives the window. */
  copy(start: number, end: number): Buffer {
    return Buffer.from(this.buffer.subarray(this.from + start - this.start, this.from + end - this.start))
  }

  /** A view of everything held, good until the next `append`. */
  view(): Buffer {
    return this.buffer.subarray(this.from, this.to)
  }

  dropBefore(offset: number): void {
    const drop = Math.min(Math.max(offset - this.start, 0), this.to - this.from)
    this.from += drop
    this.start += drop
  }

  private makeRoom(more: number): void {
    const held = this.to - this.from
    const fits = held + more <= this.buffer.byteLength / 2
    const target = fits ? this.buffer : Buffer.allocUnsafeSlow(Math.max(1 << 17, 2 * (held + more)))
    this.buffer.copy(target, 0, this.from, this.to)
    this.buffer = target
    this.from = 0
    this.to = held
  }
}
