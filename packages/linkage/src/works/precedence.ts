import type { Speaker, WorkRole } from '../types.ts'

/** Which source speaks first for a work: who registers, then who curates, then who collects. */
export const SOURCES: readonly string[] = [
  'crossref',
  'pubmed',
  'europepmc',
  'hal',
  'openalex',
  'datacite',
  'zenodo',
  'arxiv',
  'biorxiv',
  'medrxiv',
  'doaj',
  'dblp',
  'semanticscholar',
  'orcid',
  'core',
  'unpaywall',
  'opencitations',
]

export type Field =
  | 'title'
  | 'type'
  | 'published'
  | 'language'
  | 'venue'
  | 'doi'
  | 'openAccess'
  | 'licence'
  | 'subjects'

/**
 * Who speaks first for a field. The publisher's date is Crossref's; venues and languages are cleaner where people or
 * libraries curate them; OpenAlex gives topics, and states how open a work is where Crossref only guesses from a licence;
 * of those that hold a full text HAL comes before arXiv. Affiliations are HAL's before OpenAlex's by the general order.
 */
export const FIELD_ORDER: Readonly<Record<Field, readonly string[]>> = {
  title: SOURCES,
  type: SOURCES,
  published: SOURCES,
  doi: SOURCES,
  venue: ['crossref', 'pubmed', 'hal', 'doaj', 'dblp', 'openalex', ...SOURCES],
  language: ['hal', 'pubmed', 'crossref', ...SOURCES],
  openAccess: ['openalex', 'unpaywall', 'doaj', 'hal', 'arxiv', ...SOURCES.filter((source) => source !== 'crossref')],
  licence: SOURCES,
  subjects: ['openalex', ...SOURCES],
}

const TYPE_RANK: Readonly<Record<string, number>> = { other: 1, preprint: 2, erratum: 3 }
const ROLE_RANK: Readonly<Record<WorkRole, number>> = {
  primary: 0,
  duplicate: 1,
  version: 2,
  part: 3,
  erratum: 4,
  retraction: 5,
}

/** The version of record before its preprint, then the source's rank, then the smaller recordId: a total order. */
export function byPrecedence(a: Speaker['record'], b: Speaker['record']): number {
  return (
    (TYPE_RANK[a.type] ?? 0) - (TYPE_RANK[b.type] ?? 0) ||
    sourceRank(a.source) - sourceRank(b.source) ||
    (a.recordId < b.recordId ? -1 : a.recordId > b.recordId ? 1 : 0)
  )
}

/** The primary member first, then duplicates, versions, parts, errata and retractions, each by precedence. */
export function membersInOrder<M extends Speaker>(members: readonly M[]): readonly M[] {
  return members.toSorted((a, b) => ROLE_RANK[a.role] - ROLE_RANK[b.role] || byPrecedence(a.record, b.record))
}

const TIER: Readonly<Record<WorkRole, number | null>> = {
  primary: 0,
  duplicate: 0,
  version: 1,
  part: null,
  erratum: null,
  retraction: null,
}

/**
 * 0 for what describes the primary record, 1 for another version of it, null for a part or a notice, which says nothing of
 * the work itself. A free version makes the work free, whichever it is.
 */
export function tierOf(field: Field, { role }: Pick<Speaker, 'role'>): number | null {
  const tier = TIER[role]
  return tier === 1 && field === 'openAccess' ? 0 : tier
}

/** Those who may speak for the work on a field, the first of them first. */
export function speakers<M extends Speaker>(field: Field, members: readonly M[]): readonly M[] {
  const order = FIELD_ORDER[field]
  return membersInOrder(members)
    .filter((member) => tierOf(field, member) !== null)
    .toSorted(
      (a, b) =>
        (tierOf(field, a) ?? 0) - (tierOf(field, b) ?? 0) ||
        sourceRank(a.record.source, order) - sourceRank(b.record.source, order),
    )
}

export function sourceRank(source: string, order: readonly string[] = SOURCES): number {
  const rank = order.indexOf(source)
  return rank === -1 ? order.length : rank
}
