import type { RecordId } from '@atlas/identifiers'
import type { RecordAuthor } from '@atlas/schemas'
import type { NormalisedAuthor } from './adapter.ts'

/** The author entries with their keys; `previous` are the entries of the record's last version, aliases included. */
export declare function mentionsOf(
  recordId: RecordId | string,
  authors: readonly NormalisedAuthor[],
  previous?: readonly RecordAuthor[],
): RecordAuthor[]
