import { indexKeysFor } from '@atlas/linkage'
import type { Tx } from '@atlas/runtime'
import type { RecordSnapshot } from '@atlas/schemas'
import { decideKept, type KeptChange } from '../kept/arrivals.ts'
import { keptRecordOf, lockKeysOf } from '../kept/kept-record.ts'
import { contentKeyOf, describesWork, isLive, type StoredRecord, saysTheSame, storedRecordOf } from '../record.ts'
import { dropKept, findKeptHeads, type KeptHead, saveKept } from '../store/kept-records.ts'
import { forgetRecordStates } from '../store/record-states.ts'
import {
  dropRecordKeys,
  loadRecords,
  lockKeys,
  lockRecords,
  type NewRecord,
  type RecordHead,
  saveRecords,
} from '../store/records.ts'
import { lockReturning } from '../store/rulings.ts'
import { type Inspect, placeRecords } from './place-records.ts'

/** What is stored of some records: as what describes works, as what is kept beside, or as both, one of them of old. */
export interface StoredHeads {
  readonly records: ReadonlyMap<string, RecordHead>
  readonly kept: ReadonlyMap<string, KeptHead>
}

/** Those of records that describe works are locked. */
export async function findHeads(tx: Tx, recordIds: readonly string[]): Promise<StoredHeads> {
  return { records: await lockRecords(tx, recordIds), kept: await findKeptHeads(tx, recordIds) }
}

/**
 * Stores new versions of records whose heads were read, and puts them where they belong: into works, or beside them what
 * describes no work. Returns the works that changed.
 */
export async function placeSnapshots(
  tx: Tx,
  snapshots: readonly RecordSnapshot[],
  stored: StoredHeads,
): Promise<readonly string[]> {
  if (snapshots.length === 0) return []
  // What described a work once leaves it like a record that was deleted.
  const ofWorks = snapshots.filter((one) => describesWork(one) || stored.records.has(one.recordId))
  return place(
    tx,
    ofWorks.map((snapshot) => rowOf(storedRecordOf(snapshot), contentKeyOf(snapshot))),
    stored.records,
    decideKept(snapshots, stored.kept, keptRecordOf),
  )
}

const NOTHING: KeptChange = { saved: [], dropped: [], arrivals: [] }

/** Puts stored records where the rules of this build want them; returns the works that changed. */
export async function placeAgain(tx: Tx, recordIds: readonly string[]): Promise<readonly string[]> {
  if (recordIds.length === 0) return []
  const stored = await lockRecords(tx, recordIds)
  const records = await loadRecords(tx, recordIds)
  return place(
    tx,
    records.map((record) => rowOf(record, stored.get(record.recordId)?.contentKey ?? '')),
    stored,
    NOTHING,
  )
}

/**
 * Puts the works of stored records, which the caller has locked, as the rulings on them now say; returns the works that
 * changed. A record that was placed before touches nothing through its keys but what its work holds or keeps apart.
 */
export async function placeAsRuled(tx: Tx, recordIds: readonly string[], inspect: Inspect): Promise<readonly string[]> {
  const records = await loadRecords(tx, recordIds)
  return placeRecords(
    tx,
    records.map((record) => ({ record, sought: [], isNew: false, isRestated: false })),
    [],
    inspect,
  )
}

type Row = NewRecord & { readonly sought: readonly string[] }

function rowOf(record: StoredRecord, contentKey: string): Row {
  const { stored, sought } = indexKeysFor(record)
  return { record, contentKey, live: isLive(record), keys: stored, sought }
}

async function place(
  tx: Tx,
  rows: readonly Row[],
  stored: ReadonlyMap<string, RecordHead>,
  kept: KeptChange,
): Promise<readonly string[]> {
  if (rows.length > 0)
    await lockReturning(
      tx,
      rows.map(({ record }) => record.recordId),
    )
  // Before anything is read: two records of one work that no work holds yet must wait for each other here.
  // Whatever two records could be linked by, one seeks what the other stands under: they share a lock.
  // So do a record and what is kept about an identifier of it.
  const about = kept.arrivals.flatMap(({ keys }) => keys.flatMap(lockKeysOf))
  await lockKeys(tx, [...new Set([...rows.flatMap(({ keys, sought }) => [...keys, ...sought]), ...about])])
  if (rows.length > 0) await saveRecords(tx, rows)
  await dropRecordKeys(tx, keysLeft(rows, stored))
  await saveKept(tx, kept.saved)
  await dropKept(tx, kept.dropped)
  const changed = await placeAround(tx, rows, stored, kept)
  await forgetRecordStates(
    tx,
    kept.saved.map(({ recordId }) => recordId),
  )
  return changed
}

async function placeAround(
  tx: Tx,
  rows: readonly Row[],
  stored: ReadonlyMap<string, RecordHead>,
  kept: KeptChange,
): Promise<readonly string[]> {
  if (rows.length === 0 && kept.arrivals.length === 0) return []
  return placeRecords(
    tx,
    rows.map(({ record, sought, contentKey }) => {
      const before = stored.get(record.recordId)
      const isRestated =
        before !== undefined && before.version < record.version && saysTheSame(before.contentKey, contentKey)
      return { record, sought, isNew: before === undefined, isRestated }
    }),
    kept.arrivals,
  )
}

/** Keys that records stood under before and do not now. */
function keysLeft(rows: readonly NewRecord[], stored: ReadonlyMap<string, RecordHead>) {
  return rows.flatMap(({ record: { recordId }, keys }) =>
    (stored.get(recordId)?.keys ?? []).filter((key) => !keys.includes(key)).map((key) => ({ key, id: recordId })),
  )
}
