import { snapshotEventId } from '@atlas/identifiers'
import type { RecordSnapshot } from '@atlas/schemas'
import { mentionsOf } from './adapters/mentions.ts'
import type { ArrivingContent, DeletedBecause } from './content.ts'
import { identityChanges } from './identity-changes.ts'

/** What a snapshot says of the version it was made from. */
export interface SnapshotOf {
  readonly recordId: string
  readonly version: number
  readonly rawVersion: number
  readonly checksum: string
  readonly fetchedAt: number
  readonly normaliser: string
}

/**
 * The snapshot of a record's content; `previous` is the one published before: its mention keys live on, and what differs
 * of who or what the record is, is told.
 */
export function snapshotOf(about: SnapshotOf, content: ArrivingContent, previous?: RecordSnapshot): RecordSnapshot {
  const { record, fingerprints, suppressed } = content
  const snapshot = {
    ...record,
    ...stampOf(about),
    changed: [],
    normaliser: about.normaliser,
    fingerprints,
    suppressed,
    authors: mentionsOf(about.recordId, record.authors, previous?.authors),
  }
  return previous ? { ...snapshot, changed: identityChanges(previous, snapshot) } : snapshot
}

/** The snapshot of a record that its source deleted: the rest is what was last known. */
export function tombstoneOf(
  about: Omit<SnapshotOf, 'normaliser'>,
  deletedBecause: DeletedBecause,
  previous: RecordSnapshot,
): RecordSnapshot {
  return { ...previous, ...stampOf(about), deleted: true, deletedBecause, changed: previous.deleted ? [] : ['deleted'] }
}

function stampOf({ recordId, version, rawVersion, checksum, fetchedAt }: Omit<SnapshotOf, 'normaliser'>) {
  const eventId = snapshotEventId('records', recordId, version)
  return { eventId, recordId, version, rawVersion, checksum, fetchedAt }
}
