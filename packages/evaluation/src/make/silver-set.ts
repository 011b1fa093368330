import { createHash } from 'node:crypto'
import type { SlotRef } from '../neutral/types.ts'
import { distinctWorks, idOf } from './distinct-works.ts'
import type { UnifiedAuthor, UnifiedRecord } from './unified.ts'

export interface SilverItem extends SlotRef {
  readonly profile: string | null
  readonly facets: { readonly source: string }
}

/** A labelled set in the neutral form. Its labels are silver: what people and publishers said, some of it wrong. */
export interface SilverSet {
  readonly records: readonly object[]
  readonly profiles: readonly {
    readonly id: string
    readonly names: readonly string[]
    readonly seeds: readonly SlotRef[]
  }[]
  readonly stream: readonly SilverItem[]
}

interface Labelled extends SlotRef {
  readonly name: string
  readonly year: number
  readonly source: string
}

// Of a career the first works are known and the rest is the stream; as many as a researcher confirms in one sitting.
const MOST_SEEDS = 5

/**
 * A set made of records that carry ORCIDs, which are hidden: a person with two works or more has a profile with the first
 * half of them, one in three of those has none all the same, and the others are strangers. The same records in any
 * order give the same set.
 */
export function silverSet(unified: readonly UnifiedRecord[]): SilverSet {
  return labelledSet(distinctWorks(unified))
}

/** The same of records each of which counts. */
export function labelledSet(unified: readonly UnifiedRecord[]): SilverSet {
  const works = unified.toSorted((a, b) => compare(idOf(a), idOf(b)))
  const people = [...Map.groupBy(works.flatMap(labelsOf), ([orcid]) => orcid)]
    .map(([orcid, labels]) => ({ orcid, slots: labels.map(([, slot]) => slot).sort(inTime) }))
    .sort((a, b) => compare(hashOf(a.orcid), hashOf(b.orcid)))
  const profiles: SilverSet['profiles'][number][] = []
  const stream: (SilverItem & { readonly year: number })[] = []
  for (const { orcid, slots } of people) {
    const seeds = isKnown(orcid) ? slots.slice(0, Math.min(MOST_SEEDS, Math.floor(slots.length / 2))) : []
    const id = seeds.length === 0 ? null : `p${String(profiles.length + 1).padStart(5, '0')}`
    if (id !== null) profiles.push({ id, names: [fullest(seeds)], seeds: seeds.map(refOf) })
    for (const slot of slots.slice(seeds.length))
      stream.push({ ...refOf(slot), profile: id, facets: { source: slot.source }, year: slot.year })
  }
  return {
    records: works.map(recordOf),
    profiles,
    stream: stream.sort(inTime).map(({ year: _, ...item }) => item),
  }
}

/** Slots whose ORCID stands once on the byline: twice is a mistake, and nobody can say of which. */
function labelsOf(work: UnifiedRecord): readonly (readonly [orcid: string, slot: Labelled])[] {
  const { authors, published, source } = work
  return authors.flatMap(({ orcid, name, collective, role }, slot) => {
    if (orcid === null || collective || role !== 'author') return []
    if (authors.filter((other) => other.orcid === orcid).length > 1) return []
    return [[orcid, { record: idOf(work), slot, name, year: published?.year ?? 0, source }] as const]
  })
}

/** Without ORCIDs, and without the ids by which sources tell authors apart: those are somebody's answer to the question. */
function recordOf(work: UnifiedRecord): object {
  const { title, abstract, published, language, venue, identifiers, subjects, authors, funders, references } = work
  return {
    id: idOf(work),
    title,
    abstract,
    year: published?.year ?? null,
    venue: venue?.name ?? null,
    doi: identifiers.find(({ scheme, relation }) => scheme === 'doi' && relation === 'self')?.value ?? null,
    language,
    issns: venue?.issns ?? [],
    keywords: [...new Set(subjects.map(({ label }) => label))],
    references: references.flatMap(({ scheme, value }) => {
      if (scheme === null || value === null) return []
      return scheme === 'doi' ? value : `${scheme}:${value}`
    }),
    funders: funders.map(({ name, identifiers: ids, awards }) => ({ name, ids, awards })),
    authors: authors.map(authorOf),
  }
}

function authorOf({ name, given, family, email, affiliations }: UnifiedAuthor): object {
  return {
    name,
    given,
    family,
    affiliations: affiliations.map(({ name: where, ror, country }) => ({ name: where, ror, country })),
    ...(email === null ? {} : { emails: [email] }),
  }
}

function refOf({ record, slot }: SlotRef): SlotRef {
  return { record, slot }
}

function fullest(slots: readonly Labelled[]): string {
  return slots.map(({ name }) => name).sort((a, b) => b.length - a.length || compare(a, b))[0] ?? ''
}

function isKnown(orcid: string): boolean {
  return Number.parseInt(hashOf(orcid).slice(-6), 16) % 3 !== 0
}

function hashOf(orcid: string): string {
  return createHash('sha256').update(orcid).digest('hex')
}

function inTime(a: SlotRef & { readonly year: number }, b: SlotRef & { readonly year: number }): number {
  return a.year - b.year || compare(a.record, b.record) || a.slot - b.slot
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
