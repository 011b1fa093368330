import type { Queryable } from '@atlas/runtime'

/** One kept version as `atlas explain` shows it. */
export interface VersionRow {
  readonly rawVersion: number
  readonly class: string
  readonly publishedVersion: number | null
  readonly checksum: string
  readonly stamp: Date | null
  readonly fetchedAt: Date | null
  readonly receivedAt: Date
  readonly normaliser: string
  readonly fingerprints: string
  readonly sizeBytes: number
  /** Paths of what differed of who or what it is. */
  readonly changed: readonly string[] | null
}

export interface HeadRow {
  readonly recordId: string
  readonly source: string
  readonly sourceId: string
  readonly rawVersion: number
  readonly version: number
  readonly contentVersion: number | null
  readonly deleted: boolean
  readonly suppressed: boolean
  readonly normaliser: string
  readonly fingerprints: string | null
  readonly publishedAt: Date | null
  /** Not before this what is volatile in the current version is published; null: nothing waits. */
  readonly volatileDueAt: Date | null
}

export async function findHeadRow(database: Queryable, recordId: string): Promise<HeadRow | undefined> {
  const { rows } = await database.query<HeadRow>(
    `select record_id as "recordId", source, source_id as "sourceId", raw_version as "rawVersion", version,
            content_version as "contentVersion", deleted, suppressed, normaliser,
            encode(fingerprints, 'hex') as fingerprints, published_at as "publishedAt",
            volatile_due_at as "volatileDueAt"
       from heads where record_id = $1`,
    [recordId],
  )
  return rows[0]
}

/** Newest first. */
export async function listVersions(
  database: Queryable,
  source: string,
  sourceId: string,
  limit: number,
): Promise<VersionRow[]> {
  const { rows } = await database.query<VersionRow>(
    `select raw_version as "rawVersion", class, published_version as "publishedVersion",
            encode(checksum, 'hex') as checksum, stamp, fetched_at as "fetchedAt", received_at as "receivedAt",
            normaliser, encode(fingerprints, 'hex') as fingerprints, size_bytes as "sizeBytes", changed
       from raw_records where source = $1 and source_id = $2 order by raw_version desc limit $3`,
    [source, sourceId, limit],
  )
  return rows
}

/** Kept versions by class, and refused lines: what became of everything that arrived. */
export async function countVersions(database: Queryable): Promise<Readonly<Record<string, number>>> {
  const { rows } = await database.query<{ class: string; count: number }>(
    'select class, count(*) as count from raw_records group by class',
  )
  return Object.fromEntries(rows.map((row) => [row.class, row.count]))
}
