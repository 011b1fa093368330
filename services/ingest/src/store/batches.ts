import type { Queryable } from '@atlas/runtime'
import type { Counts } from '../arriving.ts'

/** A batch that a sender named. */
export interface Batch {
  readonly headSha256: string
  /** Undefined until a body was read to its end. */
  readonly bodySha256: string | undefined
}

/** Claims the id for a body that begins like this; returns what it stands for, which may be another body. */
export async function openBatch(
  database: Queryable,
  batch: { readonly source: string; readonly batchId: string; readonly origin: string; readonly headSha256: string },
): Promise<Batch> {
  await database.query(
    `insert into batches (source, batch_id, origin, head_sha256) values ($1, $2, $3, decode($4, 'hex'))
     on conflict (source, batch_id) do nothing`,
    [batch.source, batch.batchId, batch.origin, batch.headSha256],
  )
  const { rows } = await database.query<{ head: string; body: string | null }>(
    `select encode(head_sha256, 'hex') as head, encode(body_sha256, 'hex') as body
       from batches where source = $1 and batch_id = $2`,
    [batch.source, batch.batchId],
  )
  const row = rows[0]
  if (!row) throw new Error(`no batch "${batch.batchId}" right after it was stored`)
  return { headSha256: row.head, bodySha256: row.body ?? undefined }
}

/** Notes the whole body, where none was noted before; returns the one that is noted. */
export async function closeBatch(
  database: Queryable,
  source: string,
  batchId: string,
  bodySha256: string,
): Promise<string> {
  const { rows } = await database.query<{ body: string }>(
    `update batches set body_sha256 = coalesce(body_sha256, decode($3, 'hex'))
      where source = $1 and batch_id = $2 returning encode(body_sha256, 'hex') as body`,
    [source, batchId, bodySha256],
  )
  return rows[0]?.body ?? bodySha256
}

/** What is kept of a batch. */
export interface BatchProgress {
  readonly lines: number
  readonly counts: Counts
  readonly lastLine: number
  readonly lastRecord: string | null
}

/** How far a batch has come. A body that is sent again begins anew, and takes nothing back. */
export async function noteProgress(
  tx: Queryable,
  source: string,
  batchId: string,
  { lines, counts, lastLine, lastRecord }: BatchProgress,
): Promise<void> {
  await tx.query(
    `update batches
        set committed_lines = $3, counts = $4, last_line = $5, last_record = coalesce($6, last_record), updated_at = now()
      where source = $1 and batch_id = $2 and coalesce(last_line, 0) < $5`,
    [source, batchId, lines, JSON.stringify(counts), lastLine, lastRecord],
  )
}

/** A batch as its sender may see it. */
export interface BatchState {
  readonly batchId: string
  /** `complete` once a body was read to its end. */
  readonly state: 'open' | 'complete'
  readonly committedLines: number
  readonly counts: Counts
  readonly lastLine: number
  readonly lastRecord: string | null
  readonly startedAt: Date
  readonly updatedAt: Date
}

export async function findBatch(database: Queryable, source: string, batchId: string): Promise<BatchState | undefined> {
  const { rows } = await database.query<BatchState>(
    `select batch_id as "batchId", case when body_sha256 is null then 'open' else 'complete' end as state,
            committed_lines as "committedLines", counts, coalesce(last_line, 0) as "lastLine", last_record as "lastRecord",
            created_at as "startedAt", updated_at as "updatedAt"
       from batches where source = $1 and batch_id = $2`,
    [source, batchId],
  )
  return rows[0]
}
