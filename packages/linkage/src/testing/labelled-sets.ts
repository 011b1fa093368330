import { existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { parseDoi } from '@atlas/identifiers'
import type { LinkageAuthor, LinkageRecord } from '../types.ts'

/** A record of the labelled sets. */
export interface LabelledRecord {
  readonly id: string
  readonly source?: string
  readonly title: string
  readonly abstract?: string | null
  readonly year?: number | null
  readonly venue?: string | null
  readonly doi?: string | null
  readonly pages?: string | null
  readonly volume?: string | null
  readonly issue?: string | null
  readonly issn?: string | null
  readonly keywords?: readonly string[] | null
  readonly authors: readonly LabelledAuthor[]
}

export interface LabelledAuthor {
  readonly name: string
  readonly given?: string | null
  readonly family?: string | null
  readonly affiliations?: readonly string[] | null
}

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../../../..')

/** The folder of the labelled sets; undefined where they are not on this machine. */
export function labelledSets(shared: string | undefined): string | undefined {
  const folder = resolve(ROOT, shared ?? '../shared', 'data/benchmarks')
  return existsSync(folder) ? folder : undefined
}

export function readLines<T>(file: string): readonly T[] {
  const text = gunzipSync(readFileSync(file)).toString('utf8')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): T => JSON.parse(decoded(line)))
}

// Adapters decode entities before a record gets here.
function decoded(line: string): string {
  return line
    .replace(/&#(\d{2,5});/g, (_, code: string) => JSON.stringify(String.fromCodePoint(Number(code))).slice(1, -1))
    .replace(/&m?n?dash;/g, '-')
    .replace(/&amp;/g, '&')
}

/** The labelled record in the engine's form. */
export function recordOf(record: LabelledRecord): LinkageRecord {
  const doi = parseDoi(record.doi ?? '')
  return {
    recordId: record.id,
    source: record.source ?? 'labelled',
    sourceId: record.id,
    version: 1,
    deleted: false,
    suppressed: false,
    title: record.title,
    titles: [],
    type: 'article',
    published: record.year ? { year: record.year, month: null, day: null } : null,
    language: null,
    venue: {
      name: record.venue ?? null,
      issns: record.issn ? [record.issn] : [],
      type: null,
      publisher: null,
      volume: record.volume ?? null,
      issue: record.issue ?? null,
      firstPage: record.pages?.split(/[-–]/)[0] ?? null,
      lastPage: null,
    },
    identifiers: doi === undefined ? [] : [{ scheme: 'doi', value: doi, relation: 'self' }],
    authors: record.authors.map((author, at) => authorOf(record.id, author, at)),
    subjects: (record.keywords ?? []).map((label) => ({ scheme: 'keyword', id: null, label })),
    retracted: false,
  }
}

function authorOf(recordId: string, author: LabelledAuthor, at: number): LinkageAuthor {
  return {
    mentionKey: `${recordId}#${String(at).padStart(5, '0')}`,
    aliases: [],
    ambiguousAlias: false,
    position: at + 1,
    name: author.name,
    given: author.given ?? null,
    family: author.family ?? null,
    collective: false,
    orcid: null,
    orcidAuthenticated: null,
    sourceIds: [],
    email: null,
    corresponding: null,
    role: 'author',
    affiliations: (author.affiliations ?? []).map((name) => ({ name, ror: null, country: null })),
  }
}

/** Of an export that has all authors in one text: "Dworak M.Gruenberger J. B.O'Reilly M. E." */
export function withAuthors(record: LabelledRecord): LabelledRecord {
  const authors: unknown = record.authors
  if (typeof authors !== 'string') return record
  const parts: string[] = authors.split(/;|(?<=\.)(?=\p{L}['’\p{L}])/u).map((part) => part.trim())
  return { ...record, authors: parts.filter((part) => part !== '').map((name) => ({ name })) }
}
