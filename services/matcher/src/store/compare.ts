import { roomUnder, type SlotFeatures, type WorkFeatures } from '@atlas/linkage'
import { type Queryable, readAsJson } from '@atlas/runtime'
import type { ShownSlot } from '../place/make-work.ts'

export interface ComparedWork {
  readonly workId: string
  /** Of the last state that was described anew: what was only added since is not compared. */
  readonly revision: number
  readonly features: WorkFeatures
  readonly sources: readonly string[]
}

/**
 * Those of the works that are live, locked in id order. Whoever compares a slot holds its work, so that two of them
 * cannot rank the same slot at once, and no slot changes while it is compared.
 */
export async function lockLiveWorks(
  db: Queryable,
  workIds: readonly string[],
): Promise<ReadonlyMap<string, ComparedWork>> {
  const rows = await readAsJson<{ work_id: string; revision: number; features: WorkFeatures; sources: string[] }>(
    db,
    `select work_id, coalesce(described_revision, revision) as revision, features, sources from works
      where work_id = any($1::uuid[]) and state = 'live' order by work_id for update`,
    [workIds],
  )
  return new Map(
    rows.map(({ work_id, revision, features, sources }) => [work_id, { workId: work_id, revision, features, sources }]),
  )
}

export interface ComparedSlot {
  readonly slotId: string
  readonly workId: string
  readonly revision: number
  readonly keys: readonly string[]
  readonly features: SlotFeatures
  readonly shown: ShownSlot
  readonly replaces: readonly string[]
}

export async function loadSlots(db: Queryable, slotIds: readonly string[]): Promise<readonly ComparedSlot[]> {
  if (slotIds.length === 0) return []
  const rows = await readAsJson<{
    slot_id: string
    work_id: string
    revision: number
    keys: string[]
    features: SlotFeatures
    shown: ShownSlot
    replaces: string[]
  }>(
    db,
    `select slot_id, work_id, revision, keys, features, shown, replaces from slots where slot_id = any($1::uuid[])`,
    [slotIds],
  )
  return rows.map((row) => ({
    slotId: row.slot_id,
    workId: row.work_id,
    revision: row.revision,
    keys: row.keys,
    features: row.features,
    shown: row.shown,
    replaces: row.replaces,
  }))
}

export interface SlotPlace {
  readonly slotId: string
  readonly workId: string
}

/** The next slots of each work, in id order, at most `limit` of one work. */
export async function listSlotsOfWorks(
  db: Queryable,
  works: readonly { readonly workId: string; readonly after: string | null }[],
  limit: number,
): Promise<readonly SlotPlace[]> {
  const { rows } = await db.query<{ slot_id: string; work_id: string }>(
    `select s.slot_id, s.work_id
       from unnest($1::uuid[], $2::uuid[]) as w(work_id, after)
      cross join lateral (select slot_id, work_id from slots
                           where work_id = w.work_id and (w.after is null or slot_id > w.after)
                           order by slot_id limit $3) s`,
    [works.map(({ workId }) => workId), works.map(({ after }) => after), limit],
  )
  return rows.map(({ slot_id, work_id }) => ({ slotId: slot_id, workId: work_id }))
}

/** Where these slots are; those that are in no work are absent. */
export async function findSlotPlaces(db: Queryable, slotIds: readonly string[]): Promise<readonly SlotPlace[]> {
  if (slotIds.length === 0) return []
  const { rows } = await db.query<{ slot_id: string; work_id: string }>(
    'select slot_id, work_id from slots where slot_id = any($1::uuid[])',
    [slotIds],
  )
  return rows.map(({ slot_id, work_id }) => ({ slotId: slot_id, workId: work_id }))
}

/** The next slots under one blocking key, with their works. */
export async function listSlotsOfKey(
  db: Queryable,
  key: string,
  after: string | null,
  limit: number,
): Promise<readonly SlotPlace[]> {
  const { rows } = await db.query<{ slot_id: string; work_id: string }>(
    `select k.slot_id, s.work_id
       from (select slot_id from slot_keys where key = $1 and ($2::uuid is null or slot_id > $2) order by slot_id limit $3) k
       join slots s using (slot_id) order by k.slot_id`,
    [key, after, limit],
  )
  return rows.map(({ slot_id, work_id }) => ({ slotId: slot_id, workId: work_id }))
}

/** A key to go on with: the `place`-th of its owner, after this slot. */
export interface KeyToRead {
  readonly owner: string
  readonly place: number
  readonly key: string
  readonly after: string | null
}

export interface SlotOfKey {
  readonly owner: string
  readonly place: number
  readonly slotId: string
}

