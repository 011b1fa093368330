import { workIdOf } from '@atlas/identifiers'
import {
  type Constraint,
  isAccepted,
  type PreparedRecord,
  prepareRecord,
  type RuleSet,
  verdictOf,
  type WorkState,
} from '@atlas/linkage'
import { RetryableError, type Tx } from '@atlas/runtime'
import type { AddingMember } from '../kept/additions.ts'
import { isLive, type StoredRecord } from '../record.ts'
import { findWorksOwning } from '../store/kept-records.ts'
import { findSharers, type KeyedRecord, loadKeyedRecords, loadRecordHeads } from '../store/records.ts'
import { findSlotsOfWorks } from '../store/slots.ts'
import {
  findConstraints,
  findLiveWorks,
  findTouchedWorks,
  lockRedirects,
  lockWorks,
  type WorkRow,
} from '../store/works.ts'
import type { Before } from './decide-works.ts'
import { membersOf } from './make-work.ts'

/** Everything that the arrival of some records can change, locked. */
export interface Neighbourhood {
  readonly before: Before
  /** Live records of the neighbourhood, those that arrived included. */
  readonly live: readonly StoredRecord[]
  readonly records: ReadonlyMap<string, StoredRecord>
  readonly constraints: readonly Constraint[]
  /** Works that no arrival touches, of which an identifier is among those that something kept is about. */
  readonly addedTo: readonly AddedTo[]
}

export interface AddedTo {
  readonly work: WorkRow
  readonly members: readonly AddingMember[]
}

/** A record that arrived, and the keys under which everybody stands that it could be linked to. */
export interface Arrival {
  readonly record: StoredRecord
  readonly sought: readonly string[]
  /** Never seen before. */
  readonly isNew: boolean
  /** It differs from what was stored in counts and the like at most. */
  readonly isRestated: boolean
}

// Each round locks what the last one found; two rounds are the rule, a third means that somebody merged meanwhile.
const ROUNDS = 8

/**
 * Reads and locks what these records touch: what a rule links them to, the works of all of these, and what a guard
 * keeps apart from those works. Works are locked in id order and read again under the lock; when that finds works that
 * are not locked yet, all locks are given back and the whole is done again, because taking one out of order could
 * deadlock. So are the works that have one of the identifiers in `about`.
 */
export async function lockNeighbourhood(
  tx: Tx,
  arrivals: readonly Arrival[],
  about: readonly string[],
  rules: RuleSet,
): Promise<Neighbourhood> {
  let locked = new Set<string>()
  const known: Known = new Map()
  for (let round = 0; round < ROUNDS; round++) {
    const found = await readNeighbourhood(tx, arrivals, about, known, rules)
    const ids = [...found.works, ...found.addedTo.map(({ work }) => work)].map(({ workId }) => workId)
    if (ids.every((workId) => locked.has(workId))) return completed(tx, arrivals, found)
    if (locked.size > 0) await tx.query('rollback to savepoint neighbourhood')
    else await tx.query('savepoint neighbourhood')
    await lockWorks(tx, ids)
    locked = new Set(ids)
  }
  throw new RetryableError('the neighbourhood of the records kept growing')
}

interface Found {
  readonly works: readonly WorkRow[]
  readonly records: Map<string, StoredRecord>
  readonly constraints: readonly Constraint[]
  readonly addedTo: readonly AddedTo[]
}

async function readNeighbourhood(
  tx: Tx,
  arrivals: readonly Arrival[],
  about: readonly string[],
  known: Known,
  rules: RuleSet,
): Promise<Found> {
  const touched = await readTouched(tx, arrivals, known, rules)
  const isTouched = new Set(touched.works.map(({ workId }) => workId))
  const owning = (await findWorksOwning(tx, about)).filter((workId) => !isTouched.has(workId))
  const works = await findLiveWorks(tx, owning)
  const members = await recordsOf(
    tx,
    works.flatMap((work) => work.members),
    known,
  )
  return {
    ...touched,
    addedTo: addedToOf(works, members),
  }
}

/** Live works with those of `records` that are their members. */
export function addedToOf(works: readonly WorkRow[], records: readonly StoredRecord[]): readonly AddedTo[] {
  const known = new Map(records.map((record) => [record.recordId, record]))
  return works.map((work) => {
    const { members } = JSON.parse(work.content) as Pick<WorkState, 'members'>
    return { work, members: membersOf(members, known) }
  })
}

