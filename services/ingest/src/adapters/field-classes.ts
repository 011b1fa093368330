import { foldName, foldTitle } from '@atlas/identifiers'
import type { RecordAffiliation, RecordIdentifier } from '@atlas/schemas'
import type { Normalised, NormalisedAuthor } from './adapter.ts'

/**
 * What a change of a field means. `identity`: questions may be asked again. `bibliographic`: published, nobody is asked.
 * `volatile`: moves by itself; published at most weekly, nobody is asked. `cosmetic`: kept, not published.
 */
export const FIELD_CLASSES = ['identity', 'bibliographic', 'volatile', 'cosmetic'] as const
export type FieldClass = (typeof FIELD_CLASSES)[number]

/** What one class sees of a field. */
export interface Aspect<T> {
  readonly class: FieldClass
  /** In words, where it is not all of the field. */
  readonly what: string
  of(value: T): unknown
}

const whole = (fieldClass: FieldClass): readonly Aspect<unknown>[] => [
  { class: fieldClass, what: '', of: (value) => value },
]
const part = <T>(fieldClass: FieldClass, what: string, of: (value: T) => unknown): Aspect<T> => {
  return { class: fieldClass, what, of }
}
const folded = (text: string | null) => (text === null ? null : foldName(text))
/** Names are looked at twice: what they say, and how they are written. */
const asName = [
  part('identity', 'letters, without case and accents', folded),
  part('bibliographic', 'as written', same),
]

/** Says nothing of the work. */
const NONE = [] as const

// A work *is* these; with what the other relations name it is connected.
const OWN = new Set(['self', 'identical'])
// Found by machines in lists of references.
const COUNTED = new Set(['cites', 'cited_by'])

/**
 * The class of every field of a record, for every source. The fingerprints and the table in docs/changes.md follow from it;
 * who changes a class raises `FINGERPRINT_RULES`.
 *
 * Affiliations are bibliographic although they are evidence: sources regroup them by the thousand, and whom the entry
 * names stays the same. So are the order of authors and the identifiers of versions. Abstracts, subjects and references are
 * volatile: what machines find in a text they find anew every few weeks (22, 33 and 11 of 100 works of OpenAlex in eleven
 * weeks), and nobody waits for it.
 */
export const FIELD_CLASS = {
  source: NONE,
  sourceId: NONE,
  sourceUpdatedAt: NONE,
  warnings: NONE,
  // States of the record, not of its content: see `decideVersion`.
  deleted: NONE,
  deletedBecause: NONE,
  kind: whole('identity'),
  title: [
    part('identity', 'letters and digits, without case and accents', (title) =>
      title === null ? null : foldTitle(title),
    ),
  ],
  titles: whole('bibliographic'),
  abstract: whole('volatile'),
  type: whole('bibliographic'),
  typeAsGiven: whole('cosmetic'),
  published: [part('identity', 'year', (date) => date?.year ?? null), part('bibliographic', 'month and day', same)],
  dates: whole('bibliographic'),
  language: whole('bibliographic'),
  languages: whole('bibliographic'),
  venue: whole('bibliographic'),
  identifiers: [
    part('identity', 'the record\'s own: "self", "identical"', (all) => sortedKeys(all, (word) => OWN.has(word))),
    part('bibliographic', 'of what it is connected with: versions, parts, errata …', (all) =>
      sortedKeys(all, (word) => !OWN.has(word) && !COUNTED.has(word)),
    ),
    part('volatile', '"cites", "cited_by"', (all) => sortedKeys(all, (word) => COUNTED.has(word))),
  ],
  authors: [
    part('identity', 'see below; their order says nothing', authorsWho),
    part('bibliographic', 'see below; in order', authorsAs('bibliographic')),
    part('cosmetic', 'see below; in order', authorsAs('cosmetic')),
  ],
  subjects: [part('volatile', '', (all) => all.map(({ scheme, id, label, score }) => [scheme, id, label, score]))],
  funders: whole('bibliographic'),
  references: [part('volatile', '', (all) => all.map(({ scheme, value, raw }) => [scheme, value, raw]))],
  retracted: whole('bibliographic'),
  openAccess: whole('bibliographic'),
  openAccessLocations: whole('volatile'),
  licence: whole('bibliographic'),
  citedByCount: whole('volatile'),
  person: [
    part('identity', 'names, without case and accents', (person) =>
      person === null ? null : [...new Set(person.names.map(({ name }) => foldName(name)))].sort(),
    ),
    part('bibliographic', 'everything', same),
  ],
  organisation: [
    part('identity', 'main name, without case and accents', (organisation) =>
      (organisation?.names ?? []).filter(({ kind }) => kind === 'main').map(({ text }) => foldName(text)),
    ),
    part('bibliographic', 'everything', same),
  ],
} as const satisfies { readonly [K in keyof Normalised]: readonly Aspect<Normalised[K]>[] }

