import type { Database, Queryable } from '@atlas/runtime'
import { type Counts, NOTHING } from '../arriving.ts'
import { NOTHING_READ, type Reading } from '../import/reading.ts'

export type ImportState = 'received' | 'scanning' | 'importing' | 'done' | 'done_with_rejects' | 'cancelled' | 'failed'
export type ImportOrigin = 'file' | 'stdin' | 'upload'

/** How far an import has come; everything in it was committed together with the records. */
export interface ImportProgress {
  /** Items of the file that were taken, refused ones included. */
  readonly records: number
  /** Where the last of them ended, in the decompressed file, or in the file of an archive. */
  readonly byteOffset: number
  /** Bytes of the file that were read by then, and their SHA-256: a resume compares them. */
  readonly prefixBytes: number
  readonly prefixSha256: string
  /** For progress: a zip is not read from its start. */
  readonly readBytes: number
  /** Of an archive: the file under way, and how much of it is committed. */
  readonly entry: number
  readonly entryRecords: number
  readonly counts: Counts
  readonly reading: Reading
}

export interface ImportJob extends ImportProgress {
  readonly importId: number
  readonly batchId: string
  readonly source: string
  readonly name: string
  readonly origin: ImportOrigin
  readonly state: ImportState
  readonly code: string | null
  readonly detail: string | null
  readonly sizeBytes: number | null
  readonly sha256: string | null
  readonly fetchedAt: number | null
  readonly keyId: string | null
  readonly spool: string | null
  readonly dryRun: boolean
  readonly keepGoing: boolean
  readonly warnings: readonly { readonly code: string; readonly detail: string }[]
  readonly jobVersion: number
  readonly attempts: number
  readonly startedAt: Date
  readonly updatedAt: Date
  readonly finishedAt: Date | null
  /** Of the run under way or the last one: rate and time left follow from it. */
  readonly runStartedAt: Date | null
  readonly runBytes: number
  readonly runRecords: number
}

export const COLUMNS = `id as "importId", 'import-' || id as "batchId", source, coalesce(name, path) as name, origin, state, code,
  detail, size_bytes as "sizeBytes", encode(file_sha256, 'hex') as sha256,
  (extract(epoch from fetched_at) * 1000)::bigint as "fetchedAt", key_id as "keyId", spool, dry_run as "dryRun",
  keep_going as "keepGoing", warnings, job_version as "jobVersion", attempts, records, byte_offset as "byteOffset",
  prefix_bytes as "prefixBytes", coalesce(encode(prefix_sha256, 'hex'), '') as "prefixSha256", read_bytes as "readBytes",
  entry, entry_records as "entryRecords", counts, reading, started_at as "startedAt", updated_at as "updatedAt",
  finished_at as "finishedAt", run_started_at as "runStartedAt", run_bytes as "runBytes", run_records as "runRecords"`

/** Counts that older rows lack are none. */
export function jobOf(row: ImportJob): ImportJob {
  return { ...row, counts: { ...NOTHING, ...row.counts }, reading: { ...NOTHING_READ, ...row.reading } }
}

/** What the program of this version writes and reads; a job of another is not guessed at. */
export const JOB_VERSION = 1

/** The last import of this file. */
export async function findLastImport(
  database: Queryable,
  source: string,
  path: string,
): Promise<ImportJob | undefined> {
  const { rows } = await database.query<ImportJob>(
    `select ${COLUMNS} from imports where source = $1 and path = $2 and spool is null and not dry_run order by id desc limit 1`,
    [source, path],
  )
  return rows[0] && jobOf(rows[0])
}

export interface NewImport {
  readonly source: string
  readonly path: string
  readonly name: string
  readonly origin: ImportOrigin
  readonly sizeBytes: number | null
  readonly modifiedMs: number | null
  readonly fetchedAt: number | null
  readonly state: ImportState
  readonly keyId?: string
  readonly spool?: string
  readonly sha256?: string
  readonly dryRun?: boolean
  readonly keepGoing?: boolean
  readonly code?: string
  readonly detail?: string
}

export async function insertImport(database: Queryable, job: NewImport): Promise<ImportJob> {
  const { rows } = await database.query<ImportJob>(
    `insert into imports (source, path, name, origin, state, size_bytes, modified_at, fetched_at, key_id, spool, file_sha256,
                          dry_run, keep_going, code, detail, job_version, run_started_at)
     values ($1, $2, $3, $4, $5, $6, to_timestamp($7::float8 / 1000), to_timestamp($8::float8 / 1000), $9, $10,
             decode($11, 'hex'), $12, $13, $14, $15, $16, now())
     returning ${COLUMNS}`,
    [
      job.source,
      job.path,
      job.name,
      job.origin,
      job.state,
      job.sizeBytes,
      job.modifiedMs,
      job.fetchedAt,
      job.keyId ?? null,
      job.spool ?? null,
      job.sha256 ?? null,
      job.dryRun ?? false,
      job.keepGoing ?? false,
      job.code ?? null,
      job.detail ?? null,
      JOB_VERSION,
    ],
  )
  const row = rows[0]
  if (!row) throw new Error(`import of "${job.path}" was not stored`)
  return jobOf(row)
}

