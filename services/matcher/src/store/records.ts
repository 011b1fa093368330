import { jsonRows, type Queryable } from '@atlas/runtime'
import type { StoredRecord } from '../record.ts'

export interface RecordHead {
  readonly recordId: string
  readonly version: number
  readonly contentKey: string
  readonly keys: readonly string[]
}

/** What is stored of these records, locked in id order. Records never seen are absent. */
export async function lockRecords(db: Queryable, recordIds: readonly string[]): Promise<Map<string, RecordHead>> {
  const { rows } = await db.query<{ record_id: string; version: number; content_key: string; keys: string[] }>(
    'select record_id, version, content_key, keys from records where record_id = any($1::uuid[]) order by record_id for update',
    [recordIds],
  )
  return new Map(
    rows.map(({ record_id, version, content_key, keys }) => [
      record_id,
      { recordId: record_id, version, contentKey: content_key, keys },
    ]),
  )
}

export interface NewRecord {
  readonly record: StoredRecord
  readonly contentKey: string
  readonly live: boolean
  readonly keys: readonly string[]
}

/**
 * Stores these versions over older ones, and what this build makes of the same version; a newer one stays. They stand under
 * their keys from then on.
 */
export async function saveRecords(db: Queryable, records: readonly NewRecord[]): Promise<void> {
  await db.query(
    `with given as materialized (
       select * from json_to_recordset($1) as t(record_id uuid, version bigint, content_key text, live boolean, keys text[], snapshot json)),
     indexed as (
       insert into record_keys (key, record_id)
       select k.key, record_id from given cross join unnest(keys) as k(key) order by 1, 2 on conflict do nothing)
     insert into records (record_id, version, content_key, live, keys, snapshot)
     select record_id, version, content_key, live, keys, snapshot from given order by record_id
     on conflict (record_id) do update set version = excluded.version, content_key = excluded.content_key,
       live = excluded.live, keys = excluded.keys, snapshot = excluded.snapshot
      where records.version < excluded.version or (records.version = excluded.version and records.keys <> excluded.keys)`,
    [
      jsonRows(
        records.map(({ record, contentKey, live, keys }) => ({
          record_id: record.recordId,
          version: record.version,
          content_key: contentKey,
          live,
          keys,
          snapshot: record,
        })),
      ),
    ],
  )
}

export interface KeyRow {
  readonly key: string
  readonly id: string
}

export async function dropRecordKeys(db: Queryable, rows: readonly KeyRow[]): Promise<void> {
  if (rows.length === 0) return
  await db.query(
    `delete from record_keys r using unnest($1::text[], $2::uuid[]) as t(key, record_id)
      where r.key = t.key and r.record_id = t.record_id`,
    [rows.map(({ key }) => key), rows.map(({ id }) => id)],
  )
}

/**
 * Waits for everybody who works on one of these keys, until the end of the transaction. Two records of one work that
 * no work holds yet can only be seen by each other through this.
 */
export async function lockKeys(db: Queryable, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return
  await db.query(
    `select count(pg_advisory_xact_lock(h))
       from (select distinct hashtextextended(k, 0) as h from unnest($1::text[]) as k order by h) as t`,
    [keys],
  )
}

/** Every (key, record) under these keys, but for these records. */
export async function findSharers(
  db: Queryable,
  keys: readonly string[],
  except: readonly string[],
): Promise<readonly KeyRow[]> {
  if (keys.length === 0) return []
  const { rows } = await db.query<KeyRow>(
    'select key, record_id as id from record_keys where key = any($1::text[]) and record_id <> all($2::uuid[])',
    [keys, except],
  )
  return rows
}

export async function loadRecords(db: Queryable, recordIds: readonly string[]): Promise<readonly StoredRecord[]> {
  return (await loadKeyedRecords(db, recordIds)).map(({ record }) => record)
}

export interface KeyedRecord {
  readonly record: StoredRecord
  readonly contentKey: string
}

export async function loadKeyedRecords(db: Queryable, recordIds: readonly string[]): Promise<readonly KeyedRecord[]> {
  if (recordIds.length === 0) return []
  const { rows } = await db.query<{ snapshot: StoredRecord; content_key: string }>(
    'select snapshot, content_key from records where record_id = any($1::uuid[])',
    [recordIds],
  )
  return rows.map(({ snapshot, content_key }) => ({ record: snapshot, contentKey: content_key }))
}

/** Which version of these records is stored: equal version and content key are equal records. */
export async function loadRecordHeads(
  db: Queryable,
  recordIds: readonly string[],
): Promise<readonly Pick<RecordHead, 'recordId' | 'version' | 'contentKey'>[]> {
  if (recordIds.length === 0) return []
  const { rows } = await db.query<{ record_id: string; version: number; content_key: string }>(
    'select record_id, version, content_key from records where record_id = any($1::uuid[])',
    [recordIds],
  )
  return rows.map(({ record_id, version, content_key }) => ({
    recordId: record_id,
    version,
    contentKey: content_key,
  }))
}

/** The next page of ids, in order. */
export async function listRecordIds(db: Queryable, after: string | null, limit: number): Promise<readonly string[]> {
  const { rows } = await db.query<{ record_id: string }>(
    'select record_id from records where $1::uuid is null or record_id > $1 order by record_id limit $2',
    [after, limit],
  )
  return rows.map(({ record_id }) => record_id)
}
