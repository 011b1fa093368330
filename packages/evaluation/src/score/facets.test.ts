import { describe, expect, it } from 'vitest'
import { readAuthorSet } from '../neutral/read-set.ts'
import { aFolder } from '../testing/a-set.ts'
import { facetsIn } from './facets.ts'

const work = (id: string, year: number | null, ...names: string[]) => ({
  id,
  year,
  authors: names.map((name, at) => ({ name, affiliations: at === 0 ? ['Somewhere'] : [] })),
})
const FILES = {
  records: [
    work('seed 1', 2010, 'Wei Zhang', 'Bo Larsen'),
    work('seed 2', 2012, 'W. Zhang'),
    work('seed 3', 2001, 'Wen Zhang'),
    work('seed 4', 2015, 'Ada Mirski', 'Wei Zhang'),
    work('new', 2014, 'W. Zhang', 'Bo Larsen'),
    work('late', 2030, 'Bo Larsen', 'Ada Mirski'),
    work('undated', null, 'Ada Mirski'),
  ],
  profiles: [
    { id: 'wei', names: ['Wei Zhang'], seeds: [{ record: 'seed 1', slot: 0 }] },
    { id: 'w', names: ['W. Zhang'], seeds: [{ record: 'seed 2', slot: 0 }] },
    { id: 'wen', names: ['Wen Zhang'], seeds: [{ record: 'seed 3', slot: 0 }] },
    { id: 'ada', names: ['Ada Mirski'], seeds: [{ record: 'seed 4', slot: 0 }] },
  ],
  stream: [],
}

describe('facets of an item', () => {
  it.each([
    { record: 'new', slot: 0, truth: 'wei', facet: 'frequent name', value: 'yes' },
    { record: 'late', slot: 1, truth: 'ada', facet: 'frequent name', value: 'no' },
    { record: 'new', slot: 0, truth: 'wei', facet: 'initials only', value: 'yes' },
    { record: 'late', slot: 1, truth: 'ada', facet: 'initials only', value: 'no' },
    { record: 'new', slot: 0, truth: 'wei', facet: 'no shared co-author', value: 'no' },
    { record: 'new', slot: 0, truth: 'w', facet: 'no shared co-author', value: 'yes' },
    // A stranger is held against everybody of his surname and initial.
    { record: 'new', slot: 0, truth: null, facet: 'no shared co-author', value: 'no' },
    { record: 'new', slot: 0, truth: 'wei', facet: 'no affiliation', value: 'no' },
    { record: 'late', slot: 1, truth: 'ada', facet: 'no affiliation', value: 'yes' },
    { record: 'new', slot: 0, truth: 'wei', facet: 'years since last known', value: '3 to 5' },
    { record: 'new', slot: 0, truth: 'w', facet: 'years since last known', value: '1 to 2' },
    { record: 'new', slot: 0, truth: null, facet: 'years since last known', value: '1 to 2' },
    { record: 'late', slot: 1, truth: 'ada', facet: 'years since last known', value: '6 or more' },
    { record: 'seed 3', slot: 0, truth: 'w', facet: 'years since last known', value: '0' },
    { record: 'undated', slot: 0, truth: 'ada', facet: 'years since last known', value: 'unknown' },
    { record: 'late', slot: 0, truth: null, facet: 'years since last known', value: 'unknown' },
  ])('$facet of slot $slot of $record, which is $truth: $value', async ({ record, slot, truth, facet, value }) => {
    using folder = aFolder(FILES, true)
    const { set } = await readAuthorSet(folder.path)
    expect(facetsIn(set)({ record, slot }, truth)[facet]).toBe(value)
  })
})
