import type { RecordFingerprints } from '@atlas/schemas'
import type { Normalised } from './adapter.ts'

/** The three fingerprints of a normalised record. */
export declare function fingerprintsOf(record: Normalised): RecordFingerprints
