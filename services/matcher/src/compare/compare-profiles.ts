import type { Tx } from '@atlas/runtime'
import { type CandidateRow, findCandidatesOfSlots, type Withdrawal } from '../store/candidates.ts'
import {
  type ComparedSlot,
  type ComparedWork,
  findSlotPlaces,
  judgeBlocks,
  listWideBlocks,
  loadSlots,
  lockLiveWorks,
} from '../store/compare.ts'
import { type ComparedProfile, loadProfiles } from '../store/profiles.ts'
import { addWaiting, deleteWaiting, moveWaiting, type Taken, takeWaiting } from '../store/queue.ts'
import { countCandidates } from '../store/record-states.ts'
import type { Compared } from './compare-works.ts'
import { decidePair } from './decide-candidates.ts'
import { meetingKeys } from './find-pairs.ts'
import { findPredecessors } from './find-predecessors.ts'
import { type ProfilePage, readPages } from './profile-pages.ts'
import { type NumberedClaim, saveDecisions } from './save-decisions.ts'
import { preparePairs, type Scorer } from './scorer.ts'

const PROFILES = 16
// Measured: 200 slots of 200 works take about 60 ms, their works' features included.
const PAGE = 200

/**
 * Step 2 for profiles, a page of each. Why no pair is missed is said in `compare-works.ts`; here a slot that arrives
 * behind the page has a row of its own and finds this profile.
 */
export async function compareProfiles(tx: Tx, scorer: Scorer, cap: number): Promise<Compared> {
  const rows = await takeWaiting(tx, 'profile', PROFILES)
  if (rows.length === 0) return { taken: 0, outbox: [] }
  const profiles = new Map(
    (
      await loadProfiles(
        tx,
        rows.map(({ subject }) => subject),
      )
    ).map((p) => [p.profileId, p]),
  )
  await judgeKeys(tx, rows, profiles, cap)
  const current = currentRows(rows, profiles)
  const pages = await readPages(tx, current, PAGE)
  const outbox = await comparePages(
    tx,
    scorer,
    current.map(({ no, profile }) => ({ profile, slotIds: pages.get(no)?.slotIds ?? [] })),
  )
  await leaveRows(tx, rows, pages)
  return { taken: rows.length, outbox }
}

/** Rows whose state is still the stored one, one for each profile: a newer state has a row of its own. */
function currentRows(rows: readonly Taken[], profiles: ReadonlyMap<string, ComparedProfile>) {
  const seen = new Set<string>()
  return rows.flatMap(({ no, subject, revision, position }) => {
    const profile = profiles.get(subject)
    // Two rows at different positions both go on; the second of two that begin has nothing to add.
    const isRepeat = position === null && seen.has(subject)
    if (!profile || profile.featuresNo > revision || isRepeat) return []
    if (position === null) seen.add(subject)
    return { no, profile, position }
  })
}

async function leaveRows(tx: Tx, rows: readonly Taken[], pages: ReadonlyMap<number, ProfilePage>): Promise<void> {
  const [unfinished, finished] = [
    rows.filter(({ no }) => pages.get(no)?.next),
    rows.filter(({ no }) => !pages.get(no)?.next),
  ]
  await deleteWaiting(
    tx,
    finished.map(({ no }) => no),
  )
  for (const { no } of unfinished) await moveWaiting(tx, no, JSON.stringify(pages.get(no)?.next))
}

/** Blocks that became too wide, or are so no longer, are compared again from the side of their slots. */
async function judgeKeys(
  tx: Tx,
  rows: readonly Taken[],
  profiles: ReadonlyMap<string, ComparedProfile>,
  cap: number,
): Promise<void> {
  const starting = rows.filter(({ position }) => position === null)
  const keys = starting.flatMap(({ keys, subject }) => [...keys, ...(profiles.get(subject)?.keys ?? [])])
  const changed = await judgeBlocks(tx, [...new Set(keys)].sort(), cap)
  await addWaiting(
    tx,
    changed.map((key) => ({ kind: 'block', subject: key, revision: 0 })),
  )
}

