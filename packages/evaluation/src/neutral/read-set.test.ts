import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { aFolder, aSmallSet } from '../testing/a-set.ts'
import { readAuthorSet, readPairSet } from './read-set.ts'

const RECORD = { id: 'r1', title: 'On reading', authors: [{ name: 'Ada Mirski' }] }
const PROFILE = { id: 'p1', names: ['Ada Mirski'], seeds: [{ record: 'r1', slot: 0 }] }
const ITEM0 = { record: 'w0-0', slot: 0 }
const ITEM = { record: 'r1', slot: 0, profile: null }

describe('a bad line is told with file and line', () => {
  it.each([
    {
      records: [RECORD, { ...RECORD, id: 'r2', authors: undefined }],
      says: 'records.jsonl.gz:2: "authors" is missing',
    },
    { records: [RECORD, '{"id":'], says: 'records.jsonl.gz:2: is not JSON' },
    { records: [RECORD, '[]'], says: 'records.jsonl.gz:2: the line is not an object' },
    { records: [{ ...RECORD, year: '2010' }], says: 'records.jsonl.gz:1: "year" is neither a whole number nor null' },
    { records: [{ ...RECORD, title: 7 }], says: 'records.jsonl.gz:1: "title" is neither text nor null' },
    { records: [{ ...RECORD, id: '' }], says: 'records.jsonl.gz:1: "id" is empty' },
    { records: [RECORD, RECORD], says: 'records.jsonl.gz:2: record "r1" is there twice' },
    { records: [{ ...RECORD, authors: [{ given: '' }] }], says: 'records.jsonl.gz:1: "authors[0]": "name" is missing' },
    {
      records: [{ ...RECORD, authors: [{ name: 'A', affiliations: [{ country: 'PL' }] }] }],
      says: 'records.jsonl.gz:1: "authors[0]": "affiliations[0]": "name" is missing',
    },
    {
      records: [RECORD],
      profiles: [{ ...PROFILE, seeds: [{ record: 'r1' }] }],
      says: 'profiles.jsonl.gz:1: "seeds[0]": "slot" is missing',
    },
    { records: [RECORD], profiles: [PROFILE, PROFILE], says: 'profiles.jsonl.gz:2: profile "p1" is there twice' },
    { records: [RECORD], stream: ['', { ...ITEM, record: 'r9' }], says: 'stream.jsonl.gz:2: no record "r9"' },
    {
      records: [RECORD],
      stream: [{ ...ITEM, slot: 1 }],
      says: 'stream.jsonl.gz:1: no slot 1 in record "r1", which has 1 authors',
    },
    { records: [RECORD], stream: [{ ...ITEM, slot: -1 }], says: 'stream.jsonl.gz:1: "slot" is not an index from 0' },
  ])('$says', async ({ says, ...files }) => {
    using folder = aFolder({ profiles: [PROFILE], stream: [ITEM], ...files }, true)
    await expect(readAuthorSet(folder.path)).rejects.toThrow(says)
  })

  test('a file that is cut off', async () => {
    using folder = aFolder({ records: ['{"id": "r1"'], profiles: [], stream: [] }, false)
    await expect(readAuthorSet(folder.path)).rejects.toThrow('records.jsonl:1: is not JSON')
  })

  test('no such file, no such folder', async () => {
    using folder = aFolder({ records: [RECORD] }, true)
    await expect(readAuthorSet(folder.path)).rejects.toThrow('no file "profiles.jsonl.gz" or "profiles.jsonl"')
    await expect(readPairSet(`${folder.path}/nowhere`)).rejects.toThrow('no folder')
  })

  test('something packed of which the end is missing', async () => {
    using folder = aFolder({ records: [RECORD], pairs: [] }, true)
    const file = `${folder.path}/records.jsonl.gz`
    writeFileSync(file, readFileSync(file).subarray(0, -12))
    await expect(readPairSet(folder.path)).rejects.toThrow('records.jsonl.gz: cannot be read after line ')
  })

  test('something packed that is not', async () => {
    using folder = aFolder({ records: [] }, true)
    writeFileSync(`${folder.path}/records.jsonl.gz`, 'plain')
    await expect(readPairSet(folder.path)).rejects.toThrow('records.jsonl.gz: cannot be read after line 0: ')
  })
})

test('packed and plain files say the same, and every optional field arrives', async () => {
  const author = {
    name: 'Ada Mirski',
    given: 'Ada',
    family: 'Mirski',
    affiliations: ['Somewhere', { name: 'Elsewhere', ror: '00x', country: 'PL' }],
    emails: ['ada@example.org'],
    ids: [{ scheme: 'hal', value: '7' }],
    orcid: '0000-0002-1825-0097',
  }
  const record = {
    ...RECORD,
    year: 2010,
    keywords: ['a'],
    issns: ['1234-5678'],
    references: ['x'],
    language: 'pl',
    funders: ['A fund', { name: 'Another', ids: [{ scheme: 'ror', value: '00y' }], awards: ['K 123456'] }],
    authors: [author],
  }
  for (const packed of [true, false]) {
    using folder = aFolder({ records: [record], profiles: [PROFILE], stream: [ITEM] }, packed)
    const { set, items } = await readAuthorSet(folder.path)
    expect(items).toEqual([{ record: 'r1', slot: 0 }])
    expect(set.record('r1')).toEqual({
      ...record,
      abstract: null,
      venue: null,
      doi: null,
      funders: [{ name: 'A fund', ids: [], awards: [] }, record.funders[1]],
      authors: [{ ...author, affiliations: [{ name: 'Somewhere', ror: null, country: null }, author.affiliations[1]] }],
    })
  }
})

test('names of parts, no name at all, affiliations of which only the id is known', async () => {
  const authors = [{ given: 'Ada', family: 'Mirski' }, { name: '' }, { name: 'Bo', affiliations: [{ ror: '00x' }, ''] }]
  using folder = aFolder({ records: [{ ...RECORD, authors }], pairs: [] }, true)
  const read = (await readPairSet(folder.path)).record('r1').authors
  expect(read.map(({ name }) => name)).toEqual(['Ada Mirski', '', 'Bo'])
  expect(read[2]?.affiliations.map(({ name, ror }) => [name, ror])).toEqual([
    ['', '00x'],
    ['', null],
  ])
})

test('what an engine is given holds no truth', async () => {
  const files = aSmallSet()
  using folder = aFolder({ ...files, pairs: [{ left: ITEM0, right: ITEM0, same: true, split: 'train' }] }, true)
  const { set, items } = await readAuthorSet(folder.path)
  const seen = JSON.stringify([items, set.profiles, await readPairSet(folder.path)])
  for (const field of ['"profile"', '"same"', '"split"', '"facets"']) expect(seen).not.toContain(field)
})
