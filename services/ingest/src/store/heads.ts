import { type BinaryColumn, codeOf, copyBinary, type Queryable, type Tx } from '@atlas/runtime'
import type { Standing } from '../decide-version.ts'

/** The stored state of one record. */
export interface Head extends Standing {
  readonly recordId: string
  readonly sourceId: string
  readonly rawVersion: number
  readonly deleted: boolean
  readonly suppressed: boolean
  readonly contentVersion: number | null
  readonly normaliser: string
  /** Hex of all four; null while nothing was published. */
  readonly fingerprints: string | null
  /** By which classes they were made. */
  readonly fingerprintRules: number
  readonly snapshot: Buffer | null
}

interface HeadRow {
  readonly record_id: string
  readonly source_id: string
  readonly raw_versions: number
  readonly raw_version: number
  readonly checksum: string
  readonly stamp: number | null
  readonly fetched_at: number | null
  readonly received_at: number
  readonly normaliser: string
  readonly deleted: boolean
  readonly suppressed: boolean
  readonly version: number
  readonly content_version: number | null
  readonly fingerprints: string | null
  readonly fingerprint_rules: number
  readonly published_at: number | null
  readonly volatile_due_at: number | null
  readonly snapshot: Buffer | null
}

const MS = (column: string) => `(extract(epoch from ${column}) * 1000)::bigint as ${column}`
const COLUMNS = `record_id, source_id, raw_versions, raw_version, encode(checksum, 'hex') as checksum, ${MS('stamp')},
  ${MS('fetched_at')}, ${MS('received_at')}, normaliser, deleted, suppressed, version, content_version,
  encode(fingerprints, 'hex') as fingerprints, fingerprint_rules, ${MS('published_at')}, ${MS('volatile_due_at')}`

/** Locked in id order: two chunks with the same records would deadlock otherwise. Records without a head are left out. */
export async function lockHeads(tx: Tx, recordIds: readonly string[]): Promise<Head[]> {
  const { rows } = await tx.query<HeadRow>(
    `select ${COLUMNS}, snapshot from heads where record_id = any($1::uuid[]) order by record_id for update`,
    [recordIds],
  )
  return rows.map(headOf)
}

/** A head, and whose record it is of. */
export type DueHead = Head & { readonly source: string }

/**
 * Records whose volatile fields are to be published by now, the longest due first, locked. Those that somebody else holds
 * are left out: he is publishing them, or they are with another member.
 */
export async function lockVolatileDue(tx: Tx, now: number, limit: number): Promise<DueHead[]> {
  const { rows } = await tx.query<HeadRow & { readonly source: string }>(
    `select ${COLUMNS}, snapshot, source from heads where volatile_due_at <= to_timestamp($1::float8 / 1000)
      order by volatile_due_at limit $2 for update skip locked`,
    [now, limit],
  )
  return rows.map((row) => ({ ...headOf(row), source: row.source }))
}

/** The heads of these records as committed; their snapshots only where they are asked for. */
export async function findHeads(
  database: Queryable,
  recordIds: readonly string[],
  options: { readonly snapshots: boolean },
): Promise<Head[]> {
  const { rows } = await database.query<HeadRow>(
    `select ${COLUMNS}, ${options.snapshots ? 'snapshot' : 'null as snapshot'} from heads where record_id = any($1::uuid[])`,
    [recordIds],
  )
  return rows.map(headOf)
}

function headOf(row: HeadRow): Head {
  const { fingerprints } = row
  return {
    recordId: row.record_id,
    sourceId: row.source_id,
    rawVersions: row.raw_versions,
    rawVersion: row.raw_version,
    current: {
      checksum: row.checksum,
      stamp: row.stamp,
      fetchedAt: row.fetched_at,
      receivedAt: row.received_at,
    },
    version: row.version,
    published:
      fingerprints === null
        ? undefined
        : {
            identity: fingerprints.slice(0, 64),
            bibliographic: fingerprints.slice(64, 128),
            volatile: fingerprints.slice(192, 256),
            deleted: row.deleted,
            suppressed: row.suppressed,
          },
    deleted: row.deleted,
    suppressed: row.suppressed,
    contentVersion: row.content_version,
    normaliser: row.normaliser,
    fingerprints,
    fingerprintRules: row.fingerprint_rules,
    publishedAt: row.published_at,
    volatileDueAt: row.volatile_due_at,
    snapshot: row.snapshot,
  }
}

/** A head as it shall be after a chunk. */
export interface HeadState {
  readonly recordId: string
  readonly sourceId: string
  readonly rawVersions: number
  readonly rawVersion: number
  readonly checksum: string
  readonly stamp: number | null
  readonly fetchedAt: number | null
  readonly receivedAt: number
  readonly normaliser: string
  readonly deleted: boolean
  readonly suppressed: boolean
  readonly version: number
  readonly contentVersion: number | null
  /** Hex of all four; null while nothing was published. */
  readonly fingerprints: string | null
  readonly fingerprintRules: number
  readonly publishedAt: number | null
  readonly volatileDueAt: number | null
  /** null: as it was. */
  readonly snapshot: Uint8Array | null
}

