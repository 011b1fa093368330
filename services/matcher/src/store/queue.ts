import { jsonRows, type Queryable } from '@atlas/runtime'

export type SubjectKind = 'work' | 'profile' | 'evidence' | 'block' | 'links'

export interface Waiting {
  readonly kind: SubjectKind
  /** Work id, profile id, or the key of a block. */
  readonly subject: string
  /** Of the work as it was described, or the profile's features_no, at the time: a higher one stored means that a later row exists. */
  readonly revision: number
  readonly gone?: readonly string[]
  readonly keys?: readonly string[]
}

/** Channel that wakes the workers of every member, at commit. */
export const COMPARE_CHANNEL = 'to_compare'

/** Leaves work for the second step. Only ever adds rows: who writes never waits for a worker. */
export async function addWaiting(db: Queryable, waiting: readonly Waiting[]): Promise<void> {
  if (waiting.length === 0) return
  await db.query(
    `with added as (
       insert into to_compare (kind, subject, revision, gone, keys)
       select kind, subject, revision, coalesce(gone, '{}'), coalesce(keys, '{}')
         from json_to_recordset($1) as t(kind text, subject text, revision bigint, gone uuid[], keys text[])
       returning no)
     select pg_notify('${COMPARE_CHANNEL}', '') from (select from added limit 1) as once`,
    [jsonRows(waiting)],
  )
}

export interface Taken extends Required<Waiting> {
  readonly no: number
  readonly position: string | null
}

/** Locks up to `limit` rows of a kind that nobody else works on, oldest first. */
export async function takeWaiting(db: Queryable, kind: SubjectKind, limit: number): Promise<readonly Taken[]> {
  const { rows } = await db.query<{
    no: number
    kind: SubjectKind
    subject: string
    revision: number
    gone: string[]
    keys: string[]
    position: string | null
  }>(
    `select no, kind, subject, revision, gone, keys, position from to_compare
      where kind = $1 order by no limit $2 for update skip locked`,
    [kind, limit],
  )
  return rows
}

export async function deleteWaiting(db: Queryable, numbers: readonly number[]): Promise<void> {
  if (numbers.length === 0) return
  await db.query('delete from to_compare where no = any($1::bigint[])', [numbers])
}

/** Remembers how far a subject came; the row stays for the next step. */
export async function moveWaiting(db: Queryable, no: number, position: string): Promise<void> {
  await db.query('update to_compare set position = $2 where no = $1', [no, position])
}

/** Which kinds have rows, so that a round opens no transaction for nothing. */
export async function listWaitingKinds(db: Queryable): Promise<ReadonlySet<SubjectKind>> {
  const { rows } = await db.query<{ kind: SubjectKind }>(
    `select k.kind from unnest(array['evidence', 'profile', 'work', 'block', 'links']) as k(kind)
      where exists (select from to_compare w where w.kind = k.kind)`,
  )
  return new Set(rows.map(({ kind }) => kind))
}

/** Rows that wait, and the age of the oldest. */
export async function countWaiting(db: Queryable): Promise<{ readonly rows: number; readonly oldestMs: number }> {
  const { rows } = await db.query<{ rows: number; oldest: number | null }>(
    'select count(*) as rows, (extract(epoch from now() - min(added_at)) * 1000)::bigint as oldest from to_compare',
  )
  return { rows: rows[0]?.rows ?? 0, oldestMs: rows[0]?.oldest ?? 0 }
}

/** Queues live works as they are now. */
export async function addWorksAgain(db: Queryable, workIds: readonly string[]): Promise<void> {
  if (workIds.length === 0) return
  await db.query(
    `insert into to_compare (kind, subject, revision)
     select 'work', work_id, coalesce(described_revision, revision) from works where work_id = any($1::uuid[]) and state = 'live' order by work_id`,
    [workIds],
  )
}

export async function wakeWorkers(db: Queryable): Promise<void> {
  await db.query(`select pg_notify('${COMPARE_CHANNEL}', '')`)
}
