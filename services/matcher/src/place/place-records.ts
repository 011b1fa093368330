import { clusterWorks, type WorkState } from '@atlas/linkage'
import type { Tx } from '@atlas/runtime'
import { ownKeys } from '../kept/additions.ts'
import type { KeptArrival } from '../kept/arrivals.ts'
import { rulesInUse } from '../rules.ts'
import { findKeptOf, saveAdditions } from '../store/kept-records.ts'
import { queueRecounts } from '../store/link-ends.ts'
import { addWaiting, type Waiting } from '../store/queue.ts'
import { countCandidates, dropRecordStates } from '../store/record-states.ts'
import { deleteSlots, dropSlotKeys, type SlotRow, saveSlots } from '../store/slots.ts'
import { saveIdentifiers } from '../store/work-identifiers.ts'
import { drawRevisions, saveMembers, saveWorks } from '../store/works.ts'
import { decideAdditions } from './decide-additions.ts'
import { type Before, decideWorks, type Kept, type WorkChange } from './decide-works.ts'
import { membersOf } from './make-work.ts'
import { type Arrival, lockNeighbourhood, type Neighbourhood } from './neighbourhood.ts'

type Numbered = WorkChange & { readonly revision: number }

/** Looks at what is locked and what will be, before any of it is written; whoever throws refuses it. */
export type Inspect = (before: Before, after: readonly WorkState[]) => void

/**
 * Puts records, stored already, where they belong, and everything else where it belongs now that they are there.
 * What is `kept` of others, stored already, adds to the works that it is about. Returns the works whose published state
 * changed. All of it in the caller's transaction.
 */
export async function placeRecords(
  tx: Tx,
  arrivals: readonly Arrival[],
  keptArrivals: readonly KeptArrival[],
  inspect?: Inspect,
): Promise<readonly string[]> {
  const rules = await rulesInUse(tx)
  const about = [...new Set(keptArrivals.flatMap(({ keys }) => keys))]
  const around = await lockNeighbourhood(tx, arrivals, about, rules)
  const after = clusterWorks({ records: around.live, constraints: around.constraints, rules })
  inspect?.(around.before, after)
  // Under the locks: whoever keeps something about an identifier of these works comes before or after.
  const kept = await keptOf(tx, after, around)
  const causes = [...arrivals.map(({ record }) => record.recordId), ...keptArrivals.map(({ recordId }) => recordId)]
  const changes = decideWorks(around.before, after, around.records, { causes, restated: restatedOf(arrivals) }, kept)
  const added = decideAdditions(around.addedTo, kept, keptArrivals)
  const revisions = await drawRevisions(tx, changes.length + added.length)
  const numbered = changes.map((change, index) => ({ ...change, revision: revisions[index] ?? 0 }))
  await saveAdditions(
    tx,
    added.map((change, index) => ({ ...change, revision: revisions[changes.length + index] ?? 0 })),
  )
  const slots = new Map(around.before.slots.map((slot) => [slot.slotId, slot]))
  await saveMemberships(tx, numbered)
  await saveChangedSlots(tx, numbered, slots)
  await saveWorks(
    tx,
    numbered.map((change) => ({ ...change, slotRevisions: slotRevisions(change, slots) })),
  )
  const moved = await saveIdentifiers(
    tx,
    numbered.map(({ workId }) => workId),
    numbered.flatMap(({ identifiers }) => identifiers),
  )
  await queueRecounts(tx, moved)
  await addWaiting(tx, numbered.filter(({ isDescribedAnew }) => isDescribedAnew).map(waitingOf))
  // Nobody will compare these: that their records have new versions is written here.
  await countCandidates(
    tx,
    numbered.filter(({ isDescribedAnew }) => !isDescribedAnew).map(({ workId }) => workId),
  )
  await dropRecordStates(tx, homeless(arrivals))
  return [...numbered, ...added].map(({ workId }) => workId)
}

function restatedOf(arrivals: readonly Arrival[]): ReadonlySet<string> {
  return new Set(arrivals.flatMap(({ record, isRestated }) => (isRestated ? record.recordId : [])))
}

function keptOf(tx: Tx, after: readonly WorkState[], { records, addedTo }: Neighbourhood): Promise<Kept> {
  const works = [
    ...after.map(({ workId, members }) => ({ workId, members: membersOf(members, records) })),
    ...addedTo.map(({ work: { workId }, members }) => ({ workId, members })),
  ]
  return findKeptOf(
    tx,
    works.flatMap(({ workId, members }) => ownKeys(members).map((key) => ({ workId, key }))),
  )
}

async function saveMemberships(tx: Tx, works: readonly Numbered[]): Promise<void> {
  await saveMembers(
    tx,
    works.flatMap(({ left, revision }) => left.map((recordId) => ({ recordId, revision }))),
    works.flatMap(({ joined, workId, revision }) => joined.map((member) => ({ ...member, workId, revision }))),
  )
}

async function saveChangedSlots(
  tx: Tx,
  works: readonly Numbered[],
  stored: ReadonlyMap<string, SlotRow>,
): Promise<void> {
  const changed = works.flatMap(({ slots, workId, revision }) => slots.map((slot) => ({ ...slot, workId, revision })))
  const gone = works.flatMap(({ gone }) => gone)
  await deleteSlots(tx, gone)
  await saveSlots(
    tx,
    changed.map((slot) => ({ ...slot, mentionKeys: slot.features.mentionKeys })),
  )
  const keysNow = new Map(changed.map(({ slotId, keys }) => [slotId, new Set(keys)]))
  const dropped = [...keysNow.keys(), ...gone].flatMap((slotId) =>
    (stored.get(slotId)?.keys ?? [])
      .filter((key) => !keysNow.get(slotId)?.has(key))
      .map((key) => ({ key, id: slotId })),
  )
  await dropSlotKeys(tx, dropped)
}

/** A slot keeps the number of the state that last changed it. */
function slotRevisions(work: Numbered, stored: ReadonlyMap<string, SlotRow>): readonly number[] {
  const changed = new Set(work.slots.map(({ slotId }) => slotId))
  return work.content.slots.map(({ slotId }) =>
    changed.has(slotId) ? work.revision : (stored.get(slotId)?.revision ?? work.revision),
  )
}

function waitingOf({ workId, revision, gone }: Numbered): Waiting {
  return { kind: 'work', subject: workId, revision, gone }
}

/** Arrivals that nothing may be matched through: no worker will ever meet them in a work. */
function homeless(arrivals: readonly Arrival[]): readonly { readonly recordId: string; readonly version: number }[] {
  return arrivals
    .filter(({ record }) => record.deleted || record.suppressed)
    .map(({ record: { recordId, version } }) => ({ recordId, version }))
}
