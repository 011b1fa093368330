import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseArxivId, parseHalId, parseOpenAlexId, parsePmcid, parsePmid } from './repositories.ts'

describe('parseArxivId', () => {
  it.each([
    ['1707.08567', { id: '1707.08567' }],
    ['arXiv:1707.08567v2', { id: '1707.08567', version: 2 }],
    ['http://arxiv.org/abs/2104.12255v1', { id: '2104.12255', version: 1 }],
    ['https://arxiv.org/pdf/2104.12255v1.pdf', { id: '2104.12255', version: 1 }],
    ['0905.0097', { id: '0905.0097' }],
    ['quant-ph/0201082v1', { id: 'quant-ph/0201082', version: 1 }],
    ['http://arxiv.org/abs/astro-ph/0601001v1', { id: 'astro-ph/0601001', version: 1 }],
    ['math.GT/0309136', { id: 'math/0309136' }],
    ['oai:arXiv.org:hep-th/9901001', { id: 'hep-th/9901001' }],
    ['10.48550/arXiv.0905.0097', { id: '0905.0097' }],
    ['https://doi.org/10.48550/arxiv.2402.09182', { id: '2402.09182' }],
    ['1713.08567', undefined],
    ['http://arxiv.org/api/errors#x', undefined],
    ['abc', undefined],
  ])('%j is %j', (raw, parsed) => expect(parseArxivId(raw)).toEqual(parsed))
})

describe('parseHalId', () => {
  it.each([
    ['hal-01246266', { id: 'hal-01246266' }],
    ['hal-01246266v3', { id: 'hal-01246266', version: 3 }],
    ['https://hal.science/hal-01246266v1', { id: 'hal-01246266', version: 1 }],
    ['https://tel.archives-ouvertes.fr/tel-00000001', { id: 'tel-00000001' }],
    ['https://hal-cea.archives-ouvertes.fr/cea-00991452', { id: 'cea-00991452' }],
    ['oai:HAL:hal-01062241v1', { id: 'hal-01062241', version: 1 }],
    ['oai:hal.archives-ouvertes.fr:hal-00939473', { id: 'hal-00939473' }],
    ['HALSHS-00123456', { id: 'halshs-00123456' }],
    ['https://example.org/hal-01246266', undefined],
    ['212346', undefined],
  ])('%j is %j', (raw, parsed) => expect(parseHalId(raw)).toEqual(parsed))
})

describe('the short ones', () => {
  it.each([
    ['16437144', '16437144'],
    ['https://pubmed.ncbi.nlm.nih.gov/16437144/', '16437144'],
    ['PMID: 016437144', '16437144'],
    ['PMC3531190', undefined],
    ['0', undefined],
  ])('PMID %j is %j', (raw, pmid) => expect(parsePmid(raw)).toBe(pmid))

  it.each([
    ['PMC3531190', 'PMC3531190'],
    ['pmc3531190.1', 'PMC3531190'],
    ['https://www.ncbi.nlm.nih.gov/pmc/articles/3531190', 'PMC3531190'],
    ['3531190', undefined],
  ])('PMCID %j is %j', (raw, pmcid) => expect(parsePmcid(raw)).toBe(pmcid))

  it.each([
    ['https://openalex.org/W2023271753', 'W2023271753'],
    ['https://api.openalex.org/authors/a5063410350', 'A5063410350'],
    ['W0', undefined],
    ['X123', undefined],
  ])('OpenAlex %j is %j', (raw, id) => expect(parseOpenAlexId(raw)).toBe(id))
})

it('none throws on any text, nor on 50,000 repeated characters', () => {
  for (const parse of [parseArxivId, parseHalId, parseOpenAlexId, parsePmcid, parsePmid]) {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parse(text)))
    for (const unit of ['a', '(', ',', ' ', '.', '-', '0', "O'", '"'])
      expect(parse(unit.repeat(50_000))).toBeUndefined()
  }
})