async function readTouched(
  tx: Tx,
  arrivals: readonly Arrival[],
  known: Known,
  rules: RuleSet,
): Promise<Omit<Found, 'addedTo'>> {
  if (arrivals.length === 0) return { works: [], records: new Map(), constraints: [] }
  const records = new Map(arrivals.map(({ record }) => [record.recordId, record]))
  const linked = await findLinked(tx, arrivals, records, known, rules)
  let around = [...records.keys(), ...linked]
  for (;;) {
    const constraints = await findConstraints(tx, around)
    const bound = constraints.flatMap(({ recordA, recordB }) => [recordA, recordB])
    const works = await findTouchedWorks(tx, [...around, ...bound])
    const all = new Set([...around, ...bound, ...works.flatMap(({ members }) => members)])
    if (all.size === new Set(around).size) {
      const missing = [...all].filter((id) => !records.has(id))
      for (const record of await recordsOf(tx, missing, known)) records.set(record.recordId, record)
      return { works, records, constraints }
    }
    around = [...all]
  }
}

/** Records that a rule links to an arrival; what was loaded to find out is added to `records`. */
async function findLinked(
  tx: Tx,
  arrivals: readonly Arrival[],
  records: Map<string, StoredRecord>,
  known: Known,
  rules: RuleSet,
): Promise<readonly string[]> {
  const own = arrivals.map(({ record }) => record.recordId)
  const sharers = await findSharers(tx, [...new Set(arrivals.flatMap(({ sought }) => sought))], own)
  const byKey = Map.groupBy(sharers, ({ key }) => key)
  const strangers = [...new Set(sharers.map(({ id }) => id))].filter((id) => !records.has(id))
  if (strangers.length === 0) return []
  const loaded = new Map(
    (await recordsOf(tx, strangers, known)).map((record) => [record.recordId, prepareRecord(record)]),
  )
  const linked = new Map<string, PreparedRecord>()
  for (const { record, sought } of arrivals) {
    const others = new Set(sought.flatMap((key) => (byKey.get(key) ?? []).map(({ id }) => id)))
    const prepared = prepareRecord(record)
    for (const id of others) {
      const other = loaded.get(id)
      if (other && !linked.has(id) && isAccepted(verdictOf(prepared, other, rules))) linked.set(id, other)
    }
  }
  for (const [id, { record }] of linked) records.set(id, record as StoredRecord)
  return [...linked.keys()]
}

/** What an earlier round read, by id; the round under the locks looks whether it still is what is stored. */
type Known = Map<string, KeyedRecord>

async function recordsOf(tx: Tx, recordIds: readonly string[], known: Known): Promise<readonly StoredRecord[]> {
  const again = recordIds.filter((id) => known.has(id))
  const heads = new Map((await loadRecordHeads(tx, again)).map((head) => [head.recordId, head]))
  const isSame = (id: string) => {
    const [before, now] = [known.get(id), heads.get(id)]
    return before !== undefined && before.record.version === now?.version && before.contentKey === now.contentKey
  }
  const missing = recordIds.filter((id) => !isSame(id))
  for (const id of missing) known.delete(id)
  for (const read of await loadKeyedRecords(tx, missing)) known.set(read.record.recordId, read)
  return recordIds.flatMap((id) => known.get(id)?.record ?? [])
}

async function completed(tx: Tx, arrivals: readonly Arrival[], found: Found): Promise<Neighbourhood> {
  const workIds = found.works.map(({ workId }) => workId)
  // The id of a record that was here before may exist without members, and live again now.
  const fresh = new Set(arrivals.filter(({ isNew }) => isNew).map(({ record }) => record.recordId))
  const ownIds = [...found.records.keys()].filter((id) => !fresh.has(id)).map((id) => workIdOf(id))
  const redirects = await lockRedirects(tx, workIds, ownIds)
  const slots = await findSlotsOfWorks(tx, workIds)
  return {
    before: { works: found.works, redirects, slots },
    live: [...found.records.values()].filter(isLive),
    records: found.records,
    constraints: found.constraints,
    addedTo: found.addedTo,
  }
}
