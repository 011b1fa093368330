import { isUtf8 } from 'node:buffer'
import { type Definition, readBibtex, readDefinition } from './bibtex-read.ts'
import { ByteWindow } from './byte-window.ts'
import type { Framed, FrameError } from './framed.ts'
import { MAX_RECORD_BYTES } from './limits.ts'

const AT = 0x40
const LF = 0x0a
const QUOTE = 0x22
const OPEN = 0x7b
const CLOSE = 0x7d
const CLOSE_ROUND = 0x29
const COMMA = 0x2c

/** What must be seen to know an entry by its beginning, and with its key inside of another. */
const AHEAD = 64
const KEY_AHEAD = 1_200
const BEGINNING = /^@\s*([A-Za-z]+)\s*([{(])/
/** A new entry in the first column, inside another: that one was never closed. */
const NEXT_ENTRY = /^@[A-Za-z]+[ \t]*[{(][ \t]*[^\s,={}"]+[ \t]*,/
/** As BibTeX has them; each level may double what the one below stands for. */
const MAX_EXPANSION = 10
const MAX_ABBREVIATIONS = 1 << 20
/** These every style defines. */
const MONTHS = new Set('jan feb mar apr may jun jul aug sep oct nov dec'.split(' '))

interface Open {
  readonly type: string
  readonly start: number
  readonly line: number
  readonly round: boolean
  depth: number
  inQuotes: boolean
}

/**
 * Cuts BibTeX into its entries, from a stream, holding at most one (4 MiB). What stands between entries is comment;
 * an entry that is not closed is refused where the next one begins, and reading goes on there.
 */
export class BibtexCutter {
  private readonly window = new ByteWindow()
  private readonly out: Framed[] = []
  private readonly abbreviations = new Map<string, string>()
  private readonly lookup = (word: string) => this.abbreviations.get(word)
  private readonly depths = new Map<string, number>()
  private abbreviated = 0 //            characters of all of them
  private at = 0
  private line = 1
  private ordinal = 0
  private lineStart = true
  private open: Open | undefined
  /** An entry that was closed, until it is clear that nothing of it stands behind its end. */
  private closed: { readonly entry: Open; readonly end: number; comma: boolean } | undefined

  feed(chunk: Uint8Array): Framed[] {
    this.window.append(chunk)
    this.scan(false)
    return this.out.splice(0)
  }

  finish(): Framed[] {
    this.scan(true)
    if (this.closed !== undefined) this.take(this.closed.entry, this.closed.end)
    if (this.open !== undefined) this.refuse(this.open, 'the entry is never closed')
    return this.out.splice(0)
  }

  private scan(final: boolean): void {
    const view = this.window.view()
    const base = this.window.start
    let i = this.at - base
    for (; i < view.byteLength; i++) {
      const byte = view[i] ?? 0
      if (byte === AT && (this.open === undefined || this.lineStart)) {
        if (!final && view.byteLength - i < KEY_AHEAD) break // not enough is seen
        const begun = this.begin(view, i, base + i)
        if (begun > 0) {
          this.lineStart = false
          i += begun - 1
          continue
        }
      }
      if (byte === LF) this.line += 1
      this.lineStart = byte === LF
      if (this.open !== undefined) this.inside(byte, base + i)
      else if (this.closed !== undefined) this.behind(byte)
    }
    this.at = base + i
    this.window.dropBefore(this.keepFrom())
  }

  /** Characters that the beginning of an entry takes; 0 where none begins. */
  private begin(view: Buffer, at: number, offset: number): number {
    const beginning = BEGINNING.exec(view.toString('latin1', at, at + AHEAD))
    if (beginning === null) return 0
    const type = (beginning[1] ?? '').toLowerCase()
    if (this.open !== undefined) {
      if (this.open.type === 'comment') return 0
      if (!NEXT_ENTRY.test(view.toString('latin1', at, at + KEY_AHEAD))) return 0
      this.refuse(this.open, 'the entry is not closed before the next one begins')
    }
    if (this.closed !== undefined) this.take(this.closed.entry, this.closed.end)
    this.closed = undefined
    const round = beginning[2] === '('
    this.open = { type, start: offset, line: this.line, round, depth: 0, inQuotes: false }
    this.line += beginning[0].split('\n').length - 1
    return beginning[0].length
  }

  private inside(byte: number, offset: number): void {
    const open = this.open
    if (open === undefined) return
    if (byte === OPEN) open.depth += 1
    else if (byte === CLOSE) {
      open.depth -= 1
      if (open.depth < 0) this.close(open, offset + 1)
    } else if (open.round && open.depth === 0) {
      if (byte === QUOTE) open.inQuotes = !open.inQuotes
      else if (byte === CLOSE_ROUND && !open.inQuotes) this.close(open, offset + 1)
    }
  }

  private close(entry: Open, end: number): void {
    this.open = undefined
    this.closed = { entry, end, comma: false }
  }

  /** One brace too many closes an entry early: its other fields and braces then stand behind it. */
  private behind(byte: number): void {
    const closed = this.closed
    if (closed === undefined || byte <= 0x20) return
    const isLetter = (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a
    if (byte === CLOSE || (closed.comma && isLetter)) {
      this.refuse(closed.entry, 'the entry is closed before its end: a brace too many')
      this.closed = undefined
    } else if (byte === COMMA) closed.comma = true
    else {
      this.take(closed.entry, closed.end)
      this.closed = undefined
    }
  }

  private take(entry: Open, end: number): void {
    if (entry.type === 'comment' || entry.type === 'preamble') return
    if (end - entry.start > MAX_RECORD_BYTES) {
      this.tell(entry, 'line_too_long', `an entry is larger than ${MAX_RECORD_BYTES >> 20} MiB`)
      return
    }
    const bytes = this.window.copy(entry.start, end)
    if (!isUtf8(bytes)) this.tell(entry, 'invalid_utf8', `line ${entry.line}: an entry that is not UTF-8`)
    else if (entry.type === 'string') this.define(entry, bytes.toString())
    else this.cut(entry, bytes)
  }

  private cut(entry: Open, bytes: Buffer): void {
    const read = readBibtex(bytes.toString(), this.lookup)
    if (!read.ok) {
      this.refuse(entry, read.detail, entry.line + read.line - 1)
      return
    }
    this.ordinal += 1
    const used = [...read.value.uses].flatMap((word) => {
      const value = this.abbreviations.get(word)
      return value === undefined ? [] : [[word, value] as const]
    })
    const context = used.length === 0 ? '' : JSON.stringify(Object.fromEntries(used))
    const element = { ordinal: this.ordinal, offset: entry.start, format: 'bibtex', bytes, context } as const
    this.out.push({ ok: true, element })
  }

  private define(entry: Open, text: string): void {
    const read = readDefinition(text, this.lookup)
    const mistake = read.ok ? this.added(read.value) : read.detail
    if (mistake !== undefined) this.refuse(entry, mistake, entry.line + (read.ok ? 0 : read.line - 1))
  }

  /** An abbreviation holds from here on. What it uses is written out at once: nothing can go in circles. */
  private added({ name, value, uses }: Definition): string | undefined {
    const words = [...uses]
    const unknown = words.find((word) => !this.abbreviations.has(word) && !MONTHS.has(word))
    if (unknown !== undefined) return `"${unknown.slice(0, 80)}" is not defined before it is used`
    const depth = 1 + Math.max(0, ...words.map((word) => this.depths.get(word) ?? 0))
    if (depth > MAX_EXPANSION) return `abbreviations of abbreviations go ${MAX_EXPANSION} deep`
    const abbreviated = this.abbreviated + value.length - (this.abbreviations.get(name)?.length ?? 0)
    if (abbreviated > MAX_ABBREVIATIONS) return 'the abbreviations stand for more than 1 MiB'
    this.abbreviated = abbreviated
    this.abbreviations.set(name, value)
    this.depths.set(name, depth)
    return undefined
  }

  private refuse(entry: Open, detail: string, line = entry.line): void {
    if (entry.type === 'comment') return
    this.tell(entry, 'bibtex_parse', `line ${line}: ${detail}`, line)
  }

  private tell(entry: Open, code: string, detail: string, line = entry.line): void {
    this.ordinal += 1
    const error: FrameError = { code, detail, ordinal: this.ordinal, offset: entry.start, line, fatal: false }
    this.out.push({ ok: false, error })
  }

  /** The first byte that may still be needed: of the entry that is open, where it is not too large already. */
  private keepFrom(): number {
    const start = (this.open ?? this.closed?.entry)?.start
    if (start === undefined || this.open?.type === 'comment') return this.at
    return this.at - start > MAX_RECORD_BYTES + KEY_AHEAD ? this.at : start
  }
}
