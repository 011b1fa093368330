import assert from 'node:assert'
import { recordIdOf } from '@atlas/identifiers'
import type { Clock, Database, Failpoints, Outbox, OutboxEntry, Tx } from '@atlas/runtime'
import { classOf } from '@atlas/runtime'
import type { Codec, RecordSnapshot } from '@atlas/schemas'
import type { ArrivingRecord, LineResult, PreparedChunk, PreparedLine } from './arriving.ts'
import { fetchedAtOf } from './decide-version.ts'
import type { Block } from './payload.ts'
import { type ChunkPlan, keptKey, type PlannedRecord, planChunk } from './plan-chunk.ts'
import { snapshotOf, tombstoneOf } from './snapshot.ts'
import { type Head, type HeadState, insertHeads, lockHeads, updateHeads } from './store/heads.ts'
import { findKept, insertRawRecords } from './store/raw-records.ts'
import { insertRefused } from './store/refused-lines.ts'

export interface CommitParts {
  readonly database: Database
  readonly outbox: Outbox
  readonly codec: Codec
  readonly clock: Clock
  readonly failpoints: Failpoints
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

/** Decides and stores a chunk in one transaction: raw rows, heads, outbox and refusals, or nothing. Results by line. */
export async function commitChunk(
  parts: CommitParts,
  chunk: ChunkOf,
  { lines, blocks }: PreparedChunk,
): Promise<LineResult[]> {
  const arriving = lines.filter((line) => line.type === 'arriving')
  const refused = lines.filter((line) => line.type === 'refused')
  const settled = lines.flatMap((line) => settledResult(line))
  // A chunk of re-sent lines writes nothing at all.
  if (arriving.length === 0 && refused.length === 0 && chunk.also === undefined) return settled
  for (let attempt = 1; ; attempt++) {
    try {
      const results = await parts.database.transaction(async (tx) => {
        const decided = arriving.length === 0 ? [] : await store(parts, chunk, tx, arriving, blocks)
        await insertRefused(tx, chunk, refused)
        const all = [...settled, ...decided].sort((a, b) => a.line - b.line)
        await chunk.also?.(tx, all)
        parts.failpoints.hit('push.before_commit')
        return all
      })
      parts.failpoints.hit('push.after_commit')
      return results
    } catch (error) {
      if (attempt === TRIES || !(error instanceof LostRaceError || classOf(error) === 'contention')) throw error
      await parts.clock.sleep(attempt * 10)
    }
  }
}

function settledResult(line: PreparedLine): LineResult[] {
  if (line.type === 'duplicate') return [{ line: line.line, outcome: 'duplicate', sourceId: line.sourceId }]
  return line.type === 'refused' ? [{ line: line.line, outcome: 'refused', errors: line.errors }] : []
}

async function store(
  parts: CommitParts,
  chunk: ChunkOf,
  tx: Tx,
  arriving: readonly ArrivingRecord[],
  blocks: readonly Block[],
): Promise<readonly LineResult[]> {
  const ids = [...new Set(arriving.map(({ recordId }) => recordId))]
  const heads = new Map((await lockHeads(tx, ids)).map((head) => [head.recordId, head]))
  const kept = await keptOf(tx, chunk.source, arriving, heads)
  const plan = planChunk({ arriving, heads, kept, fetchedAt: chunk.fetchedAt, normaliser: chunk.normaliser })
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
  const changed: HeadState[] = []
  for (const record of plan.records) (record.before ? changed : made).push(await headState(parts.codec, record, chunk))
  if ((await insertHeads(tx, chunk.source, made)) < made.length)
    throw new LostRaceError('a head was made by another transaction')
  await updateHeads(tx, changed)
  await insertRawRecords(tx, chunk.source, plan.rawVersions, blocks)
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

async function headState(codec: Codec, planned: PlannedRecord, chunk: ChunkOf): Promise<HeadState> {
  const { before, after, recordId, sourceId } = planned
  const made = await lastSnapshot(codec, planned, chunk)
  return {
    recordId,
    sourceId,
    rawVersions: after.rawVersions,
    rawVersion: after.rawVersion,
    ...after.current,
    version: after.version,
    normaliser: made?.snapshot.normaliser ?? before?.normaliser ?? chunk.normaliser,
    // A record of which nothing was ever published has a head only because its deletion came first.
    deleted: made?.snapshot.deleted ?? before?.deleted ?? true,
    suppressed: made?.snapshot.suppressed ?? before?.suppressed ?? false,
    contentVersion: made?.contentVersion ?? before?.contentVersion ?? null,
    fingerprints: made ? fingerprintsHex(made.snapshot) : (before?.fingerprints ?? null),
    snapshot: made ? codec.encode('records', made.snapshot) : null,
  }
}

interface MadeSnapshot {
  readonly snapshot: RecordSnapshot
  readonly contentVersion: number | null
}

/** The last snapshot of the chunk; mention keys pass through those before it. Undefined where none is published. */
async function lastSnapshot(
  codec: Codec,
  { before, publications, recordId }: PlannedRecord,
  { fetchedAt, normaliser }: ChunkOf,
): Promise<MadeSnapshot | undefined> {
  if (publications.length === 0) return undefined
  let snapshot = before?.snapshot ? await decodeSnapshot(codec, before.snapshot) : undefined
  let contentVersion = before?.contentVersion ?? null
  for (const { arriving, rawVersion, version } of publications) {
    const { checksum, content } = arriving
    const about = { recordId, version, rawVersion, checksum, fetchedAt: fetchedAtOf({ ...arriving, fetchedAt }) }
    if (content === 'deletion') {
      assert(snapshot, 'a deletion is published only after a snapshot')
      snapshot = tombstoneOf(about, snapshot)
    } else {
      snapshot = snapshotOf({ ...about, normaliser }, content, snapshot)
      contentVersion = rawVersion
    }
  }
  return snapshot && { snapshot, contentVersion }
}

/** A snapshot we stored ourselves: that it cannot be read is a defect. */
export async function decodeSnapshot(codec: Codec, value: Buffer): Promise<RecordSnapshot> {
  const decoded = await codec.decode('records', value)
  if (!decoded.ok) throw new Error(`a stored snapshot cannot be read: ${decoded.code} ${decoded.detail}`)
  return decoded.value
}

/** Identity, bibliographic and cosmetic, as the head keeps them. */
export function fingerprintsHex({ fingerprints }: RecordSnapshot): string {
  return fingerprints.identity + fingerprints.bibliographic + fingerprints.cosmetic
}
