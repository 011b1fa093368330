import { slotKeys } from '@atlas/linkage'
import type { Queryable } from '@atlas/runtime'
import { type ComparedSlot, type ComparedWork, findHits, findHitsByKey, type Hit, loadSlots } from '../store/compare.ts'
import { loadProfiles } from '../store/profiles.ts'
import type { Scorer } from './scorer.ts'

/**
 * Keys by which a slot meets profiles, some blocks being too wide: those it is indexed under, and instead of a wide
 * one the narrower keys that split it. A narrower key that is wide itself is left out: that is where the cap cuts.
 */
export function meetingKeys(
  slot: Pick<ComparedSlot, 'keys' | 'features'>,
  work: Pick<ComparedWork, 'features'>,
  wide: ReadonlySet<string>,
): ReadonlySet<string> {
  const keys = new Set(slot.keys.filter((key) => !wide.has(key)))
  if (keys.size === slot.keys.length) return keys
  for (const choice of slotKeys(slot.features, work.features))
    if (!choice.frequent && wide.has(choice.key))
      for (const { key } of choice.narrower) if (!wide.has(key)) keys.add(key)
  return keys
}

/** The profiles each slot is to be compared with. The caller holds the locks of the slots' works. */
export async function findPairs(
  db: Queryable,
  slotIds: readonly string[],
  works: ReadonlyMap<string, ComparedWork>,
  wide: readonly string[],
): Promise<readonly Hit[]> {
  const direct = await findHits(db, slotIds, wide)
  if (wide.length === 0) return direct
  const wideKeys = new Set(wide)
  const split = (await loadSlots(db, slotIds)).filter(({ keys }) => keys.some((key) => wideKeys.has(key)))
  const narrower = await findHitsByKey(
    db,
    split.flatMap((slot) => {
      const work = works.get(slot.workId)
      return work ? [...meetingKeys(slot, work, wideKeys)].map((key) => ({ slotId: slot.slotId, key })) : []
    }),
  )
  return [...new Map([...direct, ...narrower].map((hit) => [`${hit.slotId}${hit.profileId}`, hit])).values()]
}

/** Makes the scorer ready for these profiles at these numbers; those that have changed meanwhile are left out. */
export async function prepareProfiles(db: Queryable, hits: readonly Hit[], scorer: Scorer): Promise<void> {
  const missing = new Set(
    hits.filter((hit) => !scorer.prepared(hit.profileId, hit.featuresNo)).map((hit) => hit.profileId),
  )
  for (const profile of await loadProfiles(db, [...missing])) scorer.add(profile)
}
