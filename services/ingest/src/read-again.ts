import assert from 'node:assert'
import type { Adapter } from './adapters/adapter.ts'
import { fingerprintsOf } from './adapters/fingerprints.ts'
import { readRecord } from './adapters/read-record.ts'
import type { ArrivingContent } from './content.ts'
import type { Head, HeadState } from './store/heads.ts'
import type { StoredBytes } from './store/raw-records.ts'

/** What the adapter makes now of bytes that were kept. Undefined where it does not take them, or as another record's. */
export function contentOf(adapter: Adapter, stored: StoredBytes | undefined): ArrivingContent | undefined {
  assert(stored, 'a kept version has its bytes')
  const read = readRecord(adapter, stored)
  if (!read.ok || read.record.sourceId !== stored.sourceId) return undefined
  return { record: read.record, fingerprints: fingerprintsOf(read.record), suppressed: false }
}

/** A head to be written as it is. */
export function sameState({ current, published: _, ...head }: Head): HeadState {
  const { checksum, stamp, fetchedAt, receivedAt } = current
  return { ...head, checksum, stamp, fetchedAt, receivedAt, snapshot: null }
}
