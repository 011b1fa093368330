import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aRecord } from '../testing/a-record.ts'
import { aSmallWorld } from '../testing/worlds.ts'
import type { Member, PartialDate } from '../types.ts'
import { canonical } from './canonical.ts'

describe('canonical metadata', () => {
  test('each field comes from the best member that has it, and says from which', () => {
    const crossref = aRecord({ id: 'c', source: 'crossref', title: null, year: 2018, ids: ['doi:10.5555/1'] })
    const hal = aRecord({ id: 'h', source: 'hal', title: 'Tides', year: 2017, venue: 'Bay Studies' })
    const work = canonical([
      { record: hal, role: 'duplicate' },
      { record: crossref, role: 'primary' },
    ])
    expect(work).toMatchObject({
      title: 'Tides',
      published: { year: 2018 },
      doi: '10.5555/1',
      venue: { name: 'Bay Studies' },
    })
    expect(Object.fromEntries(work.fieldSources.map(({ field, recordId }) => [field, recordId]))).toEqual({
      title: hal.recordId,
      type: crossref.recordId,
      published: crossref.recordId,
      venue: hal.recordId,
      doi: crossref.recordId,
    })
  })

  test('a version lends what is missing, an erratum nothing', () => {
    const article = aRecord({ id: 'a', title: null })
    const preprint = aRecord({ id: 'p', type: 'preprint', title: 'Tides', ids: ['doi:10.1101/1'] })
    const erratum = aRecord({ id: 'e', type: 'erratum', venue: 'Bay Studies' })
    const work = canonical([
      { record: erratum, role: 'erratum' },
      { record: preprint, role: 'version' },
      { record: article, role: 'primary' },
    ])
    expect(work).toMatchObject({ title: 'Tides', doi: '10.1101/1', venue: null, type: 'article' })
  })

  test('says how sure each is: by who agrees, to the coarser date, to the version of a DOI', () => {
    const day = (id: string, source: string, published: PartialDate): Member => ({
      record: { ...aRecord({ id, source, title: `Tides of ${id}`, ids: ['doi:10.6084/m9.figshare.1.v2'] }), published },
      role: source === 'crossref' ? 'primary' : 'duplicate',
    })
    const work = canonical([
      day('a', 'crossref', { year: 2018, month: 3, day: null }),
      day('b', 'pubmed', { year: 2018, month: 3, day: 9 }),
      day('c', 'hal', { year: 2018, month: 5, day: null }),
      {
        record: aRecord({
          id: 'd',
          source: 'dblp',
          title: 'TIDES OF A!',
          year: 2018,
          ids: ['doi:10.6084/m9.figshare.1'],
        }),
        role: 'duplicate',
      },
    ])
    const sure = Object.fromEntries(work.fieldSources.map(({ field, agreeing }) => [field, agreeing]))
    expect(sure).toMatchObject({ published: 3, title: 2, doi: 4, type: 4 })
    const confidence = Object.fromEntries(work.fieldSources.map(({ field, confidence }) => [field, confidence]))
    expect(confidence['doi']).toBeGreaterThan(confidence['published'] ?? 1)
    expect(confidence['published']).toBeGreaterThan(confidence['title'] ?? 1)
  })

  test('a version does not speak against what it is a version of', () => {
    const article = aRecord({ id: 'a', source: 'crossref', year: 2018, title: 'Tides' })
    const preprint = aRecord({ id: 'p', source: 'arxiv', type: 'preprint', year: 2016, title: 'On tides' })
    const alone = canonical([{ record: article, role: 'primary' }])
    const both = canonical([
      { record: article, role: 'primary' },
      { record: preprint, role: 'version' },
    ])
    expect(both.fieldSources).toEqual(alone.fieldSources)
  })

  test('a kind that is not told is no witness', () => {
    const [a, b] = [aRecord({ id: 'a', source: 'crossref' }), aRecord({ id: 'b', source: 'pubmed', type: 'other' })]
    const work = canonical([
      { record: a, role: 'primary' },
      { record: b, role: 'duplicate' },
    ])
    expect(work.fieldSources.find(({ field }) => field === 'type')).toMatchObject({ agreeing: 1, confidence: 0.9 })
  })

  test('a primary record that does not tell its kind has it from a duplicate', () => {
    const untold = aRecord({ id: 'a', type: 'other' })
    const preprint = aRecord({ id: 'b', type: 'preprint' })
    const typeOf = (...members: readonly Member[]): string => canonical(members).type
    expect(typeOf({ record: untold, role: 'primary' }, { record: preprint, role: 'duplicate' })).toBe('preprint')
    expect(typeOf({ record: untold, role: 'primary' })).toBe('other')
  })

  test('identifiers say what they are to the work', () => {
    const article = aRecord({ id: 'a', ids: ['doi:10.5555/1', 'has_preprint arxiv:1801.00001'] })
    const preprint = aRecord({ id: 'p', type: 'preprint', ids: ['arxiv:1801.00001', 'doi:10.48550/arxiv.1801.00001'] })
    const work = canonical([
      { record: preprint, role: 'version' },
      { record: article, role: 'primary' },
    ])
    expect(work.doi).toBe('10.5555/1')
    expect(work.identifiers).toEqual([
      { scheme: 'arxiv', value: '1801.00001', relation: 'has_version' },
      { scheme: 'doi', value: '10.48550/arxiv.1801.00001', relation: 'has_version' },
      { scheme: 'doi', value: '10.5555/1', relation: 'self' },
    ])
  })

  test('the order of the members does not matter', () => {
    const members = aSmallWorld.map((records): readonly Member[] =>
      records.map((record, at) => ({ record, role: at === 0 ? 'primary' : 'duplicate' })),
    )
    const shuffled = members.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray([...all], { minLength: all.length })),
    )
    fc.assert(
      fc.property(shuffled, ([ordered, mixed]) => {
        expect(canonical(mixed)).toEqual(canonical(ordered))
      }),
    )
  })
})
