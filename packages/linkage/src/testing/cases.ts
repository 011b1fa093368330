import { readFileSync } from 'node:fs'
import type { LinkageRecord } from '../types.ts'
import { aRecord, type RecordSketch } from './a-record.ts'

/** The rows of a table of cases: no quotes, no commas inside a field, `#` starts a remark. */
export function readCases(file: URL): readonly (readonly string[])[] {
  const [, ...rows] = readFileSync(file, 'utf8').split('\n')
  return rows
    .filter((row) => row.trim() !== '' && !row.startsWith('#'))
    .map((row) => row.split(',').map((cell) => cell.trim()))
}

const PLACE: Readonly<Record<string, 'page' | 'volume' | 'issue' | 'venue' | 'source'>> = {
  p: 'page',
  v: 'volume',
  i: 'issue',
  in: 'venue',
  from: 'source',
}

/** `Title | A. Author; B. Author | 2018 | preprint; doi:10.1/x; p=11; v=4; in=Journal; from=orcid`. */
export function recordOfCell(cell: string, id: string): LinkageRecord {
  const [title = '', by = '', year = '', rest = ''] = cell.split('|').map((part) => part.trim())
  const words = rest.split(';').map((word) => word.trim())
  const place = words.flatMap((word) => {
    const [name = '', value = ''] = word.split('=')
    const field = PLACE[name]
    return field && word.includes('=') ? [[field, value] as const] : []
  })
  const sketch: RecordSketch = {
    id,
    title: title === '' ? null : title,
    by: by.split(';').flatMap((name) => (name.trim() === '' ? [] : [name.trim()])),
    year: year === '' ? null : Number(year),
    type: words.find((word) => /^[a-z-]+$/.test(word)) ?? 'article',
    ids: words.filter((word) => word.includes(':')),
    ...Object.fromEntries(place),
  }
  return aRecord(sketch)
}
