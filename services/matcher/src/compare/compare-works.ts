import type { OutboxEntry, Tx } from '@atlas/runtime'
import { addDecidedProfiles } from '../store/acts.ts'
import { type CandidateRow, findCandidatesOfSlots, lockLiveCandidates, type Withdrawal } from '../store/candidates.ts'
import { type ComparedSlot, type ComparedWork, findSlotPlaces, loadSlots, lockLiveWorks } from '../store/compare.ts'
import { loadOdds, type SlotOdds, saveOdds } from '../store/odds.ts'
import { loadProfiles } from '../store/profiles.ts'
import { deleteWaiting, moveWaiting, takeWaiting } from '../store/queue.ts'
import { countCandidates } from '../store/record-states.ts'
import { findPairs, type Pairs, prepareProfiles } from './find-pairs.ts'
import { findPredecessors, type Predecessors } from './find-predecessors.ts'
import type { CompareLimits } from './limits.ts'
import { oddsOfSlots } from './odds-of-slots.ts'
import { type ProfileState, saveDecisions, stateOf } from './save-decisions.ts'
import type { Scorer } from './scorer.ts'
import { type Decisions, decideSlots, loadElsewhere, settleSlots, shownProfiles } from './settle-slots.ts'
import { readWorkPages, type WorkPage } from './work-pages.ts'

/** What one step did: how many subjects it took, and what is to be published. */
export interface Compared {
  readonly taken: number
  readonly outbox: readonly OutboxEntry[]
  /** Nothing is left of what waited when it began. */
  readonly isAll?: boolean
  /** Slots of which a block was left out, because it is too wide and nothing splits it. */
  readonly cutSlots?: number
  /** Blocks that became too wide, or are so no longer. */
  readonly changedBlocks?: number
}

/**
 * Step 2 for works: compares their slots with the profiles stored, keeps the odds of the pairs, and settles them.
 *
 * No pair is missed. A slot's row is visible only after the slot was committed, and so is a profile's; each worker
 * reads the other side after it has seen its row. Of two that arrive at once, the one that commits second is taken
 * after both are there. No result is out of date: the work is locked before anything is read, so its slots and their
 * odds stand still, and a profile that moves on has a row of its own, whose worker waits for this lock.
 *
 * A probability depends on the pairs of the slot and of the profile's other slots of the work, all of them under that
 * lock: who changes one settles the others in the same transaction. A byline of several pages is settled when all of
 * its pairs are there; what is settled between two pages is settled again then.
 */
export async function compareWorks(tx: Tx, scorer: Scorer, limits: CompareLimits): Promise<Compared> {
  const rows = await takeWaiting(tx, 'work', limits.works)
  if (rows.length === 0) return { taken: 0, outbox: [] }
  const works = await lockLiveWorks(tx, [...new Set(rows.map(({ subject }) => subject))])
  const { pages, finished, moved } = await readWorkPages(tx, rows, works, limits.slots)
  const whole = await compareAll(tx, scorer, pages, works, limits.met)
  const parts = await claimParts(tx, scorer, pages, works)
  const gone = await withdrawGone(
    tx,
    finished.flatMap(({ gone }) => gone),
  )
  const outbox = await saveDecisions(
    tx,
    [...whole.claims, ...parts.claims],
    [],
    [...whole.withdrawals, ...parts.withdrawals, ...gone],
  )
  const workIds = pages.map(({ workId }) => workId)
  await countCandidates(tx, workIds)
  await addDecidedProfiles(tx, [...new Set([...workIds, ...finished.map(({ subject }) => subject)])])
  await deleteWaiting(
    tx,
    finished.map(({ no }) => no),
  )
  for (const { no, position } of moved) await moveWaiting(tx, no, JSON.stringify(position))
  const isAll = rows.length < limits.works && finished.length === rows.length
  return { taken: finished.length + moved.length, outbox, isAll, cutSlots: whole.cutSlots }
}

const NOTHING: Decisions = { claims: [], resettled: [], withdrawals: [], changed: [], again: [] }

