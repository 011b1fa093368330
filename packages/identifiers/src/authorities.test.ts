import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  parseFundrefId,
  parseGridId,
  parseIsni,
  parseNnt,
  parsePpn,
  parseRnsr,
  parseWikidataId,
} from './authorities.ts'
import { parseInspireId, parseS2AuthorId, parseS2CorpusId, parseS2PaperId } from './graphs.ts'
import { checkDigitMod11 } from './orcid.ts'

const HASH = '6b85b63579a916f705a8e10a49bd8d849d91b1fc'

describe('people, organisations and theses', () => {
  it.each([
    [parseIsni, '0000 0004 0383 0608', '0000000403830608'],
    [parseIsni, 'https://isni.org/isni/0000000121847997', '0000000121847997'],
    [parseIsni, '0000 0004 0383 0609', undefined],
    [parsePpn, 'idref122796527', '122796527'],
    [parsePpn, 'https://www.idref.fr/03327441x/id', '03327441X'],
    [parsePpn, '122796528', undefined],
    [parseRnsr, '200815499s', '200815499S'],
    [parseRnsr, '2008154999', undefined],
    [parseGridId, 'https://www.grid.ac/institutes/grid.4444.0', 'grid.4444.0'],
    [parseGridId, 'grid.x', undefined],
    [parseWikidataId, 'http://www.wikidata.org/entity/Q280413', 'Q280413'],
    [parseWikidataId, 'P31', undefined],
    [parseFundrefId, 'http://dx.doi.org/10.13039/501100000616', '501100000616'],
    [parseFundrefId, '100000001', '100000001'],
    [parseFundrefId, '10.1000/501100000616', undefined],
    [parseNnt, 'nnt2019lysem032', '2019LYSEM032'],
    [parseNnt, 'https://www.theses.fr/2019TOUL0020', '2019TOUL0020'],
    [parseNnt, 'hal-03175255', undefined],
  ])('%o of %j is %j', (parse, raw, parsed) => expect(parse(raw)).toBe(parsed))
})

describe('records of catalogues', () => {
  it.each([
    [parseS2PaperId, HASH.toUpperCase(), HASH],
    [parseS2PaperId, `https://www.semanticscholar.org/paper/Some-Title/${HASH}`, HASH],
    [parseS2PaperId, 'abc', undefined],
    [parseS2CorpusId, 'CorpusID:13756489', '13756489'],
    [parseS2CorpusId, 'https://api.semanticscholar.org/CorpusID:13756489', '13756489'],
    [parseS2CorpusId, '13756489', undefined],
    [parseS2AuthorId, 'https://www.semanticscholar.org/author/A.-Turing/2262347', '2262347'],
    [parseS2AuthorId, HASH, undefined],
    [parseInspireId, 'https://inspirehep.net/literature/1459277', '1459277'],
    [parseInspireId, 'https://inspirehep.net/api/literature/1459277', '1459277'],
    [parseInspireId, 'https://inspirehep.net/authors/1459277', undefined],
  ])('%o of %j is %j', (parse, raw, parsed) => expect(parse(raw)).toBe(parsed))
})

const PARSERS = [
  ...[parseFundrefId, parseGridId, parseIsni, parseNnt, parsePpn, parseRnsr, parseWikidataId],
  ...[parseInspireId, parseS2AuthorId, parseS2CorpusId, parseS2PaperId],
]

describe.each(PARSERS.map((parse) => [parse.name, parse] as const))('%s', (_, parse) => {
  it('throws on no text, nor on 50,000 repeated characters', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parse(text)))
    for (const unit of ['a', '(', ',', ' ', '.', '-', '0', '/', 'X', '"'])
      expect(parse(unit.repeat(50_000))).toBeUndefined()
  })

  it('leaves what it made as it is', () => {
    const made = fc.oneof(
      fc.string({ unit: fc.constantFrom(...'0123456789X'), minLength: 9, maxLength: 16 }),
      fc.stringMatching(
        /^(?:grid\.\d{1,5}\.[0-9a-f]|Q[1-9]\d{3}|\d{9}[A-Z]|2019[A-Z]{4}\d{4}|[0-9a-f]{40}|501100\d{6})$/,
      ),
    )
    fc.assert(
      fc.property(made, (text) => {
        const once = parse(text)
        if (once !== undefined && parse !== parseS2CorpusId) expect(parse(once)).toBe(once)
      }),
    )
  })
})

const digits = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length })

it('of the ISNIs of 15 digits one has a good check digit, and one changed digit is noticed', () => {
  fc.assert(
    fc.property(digits(15), fc.nat(14), fc.integer({ min: 1, max: 9 }), (body, at, by) => {
      const isni = body + checkDigitMod11(body)
      expect(parseIsni(isni)).toBe(isni)
      const other = String((Number(isni[at]) + by) % 10)
      expect(parseIsni(isni.slice(0, at) + other + isni.slice(at + 1))).toBeUndefined()
    }),
  )
})

it('of the PPNs of 8 digits one has a good check digit, and one changed digit is noticed', () => {
  fc.assert(
    fc.property(digits(8), fc.nat(7), fc.integer({ min: 1, max: 9 }), (body, at, by) => {
      const good = [...'0123456789X'].map((check) => body + check).filter((ppn) => parsePpn(ppn) === ppn)
      expect(good).toHaveLength(1)
      const [ppn = ''] = good
      const other = String((Number(ppn[at]) + by) % 10)
      expect(parsePpn(ppn.slice(0, at) + other + ppn.slice(at + 1))).toBeUndefined()
    }),
  )
})
