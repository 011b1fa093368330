import { isUtf8 } from 'node:buffer'
import { ByteWindow } from './byte-window.ts'
import { type CsvContext, type CsvDialect, cellsOf } from './csv-row.ts'
import type { Framed } from './framed.ts'
import { MAX_RECORD_BYTES } from './limits.ts'

const QUOTE = 0x22
const LF = 0x0a
const CR = 0x0d
const MAX_COLUMNS = 5_000
const SEPARATORS = [',', ';', '\t', '|']

/**
 * Cuts a table (RFC 4180, the first row names the columns) into its rows, from a stream, holding at most one (4 MiB). A
 * row that cannot be read is refused, and reading goes on with the next line; nothing is read under a bad header.
 */
export class CsvCutter {
  private readonly window = new ByteWindow()
  private readonly dialect: CsvDialect
  private readonly out: Framed[] = []
  private context: CsvContext | undefined
  private contextText = ''
  private at = 0 //          offset of the next byte to look at
  private start = 0 //       of the row under way,
  private line = 1 //        the line it begins in,
  private lines = 0 //       and its line ends so far
  private firstEnd = -1 //   offset of the first of them
  private inQuotes = false
  private skipping = false
  private ordinal = 0
  private failed = false

  constructor(dialect: CsvDialect = { separator: ',' }) {
    this.dialect = dialect
  }

  feed(chunk: Uint8Array): Framed[] {
    if (this.failed) return []
    this.window.append(chunk)
    this.scan()
    return this.out.splice(0)
  }

  finish(): Framed[] {
    // A quote that is never closed makes one row of all that follows: its first line is refused, the others read again.
    while (!this.failed && this.start < this.window.end) {
      this.endRow(this.window.end, this.window.end)
      this.scan()
    }
    return this.out.splice(0)
  }

  private scan(): void {
    const view = this.window.view()
    const base = this.window.start
    let i = this.at - base
    while (i < view.byteLength && !this.failed) {
      const byte = view[i]
      i += 1
      this.at = base + i
      if (byte === QUOTE) this.inQuotes = !this.inQuotes
      else if (byte === LF) {
        this.lines += 1
        if (this.firstEnd === -1) this.firstEnd = this.at - 1
        if (!this.inQuotes || this.skipping) this.endRow(this.at - 1, this.at)
      }
      if (this.at - this.start > MAX_RECORD_BYTES + 1 && !this.skipping) this.tooLong()
      i = this.at - base // both may go back to an earlier line
    }
    this.window.dropBefore(this.skipping ? this.at : this.start)
  }

  /** The row from `start` to `end` is complete; the next begins at `next`. */
  private endRow(end: number, next: number): void {
    const { start, line, skipping, inQuotes } = this
    const bytes = skipping ? undefined : trimmed(this.window.copy(start, end))
    const mistake = bytes === undefined || bytes.length === 0 ? undefined : this.take(bytes, start, line, inQuotes)
    if (mistake !== undefined) this.tell('csv_parse', mistake, start, line)
    // Of a row over several lines that is wrong, the first line is left out.
    if (mistake !== undefined && this.firstEnd !== -1 && this.firstEnd < end) this.goOn(this.firstEnd + 1, line + 1)
    else this.goOn(next, line + this.lines)
  }

  private goOn(start: number, line: number): void {
    this.start = start
    this.at = start
    this.line = line
    this.lines = 0
    this.firstEnd = -1
    this.inQuotes = false
    this.skipping = false
  }

  private tooLong(): void {
    this.tell('line_too_long', `a row is larger than ${MAX_RECORD_BYTES >> 20} MiB`, this.start, this.line)
    if (this.context === undefined) this.failed = true
    if (this.firstEnd === -1) this.skipping = true
    else this.goOn(this.firstEnd + 1, this.line + 1)
  }

  /** Hands a row on; what is wrong with it otherwise. */
  private take(bytes: Buffer, offset: number, line: number, inQuotes: boolean): string | undefined {
    if (!isUtf8(bytes)) {
      this.failed = this.context === undefined
      this.tell('invalid_utf8', 'a row that is not UTF-8: save the table as UTF-8', offset, line)
      return undefined
    }
    const text = bytes.toString()
    const { context } = this
    if (context === undefined) return this.takeHeader(offset === 0 ? text.replace(/^\ufeff/, '') : text, line)
    const read = inQuotes ? ({ ok: false, detail: 'a quote is never closed' } as const) : cellsOf(text, context)
    if (!read.ok) return read.detail
    const { length } = read.cells
    if (length !== context.header.length) return `the row has ${length} columns, the header ${context.header.length}`
    this.ordinal += 1
    const element = { ordinal: this.ordinal, offset, format: 'csv', bytes, context: this.contextText } as const
    this.out.push({ ok: true, element })
    return undefined
  }

  private takeHeader(text: string, line: number): undefined {
    const read = cellsOf(text, this.dialect)
    const header = read.ok ? read.cells.map((cell) => cell.trim()) : []
    const seen = new Set<string>()
    const double = header.find((name) => name !== '' && (seen.has(name) || !seen.add(name)))
    if (!read.ok) this.fail('csv_parse', read.detail, line)
    else if (header.length > MAX_COLUMNS) this.fail('csv_parse', `a table has at most ${MAX_COLUMNS} columns`, line)
    else if (double !== undefined) {
      this.fail('csv_duplicate_header', `two columns are called "${double.slice(0, 80)}": rename one`, line)
    } else if (header.length === 1) this.oneColumn(text, header, line)
    else this.columns(header)
  }

  /** A table of one column may be one; a header with another separator in it is of another dialect. */
  private oneColumn(text: string, header: readonly string[], line: number): void {
    const other = SEPARATORS.find((separator) => separator !== this.dialect.separator && text.includes(separator))
    const [is, expected] = [other, this.dialect.separator].map((one) => (one === '\t' ? 'tabs' : `"${one}"`))
    if (other === undefined) this.columns(header)
    else this.fail('csv_parse', `columns seem to be separated by ${is}: this source's are by ${expected}`, line)
  }

  private columns(header: readonly string[]): void {
    this.context = { ...this.dialect, header: header.map((name, at) => (name === '' ? `column ${at + 1}` : name)) }
    this.contextText = JSON.stringify(this.context)
  }

  private fail(code: string, detail: string, line: number): void {
    this.failed = true
    this.tell(code, detail, 0, line)
  }

  private tell(code: string, detail: string, offset: number, line: number): void {
    this.ordinal += 1
    const error = { code, detail: `line ${line}: ${detail}`, ordinal: this.ordinal, offset, line, fatal: this.failed }
    this.out.push({ ok: false, error })
  }
}

/** Without the CR of its line end. */
function trimmed(bytes: Buffer): Buffer {
  return bytes.at(-1) === CR ? bytes.subarray(0, -1) : bytes
}
