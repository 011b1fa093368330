import { type KeyChoice, type Lookup, lookupOf, slotKeys } from '@atlas/linkage'
import type { Queryable } from '@atlas/runtime'
import {
  type ComparedSlot,
  type ComparedWork,
  findHits,
  findHitsByKey,
  type Hit,
  listSlotsInWideBlocks,
  listWideAmong,
  loadSlots,
} from '../store/compare.ts'
import { loadProfiles } from '../store/profiles.ts'
import type { Scorer } from './scorer.ts'

/** Profiles that slots meet, and on how many slots a block was left out because nothing splits it. */
export interface Pairs {
  readonly hits: readonly Hit[]
  readonly cutSlots: number
}

/** The profiles each slot is to be compared with. The caller holds the locks of the slots' works. */
export async function findPairs(
  db: Queryable,
  slotIds: readonly string[],
  works: ReadonlyMap<string, ComparedWork>,
): Promise<Pairs> {
  const splitIds = new Set(await listSlotsInWideBlocks(db, slotIds))
  // What a slot is indexed under besides a block that is not wide is a part of that block, and adds nobody.
  const direct = await findHits(
    db,
    slotIds.filter((slotId) => !splitIds.has(slotId)),
  )
  if (splitIds.size === 0) return { hits: direct, cutSlots: 0 }
  const lookups = await lookUp(db, await loadSlots(db, [...splitIds]), works)
  const narrower = await findHitsByKey(
    db,
    [...lookups].flatMap(([slotId, { keys }]) => keys.map(({ key }) => ({ slotId, key }))),
  )
  const cutSlots = [...lookups.values()].filter(({ cut }) => cut.length > 0).length
  return { hits: [...direct, ...narrower], cutSlots }
}

/**
 * Keys by which each slot meets profiles, some blocks being too wide: those it is indexed under, and instead of a wide
 * one the narrower keys that split it. A key that is wide and that nothing splits is left out: that is where the cap
 * cuts. Depends on the slot and on which blocks are wide, and on nothing else.
 */
export async function meetingKeys(
  db: Queryable,
  slots: readonly ComparedSlot[],
  works: ReadonlyMap<string, ComparedWork>,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const wide = await listWideAmong(db, [...new Set(slots.flatMap(({ keys }) => keys))])
  const split = slots.filter(({ keys }) => keys.some((key) => wide.has(key)))
  const lookups = await lookUp(db, split, works)
  return new Map(
    slots.map(({ slotId, keys }) => [slotId, new Set(lookups.get(slotId)?.keys.map(({ key }) => key) ?? keys)]),
  )
}

/**
 * Where slots are looked up that stand in a wide block. Which blocks are wide is asked as far as the lookups come, a
 * statement for each step down: whole names, given names, what is around.
 */
export async function lookUp(
  db: Queryable,
  slots: readonly Pick<ComparedSlot, 'slotId' | 'workId' | 'features'>[],
  works: ReadonlyMap<string, Pick<ComparedWork, 'features'>>,
): Promise<ReadonlyMap<string, Lookup>> {
  const choices = slots.flatMap(
    ({ slotId, workId, features }): readonly (readonly [string, readonly KeyChoice[]])[] => {
      const work = works.get(workId)
      return work ? [[slotId, slotKeys(features, work.features)]] : []
    },
  )
  const known = new Map<string, boolean>()
  for (;;) {
    const asked = new Set<string>()
    const isWide = (key: string): boolean => {
      const wide = known.get(key)
      if (wide === undefined) asked.add(key)
      return wide ?? false
    }
    const lookups = choices.map(([slotId, own]): [string, Lookup] => [slotId, lookupOf(own, isWide)])
    if (asked.size === 0) return new Map(lookups)
    const wide = await listWideAmong(db, [...asked])
    for (const key of asked) known.set(key, wide.has(key))
  }
}

/** Makes the scorer ready for these profiles at these numbers; those that have changed meanwhile are left out. */
export async function prepareProfiles(db: Queryable, hits: readonly Hit[], scorer: Scorer): Promise<void> {
  const missing = new Set(
    hits.filter((hit) => !scorer.prepared(hit.profileId, hit.featuresNo)).map((hit) => hit.profileId),
  )
  for (const profile of await loadProfiles(db, [...missing])) scorer.add(profile)
}
