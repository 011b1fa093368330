import { foldText } from '@atlas/identifiers'
import type { WorkFeatures } from '../types.ts'

/** How often words and venues are met among the works at hand: what everybody shares says nothing of anybody. */
export interface Frequencies {
  /** Natural log of one in how many works has this word; a word nobody has is the rarest. */
  termWeight(term: string): number
  /** Log2 of one in how many works appeared there. */
  venueBits(venue: string): number
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
