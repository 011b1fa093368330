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
  ['PMC3531190', ['pmcid:PMC3531190', 'europepmc:PMC:PMC3531190']],
  ['https://europepmc.org/article/MED/40356016', ['europepmc:MED:40356016']],
  ['https://inspirehep.net/literature/1459277', ['inspire:1459277']],
  ['https://doaj.org/article/0123456789ABCDEF0123456789abcdef', ['doaj:0123456789abcdef0123456789abcdef']],
  ['https://core.ac.uk/works/8848131', ['core:work:8848131']],
  ['10.5281/zenodo.123456', ['doi:10.5281/zenodo.123456', 'zenodo:123456']],
  ['https://www.wikidata.org/wiki/Q42', ['wikidata:Q42']],
  ['https://theses.fr/2019PA01E048', ['nnt:2019PA01E048']],
  ['CorpusId:13756489', ['s2_corpus:13756489']],
  ['201912345678', []],
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
  expect(shown('12345678', 'zenodo')).toEqual(['zenodo:12345678'])
  expect(shown('12345678', 'mag')).toEqual(['mag:12345678'])
  expect(shown('tides', 'doi')).toEqual([])
  expect(shown('1707.08567', 'doi')).toEqual([])
  expect(shown('10.48550/arXiv.1707.08567', 'doi')).toEqual(['doi:10.48550/arxiv.1707.08567', 'arxiv:1707.08567'])
})
