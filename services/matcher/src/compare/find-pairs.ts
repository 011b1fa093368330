import { lookupOf, slotKeys } from '@atlas/linkage'
import type { Queryable } from '@atlas/runtime'
import { type ComparedSlot, type ComparedWork, findHits, findHitsByKey, type Hit, loadSlots } from '../store/compare.ts'
import { loadProfiles } from '../store/profiles.ts'
import type { Scorer } from './scorer.ts'

/**
 * Keys by which a slot meets profiles, some blocks being too wide: those it is indexed under, and instead of a wide
 * one the narrower keys that split it. A key that is wide and that nothing splits is left out: that is where the cap
 * cuts. Depends on the slot and on which blocks are wide, and on nothing else.
 */
export function meetingKeys(
  slot: Pick<ComparedSlot, 'keys' | 'features'>,
  work: Pick<ComparedWork, 'features'>,
  wide: ReadonlySet<string>,
): ReadonlySet<string> {
  if (!isSplit(slot, wide)) return new Set(slot.keys)
  const { keys } = lookupOf(slotKeys(slot.features, work.features), (key) => wide.has(key))
  return new Set(keys.map(({ key }) => key))
}

/** The profiles each slot is to be compared with. The caller holds the locks of the slots' works. */
export async function findPairs(
  db: Queryable,
  slotIds: readonly string[],
  works: ReadonlyMap<string, ComparedWork>,
  wide: readonly string[],
): Promise<readonly Hit[]> {
  if (wide.length === 0) return findHits(db, slotIds, wide)
  const wideKeys = new Set(wide)
  const split = (await loadSlots(db, slotIds)).filter((slot) => isSplit(slot, wideKeys))
  const splitIds = new Set(split.map(({ slotId }) => slotId))
  // What a slot is indexed under besides a block that is not wide is a part of that block, and adds nobody.
  const direct = await findHits(
    db,
    slotIds.filter((slotId) => !splitIds.has(slotId)),
    [],
  )
  const narrower = await findHitsByKey(
    db,
    split.flatMap((slot) => {
      const work = works.get(slot.workId)
      return work ? [...meetingKeys(slot, work, wideKeys)].map((key) => ({ slotId: slot.slotId, key })) : []
    }),
  )
  return [...direct, ...narrower]
}

function isSplit({ keys }: Pick<ComparedSlot, 'keys'>, wide: ReadonlySet<string>): boolean {
  return keys.some((key) => wide.has(key))
}

/** Makes the scorer ready for these profiles at these numbers; those that have changed meanwhile are left out. */
export async function prepareProfiles(db: Queryable, hits: readonly Hit[], scorer: Scorer): Promise<void> {
  const missing = new Set(
    hits.filter((hit) => !scorer.prepared(hit.profileId, hit.featuresNo)).map((hit) => hit.profileId),
  )
  for (const profile of await loadProfiles(db, [...missing])) scorer.add(profile)
}
