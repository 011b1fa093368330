import type { LinkageRecord, WorkKey } from '../types.ts'

/** Blocking keys of a record, distinct and sorted; none for a deleted or suppressed record. */
export function fingerprintsFor(_record: LinkageRecord): readonly WorkKey[] {
  throw new Error('not built yet')
}
