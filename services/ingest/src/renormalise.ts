import assert from 'node:assert'
import type { Database, Logger, Outbox } from '@atlas/runtime'
import type { Codec, RecordSnapshot } from '@atlas/schemas'
import type { Adapter } from './adapters/adapter.ts'
import { fingerprintsOf } from './adapters/fingerprints.ts'
import { readRecord } from './adapters/read-record.ts'
import type { ArrivingContent } from './arriving.ts'
import { decodeSnapshot, fingerprintsHex } from './commit-chunk.ts'
import { fetchedAtOf } from './decide-version.ts'
import { renormalised } from './events.ts'
import { snapshotOf, tombstoneOf } from './snapshot.ts'
import { findHeads, type Head, type HeadState, lockHeads, updateHeads } from './store/heads.ts'
import { findStoredBytes, type StoredBytes } from './store/raw-records.ts'
import { finishRun, listOutdated, openRun, saveRun } from './store/renormalise-runs.ts'
import { suppressionsOf } from './suppress.ts'

export interface RenormaliseParts {
  readonly database: Database
  readonly outbox: Outbox
  readonly codec: Codec
  readonly logger: Logger
}

export interface RenormaliseOptions {
  readonly adapter: Adapter
  /** Asks to stop after the page under way. */
  readonly signal: AbortSignal
  readonly onProgress?: (counts: RenormaliseCounts) => void
  /** Records of one transaction. */
  readonly page?: number
}

export interface RenormaliseCounts {
  /** Snapshots that are other than before, and published. */
  readonly changed: number
  readonly unchanged: number
  /** What the corrected adapter cannot read any more, or gives another id: left as they were. */
  readonly refused: number
  /** Records that got a new version meanwhile. */
  readonly overtaken: number
}

/** `finished` is false when it was asked to stop: the next call goes on there. */
export interface RenormaliseResult {
  readonly finished: boolean
  /** Of the whole run, earlier calls included. */
  readonly counts: RenormaliseCounts
}

const NONE: RenormaliseCounts = { changed: 0, unchanged: 0, refused: 0, overtaken: 0 }
/** A page of 200 records of 8 kB is parsed and written in 0.1 s. */
const PAGE = 200

/**
 * Reads the stored bytes of a source again with the adapter as it is now, and publishes a new version where the snapshot
 * changed. Cut short, it goes on behind the last page that was committed.
 */
export async function renormalise(parts: RenormaliseParts, options: RenormaliseOptions): Promise<RenormaliseResult> {
  const { database, logger } = parts
  const { adapter, signal, onProgress, page = PAGE } = options
  const { source } = adapter
  const normaliser = `${source}/${adapter.version}`
  const run = await openRun(database, source, normaliser)
  let counts: RenormaliseCounts = { ...NONE, ...run.counts }
  let cursor = run.cursor
  for (;;) {
    if (signal.aborted) return { finished: false, counts }
    const ids = await listOutdated(database, source, normaliser, cursor, page)
    cursor = ids.at(-1) ?? cursor
    if (ids.length === 0) break
    const readings = await readAgain(parts, adapter, ids)
    counts = await database.transaction(async (tx) => {
      const heads = new Map((await lockHeads(tx, ids)).map((head) => [head.recordId, head]))
      const states: HeadState[] = []
      const changed: Head[] = []
      const done = { ...counts }
      for (const reading of readings) {
        const head = heads.get(reading.before.recordId)
        const outcome = outcomeOf(reading, head)
        done[outcome]++
        if (head === undefined || outcome === 'refused' || outcome === 'overtaken') continue
        states.push(outcome === 'changed' ? stateAfter(parts.codec, reading, head) : sameState(head, normaliser))
        if (outcome === 'changed') changed.push(head)
      }
      await updateHeads(tx, states)
      await parts.outbox.append(
        tx,
        changed.map(({ recordId, sourceId }) => ({
          kind: 'reference',
          topic: 'records',
          key: `${source}:${sourceId}`,
          objectId: recordId,
        })),
      )
      await saveRun(tx, { id: run.id, cursor, counts: { ...done } })
      return done
    })
    onProgress?.(counts)
  }
  await finishRun(database, run.id)
  renormalised(logger, { source, normaliser, counts: { ...counts } })
  return { finished: true, counts }
}

/** One record read again: its next snapshot where that differs. */
interface Reading {
  readonly before: Head
  readonly result: 'changed' | 'unchanged' | 'refused'
  readonly next?: RecordSnapshot
  readonly contentVersion?: number
}

