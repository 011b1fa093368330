import type { Queryable } from '@atlas/runtime'
import type { VersionClass } from '../decide-version.ts'

/** One kept version, without its bytes. */
export interface FateVersion {
  readonly rawVersion: number
  readonly class: VersionClass
  readonly publishedVersion: number | null
  readonly checksum: string
  readonly stamp: Date | null
  readonly fetchedAt: Date | null
  readonly receivedAt: Date
  readonly sizeBytes: number
  /** Paths of what differed of who or what it is; null where nothing did, or it was not published. */
  readonly changed: readonly string[] | null
}

export interface FateHead {
  readonly recordId: string
  readonly rawVersion: number
  readonly rawVersions: number
  /** Of the snapshot published last; 0: none was. */
  readonly version: number
  readonly deleted: boolean
  readonly suppressed: boolean
  /** The version whose bytes the snapshot says. */
  readonly contentVersion: number | null
  /** Not before this what is volatile in the current version is published; null: nothing waits. */
  readonly volatileDueAt: Date | null
  /** References of the record that the relay has still to send. */
  readonly unsent: boolean
}

export async function findFateHead(database: Queryable, recordId: string): Promise<FateHead | undefined> {
  const { rows } = await database.query<FateHead>(
    `with pointer as (
       select coalesce(max(last_xid), '0'::xid8) as last_xid, coalesce(max(last_id), 0) as last_id
         from relay_pointers where name = 'references')
     select h.record_id as "recordId", h.raw_version as "rawVersion", h.raw_versions as "rawVersions", h.version,
            h.deleted, h.suppressed, h.content_version as "contentVersion", h.volatile_due_at as "volatileDueAt",
            exists (select from (select r.object_id from outbox_references r, pointer p
                                  where (r.xid, r.id) > (p.last_xid, p.last_id) order by r.xid, r.id limit 200000) w
                     where w.object_id = h.record_id::text) as unsent
       from heads h where h.record_id = $1`,
    [recordId],
  )
  return rows[0]
}

/** Newest first. */
export async function listFateVersions(
  database: Queryable,
  source: string,
  sourceId: string,
  limit: number,
): Promise<FateVersion[]> {
  const { rows } = await database.query<FateVersion>(
    `select raw_version as "rawVersion", class, published_version as "publishedVersion",
            encode(checksum, 'hex') as checksum, stamp, fetched_at as "fetchedAt", received_at as "receivedAt",
            size_bytes as "sizeBytes", changed
       from raw_records where source = $1 and source_id = $2 order by raw_version desc limit $3`,
    [source, sourceId, limit],
  )
  return rows
}

/** A mistake for which a line with this id was refused. */
export interface FateRefusal {
  readonly batchId: string
  readonly line: number
  readonly code: string
  readonly detail: string
  readonly pointer: string | null
  readonly refusedAt: Date
}

/** Newest first. */
export async function listFateRefusals(
  database: Queryable,
  source: string,
  sourceId: string,
  limit: number,
): Promise<FateRefusal[]> {
  const { rows } = await database.query<FateRefusal>(
    `select batch_id as "batchId", line, code, detail, pointer, refused_at as "refusedAt"
       from refused_lines where source = $1 and source_id = $2 order by id desc limit $3`,
    [source, sourceId, limit],
  )
  return rows
}
