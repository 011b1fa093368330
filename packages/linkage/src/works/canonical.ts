import type { CanonicalWork, FieldSource, LinkageIdentifier, LinkageRecord, LinkageSubject, Member } from '../types.ts'
import { membersInOrder, SOURCES, sourceRank } from './precedence.ts'

type Field = 'title' | 'published' | 'language' | 'venue' | 'doi' | 'type'

// Crossref's date is the publisher's; titles and venues are cleaner where people or libraries curate them.
const ORDER: Readonly<Record<Field, readonly string[]>> = {
  title: SOURCES,
  type: SOURCES,
  published: SOURCES,
  doi: SOURCES,
  venue: ['crossref', 'pubmed', 'hal', 'doaj', 'dblp', 'openalex', ...SOURCES],
  language: ['hal', 'pubmed', 'crossref', ...SOURCES],
}

/**
 * The work's own metadata: each field from the first member that has it, members of the primary one's kind before versions,
 * within them by the field's row of sources. The order of `members` does not matter.
 */
export function canonical(members: readonly Member[]): CanonicalWork {
  const ordered = membersInOrder(members)
  const records = ordered.map(({ record }) => record)
  const fieldSources: FieldSource[] = []
  const pick = <T>(field: Field, read: (record: LinkageRecord) => T | null): T | null => {
    const source = ordered
      .filter((member) => tier(member) < 2 && read(member.record) !== null)
      .toSorted(
        (a, b) =>
          tier(a) - tier(b) || sourceRank(a.record.source, ORDER[field]) - sourceRank(b.record.source, ORDER[field]),
      )[0]
    if (source === undefined) return null
    fieldSources.push({ field, recordId: source.record.recordId })
    return read(source.record)
  }
  const type = ordered[0]?.record.type ?? 'other'
  return {
    title: pick('title', ({ title }) => (title?.trim() ? title : null)),
    type: pick('type', (record) => (record.type === type ? type : null)) ?? type,
    published: pick('published', ({ published }) => published),
    language: pick('language', ({ language }) => language),
    venue: pick('venue', ({ venue }) => (venue?.name || venue?.issns.length ? venue : null)),
    doi: pick('doi', ownDoi),
    identifiers: identifiersOf(records),
    subjects: subjectsOf(records),
    retracted: records.some(({ retracted }) => retracted),
    fieldSources,
  }
}

function tier({ role }: Member): number {
  return role === 'primary' || role === 'duplicate' ? 0 : role === 'version' ? 1 : 2
}

function ownDoi(record: LinkageRecord): string | null {
  const dois = record.identifiers.filter(({ scheme, relation }) => scheme === 'doi' && relation === 'self')
  return dois.map(({ value }) => value).sort()[0] ?? null
}

function identifiersOf(records: readonly LinkageRecord[]): readonly LinkageIdentifier[] {
  const distinct = new Map<string, LinkageIdentifier>()
  for (const { identifiers } of records) {
    for (const { scheme, value, relation } of identifiers)
      distinct.set(`${scheme}:${value} ${relation}`, { scheme, value, relation })
  }
  return [...distinct.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, identifier]) => identifier)
}

function subjectsOf(records: readonly LinkageRecord[]): readonly LinkageSubject[] {
  const distinct = new Map<string, LinkageSubject>()
  for (const { subjects } of records) {
    for (const { scheme, id, label } of subjects) distinct.set(`${scheme} ${id ?? ''} ${label}`, { scheme, id, label })
  }
  return [...distinct.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, subject]) => subject)
}
