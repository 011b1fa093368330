import { isUtf8 } from 'node:buffer'
import { readBibtex } from '../formats/bibtex-read.ts'
import { type CsvContext, cellsOf, rowOf } from '../formats/csv-row.ts'
import type { RawElement } from '../formats/framed.ts'
import { readRis } from '../formats/ris.ts'
import type { Adapter, AdapterResult } from './adapter.ts'

type Raw = Pick<RawElement, 'format' | 'bytes' | 'context'>

/** One entry, reference or row from its bytes and its context; undefined where the adapter takes none of that format. */
export function readTextRecord(adapter: Adapter, { format, bytes, context }: Raw): AdapterResult | undefined {
  if (!isUtf8(bytes)) return refused('invalid_utf8', 'this is not UTF-8')
  const text = new TextDecoder().decode(bytes)
  switch (format) {
    case 'bibtex':
      return adapter.readBibtex && bibtex(adapter.readBibtex, text, context)
    case 'csv':
      return adapter.readCsv && csv(adapter.readCsv, text, context)
    default:
      return adapter.readRis?.(readRis(text))
  }
}

function bibtex(read: NonNullable<Adapter['readBibtex']>, text: string, context: string): AdapterResult {
  const abbreviations = new Map(Object.entries<string>(context === '' ? {} : JSON.parse(context)))
  const parsed = readBibtex(text, (word) => abbreviations.get(word))
  return parsed.ok ? read(parsed.value.entry) : refused('bibtex_parse', `line ${parsed.line}: ${parsed.detail}`)
}

function csv(read: NonNullable<Adapter['readCsv']>, text: string, context: string): AdapterResult {
  const dialect: CsvContext = JSON.parse(context)
  const parsed = cellsOf(text, dialect)
  if (!parsed.ok) return refused('csv_parse', parsed.detail)
  const row = rowOf(parsed.cells, dialect.header)
  return row === undefined ? refused('csv_parse', 'the row has not the columns of its header') : read(row)
}

function refused(code: string, detail: string): AdapterResult {
  return { ok: false, errors: [{ code, detail, pointer: '' }] }
}