/** A run begins, on what a run before has left. */
export async function beginRun(
  database: Queryable,
  importId: number,
  { keepGoing, warnings }: Pick<ImportJob, 'keepGoing' | 'warnings'>,
): Promise<void> {
  await database.query(
    `update imports set state = 'scanning', code = null, detail = null, keep_going = $2, warnings = $3, finished_at = null,
                        run_started_at = now(), run_bytes = read_bytes, run_records = records, updated_at = now(),
                        -- asked of a run that is over, when nobody holds it
                        cancel_requested_at = case when lease_owner is not null then cancel_requested_at end
      where id = $1`,
    [importId, keepGoing, JSON.stringify(warnings)],
  )
}

/** The job was taken by another member: nothing of this one's chunk may be kept. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError'
}

export interface Lease {
  readonly owner: string
  readonly seconds: number
}

/** Part of a chunk's transaction; tells whether somebody wants the import to end. */
export async function saveProgress(
  database: Queryable,
  importId: number,
  progress: ImportProgress,
  lease?: Lease,
): Promise<{ readonly cancelRequested: boolean }> {
  const { rows } = await database.query<{ cancelRequested: boolean }>(
    `update imports
        set state = 'importing', records = $2, byte_offset = $3, prefix_bytes = $4, prefix_sha256 = decode($5, 'hex'),
            read_bytes = $6, entry = $7, entry_records = $8, counts = $9, reading = $10, attempts = 0, updated_at = now(),
            lease_until = now() + make_interval(secs => $12)
      where id = $1 and lease_owner is not distinct from $11
      returning cancel_requested_at is not null as "cancelRequested"`,
    [
      importId,
      progress.records,
      progress.byteOffset,
      progress.prefixBytes,
      progress.prefixSha256,
      progress.readBytes,
      progress.entry,
      progress.entryRecords,
      JSON.stringify(progress.counts),
      JSON.stringify(progress.reading),
      lease?.owner ?? null,
      lease?.seconds ?? null,
    ],
  )
  if (!rows[0]) throw new LeaseLostError(`import ${importId} is another's now`)
  return rows[0]
}

export interface ImportEnd {
  readonly state: 'done' | 'done_with_rejects' | 'cancelled' | 'failed'
  readonly code?: string
  readonly detail?: string
  readonly fileSha256?: string
}

/** Ends an import; returns an earlier one of the very same bytes, where there was one. */
export async function finishImport(
  database: Queryable,
  importId: number,
  end: ImportEnd,
  lease?: Lease,
): Promise<number | undefined> {
  const { rowCount } = await database.query(
    `update imports
        set state = $2, code = $3, detail = $4, file_sha256 = coalesce(decode($5, 'hex'), file_sha256), finished_at = now(),
            updated_at = now(), lease_owner = null, lease_until = null, cancel_requested_at = null
      where id = $1 and lease_owner is not distinct from $6`,
    [importId, end.state, end.code ?? null, end.detail ?? null, end.fileSha256 ?? null, lease?.owner ?? null],
  )
  if (rowCount === 0) throw new LeaseLostError(`import ${importId} is another's now`)
  return end.fileSha256 === undefined ? undefined : findSame(database, importId)
}

/** The first import of the same source and the same bytes that was before this one, and was not a rehearsal. */
export async function findSame(database: Queryable, importId: number): Promise<number | undefined> {
  const { rows } = await database.query<{ id: number | null }>(
    `select min(b.id) as id from imports a join imports b on b.file_sha256 = a.file_sha256 and b.source = a.source
      where a.id = $1 and b.id < a.id and not b.dry_run`,
    [importId],
  )
  return rows[0]?.id ?? undefined
}

/** Held while a file is imported, whatever happens to the process. Undefined: somebody else imports it. */
export async function lockFile(
  database: Database,
  source: string,
  identity: string,
): Promise<AsyncDisposable | undefined> {
  const client = await database.pool.connect()
  const values = [`${source}\u001f${identity}`]
  try {
    const { rows } = await client.query<{ locked: boolean }>(
      "select pg_try_advisory_lock(hashtext('import'), hashtext($1)) as locked",
      values,
    )
    if (!rows[0]?.locked) {
      client.release()
      return undefined
    }
  } catch (error) {
    client.release(true)
    throw error
  }
  return {
    async [Symbol.asyncDispose]() {
      // The lock is the session's: where it cannot be given back, ending the connection does it.
      const given = client.query("select pg_advisory_unlock(hashtext('import'), hashtext($1))", values)
      client.release(
        await given.then(
          () => false,
          () => true,
        ),
      )
    },
  }
}

/** An upload that a full disk had interrupted is whole: its job may begin. */
export async function completeImport(
  database: Queryable,
  importId: number,
  { spool, sha256, sizeBytes }: { readonly spool: string; readonly sha256: string; readonly sizeBytes: number },
): Promise<ImportJob> {
  const { rows } = await database.query<ImportJob>(
    `update imports set state = 'received', code = null, detail = null, finished_at = null, spool = $2, size_bytes = $4,
                        file_sha256 = decode($3, 'hex'), updated_at = now()
      where id = $1
      returning ${COLUMNS}`,
    [importId, spool, sha256, sizeBytes],
  )
  if (!rows[0]) throw new Error(`no import ${importId}`)
  return jobOf(rows[0])
}
