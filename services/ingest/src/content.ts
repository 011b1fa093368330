import type { RecordFingerprints } from '@atlas/schemas'
import type { Normalised } from './adapters/adapter.ts'

/** What a version of a record says. */
export interface ArrivingContent {
  readonly record: Normalised
  readonly fingerprints: RecordFingerprints
  readonly suppressed: boolean
}

/** `deleted`: the source removed it. `withdrawn`: its authors or its publisher took it back. `merged`: another holds it now. */
export const DELETED_BECAUSE = ['deleted', 'withdrawn', 'merged'] as const
export type DeletedBecause = (typeof DELETED_BECAUSE)[number]
