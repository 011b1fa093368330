import type { Database, Queryable } from '@atlas/runtime'
import type { Counts } from '../arriving.ts'

export type ImportState = 'importing' | 'done' | 'done_with_rejects' | 'cancelled' | 'failed'

/** How far an import has come; everything in it was committed together with the records. */
export interface ImportProgress {
  /** Items of the file that were taken, refused ones included. */
  readonly records: number
  /** Where the last of them began, in the decompressed file. */
  readonly byteOffset: number
  /** Bytes of the file that were read by then, and their SHA-256. */
  readonly prefixBytes: number
  readonly prefixSha256: string
  readonly counts: Counts
}

export interface ImportJob extends ImportProgress {
  readonly importId: number
  readonly batchId: string
  readonly state: ImportState
}

interface ImportRow {
  readonly importId: number
  readonly batchId: string
  readonly state: ImportState
  readonly records: number
  readonly byteOffset: number
  readonly prefixBytes: number
  readonly prefixSha256: string | null
  readonly counts: Partial<Counts>
}

const COLUMNS = `id as "importId", 'import-' || id as "batchId", state, records, byte_offset as "byteOffset",
  prefix_bytes as "prefixBytes", encode(prefix_sha256, 'hex') as "prefixSha256", counts`

function jobOf(row: ImportRow): ImportJob {
  const counts = { stored: 0, updated: 0, duplicate: 0, stale: 0, refused: 0, ...row.counts }
  return { ...row, prefixSha256: row.prefixSha256 ?? '', counts }
}

/** The last import of this file. */
export async function findLastImport(
  database: Queryable,
  source: string,
  path: string,
): Promise<ImportJob | undefined> {
  const { rows } = await database.query<ImportRow>(
    `select ${COLUMNS} from imports where source = $1 and path = $2 order by id desc limit 1`,
    [source, path],
  )
  return rows[0] && jobOf(rows[0])
}

export interface NewImport {
  readonly source: string
  readonly path: string
  readonly sizeBytes: number
  readonly modifiedMs: number
  readonly fetchedAt: number | null
}

export async function insertImport(database: Queryable, job: NewImport): Promise<ImportJob> {
  const { rows } = await database.query<ImportRow>(
    `insert into imports (source, path, state, size_bytes, modified_at, fetched_at)
     values ($1, $2, 'importing', $3, to_timestamp($4::float8 / 1000), to_timestamp($5::float8 / 1000))
     returning ${COLUMNS}`,
    [job.source, job.path, job.sizeBytes, job.modifiedMs, job.fetchedAt],
  )
  const row = rows[0]
  if (!row) throw new Error(`import of "${job.path}" was not stored`)
  return jobOf(row)
}

export async function saveProgress(database: Queryable, importId: number, progress: ImportProgress): Promise<void> {
  await database.query(
    `update imports set records = $2, byte_offset = $3, prefix_bytes = $4, prefix_sha256 = decode($5, 'hex'), counts = $6,
                        updated_at = now()
      where id = $1`,
    [
      importId,
      progress.records,
      progress.byteOffset,
      progress.prefixBytes,
      progress.prefixSha256,
      JSON.stringify(progress.counts),
    ],
  )
}

export interface ImportEnd {
  readonly state: Exclude<ImportState, 'importing'>
  readonly code?: string
  readonly detail?: string
  readonly fileSha256?: string
}

/** Ends an import; returns an earlier one of the very same bytes, where there was one. */
export async function finishImport(database: Queryable, importId: number, end: ImportEnd): Promise<number | undefined> {
  await database.query(
    `update imports set state = $2, code = $3, detail = $4, file_sha256 = decode($5, 'hex'), finished_at = now(), updated_at = now()
      where id = $1`,
    [importId, end.state, end.code ?? null, end.detail ?? null, end.fileSha256 ?? null],
  )
  if (end.fileSha256 === undefined) return undefined
  const { rows } = await database.query<{ id: number }>(
    `select min(b.id) as id from imports a join imports b on b.file_sha256 = a.file_sha256 and b.source = a.source
      where a.id = $1 and b.id < a.id`,
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
