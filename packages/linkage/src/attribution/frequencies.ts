import { foldText } from '@atlas/identifiers'
import type { WorkFeatures } from '../types.ts'

/** How often words and venues are met among the works at hand: what everybody shares says nothing of anybody. */
export interface Frequencies {
  /** Natural log of one in how many works has this word; a word nobody has is the rarest. */
  termWeight(term: string): number
  /** Log2 of one in how many works appeared there. */
  venueBits(venue: string): number
}

/** Shares of works, by word and by venue: plain data, frozen with a model. */
export interface FrequencyTable {
  /** Of works that have the word, in thousandths; words that are not here are rarer than the last. */
  readonly terms: Readonly<Record<string, number>>
  readonly venues: Readonly<Record<string, number>>
}

// What is said of a word or a venue that is not in the table: one work in 2,000, one in 200.
const UNKNOWN_TERM = 0.5
const UNKNOWN_VENUE = 5

export function frozenFrequencies({ terms, venues }: FrequencyTable): Frequencies {
  return {
    termWeight: (term) => Math.log(1000 / ((Object.hasOwn(terms, term) ? terms[term] : undefined) ?? UNKNOWN_TERM)),
    venueBits: (venue) =>
      Math.log2(1000 / ((Object.hasOwn(venues, venue) ? venues[venue] : undefined) ?? UNKNOWN_VENUE)),
  }
}

/** Counts over these works, each once. */
export function learnFrequencies(works: Iterable<WorkFeatures>): Frequencies {
  const terms = new Map<string, number>()
  const venues = new Map<string, number>()
  let total = 0
  for (const work of works) {
    total++
    for (const term of work.terms ?? []) terms.set(term, (terms.get(term) ?? 0) + 1)
    const venue = venueKey(work.venue)
    if (venue !== '') venues.set(venue, (venues.get(venue) ?? 0) + 1)
  }
  return {
    termWeight: (term) => Math.log((total + 1) / ((terms.get(term) ?? 0) + 1)),
    venueBits: (venue) => Math.log2(Math.max(total, 1) / (venues.get(venue) ?? 1)),
  }
}

/** A venue without what changes from year to year: "Proceedings of the 60th …" and "… 61st …" are one. */
export function venueKey(venue: string | null): string {
  return foldText(venue ?? '')
    .replace(/\b\d+(?:st|nd|rd|th)?\b/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}