function outcomeOf({ before, result }: Reading, head: Head | undefined): keyof RenormaliseCounts {
  const same = head !== undefined && head.rawVersion === before.rawVersion && head.version === before.version
  return same ? result : 'overtaken'
}

/** Parses without a lock: what changes meanwhile is left alone. */
async function readAgain(parts: RenormaliseParts, adapter: Adapter, ids: readonly string[]): Promise<Reading[]> {
  const { database, codec } = parts
  const heads = await findHeads(database, ids, { snapshots: true })
  const wanted = heads.flatMap((head) => versionsToRead(head).map((rawVersion) => ({ ...head, rawVersion })))
  const stored = new Map(
    (await findStoredBytes(database, adapter.source, wanted)).map((bytes) => [keyOf(bytes), bytes]),
  )
  const contents = heads.map((head) => {
    const [published, current] = versionsToRead(head).map((rawVersion) =>
      contentOf(adapter, stored.get(keyOf({ sourceId: head.sourceId, rawVersion }))),
    )
    return { head, published, current: current ?? published }
  })
  const suppress = await suppressionsOf(
    database,
    contents.flatMap(({ head: { recordId }, ...both }) =>
      [both.published, both.current].flatMap((content) => (content ? [{ recordId, content }] : [])),
    ),
  )
  const readings: Reading[] = []
  for (const { head, published, current } of contents) {
    if (!published || !current) readings.push({ before: head, result: 'refused' })
    else {
      const { recordId } = head
      const plain = (content: ArrivingContent) => suppress?.({ recordId, content }) ?? content
      readings.push(await compared(codec, adapter, head, plain(published), plain(current)))
    }
  }
  return readings
}

/** The version the snapshot was made from, and the current one where that is another and has content. */
function versionsToRead({ contentVersion, rawVersion, deleted }: Head): number[] {
  assert(contentVersion !== null, 'a published record has content')
  return deleted || contentVersion === rawVersion ? [contentVersion] : [contentVersion, rawVersion]
}

function keyOf({ sourceId, rawVersion }: { readonly sourceId: string; readonly rawVersion: number }): string {
  return `${rawVersion} ${sourceId}`
}

/** Undefined where the adapter does not take it, or takes it for another record. */
function contentOf(adapter: Adapter, stored: StoredBytes | undefined): ArrivingContent | undefined {
  assert(stored, 'a kept version has its bytes')
  const { sourceId } = stored
  const read = readRecord(adapter, stored)
  if (!read.ok || read.record.sourceId !== sourceId) return undefined
  return { record: read.record, fingerprints: fingerprintsOf(read.record), suppressed: false }
}

async function compared(
  codec: Codec,
  adapter: Adapter,
  head: Head,
  published: ArrivingContent,
  current: ArrivingContent,
): Promise<Reading> {
  assert(head.snapshot, 'a published record has a snapshot')
  const before = await decodeSnapshot(codec, head.snapshot)
  const { recordId } = head
  const again = { ...snapshotOf(before, published, before), deleted: before.deleted }
  // Encoded again: the stored bytes may follow an older schema.
  if (codec.encode('records', again).equals(codec.encode('records', before)))
    return { before: head, result: 'unchanged' }
  const about = {
    recordId,
    version: head.version + 1,
    rawVersion: head.rawVersion,
    checksum: head.current.checksum,
    fetchedAt: fetchedAtOf(head.current),
  }
  const live = snapshotOf({ ...about, normaliser: `${adapter.source}/${adapter.version}` }, current, before)
  return {
    before: head,
    result: 'changed',
    next: before.deleted ? tombstoneOf(about, live) : live,
    contentVersion: before.deleted ? (head.contentVersion ?? head.rawVersion) : head.rawVersion,
  }
}

function stateAfter(codec: Codec, { next, contentVersion }: Reading, head: Head): HeadState {
  assert(next, 'a changed record has its next snapshot')
  return {
    ...sameState(head, next.normaliser),
    version: next.version,
    deleted: next.deleted,
    suppressed: next.suppressed,
    contentVersion: contentVersion ?? head.contentVersion,
    fingerprints: fingerprintsHex(next),
    snapshot: codec.encode('records', next),
  }
}

function sameState(head: Head, normaliser: string): HeadState {
  const { recordId, sourceId, rawVersions, rawVersion, deleted, suppressed, version, contentVersion, fingerprints } =
    head
  const { checksum, stamp, fetchedAt, receivedAt } = head.current
  const times = { stamp, fetchedAt, receivedAt }
  return {
    ...{ recordId, sourceId, rawVersions, rawVersion, deleted, suppressed, version, contentVersion, fingerprints },
    ...times,
    checksum,
    normaliser,
    snapshot: null,
  }
}
