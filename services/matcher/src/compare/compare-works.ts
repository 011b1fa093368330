import type { OutboxEntry, Tx } from '@atlas/runtime'
import { addDecidedProfiles } from '../store/acts.ts'
import { findCandidatesOfSlots, lockLiveCandidates, type Withdrawal } from '../store/candidates.ts'
import {
  type ComparedWork,
  findSlotPlaces,
  listSlotsOfWorks,
  listWideBlocks,
  loadSlots,
  lockLiveWorks,
  type SlotPlace,
  saveOthers,
} from '../store/compare.ts'
import { deleteWaiting, moveWaiting, type Taken, takeWaiting } from '../store/queue.ts'
import { countCandidates } from '../store/record-states.ts'
import { type Claim, decideSlot } from './decide-candidates.ts'
import { findPairs, prepareProfiles } from './find-pairs.ts'
import { findPredecessors } from './find-predecessors.ts'
import { type NumberedClaim, saveDecisions } from './save-decisions.ts'
import { preparePairs, type Scorer } from './scorer.ts'

// Measured: 64 works of six authors take 30–60 ms; bylines of thousands are cut into pages.
const WORKS = 64
const SLOTS = 1_000

/** What one step did: how many subjects it took, and what is to be published. */
export interface Compared {
  readonly taken: number
  readonly outbox: readonly OutboxEntry[]
}

/**
 * Step 2 for works: compares their slots with the profiles stored.
 *
 * No pair is missed. A slot's row is visible only after the slot was committed, and so is a profile's; each worker
 * reads the other side after it has seen its row. Of two that arrive at once, the one that commits second is taken
 * after both are there. No result is out of date: the work is locked before anything is read, so its slots stand
 * still, and a profile that moves on has a row of its own, whose worker waits for this lock.
 */
export async function compareWorks(tx: Tx, scorer: Scorer): Promise<Compared> {
  const rows = await takeWaiting(tx, 'work', WORKS)
  if (rows.length === 0) return { taken: 0, outbox: [] }
  const works = await lockLiveWorks(tx, [...new Set(rows.map(({ subject }) => subject))])
  const { pages, slots, finished, moved } = await pagesOf(tx, rows, works)
  const compared = await compareSlots(tx, scorer, slots, works)
  const gone = await withdrawGone(
    tx,
    finished.flatMap(({ gone }) => gone),
  )
  const outbox = await saveDecisions(tx, compared.claims, [...compared.withdrawals, ...gone])
  await saveOthers(tx, compared.others)
  await countCandidates(tx, pages)
  await addDecidedProfiles(tx, pages)
  await deleteWaiting(
    tx,
    finished.map(({ no }) => no),
  )
  for (const { no, position } of moved) await moveWaiting(tx, no, position)
  return { taken: finished.length + moved.length, outbox }
}

/** Which slots this step compares, which rows are done with it, and where long bylines go on. */
async function pagesOf(tx: Tx, rows: readonly Taken[], works: ReadonlyMap<string, ComparedWork>) {
  // A newer revision has a row of its own, and what is stored is that revision.
  const bySubject = Map.groupBy(
    rows.filter(({ subject, revision }) => works.get(subject)?.revision === revision),
    ({ subject }) => subject,
  )
  const first = [...bySubject].map(([workId, same]) => ({
    workId,
    rows: same,
    after: same.some(({ position }) => position === null)
      ? null
      : (same.map(({ position }) => position).sort()[0] ?? null),
  }))
  const listed = Map.groupBy(await listSlotsOfWorks(tx, first, SLOTS), ({ workId }) => workId)
  const slots: SlotPlace[] = []
  const postponed = new Set<string>()
  const moved: { no: number; position: string }[] = []
  for (const { workId, rows } of first) {
    const page = listed.get(workId) ?? []
    if (slots.length > 0 && slots.length + page.length > SLOTS) {
      postponed.add(workId)
      continue
    }
    slots.push(...page)
    const last = page.at(-1)
    const row = rows[0]
    if (page.length === SLOTS && last && row) moved.push({ no: row.no, position: last.slotId })
  }
  const staying = new Set(moved.map(({ no }) => no))
  const finished = rows.filter(({ no, subject }) => !staying.has(no) && !postponed.has(subject))
  return { pages: first.map(({ workId }) => workId).filter((workId) => !postponed.has(workId)), slots, finished, moved }
}

/** Every pair of these slots: what is to be claimed and what no longer. */
async function compareSlots(
  tx: Tx,
  scorer: Scorer,
  places: readonly SlotPlace[],
  works: ReadonlyMap<string, ComparedWork>,
) {
  const slotIds = places.map(({ slotId }) => slotId)
  const hits = await findPairs(tx, slotIds, works, await listWideBlocks(tx))
  const stored = Map.groupBy(await findCandidatesOfSlots(tx, slotIds), ({ slotId }) => slotId)
  const bySlot = Map.groupBy(hits, ({ slotId }) => slotId)
  const slots = await loadSlots(tx, [...new Set([...bySlot.keys(), ...stored.keys()])])
  const predecessors = await findPredecessors(tx, slots)
  await prepareProfiles(tx, hits, scorer)
  const claims: NumberedClaim[] = []
  const withdrawals: Withdrawal[] = []
  const others: { slotId: string; others: number }[] = []
  for (const pair of preparePairs(slots, works)) {
    const { slot, work } = pair
    const met = new Map((bySlot.get(slot.slotId) ?? []).map((hit) => [hit.profileId, hit]))
    const made: readonly Claim[] = [...met.keys()].flatMap(
      (profileId) => scorer.claim(pair, profileId, predecessors(slot, profileId)) ?? [],
    )
    const decision = decideSlot(made, met.size, stored.get(slot.slotId) ?? [])
    withdrawals.push(...decision.withdraw)
    if (decision.others !== slot.others) others.push({ slotId: slot.slotId, others: decision.others })
    for (const claim of decision.save) {
      const profile = met.get(claim.profileId)
      if (profile) claims.push({ claim, slot, work, profile })
    }
  }
  return { claims, withdrawals, others }
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
