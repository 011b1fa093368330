import { expect, it } from 'vitest'
import { isDepositDoi } from './deposits.ts'

it.each([
  ['arXiv', '10.48550/arxiv.1801.00001', true],
  ['Zenodo', '10.5281/zenodo.1', true],
  ['bioRxiv, by number', '10.1101/123456', true],
  ['bioRxiv, by day', '10.1101/2020.01.02.123456', true],
  ['a journal under the prefix of bioRxiv', '10.1101/gr.123456.119', false],
  ['a publisher', '10.1016/j.x.2020.01.001', false],
  ['a publisher whose prefix begins alike', '10.52811/zenodo.1', false],
])('%s: %s', (_, doi, deposited) => {
  expect(isDepositDoi(doi)).toBe(deposited)
})
