import assert from 'node:assert'
import type { Clock, Database, Failpoints, Logger, Metrics, Outbox, Tx } from '@atlas/runtime'
import type { Codec } from '@atlas/schemas'
import type { Adapter } from './adapters/adapter.ts'
import { FINGERPRINT_RULES, fingerprintsOf } from './adapters/fingerprints.ts'
import { fingerprintsHex } from './commit-chunk.ts'
import type { ArrivingContent } from './content.ts'
import { fetchedAtOf } from './decide-version.ts'
import { volatilePublished } from './events.ts'
import { decodeSnapshot } from './packed-content.ts'
import { contentOf, sameState } from './read-again.ts'
import { snapshotOf } from './snapshot.ts'
import { type DueHead, type HeadState, lockVolatileDue, updateHeads } from './store/heads.ts'
import { findStoredBytes } from './store/raw-records.ts'
import { suppressionsOf } from './suppress.ts'

export interface VolatileParts {
  readonly database: Database
  readonly outbox: Outbox
  readonly codec: Codec
  readonly clock: Clock
  readonly logger: Logger
  readonly metrics: Pick<Metrics, 'events'>
  readonly failpoints: Failpoints
  readonly adapters: ReadonlyMap<string, Adapter>
}

export interface VolatileCounts {
  readonly published: number
  /** Other fields were published meanwhile, or the adapter reads the same now: nothing is left to tell. */
  readonly unchanged: number
  /** What the adapter cannot read any more: what was published stays. */
  readonly refused: number
}

/** A page of 200 records of 8 kB is read and written in 0.1 s; nobody waits for its locks longer. */
export const VOLATILE_PAGE = 200

/**
 * Publishes what is due of counts and the like, a page of records in one transaction: their current bytes are read again,
 * and what is published then is due no more. A member that dies leaves them due; two members share them.
 */
export async function publishVolatile(parts: VolatileParts, page: number): Promise<VolatileCounts> {
  const { database, clock, outbox, failpoints } = parts
  const counts = await database.transaction(async (tx) => {
    const heads = await lockVolatileDue(tx, clock.now(), page)
    const states = await Promise.all((await readCurrent(parts, tx, heads)).map((one) => stateOf(parts, one)))
    await updateHeads(tx, states)
    const published = heads.filter((_, at) => states[at]?.snapshot)
    await outbox.append(
      tx,
      published.map(({ source, sourceId, recordId }) => ({
        kind: 'reference',
        topic: 'records',
        key: `${source}:${sourceId}`,
        objectId: recordId,
      })),
    )
    failpoints.hit('volatile.before_commit')
    const refused = states.filter(({ refused }) => refused).length
    return { published: published.length, unchanged: heads.length - published.length - refused, refused }
  })
  failpoints.hit('volatile.after_commit')
  volatilePublished(parts.logger, parts.metrics, counts)
  return counts
}

interface Current {
  readonly head: DueHead
  readonly normaliser: string
  readonly content: ArrivingContent | undefined
}

/** What the current bytes say; in the order of the heads. */
async function readCurrent({ adapters }: VolatileParts, tx: Tx, heads: readonly DueHead[]): Promise<Current[]> {
  const contents = new Map<string, Current>()
  for (const [source, own] of Map.groupBy(heads, (head) => head.source)) {
    const adapter = adapters.get(source)
    const stored = new Map((await findStoredBytes(tx, source, own)).map((bytes) => [bytes.sourceId, bytes]))
    for (const head of own) {
      const content = adapter && contentOf(adapter, stored.get(head.sourceId))
      contents.set(head.recordId, { head, content, normaliser: `${source}/${adapter?.version ?? 0}` })
    }
  }
  const readable = [...contents.values()].flatMap(({ head: { recordId }, content }) =>
    content ? [{ recordId, content }] : [],
  )
  const suppress = await suppressionsOf(tx, readable)
  return heads.map(({ recordId }) => {
    const current = contents.get(recordId)
    assert(current, 'each head was read')
    const { content } = current
    return content && suppress ? { ...current, content: suppress({ recordId, content }) } : current
  })
}

/** The head as it shall be: nothing is due any more. */
async function stateOf(
  { codec, clock }: VolatileParts,
  { head, content, normaliser }: Current,
): Promise<HeadState & { readonly refused: boolean }> {
  const done = { ...sameState(head), volatileDueAt: null, refused: content === undefined }
  if (content === undefined) return done
  assert(head.snapshot, 'what is due was published before')
  const before = await decodeSnapshot(codec, head.snapshot)
  const version = head.version + 1
  const { recordId, rawVersion, current } = head
  const about = {
    recordId,
    version,
    rawVersion,
    checksum: current.checksum,
    fetchedAt: fetchedAtOf(current),
    normaliser,
  }
  const next = snapshotOf(about, content, before)
  const known = fingerprintsHex({ fingerprints: fingerprintsOf(before) })
  if (fingerprintsHex(next) === known && next.suppressed === before.suppressed && !before.deleted) return done
  return {
    ...done,
    version,
    normaliser,
    deleted: next.deleted,
    suppressed: next.suppressed,
    contentVersion: rawVersion,
    fingerprints: fingerprintsHex(next),
    fingerprintRules: FINGERPRINT_RULES,
    publishedAt: clock.now(),
    snapshot: codec.encode('records', next),
  }
}
