import { recordOpenAccessLocationDefaults, recordOrganisationDefaults, recordPersonDefaults } from '@atlas/schemas'
import canonicalize from 'canonicalize'
import { describe, expect, it } from 'vitest'
import type { Normalised, NormalisedAuthor } from './adapter.ts'
import { affiliationNamed, blankAuthor, blankRecord, venueOf } from './blank.ts'
import { canonicalJson } from './canonical-json.ts'
import { AUTHOR_FIELD_CLASS, FIELD_CLASS, FIELD_CLASSES } from './field-classes.ts'
import { fingerprintsOf, seenBy } from './fingerprints.ts'

const author: NormalisedAuthor = {
  ...blankAuthor(1),
  name: 'Ana Lichenova',
  given: 'Ana',
  family: 'Lichenova',
  affiliations: [affiliationNamed('Nowhere')],
}
const record: Normalised = {
  ...blankRecord('crossref', '10.5555/a'),
  title: 'On mosses',
  titles: [{ text: 'On mosses', language: null, kind: 'main' }],
  identifiers: [
    { scheme: 'doi', value: '10.5555/a', relation: 'self' },
    { scheme: 'doi', value: '10.5555/b', relation: 'part_of' },
    { scheme: 'doi', value: '10.5555/c', relation: 'cites' },
  ],
  venue: venueOf({ name: 'A journal' }),
  authors: [author],
  warnings: [],
}

/** The classes whose fingerprints differ, the most important first. */
function changed(other: Normalised): string {
  const [before, after] = [fingerprintsOf(record), fingerprintsOf(other)]
  return FIELD_CLASSES.filter((key) => before[key] !== after[key]).join('+') || 'none'
}

const withAuthor = (change: Partial<NormalisedAuthor>): Normalised => ({
  ...record,
  authors: [{ ...author, ...change }],
})
const withIdentifier = (relation: string): Normalised => ({
  ...record,
  identifiers: [...record.identifiers, { scheme: 'doi', value: '10.5555/new', relation }],
})

const RECORD_MUTATIONS: { readonly [K in keyof Normalised]: [Normalised, string] } = {
  source: [{ ...record, source: 'x' }, 'none'],
  sourceId: [{ ...record, sourceId: 'x' }, 'none'],
  sourceUpdatedAt: [{ ...record, sourceUpdatedAt: 1 }, 'none'],
  warnings: [{ ...record, warnings: [{ code: 'x', pointer: '' }] }, 'none'],
  deleted: [{ ...record, deleted: true }, 'none'],
  deletedBecause: [{ ...record, deletedBecause: 'withdrawn' }, 'none'],
  kind: [{ ...record, kind: 'author' }, 'identity'],
  title: [{ ...record, title: 'On lichens' }, 'identity'],
  titles: [{ ...record, titles: [] }, 'bibliographic'],
  published: [{ ...record, published: { year: 2020, month: null, day: null } }, 'identity+bibliographic'],
  identifiers: [{ ...record, identifiers: [] }, 'identity+bibliographic+volatile'],
  authors: [{ ...record, authors: [] }, 'identity+bibliographic+cosmetic'],
  type: [{ ...record, type: 'article' }, 'bibliographic'],
  typeAsGiven: [{ ...record, typeAsGiven: 'x' }, 'cosmetic'],
  language: [{ ...record, language: 'fr' }, 'bibliographic'],
  venue: [{ ...record, venue: null }, 'bibliographic'],
  languages: [{ ...record, languages: ['fr'] }, 'bibliographic'],
  dates: [{ ...record, dates: [{ kind: 'online', year: 2020, month: null, day: null }] }, 'bibliographic'],
  funders: [{ ...record, funders: [{ name: 'X', identifiers: [], awards: [] }] }, 'bibliographic'],
  references: [{ ...record, references: [{ scheme: null, value: null, raw: 'x' }] }, 'volatile'],
  licence: [{ ...record, licence: 'CC-BY-4.0' }, 'bibliographic'],
  openAccessLocations: [
    { ...record, openAccessLocations: [{ ...recordOpenAccessLocationDefaults, url: 'https://a.example' }] },
    'volatile',
  ],
  person: [{ ...record, person: recordPersonDefaults }, 'identity+bibliographic'],
  organisation: [
    {
      ...record,
      organisation: { ...recordOrganisationDefaults, names: [{ text: 'X', language: null, kind: 'main' }] },
    },
    'identity+bibliographic',
  ],
  citedByCount: [{ ...record, citedByCount: 3 }, 'volatile'],
  retracted: [{ ...record, retracted: true }, 'bibliographic'],
  openAccess: [{ ...record, openAccess: 'gold' }, 'bibliographic'],
  abstract: [{ ...record, abstract: 'x' }, 'volatile'],
  subjects: [{ ...record, subjects: [{ scheme: 'keyword', id: null, label: 'x', score: null }] }, 'volatile'],
}

