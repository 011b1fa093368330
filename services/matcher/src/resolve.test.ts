import { expect, test } from 'vitest'
import { soughtBy } from './resolve.ts'

const shown = (text: string, scheme: string | null = null): readonly string[] =>
  soughtBy(text, scheme).map((one) => `${one.scheme}:${one.value}`)

test.each([
  ['doi:10.5555/ABC', ['doi:10.5555/abc']],
  ['https://doi.org/10.5555/abc', ['doi:10.5555/abc']],
  ['10.48550/arXiv.1707.08567', ['doi:10.48550/arxiv.1707.08567', 'arxiv:1707.08567']],
  ['https://arxiv.org/abs/1707.08567v2', ['arxiv:1707.08567']],
  ['arXiv:hep-th/9901001', ['arxiv:hep-th/9901001']],
  ['12345678', ['pmid:12345678']],
  ['PMID: 12345678', ['pmid:12345678']],
  ['PMC3531190', ['pmcid:PMC3531190']],
  ['https://hal.science/hal-01246266v3', ['hal:hal-01246266']],
  ['https://openalex.org/W2023271753', ['openalex:W2023271753']],
  ['978-0-306-40615-7', ['isbn:9780306406157']],
  ['handle:2027/uc1.b1', ['handle:2027/uc1.b1']],
  ['https://example.org/a', ['url:https://example.org/a']],
  ['Tides of the bay', []],
  ['', []],
])('%j is looked for as %j', (text, sought) => {
  expect(shown(text)).toEqual(sought)
})

test('with a scheme it is looked for in that one only', () => {
  expect(shown('12345678', 'pmid')).toEqual(['pmid:12345678'])
  expect(shown('12345678', 'mag')).toEqual(['mag:12345678'])
  expect(shown('tides', 'doi')).toEqual([])
  expect(shown('1707.08567', 'doi')).toEqual([])
  expect(shown('10.48550/arXiv.1707.08567', 'doi')).toEqual(['doi:10.48550/arxiv.1707.08567', 'arxiv:1707.08567'])
})
