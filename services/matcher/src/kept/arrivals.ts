import type { RecordSnapshot } from '@atlas/schemas'
import { describesWork } from '../record.ts'
import type { KeptHead } from '../store/kept-records.ts'
import type { KeptRecord } from './kept-record.ts'

/** Something kept that arrived, changed or went, and the works it is about and was about before. */
export interface KeptArrival {
  readonly recordId: string
  readonly keys: readonly string[]
}

/** What a chunk does to what is kept. */
export interface KeptChange {
  readonly saved: readonly KeptRecord[]
  /** Records that have come to describe a work. */
  readonly dropped: readonly string[]
  /** Those of both that works may show. */
  readonly arrivals: readonly KeptArrival[]
}

/** What new versions of records do to what is kept. Pure. */
export function decideKept(
  snapshots: readonly RecordSnapshot[],
  stored: ReadonlyMap<string, KeptHead>,
  keptOf: (record: RecordSnapshot) => KeptRecord,
): KeptChange {
  const saved = snapshots.filter((one) => !describesWork(one)).map(keptOf)
  const dropped = snapshots.filter((one) => describesWork(one) && stored.has(one.recordId))
  const ids = [...saved, ...dropped].map(({ recordId }) => recordId)
  const fresh = new Map(saved.map((one) => [one.recordId, one]))
  const arrivals = ids.flatMap((recordId) => {
    const keys = [...new Set([fresh.get(recordId), stored.get(recordId)].flatMap(keysOf))]
    return keys.length > 0 ? [{ recordId, keys }] : []
  })
  return { saved, dropped: dropped.map(({ recordId }) => recordId), arrivals }
}

function keysOf(kept: Pick<KeptRecord, 'live' | 'about' | 'cites'> | undefined): readonly string[] {
  return kept?.live ? [kept.about, kept.cites].filter((key) => key !== null) : []
}
