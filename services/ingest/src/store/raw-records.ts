import { type BinaryColumn, copyInTurn, loadOf, type Queryable, type Tx } from '@atlas/runtime'
import type { VersionClass } from '../decide-version.ts'
import type { RecordFormat } from '../formats/framed.ts'
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
  readonly format: RecordFormat
  readonly versionClass: VersionClass
  readonly publishedVersion: number | null
  readonly stamp: number | null
  readonly fetchedAt: number | null
  readonly receivedAt: number
  readonly normaliser: string
  /** Hex: 16 bytes of each fingerprint, '' for a deletion. */
  readonly fingerprints: string
  /** Paths of what differs of who or what it is from what was published before. */
  readonly changed: readonly string[]
  readonly context: string
}

interface StoredBlock extends Block {
  readonly blockId: number
}

const BLOCK_COLUMNS: readonly BinaryColumn<StoredBlock>[] = [
  { name: 'block_id', type: 'int8', of: ({ blockId }) => blockId },
  { name: 'encoding', type: 'text', of: ({ encoding }) => encoding },
  { name: 'payload', type: 'bytea', of: ({ payload }) => payload },
]

const RAW_COLUMNS: readonly BinaryColumn<RawVersion>[] = [
  { name: 'source_id', type: 'text', of: ({ sourceId }) => sourceId },
  { name: 'raw_version', type: 'int4', of: ({ rawVersion }) => rawVersion },
  { name: 'block_start', type: 'int4', of: ({ place }) => place.start },
  { name: 'size_bytes', type: 'int4', of: ({ sizeBytes }) => sizeBytes },
  { name: 'checksum', type: 'hex', of: ({ checksum }) => checksum },
  { name: 'format', type: 'text', of: ({ format }) => format },
  { name: 'class', type: 'text', of: ({ versionClass }) => versionClass },
  { name: 'published_version', type: 'int4', of: ({ publishedVersion }) => publishedVersion },
  { name: 'stamp', type: 'instant', of: ({ stamp }) => stamp },
  { name: 'fetched_at', type: 'instant', of: ({ fetchedAt }) => fetchedAt },
  { name: 'received_at', type: 'instant', of: ({ receivedAt }) => receivedAt },
  { name: 'normaliser', type: 'text', of: ({ normaliser }) => normaliser },
  { name: 'fingerprints', type: 'hex', of: ({ fingerprints }) => fingerprints },
  { name: 'context', type: 'text', of: ({ context }) => context },
  { name: 'changed', type: 'texts', of: ({ changed }) => (changed.length > 0 ? changed : null) },
]

/** Keeps versions and the blocks they lie in; blocks that nothing lies in are left out. */
export async function insertRawRecords(
  tx: Tx,
  source: string,
  versions: readonly RawVersion[],
  blocks: readonly Block[],
): Promise<void> {
  if (versions.length === 0) return
  const used = [...new Set(versions.map(({ place }) => place.block))].sort((a, b) => a - b)
  const ids = await takeBlockIds(tx, used.length)
  const idOf = new Map(used.map((at, nth) => [at, ids[nth]]))
  const blockIdOf = (at: number): number => {
    const id = idOf.get(at)
    if (id === undefined) throw new Error(`block ${at} has no id`)
    return id
  }
  const stored = used.map((at) => ({ ...blockAt(blocks, at), blockId: blockIdOf(at) }))
  const columns: readonly BinaryColumn<RawVersion>[] = [
    { name: 'source', type: 'text', of: () => source },
    { name: 'block_id', type: 'int8', of: ({ place }) => blockIdOf(place.block) },
    ...RAW_COLUMNS,
  ]
  await copyInTurn(tx, [loadOf('raw_blocks', BLOCK_COLUMNS, stored), loadOf('raw_records', columns, versions)])
}

// Taken at once: a round trip in ten chunks instead of one in each.
const IDS_TAKEN = 256

/**
 * Ids that a connection has taken and not used. They are the connection's, for a server that crashes may give out again what
 * it gave to a transaction that never committed, and its connections end with it.
 */
const idsLeft = new WeakMap<object, number[]>()

async function takeBlockIds(tx: Tx, count: number): Promise<readonly number[]> {
  const left = idsLeft.get(tx.client) ?? []
  if (left.length < count) {
    const { rows } = await tx.query<{ id: number }>(
      `select nextval('raw_block_id') as id from generate_series(1, $1::int)`,
      [Math.max(count, IDS_TAKEN)],
    )
    left.push(...rows.map(({ id }) => id))
  }
  idsLeft.set(tx.client, left)
  return left.splice(0, count)
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
  readonly format: RecordFormat
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
    format: RecordFormat
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
