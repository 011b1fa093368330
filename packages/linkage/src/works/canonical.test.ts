import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aRecord } from '../testing/a-record.ts'
import { aSmallWorld } from '../testing/worlds.ts'
import type { Member } from '../types.ts'
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
