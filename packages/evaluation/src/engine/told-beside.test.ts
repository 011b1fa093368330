import { expect, it } from 'vitest'
import type { NeutralRecord } from '../neutral/types.ts'
import { toldBesideOf } from './told-beside.ts'

const NOTHING = { title: null, abstract: null, year: null, venue: null, language: null, keywords: [], issns: [] }

function aRecord(id: string, of: Partial<NeutralRecord>): NeutralRecord {
  return { id, doi: null, references: [], funders: [], authors: [], ...NOTHING, ...of }
}

it.each([
  ['a DOI', '10.1234/abc'],
  ['the address of a DOI', 'https://doi.org/10.1234/ABC'],
  ['the id of a record', 'r1'],
])('a reference may be %s', (_, reference) => {
  const cited = toldBesideOf(aRecord('r1', { doi: '10.1234/abc' }))
  const citing = toldBesideOf(aRecord('r2', { references: [reference] }))
  expect(cited.citedAs?.filter((key) => citing.cites?.includes(key))).toHaveLength(1)
})

it('who paid and in which language goes with it', () => {
  const funders = [{ name: 'OTKA', ids: [], awards: ['K 12345'] }]
  const told = toldBesideOf(aRecord('r1', { language: 'hu', funders }))
  expect(told).toMatchObject({ language: 'hu', funders: ['otka'], awards: ['k12345'] })
})
