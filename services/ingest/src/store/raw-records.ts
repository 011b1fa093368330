import type { Queryable, Tx } from '@atlas/runtime'
import type { VersionClass } from '../decide-version.ts'

/** A kept version found by its checksum. */
export interface KeptVersion {
  readonly sourceId: string
  readonly rawVersion: number
  readonly checksum: string
  readonly stamped: boolean
}

/** Kept versions of a source with one of these checksums (hex). */
export async function findKept(
  database: Queryable,
  source: string,
  checksums: readonly string[],
): Promise<KeptVersion[]> {
  if (checksums.length === 0) return []
  const wanted = new Set(checksums)
  const { rows } = await database.query<{
    source_id: string
    raw_version: number
    checksum: string
    stamped: boolean
  }>(
    `select source_id, raw_version, encode(checksum, 'hex') as checksum, stamp is not null as stamped
       from raw_records
      where substring(checksum from 1 for 8) = any($1::bytea[]) and source = $2`,
    [checksums.map((checksum) => `\\x${checksum.slice(0, 16)}`), source],
  )
  return rows
    .filter(({ checksum }) => wanted.has(checksum))
    .map((row) => ({
      sourceId: row.source_id,
      rawVersion: row.raw_version,
      checksum: row.checksum,
      stamped: row.stamped,
    }))
}

/** One version to be kept for ever. */
export interface RawVersion {
  readonly sourceId: string
  readonly rawVersion: number
  readonly checksum: string
  readonly encoding: 'zstd' | 'identity'
  readonly format: 'json' | 'xml'
  readonly versionClass: VersionClass
  readonly publishedVersion: number | null
  readonly stamp: number | null
  readonly fetchedAt: number | null
  readonly receivedAt: number
  readonly normaliser: string
  /** Hex: 16 bytes of each fingerprint, '' for a deletion. */
  readonly fingerprints: string
  readonly context: string
  readonly payload: Uint8Array
}

/** Payloads travel as one buffer: 1,000 records in one round trip, and no hex. */
export async function insertRawRecords(tx: Tx, source: string, versions: readonly RawVersion[]): Promise<void> {
  if (versions.length === 0) return
  let start = 0
  const starts = versions.map(({ payload }) => {
    const at = start
    start += payload.length
    return at
  })
  await tx.query(
    `insert into raw_records (source, source_id, raw_version, checksum, encoding, format, class, published_version, stamp,
                              fetched_at, received_at, normaliser, fingerprints, context, payload)
     select $1, u.source_id, u.raw_version, decode(u.checksum, 'hex'), u.encoding, u.format, u.class, u.published_version,
            to_timestamp(u.stamp / 1000), to_timestamp(u.fetched_at / 1000), to_timestamp(u.received_at / 1000),
            u.normaliser, decode(u.fingerprints, 'hex'), u.context, substring($2::bytea from u.start + 1 for u.size)
       from unnest($3::text[], $4::int[], $5::text[], $6::text[], $7::text[], $8::text[], $9::int[], $10::float8[],
                   $11::float8[], $12::float8[], $13::text[], $14::text[], $15::text[], $16::int[], $17::int[])
         as u (source_id, raw_version, checksum, encoding, format, class, published_version, stamp, fetched_at,
               received_at, normaliser, fingerprints, context, start, size)`,
    [
      source,
      Buffer.concat(versions.map(({ payload }) => payload)),
      versions.map((version) => version.sourceId),
      versions.map((version) => version.rawVersion),
      versions.map((version) => version.checksum),
      versions.map((version) => version.encoding),
      versions.map((version) => version.format),
      versions.map((version) => version.versionClass),
      versions.map((version) => version.publishedVersion),
      versions.map((version) => version.stamp),
      versions.map((version) => version.fetchedAt),
      versions.map((version) => version.receivedAt),
      versions.map((version) => version.normaliser),
      versions.map((version) => version.fingerprints),
      versions.map((version) => version.context),
      starts,
      versions.map((version) => version.payload.length),
    ],
  )
}

/** The stored bytes of one version, still compressed. */
export interface StoredBytes {
  readonly source: string
  readonly sourceId: string
  readonly rawVersion: number
  readonly format: 'json' | 'xml'
  readonly context: string
  readonly encoding: 'zstd' | 'identity'
  readonly payload: Buffer
}

/** The bytes of these versions, in no order; pairs that are not there are left out. */
export async function findStoredBytes(
  database: Queryable,
  source: string,
  wanted: readonly { readonly sourceId: string; readonly rawVersion: number }[],
): Promise<StoredBytes[]> {
  const { rows } = await database.query<{
    source_id: string
    raw_version: number
    format: 'json' | 'xml'
    context: string
    encoding: 'zstd' | 'identity'
    payload: Buffer
  }>(
    `select r.source_id, r.raw_version, r.format, r.context, r.encoding, r.payload
       from unnest($2::text[], $3::int[]) as u (source_id, raw_version)
       join raw_records r on r.source = $1 and r.source_id = u.source_id and r.raw_version = u.raw_version`,
    [source, wanted.map(({ sourceId }) => sourceId), wanted.map(({ rawVersion }) => rawVersion)],
  )
  return rows.map((row) => ({
    source,
    sourceId: row.source_id,
    rawVersion: row.raw_version,
    format: row.format,
    context: row.context,
    encoding: row.encoding,
    payload: row.payload,
  }))
}
