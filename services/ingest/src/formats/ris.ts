import { isUtf8 } from 'node:buffer'
import { ByteWindow } from './byte-window.ts'
import type { Framed, FrameError } from './framed.ts'
import { MAX_RECORD_BYTES } from './limits.ts'

/** One reference of a RIS file: its type, and every tag with its values in order, unknown tags too. */
export interface RisEntry {
  /** `JOUR`, in upper case. */
  readonly type: string
  readonly tags: Readonly<Record<string, readonly string[]>>
}

const LINE = /^([A-Z][A-Z0-9]) {1,2}- ?(.*)$/
const LF = 0x0a

/** A reference from its text, which is UTF-8. A line without a tag goes on with the one before. */
export function readRis(text: string): RisEntry {
  const tags: Record<string, string[]> = Object.create(null)
  let last: string[] | undefined
  for (const line of text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/)) {
    const found = LINE.exec(line)
    const [, tag = '', value = ''] = found ?? []
    if (found === null) {
      const more = line.trim()
      if (last !== undefined && last.length > 0 && more !== '') last[last.length - 1] += ` ${more}`
    } else if (tag !== 'ER') {
      last = tags[tag] ?? []
      tags[tag] = last
      last.push(value.trim())
    }
  }
  return { type: (tags['TY']?.[0] ?? '').toUpperCase(), tags }
}

interface Open {
  readonly start: number
  readonly line: number
}

/**
 * Cuts RIS into its references, from `TY` to `ER`, from a stream, holding at most one (4 MiB). What stands outside of
 * them is a heading; one whose `ER` is missing is refused where the next begins.
 */
export class RisCutter {
  private readonly window = new ByteWindow()
  private readonly out: Framed[] = []
  private searched = 0 //  offset up to which no line end was found
  private lineStart = 0
  private line = 1
  private ordinal = 0
  private open: Open | undefined

  feed(chunk: Uint8Array): Framed[] {
    this.window.append(chunk)
    for (let end = this.lineEnd(); end !== -1; end = this.lineEnd()) this.endLine(end)
    this.searched = this.window.end
    this.window.dropBefore(this.keepFrom())
    return this.out.splice(0)
  }

  finish(): Framed[] {
    if (this.lineStart < this.window.end) this.endLine(this.window.end)
    if (this.open !== undefined) this.truncated(this.open)
    return this.out.splice(0)
  }

  private lineEnd(): number {
    const from = Math.max(this.searched, this.lineStart, this.window.start) - this.window.start
    const found = this.window.view().indexOf(LF, from)
    return found === -1 ? -1 : this.window.start + found
  }

  private endLine(end: number): void {
    const start = Math.max(this.lineStart, this.window.start)
    const head = this.window.view().toString('latin1', start - this.window.start, Math.min(end, start + 9) - this.window.start) // biome-ignore format: one thing
    const tag = start === this.lineStart ? /^(?:ï»¿)?(TY|ER) {1,2}-/.exec(head)?.[1] : undefined
    if (tag === 'TY') {
      if (this.open !== undefined) this.truncated(this.open)
      this.open = { start: this.lineStart + (head.startsWith('ï') ? 3 : 0), line: this.line }
    } else if (tag === 'ER' && this.open !== undefined) {
      this.take(this.open, end)
      this.open = undefined
    }
    this.lineStart = end + 1
    this.line += 1
  }

  private take(open: Open, end: number): void {
    if (end - open.start > MAX_RECORD_BYTES) {
      this.tell(open, 'line_too_long', `a reference is larger than ${MAX_RECORD_BYTES >> 20} MiB`)
      return
    }
    const whole = this.window.copy(open.start, end)
    const bytes = whole.at(-1) === 0x0d ? whole.subarray(0, -1) : whole
    if (!isUtf8(bytes)) {
      this.tell(open, 'invalid_utf8', 'a reference that is not UTF-8: save the file as UTF-8')
      return
    }
    this.ordinal += 1
    this.out.push({
      ok: true,
      element: { ordinal: this.ordinal, offset: open.start, format: 'ris', bytes, context: '' },
    })
  }

  private truncated(open: Open): void {
    this.open = undefined
    this.tell(open, 'ris_truncated', 'a reference has no line "ER  - "')
  }

  private tell({ start, line }: Open, code: string, detail: string): void {
    this.ordinal += 1
    const error: FrameError = {
      code,
      detail: `line ${line}: ${detail}`,
      ordinal: this.ordinal,
      offset: start,
      line,
      fatal: false,
    }
    this.out.push({ ok: false, error })
  }

  private keepFrom(): number {
    const start = this.open?.start ?? this.lineStart
    // What is too large already is not held; the line under way is, as far as a tag needs it.
    if (this.window.end - start <= MAX_RECORD_BYTES) return start
    return this.window.end - this.lineStart <= MAX_RECORD_BYTES ? this.lineStart : this.window.end
  }
}
