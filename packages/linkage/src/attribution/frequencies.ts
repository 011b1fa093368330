import { foldText } from '@atlas/identifiers'
import type { WorkFeatures } from '../types.ts'

/** How often words and venues are met: what everybody shares says nothing of anybody. */
export interface Frequencies {
  /** Natural log of one in how many works has this word; a word nobody has is the rarest. */
  termWeight(term: string): number
  /** Log2 of one in how many works appeared there. */
  venueBits(venue: string): number
}

/** Shares of works by word and by venue, in thousandths: plain data, frozen with a model. What is not here is rarer. */
export interface FrequencyTable {
  readonly terms: Readonly<Record<string, number>>
  readonly venues: Readonly<Record<string, number>>
}

export const NO_TABLE: FrequencyTable = { terms: {}, venues: {} }

// The table counts as so many works beside those at hand. What it does not know: one work in 2,000, one in 200.
const TABLE_WORKS = 1_000
const UNKNOWN_TERM = 0.5
const UNKNOWN_VENUE = 5

/** Counts over these works, each once, on top of a table; of no works, it is the table alone. */
export function learnFrequencies(works: Iterable<WorkFeatures>, table: FrequencyTable): Frequencies {
  const terms = new Map<string, number>()
  const venues = new Map<string, number>()
  let total = 0
  for (const work of works) {
    total++
    for (const term of work.terms ?? []) terms.set(term, (terms.get(term) ?? 0) + 1)
    const venue = venueKey(work.venue)
    if (venue !== '') venues.set(venue, (venues.get(venue) ?? 0) + 1)
  }
  const all = total + TABLE_WORKS + 1
  const counted = (at: number, inTable: number): number => all / (at + (inTable / 1000) * TABLE_WORKS + 1)
  const weights = new Map<string, number>()
  for (const term of [...Object.keys(table.terms), ...terms.keys()])
    weights.set(term, Math.log(counted(terms.get(term) ?? 0, own(table.terms, term) ?? UNKNOWN_TERM)))
  const rarest = Math.log(counted(0, UNKNOWN_TERM))
  return {
    termWeight: (term) => weights.get(term) ?? rarest,
    venueBits: (venue) => Math.log2(counted(venues.get(venue) ?? 0, own(table.venues, venue) ?? UNKNOWN_VENUE)),
  }
}

function own(record: Readonly<Record<string, number>>, key: string): number | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

/** A venue without what changes from year to year: "Proceedings of the 60th …" and "… 61st …" are one. */
export function venueKey(venue: string | null): string {
  return foldText(venue ?? '')
    .replace(/\b\d+(?:st|nd|rd|th)?\b/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}
