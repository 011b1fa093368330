import type { RecordIdentifier, RecordReference, RecordSubject } from '@atlas/schemas'

// Entries of the lists of a record; none where there is nothing to enter.

/** A subject in a vocabulary, with its id there. */
export function subjectOf(scheme: string, label: string | undefined, id: string | null = null): RecordSubject[] {
  return label === undefined ? [] : [{ scheme, id, label, score: null }]
}

/** A keyword, of no vocabulary. */
export function keywordOf(label: string | undefined): RecordSubject[] {
  return subjectOf('keyword', label)
}

/** An entry of a list of references of which is known what it names. */
export function referenceTo(scheme: string, value: string): RecordReference {
  return { scheme, value, raw: null }
}

/** An entry of which nothing is known but its line. */
export function referenceAsGiven(raw: string | undefined): RecordReference[] {
  return raw === undefined || raw === '' ? [] : [{ scheme: null, value: null, raw }]
}

/** The references of a source that lists what a work cites among what it is related to. */
export function citedAmong(identifiers: readonly RecordIdentifier[]): RecordReference[] {
  return identifiers.flatMap(({ scheme, value, relation }) => (relation === 'cites' ? referenceTo(scheme, value) : []))
}
