import { indexKeysFor } from '@atlas/linkage'
import type { Tx } from '@atlas/runtime'
import type { RecordSnapshot } from '@atlas/schemas'
import { contentKeyOf, isLive, type StoredRecord, storedRecordOf } from '../record.ts'
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

/** Stores new versions of records that are locked, and puts them where they belong; returns the works that changed. */
export async function placeSnapshots(
  tx: Tx,
  snapshots: readonly RecordSnapshot[],
  stored: ReadonlyMap<string, RecordHead>,
): Promise<readonly string[]> {
  if (snapshots.length === 0) return []
  return place(
    tx,
    snapshots.map((snapshot) => rowOf(storedRecordOf(snapshot), contentKeyOf(snapshot))),
    stored,
  )
}

/** Puts stored records where the rules of this build want them; returns the works that changed. */
export async function placeAgain(tx: Tx, recordIds: readonly string[]): Promise<readonly string[]> {
  if (recordIds.length === 0) return []
  const stored = await lockRecords(tx, recordIds)
  const records = await loadRecords(tx, recordIds)
  return place(
    tx,
    records.map((record) => rowOf(record, stored.get(record.recordId)?.contentKey ?? '')),
    stored,
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
    records.map((record) => ({ record, sought: [], isNew: false })),
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
): Promise<readonly string[]> {
  await lockReturning(
    tx,
    rows.map(({ record }) => record.recordId),
  )
  // Before anything is read: two records of one work that no work holds yet must wait for each other here.
  // Whatever two records could be linked by, one seeks what the other stands under: they share a lock.
  await lockKeys(tx, [...new Set(rows.flatMap(({ keys, sought }) => [...keys, ...sought]))])
  await saveRecords(tx, rows)
  await dropRecordKeys(tx, keysLeft(rows, stored))
  return placeRecords(
    tx,
    rows.map(({ record, sought }) => ({ record, sought, isNew: !stored.has(record.recordId) })),
  )
}

/** Keys that records stood under before and do not now. */
function keysLeft(rows: readonly NewRecord[], stored: ReadonlyMap<string, RecordHead>) {
  return rows.flatMap(({ record: { recordId }, keys }) =>
    (stored.get(recordId)?.keys ?? []).filter((key) => !keys.includes(key)).map((key) => ({ key, id: recordId })),
  )
}
