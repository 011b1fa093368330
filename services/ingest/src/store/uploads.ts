import type { Queryable } from '@atlas/runtime'

/** What an upload is to become. */
export interface UploadOptions {
  readonly fetchedAt: number | null
  readonly dryRun: boolean
  readonly keepGoing: boolean
}

/** An upload that is not whole yet. How much of it is there, the file says. */
export interface Upload {
  readonly uploadId: string
  readonly source: string
  readonly keyId: string
  readonly name: string
  /** Null: the sender says when it is all. */
  readonly sizeBytes: number | null
  readonly sha256: string | null
  readonly options: UploadOptions
  /** The job that waits for the rest. */
  readonly importId: number | null
}

const COLUMNS = `id as "uploadId", source, key_id as "keyId", name, size_bytes as "sizeBytes", encode(sha256, 'hex') as sha256,
  options, import_id as "importId"`

export async function insertUpload(database: Queryable, upload: Upload): Promise<void> {
  await database.query(
    `insert into uploads (id, source, key_id, name, size_bytes, sha256, options, import_id)
     values ($1, $2, $3, $4, $5, decode($6, 'hex'), $7, $8)`,
    [
      upload.uploadId,
      upload.source,
      upload.keyId,
      upload.name,
      upload.sizeBytes,
      upload.sha256,
      JSON.stringify(upload.options),
      upload.importId,
    ],
  )
}

export async function findUpload(database: Queryable, uploadId: string): Promise<Upload | undefined> {
  return (await database.query<Upload>(`select ${COLUMNS} from uploads where id = $1`, [uploadId])).rows[0]
}

export async function touchUpload(database: Queryable, uploadId: string): Promise<void> {
  await database.query('update uploads set touched_at = now() where id = $1', [uploadId])
}

export async function deleteUpload(database: Queryable, uploadId: string): Promise<boolean> {
  return (await database.query('delete from uploads where id = $1', [uploadId])).rowCount > 0
}

/** Deletes uploads that nobody went on with; one that a job waits for has a day. */
export async function deleteStaleUploads(database: Queryable, idleSeconds: number): Promise<readonly string[]> {
  const { rows } = await database.query<{ uploadId: string }>(
    `delete from uploads
      where touched_at < now() - make_interval(secs => case when import_id is null then $1::float8 else 86400 end)
      returning id as "uploadId"`,
    [idleSeconds],
  )
  return rows.map(({ uploadId }) => uploadId)
}

/** Of these, those that are still expected. */
export async function listUploads(database: Queryable, uploadIds: readonly string[]): Promise<readonly string[]> {
  const { rows } = await database.query<{ uploadId: string }>(
    'select id as "uploadId" from uploads where id = any($1::uuid[])',
    [uploadIds],
  )
  return rows.map(({ uploadId }) => uploadId)
}
