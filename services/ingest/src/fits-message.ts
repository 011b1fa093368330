import type { Codec } from '@atlas/schemas'
import type { ArrivingRecord } from './arriving.ts'
import { snapshotOf } from './snapshot.ts'

/** Below this no record grows past the limit: normalised, the largest seen is six times its bytes. */
const ALWAYS_FITS = 256 * 1024

/** Says whether a record's message would be taken by the broker; measured only where it is in doubt. */
export function fitsMessage(codec: Codec, maxValueBytes: number): (record: Omit<ArrivingRecord, 'place'>) => boolean {
  return ({ content, element, recordId, checksum, receivedAt }) => {
    if (content === 'deletion' || element.bytes.length < ALWAYS_FITS) return true
    const about = { recordId, version: 1, rawVersion: 1, checksum, fetchedAt: receivedAt, normaliser: 'none/0' }
    return codec.encode('records', snapshotOf(about, content)).length <= maxValueBytes
  }
}
