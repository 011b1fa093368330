import type { LinkageRecord } from '@atlas/linkage'
import { type Published, publishedRecord } from './published.ts'
import { linkageOf, type SampleRecord } from './sample-record.ts'

/** Everything that was read of a folder of samples. */
export interface Samples {
  /** In any order, some more than once: a source was asked twice. */
  readonly records: readonly SampleRecord[]
  readonly orcid: readonly SampleRecord[]
  readonly published: readonly Published[]
}

/** Which question a pair belongs to. */
export type Question =
  | 'preprint and article'
  | 'OpenAlex and Crossref'
  | 'two pulls of OpenAlex'
  | 'ORCID and Crossref'
  | 'within ORCID'
  | 'all others'

export const QUESTIONS: readonly Question[] = [
  'preprint and article',
  'OpenAlex and Crossref',
  'two pulls of OpenAlex',
  'ORCID and Crossref',
  'within ORCID',
  'all others',
]

export interface Pool {
  readonly records: readonly LinkageRecord[]
  questionOf(a: LinkageRecord, b: LinkageRecord): Question
}

/** All samples as records to be put into works, sorted: those of one id are numbered. */
export function poolOf({ records, orcid, published }: Samples): Pool {
  const preprints = new Map(records.filter(isArxivDeposit).map((record) => [record.sourceId.toLowerCase(), record]))
  const made = new Map<string, SampleRecord>()
  const asked = new Set<string>()
  for (const { preprint, doi } of published) {
    const record = preprints.get(preprint)
    if (record === undefined) continue
    asked.add(`datacite:${record.sourceId}`)
    if (!made.has(doi)) made.set(doi, publishedRecord(record, doi))
  }
  const all = numbered([...records, ...orcid, ...made.values()])
  for (const doi of made.keys()) asked.add(`crossref:${doi}`)
  return { records: all, questionOf: (a, b) => questionOf(a, b, asked) }
}

function isArxivDeposit({ source, identifiers }: SampleRecord): boolean {
  return source === 'datacite' && identifiers.some(({ scheme, relation }) => scheme === 'arxiv' && relation === 'self')
}

function questionOf(a: LinkageRecord, b: LinkageRecord, asked: ReadonlySet<string>): Question {
  const sources = new Set([a.source, b.source])
  if ([a, b].some(({ recordId }) => asked.has(recordId))) return 'preprint and article'
  if (sources.has('orcid') && sources.has('crossref')) return 'ORCID and Crossref'
  if (sources.has('orcid') && sources.size === 1) return 'within ORCID'
  if (a.source === 'openalex' && a.source === b.source && a.sourceId === b.sourceId) return 'two pulls of OpenAlex'
  return sources.has('openalex') && sources.has('crossref') ? 'OpenAlex and Crossref' : 'all others'
}

// The answer to one search may hold what that to another held: more copies of one form would say nothing new.
const MOST_COPIES = 2

function numbered(samples: readonly SampleRecord[]): readonly LinkageRecord[] {
  const forms = Map.groupBy(
    samples.filter(({ deleted }) => !deleted),
    ({ source, sourceId }) => `${source}:${sourceId}`,
  )
  return [...forms]
    .flatMap(([id, copies]) =>
      [...Map.groupBy(copies, (copy) => JSON.stringify(copy))]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([, equal]) => equal.slice(0, MOST_COPIES))
        .map((sample, at) => linkageOf(sample, at === 0 ? id : `${id}~${at + 1}`)),
    )
    .sort((a, b) => (a.recordId < b.recordId ? -1 : 1))
}
