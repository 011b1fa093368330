import type { Queryable } from '@atlas/runtime'
import { COLUMNS, type ImportJob, type ImportState, JOB_VERSION, jobOf, type Lease } from './imports.ts'

const WAITING = `spool is not null and state in ('received', 'scanning', 'importing') and (lease_until is null or lease_until < now())`

/** Uploads that wait for a worker, the oldest first. */
export async function listWaiting(
  database: Queryable,
  limit: number,
): Promise<readonly { readonly importId: number; readonly spool: string }[]> {
  const { rows } = await database.query<{ importId: number; spool: string }>(
    `select id as "importId", spool from imports where ${WAITING} order by id limit $1`,
    [limit],
  )
  return rows
}

/** The job, when it is still to be had: of several members that ask at once, one gets it. */
export async function claimImport(database: Queryable, importId: number, lease: Lease): Promise<ImportJob | undefined> {
  const { rows } = await database.query<ImportJob>(
    `update imports set lease_owner = $2, lease_until = now() + make_interval(secs => $3), attempts = attempts + 1
      where id = (select id from imports where id = $1 and ${WAITING} for update skip locked)
      returning ${COLUMNS}`,
    [importId, lease.owner, lease.seconds],
  )
  return rows[0] && jobOf(rows[0])
}

/** Says that the owner still works on it. Undefined: it is not his any more. */
export async function extendLease(
  database: Queryable,
  importId: number,
  lease: Lease,
): Promise<{ readonly cancelRequested: boolean } | undefined> {
  const { rows } = await database.query<{ cancelRequested: boolean }>(
    `update imports set lease_until = now() + make_interval(secs => $3) where id = $1 and lease_owner = $2
      returning cancel_requested_at is not null as "cancelRequested"`,
    [importId, lease.owner, lease.seconds],
  )
  return rows[0]
}

/** Lets another go on with it at once. */
export async function releaseLease(database: Queryable, importId: number, owner: string): Promise<void> {
  await database.query(
    `update imports set lease_owner = null, lease_until = null, attempts = greatest(attempts - 1, 0)
      where id = $1 and lease_owner = $2`,
    [importId, owner],
  )
}

export async function findImport(database: Queryable, importId: number): Promise<ImportJob | undefined> {
  const { rows } = await database.query<ImportJob>(`select ${COLUMNS} from imports where id = $1`, [importId])
  return rows[0] && jobOf(rows[0])
}

export interface ImportList {
  readonly sources: readonly string[]
  readonly states: readonly ImportState[]
  /** Ids below this one. */
  readonly before: number | null
  readonly limit: number
}

/** Newest first. */
export async function listImports(
  database: Queryable,
  { sources, states, before, limit }: ImportList,
): Promise<ImportJob[]> {
  const { rows } = await database.query<ImportJob>(
    `select ${COLUMNS} from imports
      where source = any($1) and (cardinality($2::text[]) = 0 or state = any($2)) and ($3::bigint is null or id < $3)
      order by id desc limit $4`,
    [sources, states, before, limit],
  )
  return rows.map(jobOf)
}

/** A job nobody works on is cancelled at once, another is asked to end. Undefined: it has ended. */
export async function requestCancel(database: Queryable, importId: number): Promise<ImportJob | undefined> {
  const { rows } = await database.query<ImportJob>(
    `update imports
        set cancel_requested_at = case when lease_until >= now() or spool is null then now() end,
            state = case when lease_until >= now() or spool is null then state else 'cancelled' end,
            detail = case when lease_until >= now() or spool is null then detail else records || ' records are kept' end,
            finished_at = case when lease_until >= now() or spool is null then null else now() end,
            updated_at = now()
      where id = $1 and state in ('received', 'scanning', 'importing')
      returning ${COLUMNS}`,
    [importId],
  )
  return rows[0] && jobOf(rows[0])
}

/** Puts an ended job back, to go on where it stopped. Its state is compared: two who resume at once are one. */
export async function requeueImport(
  database: Queryable,
  { importId, state }: Pick<ImportJob, 'importId' | 'state'>,
  keepGoing: boolean,
): Promise<ImportJob | undefined> {
  const { rows } = await database.query<ImportJob>(
    `update imports
        set state = 'received', code = null, detail = null, finished_at = null, cancel_requested_at = null, attempts = 0,
            lease_owner = null, lease_until = null, keep_going = keep_going or $3, updated_at = now()
      where id = $1 and state = $2 and spool is not null
      returning ${COLUMNS}`,
    [importId, state, keepGoing],
  )
  return rows[0] && jobOf(rows[0])
}

/** Back to its first byte, as a job of this version of the program. Records that are kept will be duplicates. */
export async function restartImport(database: Queryable, importId: number): Promise<ImportJob | undefined> {
  const { rows } = await database.query<ImportJob>(
    `update imports
        set state = 'received', code = null, detail = null, finished_at = null, cancel_requested_at = null, attempts = 0,
            lease_owner = null, lease_until = null, records = 0, byte_offset = 0, prefix_bytes = 0, prefix_sha256 = null,
            read_bytes = 0, entry = 0, entry_records = 0, counts = '{}', reading = '{}', job_version = $2, updated_at = now()
      where id = $1 and spool is not null and (lease_until is null or lease_until < now())
      returning ${COLUMNS}`,
    [importId, JOB_VERSION],
  )
  return rows[0] && jobOf(rows[0])
}

/** Fails a job whatever its state was, for its owner. */
export async function failImport(
  database: Queryable,
  importId: number,
  owner: string,
  why: { readonly code: string; readonly detail: string },
): Promise<void> {
  await database.query(
    `update imports set state = 'failed', code = $3, detail = $4, finished_at = now(), updated_at = now(),
                        lease_owner = null, lease_until = null
      where id = $1 and lease_owner = $2`,
    [importId, owner, why.code, why.detail],
  )
}

export async function forgetSpool(database: Queryable, importIds: readonly number[]): Promise<void> {
  await database.query('update imports set spool = null where id = any($1)', [importIds])
}

/** Uploads whose jobs have ended: those that are imported at once, those that may be resumed after `keepSeconds`. */
export async function listSpent(
  database: Queryable,
  keepSeconds: number,
): Promise<readonly { readonly importId: number; readonly spool: string }[]> {
  const { rows } = await database.query<{ importId: number; spool: string }>(
    `select id as "importId", spool from imports
      where spool is not null and (state in ('done', 'done_with_rejects')
         or (state in ('cancelled', 'failed') and finished_at < now() - make_interval(secs => $1)))
      limit 100`,
    [keepSeconds],
  )
  return rows
}

/** Names in the spool folder that a job still needs, of those given. */
export async function listNeeded(database: Queryable, spools: readonly string[]): Promise<readonly string[]> {
  const { rows } = await database.query<{ spool: string }>('select spool from imports where spool = any($1)', [spools])
  return rows.map(({ spool }) => spool)
}
