import assert from 'node:assert'
import { recordIdOf } from '@atlas/identifiers'
import type { Clock, Database, Failpoints, Outbox, OutboxEntry, Tx } from '@atlas/runtime'
import { classOf } from '@atlas/runtime'
import type { Codec, RecordSnapshot } from '@atlas/schemas'
import { FINGERPRINT_RULES, fingerprintsOf } from './adapters/fingerprints.ts'
import type { ArrivingRecord, LineResult, PreparedChunk, PreparedLine } from './arriving.ts'
import { fetchedAtOf } from './decide-version.ts'
import { identityChanges } from './identity-changes.ts'
import { decodeSnapshot, type PackedContent, unpackContent } from './packed-content.ts'
import type { Block } from './payload.ts'
import { type ChunkPlan, keptKey, type PlannedRecord, planChunk } from './plan-chunk.ts'
import { type SnapshotOf, snapshotOf, tombstoneOf } from './snapshot.ts'
import { type Head, type HeadState, insertHeads, lockHeads, updateHeads } from './store/heads.ts'
import { findKept, insertRawRecords } from './store/raw-records.ts'
import { insertRefused } from './store/refused-lines.ts'
import { countArrivals } from './store/source-counts.ts'

export interface CommitParts {
  readonly database: Database
  readonly outbox: Outbox
  readonly codec: Codec
  readonly clock: Clock
  readonly failpoints: Failpoints
  /** Between two publications of a record for nothing but what is volatile in it. */
  readonly volatileMs: number
}

export interface ChunkOf {
  readonly source: string
  readonly batchId: string
  readonly fetchedAt: number | null
  readonly normaliser: string
  /** Further writes of the same transaction: an import's progress. */
  readonly also?: (tx: Tx, results: readonly LineResult[]) => Promise<void>
}

/** Another transaction made the head of one of our records first: this one starts again and sees it. */
class LostRaceError extends Error {
  override readonly name = 'LostRaceError'
}

const TRIES = 6

/**
 * Decides and stores a chunk in one transaction: raw rows, heads, outbox and refusals, or nothing. Results by line. A chunk that
 * was stored is of no more use.
 */
export async function commitChunk(
  parts: CommitParts,
  chunk: ChunkOf,
  { lines, blocks, release }: PreparedChunk,
): Promise<LineResult[]> {
  const arriving = lines.filter((line) => line.type === 'arriving')
  const refused = lines.filter((line) => line.type === 'refused')
  const settled = lines.flatMap((line) => settledResult(line))
  // A chunk of re-sent lines writes nothing at all.
  if (arriving.length === 0 && refused.length === 0 && chunk.also === undefined) return settled
  // Before anything is locked.
  const packed = await blocks
  for (let attempt = 1; ; attempt++) {
    try {
      const results = await parts.database.transaction(async (tx) => {
        const decided = arriving.length === 0 ? [] : await store(parts, chunk, tx, arriving, packed)
        await insertRefused(tx, chunk, refused)
        const all = [...settled, ...decided].sort((a, b) => a.line - b.line)
        await countArrivals(tx, chunk.source, all)
        await chunk.also?.(tx, all)
        parts.failpoints.hit('push.before_commit')
        return all
      })
      parts.failpoints.hit('push.after_commit')
      // The server has answered. After a failure what was on its way to it may still be read.
      release()
      return results
    } catch (error) {
      if (attempt === TRIES || !(error instanceof LostRaceError || classOf(error) === 'contention')) throw error
      await parts.clock.sleep(attempt * 10)
    }
  }
}

/** What became of a line without looking at what is stored. */
export function settledResult(line: PreparedLine): LineResult[] {
  if (line.type === 'duplicate') return [{ line: line.line, outcome: 'duplicate', sourceId: line.sourceId }]
  if (line.type !== 'refused') return []
  const { line: number, errors, entry } = line
  return [{ line: number, outcome: 'refused', errors, ...(entry === undefined ? {} : { entry }) }]
}

