import { hash } from 'node:crypto'
import type { RecordFingerprints } from '@atlas/schemas'
import type { Normalised } from './adapter.ts'
import { canonicalBytes } from './canonical-json.ts'
import { type FieldClass, RECORD_READERS } from './field-classes.ts'

/** Raised with every change of a class: fingerprints made by other rules are made again before they are compared. */
export const FINGERPRINT_RULES = 2

/** The four fingerprints: SHA-256 of RFC 8785 canonical JSON of what each class sees of a record. */
export function fingerprintsOf(record: Normalised): RecordFingerprints {
  return {
    identity: fingerprint(record, 'identity'),
    bibliographic: fingerprint(record, 'bibliographic'),
    volatile: fingerprint(record, 'volatile'),
    cosmetic: fingerprint(record, 'cosmetic'),
  }
}

/** What a class sees, as it is hashed. */
export function seenBy(record: Normalised, seen: FieldClass): readonly unknown[] {
  return RECORD_READERS[seen].map(({ read }) => read(record))
}

function fingerprint(record: Normalised, seen: FieldClass): string {
  return hash('sha256', canonicalBytes(seenBy(record, seen)), 'hex')
}
