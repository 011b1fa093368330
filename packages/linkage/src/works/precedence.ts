import type { LinkageRecord, Member, WorkRole } from '../types.ts'

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

const TYPE_RANK: Readonly<Record<string, number>> = { other: 1, preprint: 2, erratum: 3 }
const ROLE_RANK: Readonly<Record<WorkRole, number>> = { primary: 0, duplicate: 1, version: 2, part: 3, erratum: 4 }

/** The version of record before its preprint, then the source's rank, then the smaller recordId: a total order. */
export function byPrecedence(a: LinkageRecord, b: LinkageRecord): number {
  return (
    (TYPE_RANK[a.type] ?? 0) - (TYPE_RANK[b.type] ?? 0) ||
    sourceRank(a.source) - sourceRank(b.source) ||
    (a.recordId < b.recordId ? -1 : a.recordId > b.recordId ? 1 : 0)
  )
}

/** The primary member first, then duplicates, versions, parts and errata, each by precedence. */
export function membersInOrder(members: readonly Member[]): readonly Member[] {
  return members.toSorted((a, b) => ROLE_RANK[a.role] - ROLE_RANK[b.role] || byPrecedence(a.record, b.record))
}

export function sourceRank(source: string, order: readonly string[] = SOURCES): number {
  const rank = order.indexOf(source)
  return rank === -1 ? order.length : rank
}
