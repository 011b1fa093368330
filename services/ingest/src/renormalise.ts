import assert from 'node:assert'
import type { Clock, Database, Logger, Outbox } from '@atlas/runtime'
import type { Codec, RecordSnapshot } from '@atlas/schemas'
import type { Adapter } from './adapters/adapter.ts'
import { FINGERPRINT_RULES, fingerprintsOf } from './adapters/fingerprints.ts'
import { fingerprintsHex } from './commit-chunk.ts'
import { type ArrivingContent, DELETED_BECAUSE, type DeletedBecause } from './content.ts'
import { fetchedAtOf } from './decide-version.ts'
import { renormalised } from './events.ts'
import { decodeSnapshot } from './packed-content.ts'
import { contentOf, sameState } from './read-again.ts'
import { snapshotOf, tombstoneOf } from './snapshot.ts'
import { findHeads, type Head, type HeadState, lockHeads, updateHeads } from './store/heads.ts'
import { findStoredBytes } from './store/raw-records.ts'
import { finishRun, listOutdated, openRun, saveRun } from './store/renormalise-runs.ts'
import { suppressionsOf } from './suppress.ts'

export interface RenormaliseParts {
  readonly database: Database
  readonly outbox: Outbox
  readonly codec: Codec
  readonly clock: Clock
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
        states.push(outcome === 'changed' ? stateAfter(parts, reading, head) : { ...sameState(head), normaliser })
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
  const { deleted, deletedBecause } = before
  const again = {
    ...snapshotOf(before, published, before),
    changed: [],
    ...(deleted ? { deleted, deletedBecause } : {}),
  }
  // Encoded again: the stored bytes may follow an older schema, and the fingerprints other rules.
  const known = { ...before, changed: [], fingerprints: fingerprintsOf(before) }
  if (codec.encode('records', again).equals(codec.encode('records', known)))
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
    next: before.deleted ? { ...tombstoneOf(about, deletedWhy(before), live), changed: [] } : live,
    contentVersion: before.deleted ? (head.contentVersion ?? head.rawVersion) : head.rawVersion,
  }
}

function deletedWhy({ deletedBecause }: RecordSnapshot): DeletedBecause {
  return DELETED_BECAUSE.find((word) => word === deletedBecause) ?? 'deleted'
}

function stateAfter(
  { codec, clock }: Pick<RenormaliseParts, 'codec' | 'clock'>,
  { next, contentVersion }: Reading,
  head: Head,
): HeadState {
  assert(next, 'a changed record has its next snapshot')
  return {
    ...sameState(head),
    normaliser: next.normaliser,
    version: next.version,
    deleted: next.deleted,
    suppressed: next.suppressed,
    contentVersion: contentVersion ?? head.contentVersion,
    fingerprints: fingerprintsHex(next),
    fingerprintRules: FINGERPRINT_RULES,
    publishedAt: clock.now(),
    volatileDueAt: null,
    snapshot: codec.encode('records', next),
  }
}
