import type { LinkageRecord } from '../types.ts'

/** A record with what comparing needs, computed once. */
export interface PreparedRecord {
  readonly record: LinkageRecord
}

export function prepareRecord(record: LinkageRecord): PreparedRecord {
  return { record }
}
