import type { Adapter } from '../../../services/ingest/src/adapters/adapter.ts'
import { mappedSource } from '../../../services/ingest/src/adapters/mapped/mapped-source.ts'
import { readMapping } from '../../../services/ingest/src/adapters/mapped/mapping-file.ts'
import { plainSource } from '../../../services/ingest/src/testing/plain-source.ts'

/** A file that is bad, or odd, by its numbers in the corpus of inputs, and everything that must come of it. */
export interface FileCase {
  readonly id: string
  readonly title: string
  readonly adapter: Adapter
  /** What the file is called. */
  readonly name: string
  readonly make: () => string | Uint8Array
  readonly expect: FileExpected
}

export interface FileExpected {
  readonly state: 'done' | 'done_with_rejects' | 'failed' | 'skipped'
  /** Of the file, where it failed. */
  readonly code?: string
  /** In order: `code [entry:]line@byte [pointer]`, and the beginning of what its detail says behind a dash. */
  readonly refused: readonly string[]
  /** Ids of the records that are kept: the good ones around. */
  readonly stored: readonly string[]
  /** Further outcomes. */
  readonly counts?: Readonly<Record<string, number>>
  readonly warned?: readonly string[]
}

export function aSource(source: string, format: string, fields: object, rest: object = {}): Adapter {
  const read = readMapping(JSON.stringify({ source, version: 1, format, fields, ...rest }))
  if (!read.ok) throw new Error(JSON.stringify(read.mistakes))
  return mappedSource(read.mapping)
}

export const csv = aSource('bad-csv', 'csv', { id: 'id', title: 'title' })
export const ris = aSource('bad-ris', 'ris', { id: 'ID', title: 'TI' })
export const bibtex = aSource('bad-bibtex', 'bibtex', { id: 'key', title: 'title' })
export const xml = aSource(
  'bad-xml',
  'xml',
  { id: '/id', title: '/title' },
  { element: { name: 'rec', namespace: 'urn:a' } },
)
export const plain = plainSource()

export interface Made {
  readonly make: () => string | Uint8Array
  readonly expect: FileExpected
}

/** What becomes of a file of which this is refused and that is kept. */
export function ending(refused: readonly string[], stored: readonly string[], code?: string): FileExpected {
  if (code !== undefined) return { state: 'failed', code, refused, stored }
  return { state: refused.length === 0 ? 'done' : 'done_with_rejects', refused, stored }
}

export const whole = (
  make: () => string | Uint8Array,
  refused: readonly string[],
  stored: readonly string[] = [],
  code?: string,
): Made => ({
  // biome-ignore format: one line
  make,
  expect: ending(refused, stored, code),
})

export const rowOf =
  (id: string, adapter: Adapter, name = 'file') =>
  (title: string, made: Made): FileCase => ({ id, title, adapter, name, ...made })