/** The next slots under each owner's keys, key by key and in id order, at most `limit` of each owner. */
export async function listSlotsOfKeys(
  db: Queryable,
  keys: readonly KeyToRead[],
  limit: number,
): Promise<readonly SlotOfKey[]> {
  if (keys.length === 0) return []
  const { rows } = await db.query<{ owner: string; place: number; slot_id: string }>(
    `with wanted as (select * from unnest($1::text[], $2::int[], $3::text[], $4::uuid[]) as w(owner, place, key, after))
     select o.owner, page.place, page.slot_id
       from (select distinct owner from wanted) o
      cross join lateral (
        select w.place, s.slot_id
          from wanted w
         cross join lateral (select slot_id from slot_keys k
                              where k.key = w.key and (w.after is null or k.slot_id > w.after)
                              order by slot_id limit $5) s
         where w.owner = o.owner order by w.place, s.slot_id limit $5) page
      order by o.owner, page.place, page.slot_id`,
    [
      keys.map(({ owner }) => owner),
      keys.map(({ place }) => place),
      keys.map(({ key }) => key),
      keys.map(({ after }) => after),
      limit,
    ],
  )
  return rows.map(({ owner, place, slot_id }) => ({ owner, place, slotId: slot_id }))
}

/** A slot and an active profile that share a blocking key. */
export interface Hit {
  readonly slotId: string
  readonly profileId: string
  readonly profileRevision: number
  readonly featuresNo: number
}

interface HitRow {
  readonly slot_id: string
  readonly profile_id: string
  readonly revision: number
  readonly features_no: number
}

function toHit({ slot_id, profile_id, revision, features_no }: HitRow): Hit {
  return { slotId: slot_id, profileId: profile_id, profileRevision: revision, featuresNo: features_no }
}

/** Profiles under a key of each slot. */
export async function findHits(db: Queryable, slotIds: readonly string[]): Promise<readonly Hit[]> {
  if (slotIds.length === 0) return []
  // A slot meets many profiles: a row for each would say its id as often.
  const rows = await readAsJson<{ slot_id: string; met: (readonly [string, number, number])[] }>(
    db,
    `select slot_id, json_agg(json_build_array(profile_id, revision, features_no)) as met
       from (select distinct s.slot_id, p.profile_id, p.revision, p.features_no
       from slots s cross join unnest(s.keys) as k(key)
       join profile_keys pk on pk.key = k.key
       join profiles p on p.profile_id = pk.profile_id
      where s.slot_id = any($1::uuid[]) and p.features is not null) hit
      group by slot_id`,
    [slotIds],
  )
  return rows.flatMap(({ slot_id, met }) =>
    met.map(([profileId, profileRevision, featuresNo]) => ({
      slotId: slot_id,
      profileId,
      profileRevision,
      featuresNo,
    })),
  )
}

/** The same for keys that are not stored with the slot. */
export async function findHitsByKey(
  db: Queryable,
  pairs: readonly { readonly slotId: string; readonly key: string }[],
): Promise<readonly Hit[]> {
  if (pairs.length === 0) return []
  const { rows } = await db.query<HitRow>(
    `select distinct t.slot_id, p.profile_id, p.revision, p.features_no
       from unnest($1::uuid[], $2::text[]) as t(slot_id, key)
       join profile_keys pk on pk.key = t.key
       join profiles p on p.profile_id = pk.profile_id
      where p.features is not null`,
    [pairs.map(({ slotId }) => slotId), pairs.map(({ key }) => key)],
  )
  return rows.map(toHit)
}

/** Those of the keys whose blocks are split because they are too wide. */
export async function listWideAmong(db: Queryable, keys: readonly string[]): Promise<ReadonlySet<string>> {
  if (keys.length === 0) return new Set()
  const { rows } = await db.query<{ key: string }>('select key from wide_blocks where key = any($1::text[])', [keys])
  return new Set(rows.map(({ key }) => key))
}

/** Those of the slots that stand under a key whose block is too wide. */
export async function listSlotsInWideBlocks(db: Queryable, slotIds: readonly string[]): Promise<readonly string[]> {
  if (slotIds.length === 0) return []
  const { rows } = await db.query<{ slot_id: string }>(
    `select slot_id from slots s
      where slot_id = any($1::uuid[]) and exists (select from unnest(s.keys) as k(key) join wide_blocks using (key))`,
    [slotIds],
  )
  return rows.map(({ slot_id }) => slot_id)
}

/** Brings `wide_blocks` up to date for these keys; returns the keys whose state it changed. */
export async function judgeBlocks(db: Queryable, keys: readonly string[], cap: number): Promise<readonly string[]> {
  if (keys.length === 0) return []
  const { rows } = await db.query<{ key: string }>(
    `with counted as (
       select k.key, (select count(*) from (select from profile_keys p where p.key = k.key limit k.room + 1) few) > k.room as wide
         from unnest($1::text[], $2::int[]) as k(key, room)),
     opened as (
       insert into wide_blocks (key) select key from counted where wide order by key on conflict do nothing returning key),
     closed as (
       delete from wide_blocks w using counted c where w.key = c.key and not c.wide returning w.key)
     select key from opened union all select key from closed`,
    [keys, keys.map((key) => roomUnder(key, cap))],
  )
  return rows.map(({ key }) => key)
}
