import { recordIdOf } from '@atlas/identifiers'
import type { RecordSnapshot } from '@atlas/schemas'
import type { Normalised } from './adapters/adapter.ts'
import { canonicalJson } from './adapters/canonical-json.ts'
import { AUTHOR_READERS, FIELD_CLASSES, type FieldClass, RECORD_READERS } from './adapters/field-classes.ts'
import { fingerprintsOf } from './adapters/fingerprints.ts'
import { snapshotOf } from './snapshot.ts'

/** A field that differs in some of the records, as a class sees it. */
export interface ChangedField {
  readonly class: FieldClass
  readonly field: string
  readonly records: number
  readonly example: string
}

/** What two readings of the same records differ in, and what would have been published of the later one. */
export interface ChangeReport {
  readonly both: number
  readonly onlyEarlier: number
  readonly onlyLater: number
  /** Records by the most important class that differs; `none`: nothing that is read. */
  readonly classes: Readonly<Record<FieldClass | 'none', number>>
  readonly fields: readonly ChangedField[]
  /** What a question could be asked again for. */
  readonly identity: readonly { readonly sourceId: string; readonly changed: readonly string[] }[]
}

/** Compares records by their ids, in the order of the earlier ones; of a record that comes twice the last counts. */
export function comparePulls(earlier: Iterable<Normalised>, later: Iterable<Normalised>): ChangeReport {
  const [before, after] = [byId(earlier), byId(later)]
  const classes = { identity: 0, bibliographic: 0, volatile: 0, cosmetic: 0, none: 0 }
  const fields = new Map<string, ChangedField>()
  const identity: { sourceId: string; changed: readonly string[] }[] = []
  let both = 0
  for (const [id, one] of before) {
    const other = after.get(id)
    if (other === undefined) continue
    both++
    const [was, is] = [snapshot(one), snapshot(other, snapshot(one))]
    classes[FIELD_CLASSES.find((name) => was.fingerprints[name] !== is.fingerprints[name]) ?? 'none']++
    if (is.changed.length > 0) identity.push({ sourceId: one.sourceId, changed: is.changed })
    for (const change of changesOf(one, other)) {
      const key = `${change.class} ${change.field}`
      const known = fields.get(key)
      fields.set(key, { ...change, records: (known?.records ?? 0) + 1, example: known?.example ?? one.sourceId })
    }
  }
  const order = (one: ChangedField) => FIELD_CLASSES.indexOf(one.class)
  const sorted = [...fields.values()].sort((a, b) => order(a) - order(b) || b.records - a.records)
  return { both, onlyEarlier: before.size - both, onlyLater: after.size - both, classes, fields: sorted, identity }
}

function byId(records: Iterable<Normalised>): Map<string, Normalised> {
  return new Map([...records].map((record) => [`${record.source}:${record.sourceId}`, record]))
}

function snapshot(record: Normalised, previous?: RecordSnapshot): RecordSnapshot {
  const { source, sourceId } = record
  const about = { recordId: recordIdOf(source, sourceId), version: 1, rawVersion: 1, checksum: '', fetchedAt: 0 }
  const content = { record, fingerprints: fingerprintsOf(record), suppressed: false }
  return snapshotOf({ ...about, normaliser: `${source}/0` }, content, previous)
}

/** Of author entries each field is told: their places are compared, as far as both lists go. */
function* changesOf(
  one: Normalised,
  other: Normalised,
): Generator<{ readonly class: FieldClass; readonly field: string }> {
  for (const name of FIELD_CLASSES) {
    for (const { field, read } of RECORD_READERS[name])
      if (field !== 'authors' && differ(read(one), read(other))) yield { class: name, field }
    for (const { field, read } of AUTHOR_READERS[name])
      if (one.authors.some((author, at) => other.authors[at] && differ(read(author), read(other.authors[at]))))
        yield { class: name, field: `authors.${field}` }
  }
  if (one.authors.length !== other.authors.length) yield { class: 'identity', field: 'authors (how many)' }
}

function differ(a: unknown, b: unknown): boolean {
  return canonicalJson(a) !== canonicalJson(b)
}