interface Task {
  readonly profile: ComparedProfile
  readonly slotIds: readonly string[]
}

async function comparePages(tx: Tx, scorer: Scorer, tasks: readonly Task[]): Promise<Compared['outbox']> {
  const slotIds = [...new Set(tasks.flatMap(({ slotIds }) => slotIds))]
  if (slotIds.length === 0) return []
  const places = await findSlotPlaces(tx, slotIds)
  const works = await lockLiveWorks(tx, [...new Set(places.map(({ workId }) => workId))])
  // Read again under the lock; a slot that moved to a work that is not locked has a row there.
  const slots = (await loadSlots(tx, slotIds)).filter(({ workId }) => works.has(workId))
  const stored = Map.groupBy(await findCandidatesOfSlots(tx, slotIds), ({ slotId }) => slotId)
  const found = decideAll({
    scorer,
    tasks,
    pairs: new Map(preparePairs(slots, works).map((pair) => [pair.slot.slotId, pair])),
    stored,
    wide: new Set(await listWideBlocks(tx)),
    predecessors: await findPredecessors(tx, slots),
  })
  const outbox = await saveDecisions(tx, found.claims, found.withdrawals)
  await countCandidates(tx, [...found.changed])
  await addWaiting(
    tx,
    [...found.again.values()].map(({ workId, revision }) => ({ kind: 'work', subject: workId, revision })),
  )
  return outbox
}

interface Everything {
  readonly scorer: Scorer
  readonly tasks: readonly Task[]
  readonly pairs: ReadonlyMap<string, ReturnType<typeof preparePairs>[number]>
  readonly stored: ReadonlyMap<string, CandidateRow[]>
  readonly wide: ReadonlySet<string>
  readonly predecessors: Awaited<ReturnType<typeof findPredecessors>>
}

function decideAll({ scorer, tasks, pairs, stored, wide, predecessors }: Everything) {
  const claims: NumberedClaim[] = []
  const withdrawals: Withdrawal[] = []
  const changed = new Set<string>()
  const again = new Map<string, ComparedWork>()
  const known = new Map(stored)
  for (const { profile, slotIds } of tasks) {
    const { profileId } = profile
    scorer.add(profile)
    for (const slotId of new Set(slotIds)) {
      const pair = pairs.get(slotId)
      if (!pair) continue
      const { slot, work } = pair
      const claim = meets(slot, work, profile, wide)
        ? scorer.claim(pair, profileId, predecessors(slot, profileId))
        : undefined
      const rows = known.get(slotId) ?? []
      const decision = decidePair({ claim, profileId, others: slot.others }, rows)
      if (decision === 'rank_again') {
        again.set(work.workId, work)
        continue
      }
      if (decision.save) {
        claims.push({
          claim: decision.save,
          slot,
          work,
          profile: { featuresNo: profile.featuresNo, profileRevision: profile.revision },
        })
        // The next profile of this step must count it.
        known.set(slotId, [...rows.filter((row) => row.profileId !== profileId), asStored(decision.save)])
      }
      if (decision.withdraw)
        withdrawals.push(profile.features ? decision.withdraw : { ...decision.withdraw, reason: 'profile_gone' })
      if (decision.save || decision.withdraw) changed.add(work.workId)
    }
  }
  return { claims, withdrawals, changed, again }
}

function asStored({ candidateId, slotId, profileId, workId, score }: CandidateRowLike): CandidateRow {
  return { candidateId, slotId, profileId, workId, score, withdrawn: false, withdrawnReason: null, content: '' }
}

type CandidateRowLike = Pick<CandidateRow, 'candidateId' | 'slotId' | 'profileId' | 'workId' | 'score'>

function meets(slot: ComparedSlot, work: ComparedWork, profile: ComparedProfile, wide: ReadonlySet<string>): boolean {
  if (!profile.features) return false
  const keys = meetingKeys(slot, work, wide)
  return profile.keys.some((key) => keys.has(key))
}
