import { publishedScore, type SettledPair, settleWork } from '@atlas/linkage'
import type { Tx } from '@atlas/runtime'
import type { CandidateRow, Resettled, Withdrawal } from '../store/candidates.ts'
import type { ComparedWork } from '../store/compare.ts'
import { loadOdds, type SlotOdds } from '../store/odds.ts'
import { type Claim, decideSlot } from './decide-candidates.ts'
import type { Predecessors } from './find-predecessors.ts'
import type { NumberedClaim, ProfileState } from './save-decisions.ts'
import type { PreparedPair, Scorer } from './scorer.ts'

export interface ToSettle {
  /** The slots to decide on, whose works are locked. */
  readonly slots: readonly PreparedPair[]
  /** Of these all of their pairs, settled with the pairs that the same profiles have on other slots of the works. */
  readonly settled: SettledSlots
  readonly stored: ReadonlyMap<string, readonly CandidateRow[]>
  readonly predecessors: Predecessors
  /** The states of profiles that were compared now with this slot; undefined for others. */
  readonly compared: (slotId: string, profileId: string) => ProfileState | undefined
}

export interface Decisions {
  readonly claims: readonly NumberedClaim[]
  readonly resettled: readonly Resettled[]
  readonly withdrawals: readonly Withdrawal[]
  /** Ids of works whose claims became others. */
  readonly changed: readonly string[]
  /** Works that have to be compared again as a whole. */
  readonly again: readonly ComparedWork[]
}

/** Decides what is to be written for each of the slots. Pure. */
export function decideSlots(scorer: Scorer, { slots, settled, stored, predecessors, compared }: ToSettle): Decisions {
  const claims: NumberedClaim[] = []
  const resettled: Resettled[] = []
  const withdrawals: Withdrawal[] = []
  const changed = new Set<string>()
  const again = new Map<string, ComparedWork>()
  for (const pair of slots) {
    const { slot, work } = pair
    const made = (settledPair: SettledPair): Claim | undefined =>
      scorer.claim(
        pair,
        settledPair,
        predecessors(slot, settledPair.profileId).map(({ candidateId }) => candidateId),
      )
    const decision = decideSlot(
      {
        settled: settled.get(slot.slotId) ?? [],
        stored: stored.get(slot.slotId) ?? [],
        before: (profileId) => predecessors(slot, profileId),
        compared: (profileId) => compared(slot.slotId, profileId) !== undefined,
        claimOf: made,
      },
      scorer.model.publish,
    )
    for (const claim of decision.save) {
      const profile = compared(slot.slotId, claim.profileId)
      if (profile) claims.push({ claim, slot, work, profile })
    }
    resettled.push(...decision.resettle)
    withdrawals.push(...decision.withdraw)
    if (decision.save.length + decision.withdraw.length > 0) changed.add(work.workId)
    if (decision.again) again.set(work.workId, work)
  }
  return { claims, resettled, withdrawals, changed: [...changed], again: [...again.values()] }
}

/** By slot, all of its pairs. */
export type SettledSlots = ReadonlyMap<string, readonly SettledPair[]>

/** Settles the pairs of each work. Pure. */
export function settleSlots({ model }: Scorer, odds: readonly SlotOdds[]): SettledSlots {
  const works = Map.groupBy(odds, ({ workId }) => workId)
  const settled = [...works.values()].flatMap((slots) =>
    settleWork(
      slots.flatMap(({ pairs }) => pairs),
      model,
    ),
  )
  return Map.groupBy(settled, ({ slotId }) => slotId)
}

/** Who is to be shown for some of these slots. */
export function shownProfiles({ model }: Scorer, settled: SettledSlots): ReadonlySet<string> {
  const shown = [...settled.values()].flat().filter(({ probability }) => publishedScore(probability) >= model.publish)
  return new Set(shown.map(({ profileId }) => profileId))
}

/** What the profiles that meet these slots have on the other slots of the works. */
export async function loadElsewhere(tx: Tx, odds: readonly SlotOdds[]): Promise<readonly SlotOdds[]> {
  const known = new Set(odds.map(({ slotId }) => slotId))
  const workIds = [...new Set(odds.map(({ workId }) => workId))]
  const profileIds = [...new Set(odds.flatMap(({ pairs }) => pairs.map(({ profileId }) => profileId)))]
  const all = await loadOdds(tx, workIds, { slotIds: [], profileIds })
  return all.filter(({ slotId }) => !known.has(slotId))
}