async function store(
  parts: CommitParts,
  chunk: ChunkOf,
  tx: Tx,
  arriving: readonly ArrivingRecord[],
  blocks: readonly Block[],
): Promise<readonly LineResult[]> {
  const ids = [...new Set(arriving.map(({ recordId }) => recordId))]
  const locked = await Promise.all((await lockHeads(tx, ids)).map((head) => withCurrentRules(parts.codec, head)))
  const heads = new Map(locked.map((head) => [head.recordId, head]))
  const kept = await keptOf(tx, chunk.source, arriving, heads)
  const { volatileMs } = parts
  const plan = planChunk({ arriving, heads, kept, volatileMs, ...chunk })
  await write(parts, tx, chunk, plan, blocks)
  return plan.results
}

/** Looked up again under the locks: what was committed since the lines were prepared counts. */
async function keptOf(tx: Tx, source: string, arriving: readonly ArrivingRecord[], heads: ReadonlyMap<string, Head>) {
  const known = arriving.filter(({ recordId }) => heads.has(recordId))
  const kept = await findKept(
    tx,
    source,
    known.map(({ checksum }) => checksum),
  )
  return new Set(kept.map(({ sourceId, checksum }) => keptKey(recordIdOf(source, sourceId), checksum)))
}

async function write(
  parts: CommitParts,
  tx: Tx,
  chunk: ChunkOf,
  plan: ChunkPlan,
  blocks: readonly Block[],
): Promise<void> {
  const made: HeadState[] = []
  const updated: HeadState[] = []
  const changes: Changes = new Map()
  for (const record of plan.records)
    (record.before ? updated : made).push(await headState(parts.codec, record, chunk, changes))
  if (!(await insertHeads(tx, chunk.source, made))) throw new LostRaceError('a head was made by another transaction')
  await updateHeads(tx, updated)
  const rawVersions = plan.rawVersions.map((raw) => ({ ...raw, changed: changes.get(versionKey(raw)) ?? raw.changed }))
  await insertRawRecords(tx, chunk.source, rawVersions, blocks)
  await parts.outbox.append(
    tx,
    plan.records.flatMap((record) => references(chunk.source, record)),
  )
}

/** One reference for each snapshot published: the relay makes one message of several. */
function references(source: string, { recordId, sourceId, publications }: PlannedRecord): OutboxEntry[] {
  const reference = { kind: 'reference', topic: 'records', key: `${source}:${sourceId}`, objectId: recordId } as const
  return publications.map(() => reference)
}

/** What each published version of a chunk changed, of who or what its record is. */
type Changes = Map<string, readonly string[]>

function versionKey({ sourceId, rawVersion }: { readonly sourceId: string; readonly rawVersion: number }): string {
  return `${rawVersion} ${sourceId}`
}

async function headState(codec: Codec, planned: PlannedRecord, chunk: ChunkOf, changes: Changes): Promise<HeadState> {
  const { before, after, recordId, sourceId } = planned
  const made = firstSnapshot(planned, chunk, changes) ?? (await lastSnapshot(codec, planned, chunk, changes))
  return {
    recordId,
    sourceId,
    rawVersions: after.rawVersions,
    rawVersion: after.rawVersion,
    ...after.current,
    version: after.version,
    normaliser: made?.normaliser ?? before?.normaliser ?? chunk.normaliser,
    // A record of which nothing was ever published has a head only because its deletion came first.
    deleted: made?.deleted ?? before?.deleted ?? true,
    suppressed: made?.suppressed ?? before?.suppressed ?? false,
    contentVersion: made?.contentVersion ?? before?.contentVersion ?? null,
    fingerprints: made ? fingerprintsHex(made) : (before?.fingerprints ?? null),
    fingerprintRules: FINGERPRINT_RULES,
    publishedAt: after.publishedAt,
    volatileDueAt: after.volatileDueAt,
    snapshot: made?.bytes ?? null,
  }
}