/** Every pair of these slots; of works that are here as a whole also what is to be claimed. */
async function compareAll(
  tx: Tx,
  scorer: Scorer,
  pages: readonly WorkPage[],
  works: ReadonlyMap<string, ComparedWork>,
  most: number,
): Promise<Decisions & Pick<Pairs, 'cutSlots'>> {
  const slotIds = slotIdsOf(pages, ({ phase }) => phase === 'pairs')
  if (slotIds.length === 0) return { ...NOTHING, cutSlots: 0 }
  const { hits, cutSlots } = await findPairs(tx, slotIds, works)
  const bySlot = Map.groupBy(hits, ({ slotId }) => slotId)
  const claimable = slotIdsOf(pages, ({ isWhole }) => isWhole)
  const stored = Map.groupBy(await findCandidatesOfSlots(tx, claimable), ({ slotId }) => slotId)
  const slots = await loadSlots(tx, [...new Set([...bySlot.keys(), ...stored.keys()])])
  const prepared = scorer.prepare(slots, works)
  const odds = await oddsOfSlots(tx, scorer, prepared, bySlot, most)
  const bare = slotIds.filter((slotId) => !bySlot.has(slotId)).map((slotId) => ({ slotId, pairs: [] }))
  await saveOdds(tx, [...odds.filter(({ slotId }) => bySlot.has(slotId)), ...bare])
  const isClaimable = new Set(claimable)
  const states = new Map(hits.map((hit) => [hit.profileId, hit]))
  const claimed = odds.filter(({ slotId }) => isClaimable.has(slotId))
  const settled = settleSlots(scorer, claimed)
  const predecessors = await findPredecessors(tx, slots)
  // Of those of whom something is said, which are few, some were forgotten since.
  const said = shownProfiles(scorer, settled).union(publishedProfiles(slots, claimed, stored, predecessors))
  await prepareProfiles(
    tx,
    [...said].flatMap((profileId) => states.get(profileId) ?? []),
    scorer,
  )
  const decisions = decideSlots(scorer, {
    slots: prepared.filter(({ slot }) => isClaimable.has(slot.slotId)),
    settled,
    stored,
    predecessors,
    // Also who met a slot before and does not now.
    compared: (_slotId, profileId) => states.get(profileId) ?? UNKNOWN,
  })
  return { ...decisions, cutSlots }
}

// Of no claim's profile: a claim is made of a profile that was met.
const UNKNOWN: ProfileState = { featuresNo: 0, profileRevision: 0 }

/** What is to be claimed of pages of bylines all of whose pairs were compared in earlier steps. */
async function claimParts(
  tx: Tx,
  scorer: Scorer,
  pages: readonly WorkPage[],
  works: ReadonlyMap<string, ComparedWork>,
): Promise<Decisions> {
  const parts = pages.filter(({ phase }) => phase === 'claims')
  const slotIds = slotIdsOf(parts, () => true)
  if (slotIds.length === 0) return NOTHING
  const workIds = parts.map(({ workId }) => workId)
  const here = await loadOdds(tx, workIds, { slotIds, profileIds: [] })
  const stored = Map.groupBy(await findCandidatesOfSlots(tx, slotIds), ({ slotId }) => slotId)
  const slots = await loadSlots(tx, [...new Set([...here.map(({ slotId }) => slotId), ...stored.keys()])])
  const odds = [...here, ...(await loadElsewhere(tx, here))]
  const settled = settleSlots(scorer, odds)
  const predecessors = await findPredecessors(tx, slots)
  const published = publishedProfiles(slots, here, stored, predecessors)
  const profiles = await loadProfiles(tx, [...shownProfiles(scorer, settled).union(published)])
  for (const profile of profiles) if (!scorer.prepared(profile.profileId, profile.featuresNo)) scorer.add(profile)
  const states = new Map(profiles.map((profile) => [profile.profileId, stateOf(profile)]))
  return decideSlots(scorer, {
    slots: scorer.prepare(slots, works),
    settled,
    stored,
    predecessors,
    compared: (_slotId, profileId) => states.get(profileId) ?? UNKNOWN,
  })
}

/** Of whom something was published on these slots, or on slots that became these. */
function publishedProfiles(
  slots: readonly ComparedSlot[],
  odds: readonly SlotOdds[],
  stored: ReadonlyMap<string, readonly CandidateRow[]>,
  predecessors: Predecessors,
): ReadonlySet<string> {
  const pairs = new Map(odds.map((slot) => [slot.slotId, slot.pairs]))
  return new Set(
    slots.flatMap((slot) => {
      const met = pairs.get(slot.slotId) ?? []
      const before = met.flatMap(({ profileId }) => predecessors(slot, profileId))
      return [...(stored.get(slot.slotId) ?? []), ...before].map(({ profileId }) => profileId)
    }),
  )
}

function slotIdsOf(pages: readonly WorkPage[], which: (page: WorkPage) => boolean): readonly string[] {
  return pages.filter(which).flatMap(({ slots }) => slots.map(({ slotId }) => slotId))
}

/** Candidates of slots that are in no work any more; those that live again belong to who compares them there. */
async function withdrawGone(tx: Tx, slotIds: readonly string[]): Promise<readonly Withdrawal[]> {
  // Locked before the slots are looked up: a slot that comes back is compared after its commit, and waits here.
  const candidates = await lockLiveCandidates(tx, slotIds)
  const places = await findSlotPlaces(tx, [...new Set(candidates.map(({ slotId }) => slotId))])
  const back = new Set(places.map(({ slotId }) => slotId))
  return candidates
    .filter(({ slotId }) => !back.has(slotId))
    .map(({ candidateId, profileId }) => ({ candidateId, profileId, reason: 'slot_gone' }))
}