const AUTHOR_MUTATIONS: { readonly [K in keyof NormalisedAuthor]: [Partial<NormalisedAuthor>, string] } = {
  nameForms: [{ nameForms: ['A. Lichenova'] }, 'bibliographic'],
  name: [{ name: 'Béla Fern' }, 'identity+bibliographic'],
  given: [{ given: 'Béla' }, 'identity+bibliographic'],
  family: [{ family: 'Fern' }, 'identity+bibliographic'],
  suffix: [{ suffix: 'Jr' }, 'identity+bibliographic'],
  position: [{ position: 2 }, 'bibliographic'],
  collective: [{ collective: true }, 'identity'],
  orcid: [{ orcid: '0000-0002-1825-0097' }, 'identity'],
  orcidAuthenticated: [{ orcidAuthenticated: true }, 'identity'],
  sourceIds: [{ sourceIds: [{ scheme: 'x', value: '1' }] }, 'identity'],
  email: [{ email: 'a@b.example' }, 'identity'],
  role: [{ role: 'editor' }, 'identity'],
  affiliations: [{ affiliations: [] }, 'bibliographic+cosmetic'],
  corresponding: [{ corresponding: true }, 'bibliographic'],
}

describe('a change of', () => {
  it.each(Object.entries(RECORD_MUTATIONS))('%s', (field, [mutated, expected]) => {
    expect(changed(mutated)).toBe(expected)
    const declared = FIELD_CLASS[field as keyof Normalised].map((aspect) => aspect.class)
    expect(declared.join('+') || 'none').toBe(expected)
  })

  it.each(Object.entries(AUTHOR_MUTATIONS))('authors.%s', (field, [change, expected]) => {
    expect(changed(withAuthor(change))).toBe(expected)
    expect(AUTHOR_FIELD_CLASS[field as keyof NormalisedAuthor].map((aspect) => aspect.class).join('+')).toBe(expected)
  })

  it.each([
    ['self', 'identity'],
    ['identical', 'identity'],
    ['version_of', 'bibliographic'],
    ['preprint_of', 'bibliographic'],
    ['part_of', 'bibliographic'],
    ['erratum_of', 'bibliographic'],
    ['cites', 'volatile'],
    ['cited_by', 'volatile'],
  ])('an identifier that is %s', (relation, expected) => expect(changed(withIdentifier(relation))).toBe(expected))

  it.each([
    [
      'the case of the title',
      { ...record, title: 'ON MOSSES', titles: [{ text: 'ON MOSSES', language: null, kind: 'main' }] },
    ],
    ['accents in a name', withAuthor({ name: 'Aña Lichenová' })],
    ['the order of a name', withAuthor({ name: 'Lichenova, Ana' })],
  ])('%s is how it is written, not what it says', (_, mutated) => expect(changed(mutated)).toBe('bibliographic'))

  it('the day on which it was published, and the order of authors, are no identity', () => {
    const dated = (month: number | null) => ({ ...record, published: { year: 2020, month, day: null } })
    const two = [author, { ...blankAuthor(2), name: 'Béla Fern' }]
    const swapped = two.toReversed().map((one, at) => ({ ...one, position: at + 1 }))
    for (const [before, after] of [
      [dated(null), dated(2)],
      [
        { ...record, authors: two },
        { ...record, authors: swapped },
      ],
    ] as const) {
      const [one, other] = [fingerprintsOf(before), fingerprintsOf(after)]
      expect(other.identity).toBe(one.identity)
      expect(other.bibliographic).not.toBe(one.bibliographic)
    }
  })

  it('two of one name who change places is identity: their keys go by their order', () => {
    const two = [author, { ...author, orcid: '0000-0002-1825-0097', position: 2 }]
    const [one, other] = [two, two.toReversed()].map((authors) => fingerprintsOf({ ...record, authors }).identity)
    expect(other).not.toBe(one)
  })

  it('nothing: another order of identifiers and keys', () => {
    expect(changed({ ...record, identifiers: record.identifiers.toReversed() })).toBe('none')
    const shuffled = Object.fromEntries(Object.entries(record).toReversed())
    expect(changed({ ...shuffled, ...record })).toBe('none')
  })
})

it('the canonical form is that of RFC 8785', () => {
  const value = {
    ...{ b: [1, 0.1, 1e21, -0, 'é\u2028\n"'], a: { z: null, é: true, left: undefined }, '\u{1F600}': 1, '\ufb33': 2 },
    ...{ '9': [[], {}], '10': 'ten', '"': '"' },
  }
  expect(canonicalJson(value)).toBe(canonicalize(value))
  for (const seen of FIELD_CLASSES) {
    const fields = seenBy(record, seen)
    expect(canonicalJson(fields)).toBe(canonicalize(fields))
  }
})

it.each([
  ['half a character', { a: '\ud800' }],
  ['half a character in a key', { '\udc00': 1 }],
  ['no number', { a: Number.NaN }],
  ['a date', { a: new Date(0) }],
  ['a gap', [undefined]],
])('%s has no canonical form', (_, value) => expect(() => canonicalJson(value)).toThrow())
