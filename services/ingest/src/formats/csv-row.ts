/** How a table is written: RFC 4180 but for the separator. */
export interface CsvDialect {
  readonly separator: ',' | ';' | '\t' | '|'
}

/** One row by the names of its columns. Cells are text, whatever they look like. */
export type CsvRow = Readonly<Record<string, string>>

/** What a row needs to be read: kept with its bytes. */
export interface CsvContext extends CsvDialect {
  readonly header: readonly string[]
}

export type CsvCells =
  | { readonly ok: true; readonly cells: readonly string[] }
  | { readonly ok: false; readonly detail: string }

/** The cells of one row, which has no line end behind it. */
export function cellsOf(row: string, { separator }: CsvDialect): CsvCells {
  const cells: string[] = []
  let at = 0
  for (;;) {
    const place = `column ${cells.length + 1}`
    if (row[at] === '"') {
      const end = closingQuote(row, at)
      if (end === -1) return { ok: false, detail: `${place}: a quote is never closed` }
      cells.push(row.slice(at + 1, end).replaceAll('""', '"'))
      at = end + 1
    } else {
      const end = row.indexOf(separator, at)
      const cell = row.slice(at, end === -1 ? undefined : end)
      if (cell.includes('"'))
        return { ok: false, detail: `${place}: a quote in a cell without quotes: write ""in quotes""` }
      if (/[\r\n]/.test(cell)) return { ok: false, detail: `${place}: a line end in a cell without quotes` }
      cells.push(cell)
      at += cell.length
    }
    if (at === row.length) return { ok: true, cells }
    if (row[at] !== separator) return { ok: false, detail: `${place}: text behind the closing quote` }
    at += 1
  }
}

function closingQuote(row: string, open: number): number {
  for (let at = row.indexOf('"', open + 1); at !== -1; at = row.indexOf('"', at + 2)) {
    if (row[at + 1] !== '"') return at
  }
  return -1
}

/** A row by its columns; undefined where it has more or fewer of them than the header. */
export function rowOf(cells: readonly string[], header: readonly string[]): CsvRow | undefined {
  if (cells.length !== header.length) return undefined
  const row: Record<string, string> = Object.create(null)
  for (const [at, name] of header.entries()) row[name] = cells[at] ?? ''
  return row
}