/** The same for the fields of an author entry. */
export const AUTHOR_FIELD_CLASS = {
  name: [
    part('identity', 'letters, without case and accents; "Ar, Ann" is Ann Ar', nameInOrder),
    part('bibliographic', 'as written', same),
  ],
  given: asName,
  family: asName,
  suffix: asName,
  collective: whole('identity'),
  role: whole('identity'),
  orcid: whole('identity'),
  orcidAuthenticated: whole('identity'),
  sourceIds: [
    part('identity', 'their order says nothing', (ids) => ids.map(({ scheme, value }) => `${scheme} ${value}`).sort()),
  ],
  email: whole('identity'),
  nameForms: whole('bibliographic'),
  position: whole('bibliographic'),
  affiliations: [
    part('bibliographic', 'names, ROR, countries, identifiers; their order says nothing', organisations),
    part('cosmetic', 'the lines on the paper, and their order', (all) => all.map(({ raw }) => raw)),
  ],
  corresponding: whole('bibliographic'),
} as const satisfies { readonly [K in keyof NormalisedAuthor]: readonly Aspect<NormalisedAuthor[K]>[] }

type Readers<T> = readonly { readonly field: keyof T & string; readonly read: (value: T) => unknown }[]

/** What a class sees of a thing, field by field, in the order of the table. */
function readersOf<T>(
  table: Readonly<Record<keyof T & string, readonly Aspect<never>[]>>,
  seen: FieldClass,
): Readers<T> {
  return (Object.keys(table) as (keyof T & string)[]).flatMap((field) =>
    (table[field] as readonly Aspect<unknown>[])
      .filter((aspect) => aspect.class === seen)
      .map(({ of }) => ({ field, read: (value: T) => of(value[field]) })),
  )
}

type ByClass<T> = Readonly<Record<FieldClass, Readers<T>>>

function readersByClass<T>(table: Readonly<Record<keyof T & string, readonly Aspect<never>[]>>): ByClass<T> {
  return {
    identity: readersOf(table, 'identity'),
    bibliographic: readersOf(table, 'bibliographic'),
    volatile: readersOf(table, 'volatile'),
    cosmetic: readersOf(table, 'cosmetic'),
  }
}

/** What each class sees of a record, and of an author entry. */
export const RECORD_READERS = readersByClass<Normalised>(FIELD_CLASS)
export const AUTHOR_READERS = readersByClass<NormalisedAuthor>(AUTHOR_FIELD_CLASS)
/** What of an author entry says who it is. The folded name is the first. */
export const AUTHOR_WHO = AUTHOR_READERS.identity

/** By folded name: entries of one name stay in their order, as their mention keys do. */
function authorsWho(authors: readonly NormalisedAuthor[]): unknown {
  const entries = authors.map((author) => AUTHOR_WHO.map(({ read }) => read(author)))
  return entries.sort(([a], [b]) => (String(a) < String(b) ? -1 : a === b ? 0 : 1))
}

/** Entry by entry, in the order given. */
function authorsAs(seen: FieldClass): (authors: readonly NormalisedAuthor[]) => unknown {
  return (authors) => authors.map((author) => AUTHOR_READERS[seen].map(({ read }) => read(author)))
}

/** Sources go over from one order of a name to the other, entry by entry. */
function nameInOrder(name: string): string {
  const comma = name.indexOf(',')
  const inverted = comma > 0 && name.indexOf(',', comma + 1) === -1
  return foldName(inverted ? `${name.slice(comma + 1)} ${name.slice(0, comma)}` : name)
}

function organisations(affiliations: readonly RecordAffiliation[]): unknown {
  const texts = affiliations.map(({ name, ror, country, identifiers }) =>
    JSON.stringify([name, ror, country, ...identifiers.map(({ scheme, value }) => `${scheme} ${value}`).sort()]),
  )
  return texts.sort()
}

/** In which order a source lists them means nothing. */
function sortedKeys(identifiers: readonly RecordIdentifier[], wanted: (relation: string) => boolean): string[] {
  const keys: string[] = []
  for (const { relation, scheme, value } of identifiers)
    if (wanted(relation)) keys.push(`${relation} ${scheme} ${value}`)
  return keys.sort()
}

function same<T>(value: T): T {
  return value
}
