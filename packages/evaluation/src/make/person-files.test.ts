import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { expect, it, test } from 'vitest'
import { sampleFolder } from '../testing/labelled-sets.ts'
import { bibEntries } from './bibtex.ts'
import { worksOfPersons } from './person-files.ts'
import { labelledSet } from './silver-set.ts'

it('texts are read without TeX, a DOI as it stands', () => {
  const [entry] = bibEntries(
    String.raw`@article{k, author = {J{\"{u}}rgen S{\o}ren and Dae{-}Ki Kang}, title = {$\alpha$ of \emph{moss}: R{\&}D}, doi = {10.5555/a--b\_3}}`,
  )
  expect(entry?.fields).toEqual({
    author: 'Jürgen Søren and Dae-Ki Kang',
    title: 'α of moss: R&D',
    doi: '10.5555/a--b_3',
  })
})

const FILES = [
  {
    name: 'Mirski_0001_Ada.bib',
    text: `@article{a/1,
  author = {Ada Mirski and
            Bo Larsen},
  title = {On {Moss}}, journal = {J. Moss}, year = {2001}, doi = {10.5555/A\\_1}
}
@proceedings{a/2, editor = {Ada Mirski}, title = {All}, year = 2002}
@inproceedings{a/3, author = {Ada Mirski and Chidi Okafor}, title = "On heath", booktitle = {Heath}, year = {2003},}
@article{both, author = {Ada Mirski and Ada Mirski}, title = {Two of us}, year = {2004}}`,
  },
  {
    name: 'Mirski_0002_Ada.bib',
    text: `@article{b/1, author = {Ada Mirski 0002}, title = {Alone}, year = {1999}}
@article{both, author = {Ada Mirski and Ada Mirski}, title = {Two of us}, year = {2004}}`,
  },
]

test('entries, their values in braces, quotes or bare', () => {
  expect(bibEntries(FILES[0]?.text ?? '').map(({ type, key, fields }) => [type, key, fields['year']])).toEqual([
    ['article', 'a/1', '2001'],
    ['proceedings', 'a/2', '2002'],
    ['inproceedings', 'a/3', '2003'],
    ['article', 'both', '2004'],
  ])
})

test('the file is the label, of one entry on the byline; numbers that tell people apart are gone', () => {
  const works = worksOfPersons(FILES)
  expect(works.map(({ sourceId, authors }) => [sourceId, authors.map(({ name, orcid }) => [name, orcid])])).toEqual([
    [
      'a/1',
      [
        ['Ada Mirski', 'Mirski_0001_Ada.bib'],
        ['Bo Larsen', null],
      ],
    ],
    [
      'a/3',
      [
        ['Ada Mirski', 'Mirski_0001_Ada.bib'],
        ['Chidi Okafor', null],
      ],
    ],
    [
      'both',
      [
        ['Ada Mirski', null],
        ['Ada Mirski', null],
      ],
    ],
    ['b/1', [['Ada Mirski', 'Mirski_0002_Ada.bib']]],
  ])
  expect(works[0]).toMatchObject({
    title: 'On Moss',
    venue: { name: 'J. Moss' },
    identifiers: [{ value: '10.5555/a_1' }],
  })
  expect(JSON.stringify(labelledSet(works))).not.toMatch(/Mirski_| 000|\.bib/)
})

const folder = sampleFolder('dblp/homonyms-jun-zhang', process.env['ATLAS_SHARED'])
const reason = folder === undefined ? ' (skipped: no samples under ATLAS_SHARED)' : ''
test.skipIf(folder === undefined)(`ten people of one name: every entry he wrote is read${reason}`, () => {
  const files = readdirSync(folder ?? '').map((name) => ({
    name,
    text: readFileSync(join(folder ?? '', name), 'utf8'),
  }))
  expect(files.flatMap(({ text }) => bibEntries(text))).toHaveLength(908)
  const works = worksOfPersons(files)
  const { profiles, stream } = labelledSet(works)
  const labels = works.flatMap(({ authors }) => authors.filter(({ orcid }) => orcid !== null))
  expect(new Set(labels.map(({ name }) => name))).toEqual(new Set(['Jun Zhang']))
  expect(labels.length).toBeGreaterThan(660)
  expect(stream.length + profiles.reduce((sum, { seeds }) => sum + seeds.length, 0)).toBe(labels.length)
})
