import type { Queryable } from '@atlas/runtime'
import type { Hit } from '../store/compare.ts'
import type { SlotOdds } from '../store/odds.ts'
import { prepareProfiles } from './find-pairs.ts'
import type { PreparedPair, Scorer } from './scorer.ts'

/** By slot, the profiles it meets. */
export type HitsBySlot = ReadonlyMap<string, readonly Hit[]>

/**
 * The odds of these slots with everybody they meet. Among a million profiles a step meets tens of thousands, each of tens
 * of KB: slots are taken in portions that meet about `most`, and who is not needed any more is forgotten in between.
 */
export async function oddsOfSlots(
  db: Queryable,
  scorer: Scorer,
  slots: readonly PreparedPair[],
  hits: HitsBySlot,
  most: number,
): Promise<readonly SlotOdds[]> {
  const odds: SlotOdds[] = []
  for (const portion of portionsOf(slots, hits, most)) {
    scorer.trim()
    await prepareProfiles(
      db,
      portion.flatMap(({ slot }) => hits.get(slot.slotId) ?? []),
      scorer,
    )
    for (const pair of portion) {
      const { slotId, workId } = pair.slot
      const met = new Set((hits.get(slotId) ?? []).map(({ profileId }) => profileId))
      odds.push({ slotId, workId, pairs: [...met].flatMap((profileId) => scorer.odds(pair, profileId) ?? []) })
    }
  }
  return odds
}

/** The slots in order, cut where a slot would bring the distinct profiles of a portion above `most`. Pure. */
export function* portionsOf<S extends { readonly slot: { readonly slotId: string } }>(
  slots: readonly S[],
  hits: HitsBySlot,
  most: number,
): Generator<readonly S[]> {
  let portion: S[] = []
  let met = new Set<string>()
  for (const pair of slots) {
    const own = new Set((hits.get(pair.slot.slotId) ?? []).map(({ profileId }) => profileId))
    if (portion.length > 0 && met.size + countOutside(own, met) > most) {
      yield portion
      portion = []
      met = new Set()
    }
    portion.push(pair)
    for (const profileId of own) met.add(profileId)
  }
  if (portion.length > 0) yield portion
}

/** How many of one set are not in the other, which is much larger as a rule: nothing of it is copied. */
function countOutside(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let outside = 0
  for (const each of one) if (!other.has(each)) outside += 1
  return outside
}
