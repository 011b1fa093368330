import type { RankedCandidates } from '../types.ts'

// architecture.md: at most the best 50 candidates a slot; the rest are counted.
const BEST = 50

/** The best 50 of a slot by score, then profileId; the rest counted. */
export function rankCandidates<T extends { readonly profileId: string; readonly score: number }>(
  scored: readonly T[],
): RankedCandidates<T> {
  const sorted = scored.toSorted((a, b) => b.score - a.score || (a.profileId < b.profileId ? -1 : 1))
  return {
    best: sorted.slice(0, BEST).map((candidate, index) => ({ ...candidate, blockRank: index + 1 })),
    others: Math.max(0, sorted.length - BEST),
  }
}
