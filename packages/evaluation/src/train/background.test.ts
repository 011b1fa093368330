import { expect, it } from 'vitest'
import type { UnifiedRecord } from '../make/unified.ts'
import { backgroundOf } from './background.ts'

function manyOf(source: string, count: number, of: Partial<UnifiedRecord>): readonly UnifiedRecord[] {
  const nothing = { deleted: false, abstract: null, published: null, language: null, venue: null }
  const lists = { identifiers: [], subjects: [], funders: [], references: [], authors: [] }
  return Array.from({ length: count }, (_, at) => ({
    source,
    sourceId: `${at}`,
    title: `no ${at}`,
    ...nothing,
    ...lists,
    ...of,
  }))
}

const texts = [
  ...manyOf('crossref', 100, { abstract: 'moss and peat' }),
  ...manyOf('pubmed', 100, { abstract: 'moss and liver' }),
]

it('shares are means over sources, in thousandths', () => {
  expect(backgroundOf(texts).terms).toMatchObject({ mos: 1000, peat: 500, liver: 500 })
})

it('what says no more than a title, and what is no work, makes no word rarer', () => {
  const others = [...manyOf('dblp', 300, {}), ...manyOf('ror', 300, { title: null }), ...manyOf('crossref', 0, {})]
  expect(backgroundOf([...texts, ...others])).toEqual(backgroundOf(texts))
})

it('a source of few texts says nothing', () => {
  const few = manyOf('hal', 99, { abstract: 'granite' })
  expect(backgroundOf([...texts, ...few])).toEqual(backgroundOf(texts))
})
