import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseOrcid } from './orcid.ts'
import { parseRor } from './ror.ts'
import { parseIsbn, parseIssn } from './serials.ts'

describe('parseOrcid', () => {
  it.each([
    ['0000-0002-1825-0097', '0000-0002-1825-0097'],
    ['0000-0000-0001-0007', '0000-0000-0001-0007'],
    ['0000-0000-0000-116x', '0000-0000-0000-116X'],
    ['0000000218250097', '0000-0002-1825-0097'],
    ['https://orcid.org/0000-0000-0000-116X/', '0000-0000-0000-116X'],
    ['http://www.orcid.org/0000-0002-1825-0097', '0000-0002-1825-0097'],
    ['ORCID:0000-0002-1825-0097', '0000-0002-1825-0097'],
    ['0000–0002–1825–0097', '0000-0002-1825-0097'],
    ['0000-0002-1825-0098', undefined],
    ['0000-0000-0000-0000', undefined],
    ['0000-0002-1825', undefined],
    ['https://example.org/0000-0002-1825-0097', undefined],
  ])('%j is %j', (raw, orcid) => expect(parseOrcid(raw)).toBe(orcid))

  it('sees every change of one digit', () => {
    const valid = '0000-0002-1825-0097'
    for (const [at, old] of [...valid].entries()) {
      if (old === '-') continue
      for (const digit of '0123456789') {
        if (digit !== old) expect(parseOrcid(valid.slice(0, at) + digit + valid.slice(at + 1))).toBeUndefined()
      }
    }
  })
})

describe('parseRor', () => {
  it.each([
    ['https://ror.org/02gjn4306', '02gjn4306'],
    ['02GJN4306', '02gjn4306'],
    ['ror.org/05dxps055', '05dxps055'],
    ['02gjn4307', undefined],
    ['12gjn4306', undefined],
    ['grid.1.2', undefined],
  ])('%j is %j', (raw, ror) => expect(parseRor(raw)).toBe(ror))
})

describe('parseIssn and parseIsbn', () => {
  it.each([
    ['0378-5955', '0378-5955'],
    ['2434561x', '2434-561X'],
    ['ISSN 0378-5955', '0378-5955'],
    ['http://id.crossref.org/issn/0378-5955', undefined],
    ['0378-5956', undefined],
    ['issn', undefined],
  ])('ISSN %j is %j', (raw, issn) => expect(parseIssn(raw)).toBe(issn))

  it.each([
    ['978-0-306-40615-7', '9780306406157'],
    ['0-306-40615-2', '9780306406157'],
    ['ISBN: 080442957X', '9780804429573'],
    ['9780306406158', undefined],
    ['0306406153', undefined],
  ])('ISBN %j is %j', (raw, isbn) => expect(parseIsbn(raw)).toBe(isbn))
})

it('no parser of numbers throws, and each is idempotent', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789Xx-: /'), maxLength: 24 })
  for (const parse of [parseOrcid, parseRor, parseIssn, parseIsbn]) {
    fc.assert(
      fc.property(fc.oneof(digits, fc.string({ unit: 'binary' })), (text) => {
        const parsed = parse(text)
        if (parsed !== undefined) expect(parse(parsed)).toBe(parsed)
      }),
    )
  }
})
