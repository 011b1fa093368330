import { isDeepStrictEqual } from 'node:util'
import type { Tx } from '@atlas/runtime'
import { findCandidatesOfSlots } from '../store/candidates.ts'
import { type ComparedWork, findSlotPlaces, judgeBlocks, loadSlots, lockLiveWorks } from '../store/compare.ts'
import { loadOdds, type SlotOdds, saveOdds } from '../store/odds.ts'
import { type ComparedProfile, holdFeatures, loadProfiles } from '../store/profiles.ts'
import { addWaiting, deleteWaiting, moveWaiting, type Taken, takeWaiting } from '../store/queue.ts'
import { countCandidates } from '../store/record-states.ts'
import type { Compared } from './compare-works.ts'
import { meetingKeys } from './find-pairs.ts'
import { findPredecessors } from './find-predecessors.ts'
import type { CompareLimits } from './limits.ts'
import { type ProfilePage, readPages, type ToRead } from './profile-pages.ts'
import { type ProfileState, saveDecisions, stateOf } from './save-decisions.ts'
import type { PreparedPair, Scorer } from './scorer.ts'
import { decideSlots, loadElsewhere, settleSlots } from './settle-slots.ts'

/**
 * Step 2 for profiles, a page of each. Why no pair is missed is said in `compare-works.ts`; here a slot that arrives
 * behind the page has a row of its own and finds this profile.
 *
 * Whom a slot was compared with before stays among its pairs until somebody takes him out: a profile that changed looks
 * also at the slots under the keys that it left.
 */
export async function compareProfiles(tx: Tx, scorer: Scorer, limits: CompareLimits, cap: number): Promise<Compared> {
  const rows = await takeWaiting(tx, 'profile', limits.profiles)
  if (rows.length === 0) return { taken: 0, outbox: [] }
  const profiles = new Map(
    (
      await loadProfiles(
        tx,
        rows.map(({ subject }) => subject),
      )
    ).map((p) => [p.profileId, p]),
  )
  const changedBlocks = await judgeKeys(tx, rows, profiles, cap)
  const toRead = rowsToRead(rows, profiles)
  const pages = await readPages(tx, toRead, limits.page)
  const outbox = await comparePages(
    tx,
    scorer,
    toRead.map(({ no, profile }) => ({ profileId: profile.profileId, slotIds: pages.get(no)?.slotIds ?? [] })),
  )
  await leaveRows(tx, rows, pages)
  return { taken: rows.length, outbox, changedBlocks }
}

