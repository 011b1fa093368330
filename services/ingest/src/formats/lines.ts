import { ByteWindow } from './byte-window.ts'
import type { Framed } from './framed.ts'
import { MAX_RECORD_BYTES } from './limits.ts'

const LF = 0x0a
const CR = 0x0d

/** Cuts a pushed NDJSON body into its lines: one element a line that is not blank, numbered with the blank ones. */
export async function* linesOf(stream: AsyncIterable<Uint8Array>): AsyncGenerator<readonly Framed[]> {
  const cutter = new LineCutter()
  for await (const chunk of stream) yield cutter.feed(chunk)
  yield cutter.finish()
}

/** The same, fed by hand. A line that is too long is reported once and skipped in constant memory. */
export class LineCutter {
  private readonly window = new ByteWindow()
  private lineNumber = 1
  private lineStart = 0
  private skipping = false
  private readonly maxBytes: number

  constructor(maxBytes: number = MAX_RECORD_BYTES) {
    this.maxBytes = maxBytes
  }

  /** The chunk must not be written to again: lines in it are handed out as views. */
  feed(chunk: Uint8Array): readonly Framed[] {
    const cut: Framed[] = []
    let from = 0
    for (;;) {
      const at = chunk.indexOf(LF, from)
      if (at !== -1 && this.isView(at - from, chunk)) {
        this.wholeLine(chunk, from, at, cut)
        from = at + 1
        continue
      }
      const piece = chunk.subarray(from, at === -1 ? undefined : at)
      this.extend(piece, cut)
      if (at === -1) return cut
      this.endLine(cut)
      from = at + 1
    }
  }

  finish(): readonly Framed[] {
    const cut: Framed[] = []
    this.endLine(cut)
    return cut
  }

  // A copy of 4 KiB or more is a buffer of its own, and dear; a view keeps its whole chunk in memory, so it must be much of it.
  private isView(size: number, chunk: Uint8Array): boolean {
    const { window, skipping, maxBytes } = this
    return window.end === window.start && !skipping && size <= maxBytes && size >= 4096 && size * 64 >= chunk.byteLength
  }

  private wholeLine(chunk: Uint8Array, from: number, to: number, cut: Framed[]): void {
    const line = Buffer.from(chunk.buffer, chunk.byteOffset + from, to - from)
    const [number, start] = [this.lineNumber, this.lineStart]
    this.lineNumber += 1
    this.lineStart = start + line.byteLength + 1
    this.window.start = this.lineStart
    addLine(cut, line, number, start, this.maxBytes)
  }

  private extend(piece: Uint8Array, cut: Framed[]): void {
    const held = this.window.end - this.window.start
    // One more than the limit: the CR of a line end, which is not the record's.
    if (!this.skipping && held + piece.byteLength > this.maxBytes + 1) {
      this.skipping = true
      cut.push(tooLong(this.lineNumber, this.lineStart, this.maxBytes))
    }
    if (this.skipping) this.skip(piece.byteLength)
    else this.window.append(piece)
  }

  private skip(bytes: number): void {
    this.window.dropBefore(this.window.end)
    this.window.start += bytes
  }

  private endLine(cut: Framed[]): void {
    const line = this.skipping ? undefined : this.window.copy(this.lineStart, this.window.end)
    const next = this.window.end + 1
    this.window.dropBefore(this.window.end)
    this.window.start = next
    const [number, start] = [this.lineNumber, this.lineStart]
    this.lineNumber += 1
    this.lineStart = next
    this.skipping = false
    if (line !== undefined) addLine(cut, line, number, start, this.maxBytes)
  }
}

function addLine(cut: Framed[], line: Buffer, ordinal: number, start: number, maxBytes: number): void {
  const skip = start === 0 && line[0] === 0xef && line[1] === 0xbb && line[2] === 0xbf ? 3 : 0 // a BOM at byte 0
  const end = line.at(-1) === CR ? line.byteLength - 1 : line.byteLength
  const bytes = skip === 0 && end === line.byteLength ? line : line.subarray(skip, end)
  if (isBlank(bytes)) return
  if (bytes.byteLength > maxBytes) cut.push(tooLong(ordinal, start, maxBytes))
  else cut.push({ ok: true, element: { ordinal, offset: start + skip, format: 'json', bytes, context: '' } })
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === CR)
}

export function tooLong(ordinal: number, offset: number, maxBytes: number): Framed {
  const detail = `line ${ordinal} is longer than ${maxBytes >> 20} MiB`
  return { ok: false, error: { code: 'line_too_long', detail, ordinal, offset, line: ordinal, fatal: false } }
}
