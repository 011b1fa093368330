import type { Queryable } from '@atlas/runtime'

export type SettleKind = 'work' | 'slot' | 'profile'

/** Asks for these to be looked at again, once what was stored with it is committed. */
export async function askToSettle(db: Queryable, kind: SettleKind, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await db.query('insert into to_settle (kind, object_id) select distinct $1, id from unnest($2::uuid[]) as t(id)', [
    kind,
    ids,
  ])
}

export interface Waiting {
  readonly id: number
  readonly kind: SettleKind
  readonly objectId: string
  readonly cursor: string | null
}

/** Whether anything waits; others may have taken it. */
export async function isWaiting(db: Queryable): Promise<boolean> {
  return (await db.query('select from to_settle limit 1', [], 'is-waiting')).rowCount > 0
}

/**
 * The oldest of what waits and nobody else has taken, no longer waiting once the transaction ends; a profile waits on,
 * locked, since its questions are asked for in pages.
 */
export async function takeWaiting(db: Queryable, limit: number): Promise<readonly Waiting[]> {
  const { rows } = await db.query<{ id: number; kind: SettleKind; object_id: string; cursor: string | null }>(
    `with taken as materialized (
       select id, kind, object_id, cursor from to_settle order by id limit $1 for update skip locked),
     gone as (delete from to_settle where id = any(array(select id from taken where kind <> 'profile')))
     select id, kind, object_id, cursor from taken order by id`,
    [limit],
    'take-waiting',
  )
  return rows.map((row) => ({ id: row.id, kind: row.kind, objectId: row.object_id, cursor: row.cursor }))
}

async function deleteWaiting(db: Queryable, ids: readonly number[]): Promise<void> {
  await db.query('delete from to_settle where id = any($1::bigint[])', [ids])
}

export async function countWaiting(db: Queryable): Promise<number> {
  return (await db.query<{ waiting: number }>('select count(*) as waiting from to_settle')).rows[0]?.waiting ?? 0
}

/** The slots of questions that are, by their mentions, in these works. */
export async function slotsOfWorks(db: Queryable, workIds: readonly string[]): Promise<readonly string[]> {
  const { rows } = await db.query<{ slot_id: string }>(
    `select distinct q.slot_id from slot_mentions m join questions q on q.slot_id = m.mention_key where m.work_id = any($1::uuid[])`,
    [workIds],
  )
  return rows.map((row) => row.slot_id)
}

/** Asks for the next slots of a profile's questions, and remembers how far it came. */
export async function askForProfile(db: Queryable, { id, objectId, cursor }: Waiting, limit: number): Promise<void> {
  const { rows } = await db.query<{ candidate_id: string; slot_id: string }>(
    `select candidate_id, slot_id from questions where profile_id = $1 and ($2::uuid is null or candidate_id > $2)
      order by candidate_id limit $3`,
    [objectId, cursor, limit],
  )
  await askToSettle(
    db,
    'slot',
    rows.map((row) => row.slot_id),
  )
  const last = rows.at(-1)
  if (last && rows.length === limit)
    await db.query('update to_settle set cursor = $2 where id = $1', [id, last.candidate_id])
  else await deleteWaiting(db, [id])
}