interface MadeSnapshot extends Pick<RecordSnapshot, 'normaliser' | 'deleted' | 'suppressed' | 'fingerprints'> {
  readonly bytes: Buffer
  readonly contentVersion: number | null
}

/** Of a record that was not known the message is made already. */
function firstSnapshot(
  { before, publications: [only, another], sourceId }: PlannedRecord,
  chunk: ChunkOf,
  changes: Changes,
): MadeSnapshot | undefined {
  if (before?.snapshot || only === undefined || another !== undefined) return undefined
  const { rawVersion, version, arriving } = only
  const { content } = arriving
  if (content === 'deletion' || !isAbout(content, { rawVersion, version, ...aboutOf(arriving, chunk) }))
    return undefined
  const { first: bytes, fingerprints, suppressed, about } = content
  changes.set(versionKey({ sourceId, rawVersion }), [])
  const { normaliser } = about
  return { normaliser, deleted: false, suppressed, fingerprints, bytes, contentVersion: rawVersion }
}

function aboutOf({ recordId, checksum, receivedAt, stamp }: ArrivingRecord, { fetchedAt, normaliser }: ChunkOf) {
  return { recordId, checksum, fetchedAt: fetchedAtOf({ stamp, fetchedAt, receivedAt }), normaliser }
}

function isAbout({ about }: PackedContent, wanted: SnapshotOf): boolean {
  return (
    about.version === wanted.version &&
    about.rawVersion === wanted.rawVersion &&
    about.fetchedAt === wanted.fetchedAt &&
    about.normaliser === wanted.normaliser &&
    about.checksum === wanted.checksum &&
    about.recordId === wanted.recordId
  )
}

/** The last snapshot of the chunk; mention keys pass through those before it. Undefined where none is published. */
async function lastSnapshot(
  codec: Codec,
  { before, publications, sourceId }: PlannedRecord,
  chunk: ChunkOf,
  changes: Changes,
): Promise<MadeSnapshot | undefined> {
  if (publications.length === 0) return undefined
  const first = before?.snapshot ? await decodeSnapshot(codec, before.snapshot) : undefined
  let snapshot = first
  let contentVersion = before?.contentVersion ?? null
  for (const { arriving, rawVersion, version } of publications) {
    const { content } = arriving
    const about = { version, rawVersion, ...aboutOf(arriving, chunk) }
    if (content === 'deletion') {
      assert(snapshot, 'a deletion is published only after a snapshot')
      snapshot = tombstoneOf(about, arriving.deletedBecause ?? 'deleted', snapshot)
    } else {
      snapshot = snapshotOf(about, await unpackContent(codec, content), snapshot)
      contentVersion = rawVersion
    }
    changes.set(versionKey({ sourceId, rawVersion }), snapshot.changed)
  }
  // Of several only the last is sent: it tells what all of them changed.
  if (snapshot && first && publications.length > 1)
    snapshot = { ...snapshot, changed: identityChanges(first, snapshot) }
  return snapshot && { ...snapshot, bytes: codec.encode('records', snapshot), contentVersion }
}

/** All four, as the head keeps them. */
export function fingerprintsHex({ fingerprints }: Pick<RecordSnapshot, 'fingerprints'>): string {
  const { identity, bibliographic, cosmetic, volatile } = fingerprints
  return identity + bibliographic + cosmetic + volatile
}

/** A head whose fingerprints can be compared with those made now: where other rules made them, they are made again. */
async function withCurrentRules(codec: Codec, head: Head): Promise<Head> {
  if (head.fingerprintRules === FINGERPRINT_RULES || head.snapshot === null || head.published === undefined) return head
  const prints = fingerprintsOf(await decodeSnapshot(codec, head.snapshot))
  const { identity, bibliographic, volatile } = prints
  return {
    ...head,
    fingerprints: fingerprintsHex({ fingerprints: prints }),
    published: { ...head.published, identity, bibliographic, volatile },
  }
}
