import { describe, expect, it, test } from 'vitest'
import { linkageRecordOf } from '../engine/linkage-record.ts'
import { aFolder } from '../testing/a-set.ts'
import { readWorkTruths } from '../truth/read-work-truths.ts'
import { readWorkSet } from './read-work-set.ts'

const RECORD = { id: 'r1', title: 'On reading', authors: [{ name: 'Ada Mirski' }] }
const OTHER = { ...RECORD, id: 'r2' }

describe('a bad line is told with file and line', () => {
  it.each([
    { records: [RECORD, RECORD], says: 'records.jsonl.gz:2: record "r1" is there twice' },
    { records: [{ ...RECORD, authors: undefined }], says: 'records.jsonl.gz:1: "authors" is missing' },
    { records: [{ ...RECORD, authors: [7] }], says: 'records.jsonl.gz:1: "authors[0]" is not an object' },
    { records: [{ ...RECORD, authors: [{}] }], says: 'records.jsonl.gz:1: "authors[0]": "name" is missing' },
    { records: [{ ...RECORD, year: '2010' }], says: 'records.jsonl.gz:1: "year" is neither a whole number nor null' },
    { records: [{ ...RECORD, pages: 7 }], says: 'records.jsonl.gz:1: "pages" is neither text nor null' },
    {
      records: [{ ...RECORD, identifiers: [{ scheme: 'doi' }] }],
      says: 'records.jsonl.gz:1: "identifiers[0]": "value" is missing',
    },
    { records: [RECORD, '{"id":'], says: 'records.jsonl.gz:2: is not JSON' },
    { pairs: [{ left: 'r1', right: 'r9' }], says: 'pairs.jsonl.gz:1: no record "r9"' },
    { pairs: [{ left: 'r1', right: 'r1' }], says: 'pairs.jsonl.gz:1: "r1" is on both sides' },
    { pairs: [{ left: { record: 'r1' }, right: 'r2' }], says: 'pairs.jsonl.gz:1: "left" is not text' },
  ])('$says', async ({ says, records = [RECORD, OTHER], pairs }) => {
    using folder = aFolder(pairs === undefined ? { records } : { records, pairs }, true)
    await expect(readWorkSet(folder.path)).rejects.toThrow(says)
  })
})

describe('bad truths, too', () => {
  it.each([
    { matches: [{ left: 'r1', right: 'r9' }], says: 'matches.jsonl.gz:1: no record "r9"' },
    {
      matches: [
        { left: 'r1', right: 'r2' },
        { left: 'r2', right: 'r1' },
      ],
      says: 'matches.jsonl.gz:2: "r2" and "r1" are there twice',
    },
    { labels: [{ record: 'r1', duplicate: 1 }], says: 'labels.jsonl.gz:1: "duplicate" is neither true nor false' },
    { labels: [{ record: 'r9', duplicate: true }], says: 'labels.jsonl.gz:1: no record "r9"' },
    { labels: [{ record: 'r1', duplicate: true }], says: 'has no line for record "r2"' },
    {
      labels: [
        { record: 'r1', duplicate: true },
        { record: 'r1', duplicate: true },
      ],
      says: 'labels.jsonl.gz:2: record "r1" is there twice',
    },
    { pairs: [{ left: 'r1', right: 'r2', same: 'yes' }], says: 'pairs.jsonl.gz:1: neither "same" (true, false)' },
    { pairs: [{ left: 'r1', right: 'r2', verdict: 'maybe' }], says: 'pairs.jsonl.gz:1: neither "same" (true, false)' },
    { says: 'has none' },
    { labels: [], matches: [], says: 'has matches and labels' },
  ])('$says', async ({ says, ...truths }) => {
    using folder = aFolder({ records: [RECORD, OTHER], ...truths }, true)
    const set = await readWorkSet(folder.path)
    await expect(readWorkTruths(folder.path, set)).rejects.toThrow(says)
  })
})

test('a verdict is a word or a yes', async () => {
  const pairs = [
    { left: 'r1', right: 'r2', verdict: 'same' },
    { left: 'r2', right: 'r1', same: false },
  ]
  using folder = aFolder({ records: [RECORD, OTHER], pairs }, false)
  const truths = await readWorkTruths(folder.path, await readWorkSet(folder.path))
  expect(truths).toMatchObject({ form: 'pairs', pairs: [{ same: true }, { same: false }] })
})

test('records as programs for references export them', async () => {
  const written = {
    id: 'r1',
    title: 'Caf&#233;s &amp; bars &mdash; a study &unknown;',
    authors: "Adeli K.Lewis G. F.O'Reilly M. E.",
    doi: 'http://dx.doi.org/10.1097/MOL.0B013E3282FFAF82',
    issn: '0957-9672 (Print)\r\n0957-9672',
    pages: '221-8',
  }
  using folder = aFolder({ records: [written, { ...RECORD, id: 'r2', authors: 'Adeli K; Lewis GF' }] }, true)
  const [first, second] = (await readWorkSet(folder.path)).records
  expect(first).toMatchObject({ title: 'Cafés & bars — a study &unknown;', issns: ['0957-9672'] })
  expect(first?.authors.map(({ name }) => name)).toEqual(['Adeli K.', 'Lewis G. F.', "O'Reilly M. E."])
  expect(second?.authors.map(({ name }) => name)).toEqual(['Adeli K', 'Lewis GF'])
  expect(first && linkageRecordOf(first)).toMatchObject({
    identifiers: [{ scheme: 'doi', value: '10.1097/mol.0b013e3282ffaf82', relation: 'self' }],
    venue: { firstPage: '221', lastPage: '8' },
    type: 'article',
  })
})

test('what an engine is given holds no truth', async () => {
  const files = {
    records: [RECORD, OTHER],
    pairs: [{ left: 'r1', right: 'r2', same: true, verdict: 'same' }],
    matches: [{ left: 'r1', right: 'r2' }],
  }
  using folder = aFolder(files, true)
  const seen = JSON.stringify(await readWorkSet(folder.path))
  for (const field of ['"same"', '"verdict"', '"duplicate"']) expect(seen).not.toContain(field)
})
