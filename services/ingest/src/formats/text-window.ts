interface Piece {
  readonly start: number
  readonly text: string
}

/** The text of a stream from some character on, as the pieces it came in: nothing is copied before a record is cut out. */
export class TextWindow {
  private pieces: Piece[] = []
  private end = 0
  private keep = 0
  private counted = 0 //  characters whose bytes have been counted, and
  private bytes: number // how many those are
  private readonly sizeOf: (text: string) => number

  /** `start`: offset of the first character's byte; `sizeOf`: bytes of a text. */
  constructor(start = 0, sizeOf: (text: string) => number = Buffer.byteLength) {
    this.bytes = start
    this.sizeOf = sizeOf
  }

  append(text: string): void {
    const open = text.lastIndexOf('<')
    if (open !== -1) this.keep = this.end + open
    this.pieces.push({ start: this.end, text })
    this.end += text.length
  }

  /** The last "<" before a position: -1 when it is not held any more. */
  lastOpenBefore(position: number): number {
    for (let at = this.pieces.length - 1; at >= 0; at--) {
      const { start, text } = this.pieces[at] as Piece
      if (start >= position) continue
      const found = text.lastIndexOf('<', position - start - 1)
      if (found !== -1) return start + found
    }
    return -1
  }

  slice(from: number, to: number): string {
    const parts = this.pieces.map(({ start, text }) => text.slice(Math.max(from - start, 0), Math.max(to - start, 0)))
    return parts.join('')
  }

  /** Bytes before a character; asked for in rising order, so that each character is counted once. */
  bytesBefore(position: number): number {
    if (position > this.counted) {
      this.bytes += this.sizeOf(this.slice(this.counted, position))
      this.counted = position
    }
    return this.bytes
  }

  /** Drops the pieces before a record, or, without one, before the last "<": a tag that may not be complete. */
  forget(recordStart: number | undefined): void {
    const from = recordStart ?? this.keep
    const first = this.pieces.findIndex(({ start, text }) => start + text.length > from)
    const drop = first === -1 ? this.pieces.length : first
    if (drop === 0) return
    this.bytesBefore(this.pieces[drop]?.start ?? this.end)
    this.pieces = this.pieces.slice(drop)
  }
}
