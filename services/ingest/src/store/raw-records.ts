import type { Queryable, Tx } from '@atlas/runtime'
import type { VersionClass } from '../decide-version.ts'
import { type Block, type Place, unpacked } from '../payload.ts'

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
  readonly place: Place
  readonly sizeBytes: number
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
}

/** Keeps versions and the blocks they lie in, in one statement; blocks that nothing lies in are left out. */
export async function insertRawRecords(
  tx: Tx,
  source: string,
  versions: readonly RawVersion[],
  blocks: readonly Block[],
): Promise<void> {
  if (versions.length === 0) return
  const used = [...new Set(versions.map(({ place }) => place.block))].sort((a, b) => a - b)
  const payloads = used.map((at) => blockAt(blocks, at).payload)
  let start = 0
  const starts = payloads.map((payload) => {
    const at = start
    start += payload.length
    return at
  })
  await tx.query(
    // Payloads travel as one buffer: as an array they would be sent as hex text. A sequence's value must be drawn once.
    `with numbered as materialized (
       select b.*, nextval('raw_block_id') as block_id
         from unnest($3::int[], $4::text[], $5::int[], $6::int[]) as b (block, encoding, start, size)),
     stored as (
       insert into raw_blocks (block_id, encoding, payload)
       select block_id, encoding, substring($2::bytea from start + 1 for size) from numbered)
     insert into raw_records (source, source_id, raw_version, block_id, block_start, size_bytes, checksum, format, class,
                              published_version, stamp, fetched_at, received_at, normaliser, fingerprints, context)
     select $1, u.source_id, u.raw_version, n.block_id, u.block_start, u.size_bytes, decode(u.checksum, 'hex'), u.format,
            u.class, u.published_version, to_timestamp(u.stamp / 1000), to_timestamp(u.fetched_at / 1000),
            to_timestamp(u.received_at / 1000), u.normaliser, decode(u.fingerprints, 'hex'), u.context
       from unnest($7::text[], $8::int[], $9::int[], $10::int[], $11::int[], $12::text[], $13::text[], $14::text[],
                   $15::int[], $16::float8[], $17::float8[], $18::float8[], $19::text[], $20::text[], $21::text[])
         as u (source_id, raw_version, block, block_start, size_bytes, checksum, format, class, published_version, stamp,
               fetched_at, received_at, normaliser, fingerprints, context)
       join numbered n using (block)`,
    [
      source,
      Buffer.concat(payloads),
      used,
      used.map((at) => blockAt(blocks, at).encoding),
      starts,
      payloads.map((payload) => payload.length),
      versions.map((version) => version.sourceId),
      versions.map((version) => version.rawVersion),
      versions.map((version) => version.place.block),
      versions.map((version) => version.place.start),
      versions.map((version) => version.sizeBytes),
      versions.map((version) => version.checksum),
      versions.map((version) => version.format),
      versions.map((version) => version.versionClass),
      versions.map((version) => version.publishedVersion),
      versions.map((version) => version.stamp),
      versions.map((version) => version.fetchedAt),
      versions.map((version) => version.receivedAt),
      versions.map((version) => version.normaliser),
      versions.map((version) => version.fingerprints),
      versions.map((version) => version.context),
    ],
  )
}

function blockAt(blocks: readonly Block[], at: number): Block {
  const block = blocks[at]
  if (!block) throw new Error(`no block ${at} of ${blocks.length}`)
  return block
}

/** One version's bytes as they were received. */
export interface StoredBytes {
  readonly sourceId: string
  readonly rawVersion: number
  readonly format: 'json' | 'xml'
  readonly context: string
  readonly bytes: Uint8Array
}

/** The bytes of these versions, in no order; pairs that are not there are left out. */
export async function findStoredBytes(
  database: Queryable,
  source: string,
  wanted: readonly { readonly sourceId: string; readonly rawVersion: number }[],
): Promise<StoredBytes[]> {
  const { rows } = await database.query<{
    sourceId: string
    rawVersion: number
    format: 'json' | 'xml'
    context: string
    blockId: number
    start: number
    size: number
  }>(
    `select r.source_id as "sourceId", r.raw_version as "rawVersion", r.format, r.context, r.block_id as "blockId",
            r.block_start as start, r.size_bytes as size
       from unnest($2::text[], $3::int[]) as u (source_id, raw_version)
       join raw_records r on r.source = $1 and r.source_id = u.source_id and r.raw_version = u.raw_version`,
    [source, wanted.map(({ sourceId }) => sourceId), wanted.map(({ rawVersion }) => rawVersion)],
  )
  const blocks = await unpackedBlocks(database, new Set(rows.map(({ blockId }) => blockId)))
  return rows.map(({ blockId, start, size, ...row }) => {
    const block = blocks.get(blockId)
    if (!block) throw new Error(`no block ${blockId} of "${source}:${row.sourceId}"`)
    return { ...row, bytes: block.subarray(start, start + size) }
  })
}

async function unpackedBlocks(database: Queryable, ids: ReadonlySet<number>): Promise<Map<number, Uint8Array>> {
  const { rows } = await database.query<Block & { readonly id: number }>(
    'select block_id as id, encoding, payload from raw_blocks where block_id = any($1::bigint[])',
    [[...ids]],
  )
  return new Map(rows.map((row) => [row.id, unpacked(row)]))
}
