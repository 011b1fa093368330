import { done, type Handler, type Outcome, type Received, rejected, skipped, type Tx } from '@atlas/runtime'
import type { RecordSnapshot } from '@atlas/schemas'
import { workChanged } from '../changes.ts'
import { keysOf } from '../place/neighbourhood.ts'
import { placeRecords } from '../place/place-records.ts'
import { contentKeyOf, isLive, type StoredRecord, storedRecordOf } from '../record.ts'
import { quarantineRecordStates } from '../store/record-states.ts'
import {
  addRecordKeys,
  dropRecordKeys,
  loadRecords,
  lockKeys,
  lockRecords,
  type NewRecord,
  type RecordHead,
  saveRecords,
} from '../store/records.ts'

/** At most so many records a transaction: each holds an advisory lock for every blocking key of its own. */
export const MAX_RECORDS = 64

type Verdict =
  | { readonly type: 'fresh' }
  | { readonly type: 'stale'; readonly storedVersion: number }
  | { readonly type: 'conflict' }

/**
 * Step 1 of two (architecture.md, "Two members, one work"): stores the records and their keys, puts them into works,
 * stores the slots and their keys, and leaves for the workers what is to be compared. One pass for the whole chunk.
 */
export const matchRecord: Handler<RecordSnapshot> = async (tx, messages) => {
  const stored = await lockRecords(tx, [...new Set(messages.map(({ value }) => value.recordId))])
  const verdicts = judge(messages, stored)
  const fresh = newestOf(messages.filter((_, index) => verdicts[index]?.type === 'fresh'))
  const rows = fresh.map((record) => rowOf(storedRecordOf(record), contentKeyOf(record)))
  const changed = rows.length > 0 ? await place(tx, rows, stored) : []
  await quarantineRecordStates(
    tx,
    messages.filter((_, index) => verdicts[index]?.type === 'conflict').map(({ value }) => value),
  )
  const last = verdicts.findLastIndex(({ type }) => type === 'fresh')
  return verdicts.map((verdict, index) => outcomeOf(verdict, index === last ? changed : []))
}

/** Which messages are news, each against what is stored and what came before it in the chunk. Pure. */
export function judge(
  messages: readonly Received<RecordSnapshot>[],
  stored: ReadonlyMap<string, Pick<RecordHead, 'version' | 'contentKey'>>,
): readonly Verdict[] {
  const heads = new Map(stored)
  return messages.map(({ value }) => {
    const head = heads.get(value.recordId)
    const contentKey = contentKeyOf(value)
    if (head && head.version > value.version) return { type: 'stale', storedVersion: head.version }
    if (head && head.version === value.version)
      return head.contentKey === contentKey ? { type: 'stale', storedVersion: head.version } : { type: 'conflict' }
    heads.set(value.recordId, { version: value.version, contentKey })
    return { type: 'fresh' }
  })
}

function newestOf(messages: readonly Received<RecordSnapshot>[]): readonly RecordSnapshot[] {
  return [...new Map(messages.map(({ value }) => [value.recordId, value])).values()]
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

function rowOf(record: StoredRecord, contentKey: string): NewRecord {
  return { record, contentKey, live: isLive(record), keys: keysOf(record) }
}

async function place(
  tx: Tx,
  rows: readonly NewRecord[],
  stored: ReadonlyMap<string, RecordHead>,
): Promise<readonly string[]> {
  // Before anything is read: two records of one work that no work holds yet must wait for each other here.
  await lockKeys(tx, [...new Set(rows.flatMap(({ keys }) => keys))])
  await saveRecords(tx, rows)
  await dropRecordKeys(
    tx,
    keyChanges(rows, (keys, before) => before.filter((key) => !keys.includes(key)), stored),
  )
  await addRecordKeys(
    tx,
    keyChanges(rows, (keys, before) => keys.filter((key) => !before.includes(key)), stored),
  )
  return placeRecords(
    tx,
    rows.map(({ record, keys }) => ({ record, keys, isNew: !stored.has(record.recordId) })),
  )
}

function keyChanges(
  rows: readonly NewRecord[],
  difference: (keys: readonly string[], before: readonly string[]) => readonly string[],
  stored: ReadonlyMap<string, RecordHead>,
) {
  return rows.flatMap(({ record: { recordId }, keys }) =>
    difference(keys, stored.get(recordId)?.keys ?? []).map((key) => ({ key, id: recordId })),
  )
}

function outcomeOf(verdict: Verdict, changedWorks: readonly string[]): Outcome {
  switch (verdict.type) {
    case 'fresh':
      return done(changedWorks.map(workChanged))
    case 'stale':
      return skipped('stale')
    case 'conflict':
      return rejected('event_id_conflict', 'this version is stored with other content')
    default:
      return verdict satisfies never
  }
}
