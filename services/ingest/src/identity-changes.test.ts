import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Normalised } from './adapters/adapter.ts'
import { blankAuthor, blankRecord } from './adapters/blank.ts'
import { fingerprintsOf } from './adapters/fingerprints.ts'
import { identityChanges } from './identity-changes.ts'
import { snapshotOf } from './snapshot.ts'

const about = { recordId: '5f0c9d1e-0000-5000-8000-000000000001', rawVersion: 1, checksum: '', fetchedAt: 0 }
const normaliser = 'plain/1'

const snapshot = (record: Normalised, previous?: ReturnType<typeof snapshotOf>) =>
  snapshotOf(
    { ...about, normaliser, version: (previous?.version ?? 0) + 1 },
    { record, fingerprints: fingerprintsOf(record), suppressed: false },
    previous,
  )

const author = fc.record({
  name: fc.constantFrom('Ann Ar', 'ANN AR', 'Bo Bé', 'Béla Fern', 'Bela Ferns', 'Jon Smith', 'John Smith'),
  orcid: fc.constantFrom(null, null, '0000-0002-1825-0097', '0000-0000-0001-0007'),
  role: fc.constantFrom('author', 'author', 'editor'),
  affiliations: fc.constant([]),
})
const record = fc
  .record({
    title: fc.constantFrom('On mosses', 'on Mosses!', 'On ferns', null),
    published: fc.constantFrom(null, { year: 2020, month: null, day: null }, { year: 2020, month: 2, day: 1 }),
    abstract: fc.constantFrom(null, 'x'),
    authors: fc.array(author, { maxLength: 4 }),
  })
  .map(
    ({ authors, ...rest }): Normalised => ({
      ...blankRecord('plain', 'a'),
      ...rest,
      warnings: [],
      authors: authors.map((one, at) => ({ ...blankAuthor(at + 1), ...one })),
    }),
  )

it('something is told exactly when the identity fingerprint is another, through any history', () => {
  fc.assert(
    fc.property(fc.array(record, { minLength: 2, maxLength: 5 }), (history) => {
      let previous = snapshot(history[0] as Normalised)
      for (const one of history.slice(1)) {
        const next = snapshot(one, previous)
        expect(next.changed.length > 0).toBe(next.fingerprints.identity !== previous.fingerprints.identity)
        previous = next
      }
    }),
    { numRuns: 1_000 },
  )
})

it('places are those of the new list, and no more than fifty', () => {
  const many = (orcid: string | null, from = 0): Normalised => ({
    ...blankRecord('plain', 'a'),
    title: null,
    warnings: [],
    authors: Array.from({ length: 80 }, (_, at) => ({ ...blankAuthor(at + 1), name: `Person ${at + from}`, orcid })),
  })
  const before = snapshot(many(null))
  const after = snapshot(many('0000-0002-1825-0097'), before)
  expect(after.changed).toHaveLength(50)
  expect(after.changed[49]).toBe('authors[49].orcid')
  expect(snapshot(many(null, 200), before).changed.length).toBeLessThanOrEqual(50)
  expect(identityChanges(before, { ...before, deleted: true })).toEqual(['deleted'])
  expect(identityChanges(before, { ...before, kind: 'author' })).toEqual(['kind'])
})
