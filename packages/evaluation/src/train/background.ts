import { type FrequencyTable, termsOf, venueKey } from '@atlas/linkage'
import { distinctWorks } from '../make/distinct-works.ts'
import type { UnifiedRecord } from '../make/unified.ts'

// Of fewer texts a share says nothing; what fewer than one work in 500 has is told well enough by not being in the table.
const LEAST_TEXTS = 100
const LEAST_SHARE = 2

/**
 * How often words and venues are met in works of many kinds: the mean over sources, so that no source's field decides.
 * Only shares of words are kept, nothing of any text.
 */
export function backgroundOf(records: readonly UnifiedRecord[]): FrequencyTable {
  const texts = distinctWorks(records).filter(isText)
  const sources = [...Map.groupBy(texts, ({ source }) => source).values()].filter(({ length }) => length >= LEAST_TEXTS)
  return {
    terms: meanShares(sources, (work) => termsOf({ ...work, keywords: work.subjects.map(({ label }) => label) })),
    venues: meanShares(sources, ({ venue }) => [venueKey(venue?.name ?? null)].filter((one) => one !== '')),
  }
}

/** Whether it says more than a title: by titles alone every word would be rare. */
function isText({ abstract, subjects }: UnifiedRecord): boolean {
  return (abstract ?? '') !== '' || subjects.length > 0
}

function meanShares(
  sources: readonly (readonly UnifiedRecord[])[],
  read: (work: UnifiedRecord) => readonly string[],
): Readonly<Record<string, number>> {
  const shares = new Map<string, number>()
  for (const works of sources)
    for (const work of works)
      for (const one of new Set(read(work)))
        shares.set(one, (shares.get(one) ?? 0) + 1000 / works.length / sources.length)
  const kept = [...shares].filter(([, share]) => share >= LEAST_SHARE).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(kept.map(([one, share]) => [one, Math.round(share * 10) / 10]))
}