/** One row of each profile for its stored state; of the others, which have a later row, what the profile left then. */
function rowsToRead(rows: readonly Taken[], profiles: ReadonlyMap<string, ComparedProfile>): readonly ToRead[] {
  const seen = new Set<string>()
  return rows.flatMap(({ no, subject, revision, keys, position }) => {
    const profile = profiles.get(subject)
    if (!profile) return []
    // Two rows at different positions both go on; the second of two that begin has nothing to add.
    const isRepeat = position === null && seen.has(subject)
    const isCurrent = profile.featuresNo <= revision && !isRepeat
    if (isCurrent && position === null) seen.add(subject)
    return { no, profile, left: keys, isCurrent, position }
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

/** Blocks that became too wide, or are so no longer, are compared again from the side of their slots; how many. */
async function judgeKeys(
  tx: Tx,
  rows: readonly Taken[],
  profiles: ReadonlyMap<string, ComparedProfile>,
  cap: number,
): Promise<number> {
  const starting = rows.filter(({ position }) => position === null)
  const keys = starting.flatMap(({ keys, subject }) => [...keys, ...(profiles.get(subject)?.keys ?? [])])
  const changed = await judgeBlocks(tx, [...new Set(keys)].sort(), cap)
  await addWaiting(
    tx,
    changed.map((key) => ({ kind: 'block', subject: key, revision: 0 })),
  )
  return changed.length
}

interface Task {
  readonly profileId: string
  readonly slotIds: readonly string[]
}

async function comparePages(tx: Tx, scorer: Scorer, tasks: readonly Task[]): Promise<Compared['outbox']> {
  const slotIds = [...new Set(tasks.flatMap(({ slotIds }) => slotIds))]
  if (slotIds.length === 0) return []
  const places = await findSlotPlaces(tx, slotIds)
  const works = await lockLiveWorks(tx, [...new Set(places.map(({ workId }) => workId))])
  const met = await meet(tx, scorer, tasks, slotIds, works)
  await saveOdds(
    tx,
    met.odds.filter(({ slotId }) => met.changed.has(slotId)),
  )
  // Every slot that one of the profiles is met on: his chances on one are smaller for those on another.
  const around = await loadElsewhere(tx, met.odds)
  const ids = met.odds.map(({ slotId }) => slotId)
  const stored = Map.groupBy(await findCandidatesOfSlots(tx, ids), ({ slotId }) => slotId)
  const others = await loadSlots(
    tx,
    ids.filter((slotId) => !met.prepared.has(slotId)),
  )
  const slots = [...met.prepared.values(), ...scorer.prepare(others, works)]
  const found = decideSlots(scorer, {
    slots,
    settled: settleSlots(scorer, [...met.odds, ...around]),
    stored,
    predecessors: await findPredecessors(
      tx,
      slots.map(({ slot }) => slot),
    ),
    compared: (slotId, profileId) => (met.met.get(profileId)?.has(slotId) ? met.states.get(profileId) : undefined),
  })
  const withdrawals = found.withdrawals.map((withdrawal) =>
    met.gone.has(withdrawal.profileId) ? { ...withdrawal, reason: 'profile_gone' as const } : withdrawal,
  )
  const outbox = await saveDecisions(tx, found.claims, found.resettled, withdrawals)
  await countCandidates(tx, found.changed)
  await addWaiting(
    tx,
    found.again.map(({ workId, revision }) => ({ kind: 'work', subject: workId, revision })),
  )
  return outbox
}

interface Met {
  /** The slots of the pages. */
  readonly prepared: ReadonlyMap<string, PreparedPair>
  /** These, and every other slot of their works that one of the profiles meets: with all of their pairs. */
  readonly odds: readonly SlotOdds[]
  readonly changed: ReadonlySet<string>
  /** By profile, the slots of its page; and the state in which it met them. */
  readonly met: ReadonlyMap<string, ReadonlySet<string>>
  readonly states: ReadonlyMap<string, ProfileState>
  /** Profiles that are nobody's any more. */
  readonly gone: ReadonlySet<string>
}

/** Compares profiles with the slots of their pages, and takes the outcome in among the odds of the slots. */
async function meet(
  tx: Tx,
  scorer: Scorer,
  tasks: readonly Task[],
  slotIds: readonly string[],
  works: ReadonlyMap<string, ComparedWork>,
): Promise<Met> {
  // Read again under the locks: a slot that moved to a work that is not locked has a row there. The profiles are held
  // until commit, so that what is written of them is not older than what another step has written meanwhile.
  const slots = (await loadSlots(tx, slotIds)).filter(({ workId }) => works.has(workId))
  const profileIds = [...new Set(tasks.map(({ profileId }) => profileId))]
  const profiles = new Map((await holdFeatures(tx, profileIds)).map((profile) => [profile.profileId, profile]))
  for (const profile of profiles.values())
    if (!scorer.prepared(profile.profileId, profile.featuresNo)) scorer.add(profile)
  const meeting = await meetingKeys(tx, slots, works)
  const prepared = new Map(scorer.prepare(slots, works).map((pair) => [pair.slot.slotId, pair]))
  const stored = await loadOdds(tx, [...works.keys()], { slotIds, profileIds })
  const odds = new Map(stored.map((slot) => [slot.slotId, slot]))
  for (const [slotId, { work }] of prepared)
    if (!odds.has(slotId)) odds.set(slotId, { slotId, workId: work.workId, pairs: [] })
  const met = new Map(profileIds.map((profileId) => [profileId, new Set<string>()]))
  const changed = new Set<string>()
  for (const { profileId, slotIds } of tasks) {
    const profile = profiles.get(profileId)
    for (const slotId of slotIds) {
      const [pair, known] = [prepared.get(slotId), odds.get(slotId)]
      if (!profile || !pair || !known) continue
      met.get(profileId)?.add(slotId)
      const now = meets(meeting.get(slotId), profile) ? scorer.odds(pair, profileId) : undefined
      const before = known.pairs.find((one) => one.profileId === profileId)
      if (isDeepStrictEqual(before, now)) continue
      const others = known.pairs.filter((one) => one !== before)
      odds.set(slotId, { ...known, pairs: now ? [...others, now] : others })
      changed.add(slotId)
    }
  }
  return {
    prepared,
    odds: [...odds.values()],
    changed,
    met,
    states: new Map([...profiles].map(([profileId, profile]) => [profileId, stateOf(profile)])),
    gone: new Set([...profiles.values()].flatMap(({ profileId, features }) => (features ? [] : [profileId]))),
  }
}

function meets(keys: ReadonlySet<string> | undefined, profile: ComparedProfile): boolean {
  return profile.features !== null && profile.keys.some((key) => keys?.has(key))
}