// Snapshots travel as one buffer and lengths: an array of bytea would be sent as hex text, four times the work.
const INCOMING = `
  select u.record_id, u.source_id, u.raw_versions, u.raw_version, decode(u.checksum, 'hex') as checksum,
         to_timestamp(u.stamp / 1000) as stamp, to_timestamp(u.fetched_at / 1000) as fetched_at,
         to_timestamp(u.received_at / 1000) as received_at, u.normaliser, u.deleted, u.suppressed, u.version,
         u.content_version, decode(u.fingerprints, 'hex') as fingerprints, u.fingerprint_rules,
         to_timestamp(u.published_at / 1000) as published_at, to_timestamp(u.volatile_due_at / 1000) as volatile_due_at,
         case when u.size >= 0 then substring($1::bytea from u.start + 1 for u.size) end as snapshot
    from unnest($2::uuid[], $3::text[], $4::int[], $5::int[], $6::text[], $7::float8[], $8::float8[], $9::float8[],
                $10::text[], $11::bool[], $12::bool[], $13::int[], $14::int[], $15::text[], $16::int[], $17::float8[],
                $18::float8[], $19::int[], $20::int[])
      as u (record_id, source_id, raw_versions, raw_version, checksum, stamp, fetched_at, received_at, normaliser,
            deleted, suppressed, version, content_version, fingerprints, fingerprint_rules, published_at,
            volatile_due_at, start, size)`

const HEAD_COLUMNS: readonly BinaryColumn<HeadState>[] = [
  { name: 'record_id', type: 'uuid', of: ({ recordId }) => recordId },
  { name: 'source_id', type: 'text', of: ({ sourceId }) => sourceId },
  { name: 'raw_versions', type: 'int4', of: ({ rawVersions }) => rawVersions },
  { name: 'raw_version', type: 'int4', of: ({ rawVersion }) => rawVersion },
  { name: 'checksum', type: 'hex', of: ({ checksum }) => checksum },
  { name: 'stamp', type: 'instant', of: ({ stamp }) => stamp },
  { name: 'fetched_at', type: 'instant', of: ({ fetchedAt }) => fetchedAt },
  { name: 'received_at', type: 'instant', of: ({ receivedAt }) => receivedAt },
  { name: 'normaliser', type: 'text', of: ({ normaliser }) => normaliser },
  { name: 'deleted', type: 'bool', of: ({ deleted }) => deleted },
  { name: 'suppressed', type: 'bool', of: ({ suppressed }) => suppressed },
  { name: 'version', type: 'int4', of: ({ version }) => version },
  { name: 'content_version', type: 'int4', of: ({ contentVersion }) => contentVersion },
  { name: 'fingerprints', type: 'hex', of: ({ fingerprints }) => fingerprints },
  { name: 'fingerprint_rules', type: 'int2', of: ({ fingerprintRules }) => fingerprintRules },
  { name: 'published_at', type: 'instant', of: ({ publishedAt }) => publishedAt },
  { name: 'volatile_due_at', type: 'instant', of: ({ volatileDueAt }) => volatileDueAt },
  { name: 'snapshot', type: 'bytea', of: ({ snapshot }) => snapshot },
]

const UNIQUE_VIOLATION = '23505'

/**
 * Makes heads that were not there, in id order. False: another transaction was first with one of them, and this one must
 * be redone.
 */
export async function insertHeads(tx: Tx, source: string, heads: readonly HeadState[]): Promise<boolean> {
  const rows = heads.toSorted((a, b) => (a.recordId < b.recordId ? -1 : 1))
  try {
    await copyBinary(tx, 'heads', [{ name: 'source', type: 'text', of: () => source }, ...HEAD_COLUMNS], rows)
    return true
  } catch (error) {
    if (codeOf(error) !== UNIQUE_VIOLATION) throw error
    return false
  }
}

/** The rows must be locked by this transaction. */
export async function updateHeads(tx: Tx, heads: readonly HeadState[]): Promise<void> {
  if (heads.length === 0) return
  await tx.query(
    `update heads h
        set raw_versions = i.raw_versions, raw_version = i.raw_version, checksum = i.checksum, stamp = i.stamp,
            fetched_at = i.fetched_at, received_at = i.received_at, normaliser = i.normaliser, deleted = i.deleted,
            suppressed = i.suppressed, version = i.version, content_version = i.content_version,
            fingerprints = i.fingerprints, fingerprint_rules = i.fingerprint_rules, published_at = i.published_at,
            volatile_due_at = i.volatile_due_at, snapshot = coalesce(i.snapshot, h.snapshot)
       from (${INCOMING}) i
      where h.record_id = i.record_id`,
    valuesOf(heads),
  )
}

function valuesOf(heads: readonly HeadState[]): unknown[] {
  const snapshots = heads.flatMap(({ snapshot }) => (snapshot === null ? [] : [snapshot]))
  let start = 0
  const starts = heads.map(({ snapshot }) => {
    const at = start
    start += snapshot?.length ?? 0
    return at
  })
  return [
    Buffer.concat(snapshots),
    heads.map((head) => head.recordId),
    heads.map((head) => head.sourceId),
    heads.map((head) => head.rawVersions),
    heads.map((head) => head.rawVersion),
    heads.map((head) => head.checksum),
    heads.map((head) => head.stamp),
    heads.map((head) => head.fetchedAt),
    heads.map((head) => head.receivedAt),
    heads.map((head) => head.normaliser),
    heads.map((head) => head.deleted),
    heads.map((head) => head.suppressed),
    heads.map((head) => head.version),
    heads.map((head) => head.contentVersion),
    heads.map((head) => head.fingerprints),
    heads.map((head) => head.fingerprintRules),
    heads.map((head) => head.publishedAt),
    heads.map((head) => head.volatileDueAt),
    starts,
    heads.map((head) => head.snapshot?.length ?? -1),
  ]
}
