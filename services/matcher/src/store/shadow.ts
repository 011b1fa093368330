import { type Queryable, readAsJson } from '@atlas/runtime'
import type { StoredRecord } from '../record.ts'
import type { NamedRules } from './rules.ts'

export type ShadowPhase = 'keys' | 'works' | 'done' | 'applied' | 'cancelled'

export interface ShadowRun extends NamedRules {
  readonly runId: string
  /** Rules in use when it began. */
  readonly against: string
  readonly phase: ShadowPhase
  readonly position: string | null
  readonly fromRevision: number
  /** Works gone through so far. */
  readonly goneThrough: number
  /** Milliseconds since 1970. */
  readonly startedAt: number
  readonly finishedAt: number | null
}

interface Row extends Pick<ShadowRun, 'version' | 'base' | 'variation' | 'against' | 'phase' | 'position'> {
  readonly run_id: string
  readonly from_revision: number
  readonly gone_through: number
  readonly started_at: number
  readonly finished_at: number | null
}

const SELECT = `select run_id, r.version, base, variation, against, phase, position, from_revision, gone_through,
       floor(extract(epoch from started_at) * 1000)::bigint as started_at,
       floor(extract(epoch from finished_at) * 1000)::bigint as finished_at
  from shadow_runs r join rule_sets using (version)`

function toRun(row: Row): ShadowRun {
  const { run_id, from_revision, gone_through, started_at, finished_at, ...same } = row
  return {
    ...same,
    runId: run_id,
    fromRevision: from_revision,
    goneThrough: gone_through,
    startedAt: started_at,
    finishedAt: finished_at,
  }
}

/** Begins a run; false where one is under way. What earlier runs found is forgotten, but for those that were applied. */
export async function addShadow(
  db: Queryable,
  run: { readonly runId: string; readonly version: string; readonly against: string },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into shadow_runs (run_id, version, against, phase, from_revision)
     select $1, $2, $3, 'keys', last_value from revisions on conflict do nothing`,
    [run.runId, run.version, run.against],
  )
  if (rowCount === 0) return false
  await db.query(
    `with forgotten as (delete from shadow_keys)
     delete from shadow_changes c using shadow_runs r where r.run_id = c.run_id and r.phase in ('done', 'cancelled')`,
  )
  return true
}

/** The run under way, else the last one. */
export async function findShadow(db: Queryable): Promise<ShadowRun | undefined> {
  const { rows } = await db.query<Row>(
    `${SELECT} order by (phase in ('keys', 'works')) desc, started_at desc, run_id desc limit 1`,
  )
  return rows[0] && toRun(rows[0])
}

/** The same, locked; undefined while another member moves it. */
export async function takeShadow(db: Queryable): Promise<ShadowRun | undefined> {
  const { rows } = await db.query<Row>(`${SELECT} where phase in ('keys', 'works') for update of r skip locked`)
  return rows[0] && toRun(rows[0])
}

/** Waits for whoever moves it. */
export async function lockShadow(db: Queryable, runId: string): Promise<ShadowRun | undefined> {
  const { rows } = await db.query<Row>(`${SELECT} where run_id = $1 for update of r`, [runId])
  return rows[0] && toRun(rows[0])
}

export async function moveShadow(
  db: Queryable,
  run: Pick<ShadowRun, 'runId' | 'phase' | 'position' | 'goneThrough'>,
): Promise<void> {
  await db.query(
    `update shadow_runs set phase = $2, position = $3, gone_through = $4,
            finished_at = case when $2 in ('keys', 'works') then null else coalesce(finished_at, now()) end
      where run_id = $1`,
    [run.runId, run.phase, run.position, run.goneThrough],
  )
}

/** Keys that these rules' build would store besides those that stand there. */
export async function addShadowKeys(
  db: Queryable,
  rows: readonly { readonly key: string; readonly id: string }[],
): Promise<void> {
  if (rows.length === 0) return
  await db.query(
    'insert into shadow_keys (key, record_id) select * from unnest($1::text[], $2::uuid[]) on conflict do nothing',
    [rows.map(({ key }) => key), rows.map(({ id }) => id)],
  )
}

export async function dropShadowKeys(db: Queryable): Promise<void> {
  await db.query('delete from shadow_keys')
}

/** Every (key, record) under these keys: as stored, and as these rules' build would store them. */
export async function findShadowSharers(
  db: Queryable,
  keys: readonly string[],
): Promise<readonly { readonly key: string; readonly id: string }[]> {
  if (keys.length === 0) return []
  const { rows } = await db.query<{ key: string; id: string }>(
    `select key, record_id as id from record_keys where key = any($1::text[])
     union select key, record_id from shadow_keys where key = any($1::text[])`,
    [keys],
  )
  return rows
}

/** The next page of live works, in order. */
export async function listLiveWorkIds(db: Queryable, after: string | null, limit: number): Promise<readonly string[]> {
  const { rows } = await db.query<{ work_id: string }>(
    `select work_id from works where state = 'live' and ($1::uuid is null or work_id > $1) order by work_id limit $2`,
    [after, limit],
  )
  return rows.map(({ work_id }) => work_id)
}

export async function findMembers(db: Queryable, workIds: readonly string[]): Promise<readonly string[]> {
  const { rows } = await db.query<{ record_id: string }>(
    'select record_id from work_members where work_id = any($1::uuid[]) and to_revision is null order by record_id',
    [workIds],
  )
  return rows.map(({ record_id }) => record_id)
}

/** Published candidates on these slots, by slot. */
export async function countCandidates(db: Queryable, slotIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (slotIds.length === 0) return new Map()
  const { rows } = await db.query<{ slot_id: string; n: number }>(
    `select slot_id, count(*) as n from candidates where slot_id = any($1::uuid[]) and not withdrawn group by slot_id`,
    [slotIds],
  )
  return new Map(rows.map(({ slot_id, n }) => [slot_id, n]))
}

/** Slots that persons have decided on, times persons, by work. */
export async function countDecided(db: Queryable, workIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (workIds.length === 0) return new Map()
  const { rows } = await db.query<{ work_id: string; n: number }>(
    `select m.work_id, count(distinct (s.slot_id, d.profile_id)) as n
       from work_members m
       join decided_records d using (record_id)
       join mention_acts a on a.profile_id = d.profile_id and a.via <> 'auto'
       join slots s on s.work_id = m.work_id and s.mention_keys && a.mention_keys
      where m.work_id = any($1::uuid[]) and m.to_revision is null
      group by m.work_id`,
    [workIds],
  )
  return new Map(rows.map(({ work_id, n }) => [work_id, n]))
}

/** The next page of records in the order of ids, with the keys that they stand under. */
export async function listRecordsWithKeys(
  db: Queryable,
  after: string | null,
  limit: number,
): Promise<readonly { readonly record: StoredRecord; readonly keys: readonly string[] }[]> {
  const rows = await readAsJson<{ snapshot: StoredRecord; keys: string[] }>(
    db,
    'select snapshot, keys from records where $1::uuid is null or record_id > $1 order by record_id limit $2',
    [after, limit],
  )
  return rows.map(({ snapshot, keys }) => ({ record: snapshot, keys }))
}
