import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePpn } from './authorities.ts'
import { parseCoreId, parseDoajId, parseEuropePmcId, parsePerseeId, parseZenodoId } from './catalogues.ts'

describe('parsePpn', () => {
  it.each([
    ['193726831', '193726831'],
    ['http://www.idref.fr/02721897x/id', '02721897X'],
    ['https://www.idref.fr/057549222', '057549222'],
    ['http://www.sudoc.fr/253147565/id', '253147565'],
    ['PPN 253147565', '253147565'],
    ['193726832', undefined],
    ['123456789X', undefined],
    ['https://example.org/193726831', undefined],
  ])('%j is %j', (raw, ppn) => expect(parsePpn(raw)).toBe(ppn))

  it('sees every change of one digit', () => {
    const valid = '193726831'
    for (const [at, old] of [...valid].entries()) {
      for (const digit of '0123456789') {
        if (digit !== old) expect(parsePpn(valid.slice(0, at) + digit + valid.slice(at + 1))).toBeUndefined()
      }
    }
  })
})

describe('the others', () => {
  it.each([
    ['MED:40356016', 'MED:40356016'],
    ['https://europepmc.org/article/med/40356016', 'MED:40356016'],
    ['https://europepmc.org/articles/PMC3234553', 'PMC:PMC3234553'],
    ['ppr1031772', 'PPR:PPR1031772'],
    ['PAT:UA37818', 'PAT:UA37818'],
    ['40356016', undefined],
  ])('Europe PMC %j is %j', (raw, id) => expect(parseEuropePmcId(raw)).toBe(id))

  it.each([
    ['248652234', '248652234'],
    ['https://core.ac.uk/outputs/248652234', '248652234'],
    ['https://core.ac.uk/download/pdf/248652234.pdf', '248652234'],
    ['https://core.ac.uk/works/8848131', 'work:8848131'],
    ['https://api.core.ac.uk/v3/works/8848131', 'work:8848131'],
    ['work:8848131', 'work:8848131'],
    ['0', undefined],
  ])('CORE %j is %j', (raw, id) => expect(parseCoreId(raw)).toBe(id))

  it.each([
    ['https://doaj.org/article/00001149F7964522953B91582F289CFC', '00001149f7964522953b91582f289cfc'],
    ['oai:doaj.org/article:00001149f7964522953b91582f289cfc', '00001149f7964522953b91582f289cfc'],
    ['00001149', undefined],
  ])('DOAJ %j is %j', (raw, id) => expect(parseDoajId(raw)).toBe(id))

  it.each([
    ['https://zenodo.org/record/7834392', '7834392'],
    ['https://doi.org/10.5281/zenodo.7834392', '7834392'],
    ['oai:zenodo.org:7834392', '7834392'],
    ['10.5281/other.7834392', undefined],
  ])('Zenodo %j is %j', (raw, id) => expect(parseZenodoId(raw)).toBe(id))

  it.each([
    ['http://data.persee.fr/doc/abc_0000-0019_1998_num_42_1_2826#Web', 'abc_0000-0019_1998_num_42_1_2826'],
    ['https://www.persee.fr/doc/abc_0000-0019_1998_num_42_1_2826', 'abc_0000-0019_1998_num_42_1_2826'],
    ['http://data.persee.fr/authority/214267#Person', undefined],
  ])('Persée %j is %j', (raw, id) => expect(parsePerseeId(raw)).toBe(id))
})

it('none throws on any text, each is idempotent, and none is slow on 50,000 repeated characters', () => {
  const near = fc.string({ unit: fc.constantFrom(...'0123456789Xx-:/_.workMEDPCR'), maxLength: 24 })
  for (const parse of [parsePpn, parseEuropePmcId, parseCoreId, parseDoajId, parseZenodoId, parsePerseeId]) {
    fc.assert(
      fc.property(fc.oneof(near, fc.string({ unit: 'binary' })), (text) => {
        const parsed = parse(text)
        if (parsed !== undefined) expect(parse(parsed)).toBe(parsed)
      }),
    )
    for (const unit of ['a', '/', ':', '0', '_', '.']) expect(parse(unit.repeat(50_000))).toBeUndefined()
  }
})
