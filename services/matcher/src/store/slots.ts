import { jsonRows, type Queryable } from '@atlas/runtime'
import type { KeyRow } from './records.ts'

export interface SlotRow {
  readonly slotId: string
  readonly workId: string
  readonly revision: number
  readonly keys: readonly string[]
  /** JSON text: equal text is equal features. */
  readonly features: string
  /** The same of what a candidate shows of it. */
  readonly shown: string
  readonly mentionKeys: readonly string[]
  readonly replaces: readonly string[]
}

/** The slots of these works as they are stored. */
export async function findSlotsOfWorks(db: Queryable, workIds: readonly string[]): Promise<readonly SlotRow[]> {
  if (workIds.length === 0) return []
  const { rows } = await db.query<{
    slot_id: string
    work_id: string
    revision: number
    keys: string[]
    features: string
    shown: string
    mention_keys: string[]
    replaces: string[]
  }>(
    `select slot_id, work_id, revision, keys, features::text as features, shown::text as shown, mention_keys, replaces
       from slots where work_id = any($1::uuid[])`,
    [workIds],
  )
  return rows.map((row) => ({
    slotId: row.slot_id,
    workId: row.work_id,
    revision: row.revision,
    keys: row.keys,
    features: row.features,
    shown: row.shown,
    mentionKeys: row.mention_keys,
    replaces: row.replaces,
  }))
}

export interface SlotToSave {
  readonly slotId: string
  readonly workId: string
  readonly revision: number
  readonly keys: readonly string[]
  readonly features: unknown
  readonly shown: unknown
  readonly mentionKeys: readonly string[]
  readonly replaces: readonly string[]
}

/** Stores slots, which stand under their keys from then on. */
export async function saveSlots(db: Queryable, slots: readonly SlotToSave[]): Promise<void> {
  if (slots.length === 0) return
  await db.query(
    `with given as materialized (
       select * from json_to_recordset($1) as t(slot_id uuid, work_id uuid, revision bigint, keys text[], features json,
              shown json, mention_keys uuid[], replaces uuid[])),
     indexed as (
       insert into slot_keys (key, slot_id)
       select k.key, slot_id from given cross join unnest(keys) as k(key) on conflict do nothing)
     insert into slots (slot_id, work_id, revision, keys, features, shown, mention_keys, replaces)
     select slot_id, work_id, revision, keys, features, shown, mention_keys, replaces from given
     on conflict (slot_id) do update set work_id = excluded.work_id, revision = excluded.revision, keys = excluded.keys,
       features = excluded.features, shown = excluded.shown, mention_keys = excluded.mention_keys, replaces = excluded.replaces`,
    [
      jsonRows(
        slots.map((slot) => ({
          slot_id: slot.slotId,
          work_id: slot.workId,
          revision: slot.revision,
          keys: slot.keys,
          features: slot.features,
          shown: slot.shown,
          mention_keys: slot.mentionKeys,
          replaces: slot.replaces,
        })),
      ),
    ],
  )
}

export async function deleteSlots(db: Queryable, slotIds: readonly string[]): Promise<void> {
  if (slotIds.length === 0) return
  await db.query(
    `with gone as (delete from slots where slot_id = any($1::uuid[]))
     delete from slot_odds where slot_id = any($1::uuid[])`,
    [slotIds],
  )
}

export async function dropSlotKeys(db: Queryable, rows: readonly KeyRow[]): Promise<void> {
  if (rows.length === 0) return
  await db.query(
    `delete from slot_keys s using unnest($1::text[], $2::uuid[]) as t(key, slot_id)
      where s.key = t.key and s.slot_id = t.slot_id`,
    [rows.map(({ key }) => key), rows.map(({ id }) => id)],
  )
}
