import { expect, it } from 'vitest'
import { toldBeside } from './told-beside.ts'

const nothing = { language: null, funders: [], identifiers: [], cites: [] }
const funder = (of: { name?: string; doi?: string; awards?: string[] }) => ({
  name: of.name ?? null,
  identifiers: of.doi === undefined ? [] : [{ scheme: 'doi', value: of.doi }],
  awards: of.awards ?? [],
})

it('has no more than what is told', () => {
  expect(toldBeside(nothing)).toEqual({})
})

it.each([
  ['en', 'en'],
  ['pt-BR', 'pt'],
  ['DE', 'de'],
  ['und', undefined],
  ['mul', undefined],
])('a work in %s is in %s', (tag, language) => {
  expect(toldBeside({ ...nothing, language: tag }).language).toBe(language)
})

it('funders stand under identifiers and names, whoever names them', () => {
  const one = toldBeside({ ...nothing, funders: [funder({ name: 'Agence Nationale', doi: '10.13039/501100001665' })] })
  expect(one.funders).toEqual(['agence nationale', 'doi:10.13039/501100001665'])
})

it.each([
  ['ANR-10-LABX-0045', 'anr10labx0045'],
  ['ANR 10 LABX 0045', 'anr10labx0045'],
  ['R01 GM123456', 'r01gm123456'],
])('the grant %s is %s', (award, key) => {
  expect(toldBeside({ ...nothing, funders: [funder({ awards: [award] })] }).awards).toEqual([key])
})

it.each(['2019', 'H2020', 'Horizon Europe', ''])('"%s" names no grant', (award) => {
  expect(toldBeside({ ...nothing, funders: [funder({ awards: [award] })] }).awards).toBeUndefined()
})
