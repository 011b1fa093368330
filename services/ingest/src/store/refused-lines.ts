import type { Queryable } from '@atlas/runtime'
import type { RefusedLine } from '../arriving.ts'

/** Keeps refusals for the report: one row a mistake. */
export async function insertRefused(
  database: Queryable,
  { source, batchId }: { readonly source: string; readonly batchId: string },
  lines: readonly RefusedLine[],
): Promise<void> {
  if (lines.length === 0) return
  const rows = lines.flatMap((line) => line.errors.map((error) => ({ ...line, ...error })))
  await database.query(
    `insert into refused_lines (source, batch_id, line, byte_offset, code, detail, pointer, line_column, head, entry,
                                source_id)
     select $1, $2, u.* from unnest($3::bigint[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::int[], $9::bytea[],
                                  $10::text[], $11::text[]) as u`,
    [
      source,
      batchId,
      rows.map((row) => row.line),
      rows.map((row) => row.offset),
      rows.map((row) => row.code),
      rows.map((row) => row.detail),
      rows.map((row) => row.pointer ?? null),
      rows.map((row) => row.column ?? null),
      rows.map((row) => Buffer.from(row.head)),
      rows.map((row) => row.entry ?? null),
      rows.map((row) => row.sourceId ?? null),
    ],
  )
}

/** A refused line as the report shows it. */
export interface RefusedRow {
  readonly id: number
  /** Of an archive: the file in it. */
  readonly entry: string | null
  readonly line: number
  readonly offset: number | null
  readonly code: string
  readonly detail: string
  readonly pointer: string | null
  readonly column: number | null
  readonly head: Buffer
}

/** A page of a batch's refusals, in the order of the lines; `after` is the id of the last row seen. */
export async function listRefused(
  database: Queryable,
  source: string,
  batchId: string,
  after: number,
  limit: number,
): Promise<RefusedRow[]> {
  const { rows } = await database.query<RefusedRow>(
    `select id, entry, line, byte_offset as offset, code, detail, pointer, line_column as "column", head
       from refused_lines where source = $1 and batch_id = $2 and id > $3 order by id limit $4`,
    [source, batchId, after, limit],
  )
  return rows
}
