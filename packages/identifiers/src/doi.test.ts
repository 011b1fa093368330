import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDoi } from './doi.ts'

describe('parseDoi', () => {
  it.each([
    ['10.1000/ABC', '10.1000/abc'],
    [' https://doi.org/10.1000/abc ', '10.1000/abc'],
    ['http://dx.doi.org/10.1000/abc', '10.1000/abc'],
    ['https://www.doi.org/10.1000/abc/', '10.1000/abc'],
    ['doi:10.1000/abc', '10.1000/abc'],
    ['DOI: 10.1000/abc', '10.1000/abc'],
    ['https://doi.org/doi:10.1000/abc', '10.1000/abc'],
    ['info:doi/10.1000/abc', '10.1000/abc'],
    ['doi.org/10.1000/abc', '10.1000/abc'],
    ['10.1000%2Fabc', '10.1000/abc'],
    ['https://doi.org/10.1000/a%2Fb%253Cc', '10.1000/a/b%3cc'], // decoded once
    ['https://doi.org/10.1000/100%', '10.1000/100%'],
    ['10.1000/50%25', '10.1000/50%25'], // not a URL: a literal percent sign
    ['10.1000/abc.', '10.1000/abc'],
    ['10.1000/abc).', '10.1000/abc'],
    ['10.1016/s0021-9258(19)52451-6', '10.1016/s0021-9258(19)52451-6'],
    ['(10.1016/s0021-9258(19)52451-6)'.slice(1), '10.1016/s0021-9258(19)52451-6'],
    [
      '10.1002/(SICI)1097-4571(1999)50:1<1::AID-ASI1>3.0.CO;2-X',
      '10.1002/(sici)1097-4571(1999)50:1<1::aid-asi1>3.0.co;2-x',
    ],
    ['10.1000/a?b#c;d', '10.1000/a?b#c;d'],
    ['10.1000.10/123', '10.1000.10/123'],
    ['10.5555/\u200babc\u202e', '10.5555/abc'],
    ['10.', undefined],
    ['10.1000/', undefined],
    ['10.1000', undefined],
    ['', undefined],
    ['10.1000/a b', undefined],
    ['https://example.org/10.1000/abc', undefined],
    ['abc', undefined],
    [`10.1000/${'a'.repeat(3000)}`, undefined],
  ])('%j is %j', (raw, doi) => expect(parseDoi(raw)).toBe(doi))

  it('never throws and is idempotent', () => {
    const doiLike = fc.tuple(
      fc.constantFrom('', 'doi:', 'https://doi.org/', '10.1000%2f'),
      fc.string({ unit: 'binary' }),
    )
    fc.assert(
      fc.property(doiLike, ([prefix, rest]) => {
        const doi = parseDoi(`${prefix}10.1000/${rest}`)
        if (doi !== undefined) expect(parseDoi(doi)).toBe(doi)
      }),
    )
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseDoi(text)))
  })
})
