import canonicalize from 'canonicalize'
import { describe, expect, it } from 'vitest'
import type { Normalised, NormalisedAuthor } from './adapter.ts'
import { blankAuthor, blankRecord, venueOf } from './blank.ts'
import { canonicalJson } from './canonical-json.ts'
import { AUTHOR_FIELD_CLASS, FIELD_CLASS, fieldGroups, fingerprintsOf } from './fingerprints.ts'

const author: NormalisedAuthor = {
  ...blankAuthor(1),
  name: 'Ana Lichenova',
  given: 'Ana',
  family: 'Lichenova',
  affiliations: [{ name: 'Nowhere', ror: null, country: null, identifiers: [] }],
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
  return (
    (['identity', 'bibliographic', 'cosmetic'] as const).filter((key) => before[key] !== after[key]).join('+') || 'none'
  )
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
  deleted: [{ ...record, deleted: true }, 'identity'],
  title: [{ ...record, title: 'On lichens' }, 'identity'],
  titles: [{ ...record, titles: [] }, 'bibliographic'],
  published: [{ ...record, published: { year: 2020, month: null, day: null } }, 'identity'],
  identifiers: [{ ...record, identifiers: [] }, 'identity+bibliographic+cosmetic'],
  authors: [{ ...record, authors: [] }, 'identity+bibliographic'],
  type: [{ ...record, type: 'article' }, 'bibliographic'],
  typeAsGiven: [{ ...record, typeAsGiven: 'x' }, 'cosmetic'],
  language: [{ ...record, language: 'fr' }, 'bibliographic'],
  venue: [{ ...record, venue: null }, 'bibliographic'],
  retracted: [{ ...record, retracted: true }, 'bibliographic'],
  openAccess: [{ ...record, openAccess: 'gold' }, 'cosmetic'],
  abstract: [{ ...record, abstract: 'x' }, 'cosmetic'],
  subjects: [{ ...record, subjects: [{ scheme: 'keyword', id: null, label: 'x', score: null }] }, 'cosmetic'],
}

const AUTHOR_MUTATIONS: { readonly [K in keyof NormalisedAuthor]: [Partial<NormalisedAuthor>, string] } = {
  name: [{ name: 'Béla Fern' }, 'identity+bibliographic'],
  given: [{ given: 'Béla' }, 'identity+bibliographic'],
  family: [{ family: 'Fern' }, 'identity+bibliographic'],
  suffix: [{ suffix: 'Jr' }, 'identity+bibliographic'],
  position: [{ position: 2 }, 'identity'],
  collective: [{ collective: true }, 'identity'],
  orcid: [{ orcid: '0000-0002-1825-0097' }, 'identity'],
  orcidAuthenticated: [{ orcidAuthenticated: true }, 'identity'],
  sourceIds: [{ sourceIds: [{ scheme: 'x', value: '1' }] }, 'identity'],
  email: [{ email: 'a@b.example' }, 'identity'],
  role: [{ role: 'editor' }, 'identity'],
  affiliations: [{ affiliations: [] }, 'bibliographic'],
  corresponding: [{ corresponding: true }, 'bibliographic'],
}

describe('a change of', () => {
  it.each(Object.entries(RECORD_MUTATIONS))('%s', (field, [mutated, expected]) => {
    expect(changed(mutated)).toBe(expected)
    const [highest] = expected.split('+')
    const declared = FIELD_CLASS[field as keyof Normalised]
    expect([highest, 'by relation', 'by field']).toContain(declared)
  })

  it.each(Object.entries(AUTHOR_MUTATIONS))('authors.%s', (field, [change, expected]) => {
    expect(changed(withAuthor(change))).toBe(expected)
    expect(expected.split('+')[0]).toBe(AUTHOR_FIELD_CLASS[field as keyof NormalisedAuthor])
  })

  it.each([
    ['version_of', 'identity'],
    ['preprint_of', 'identity'],
    ['self', 'identity'],
    ['part_of', 'bibliographic'],
    ['erratum_of', 'bibliographic'],
    ['cites', 'cosmetic'],
    ['cited_by', 'cosmetic'],
  ])('an identifier that is %s', (relation, expected) => expect(changed(withIdentifier(relation))).toBe(expected))

  it.each([
    [
      'the case of the title',
      { ...record, title: 'ON MOSSES', titles: [{ text: 'ON MOSSES', language: null, kind: 'main' }] },
    ],
    ['accents in a name', withAuthor({ name: 'Aña Lichenová' })],
  ])('%s is how it is written, not what it says', (_, mutated) => expect(changed(mutated)).toBe('bibliographic'))

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
  for (const group of Object.values(fieldGroups(record))) expect(canonicalJson(group)).toBe(canonicalize(group))
})

it.each([
  ['half a character', { a: '\ud800' }],
  ['half a character in a key', { '\udc00': 1 }],
  ['no number', { a: Number.NaN }],
  ['a date', { a: new Date(0) }],
  ['a gap', [undefined]],
])('%s has no canonical form', (_, value) => expect(() => canonicalJson(value)).toThrow())
