import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jaroWinkler } from './jaro-winkler.ts'
import { plainJaroWinkler } from './plain-jaro-winkler.ts'
import { textAt, textsOf } from './texts.ts'

const similarity = (left: string, right: string): number => jaroWinkler(textsOf(['x', left]), 1, textsOf([right]), 0)

// Few letters, so that they match in many ways; up to and beyond a word of bits.
const anyName = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' '), maxLength: 40 })

describe('how alike two names are', () => {
  it('is what the plain way says, to the last bit', () => {
    fc.assert(
      fc.property(anyName, anyName, (left, right) => {
        expect(similarity(left, right)).toBe(plainJaroWinkler(left, right))
      }),
      { numRuns: 3_000 },
    )
  })

  it.each([
    // Winkler's own table, to three decimals.
    ['shackleford', 'shackelford', 0.982],
    ['dunningham', 'cunnigham', 0.896],
    ['nichleson', 'nichulson', 0.956],
    ['jones', 'johnson', 0.832],
    ['massey', 'massie', 0.933],
    ['abroms', 'abrams', 0.922],
    ['martha', 'marhta', 0.961],
    ['jeraldine', 'geraldine', 0.926],
    ['itman', 'smith', 0.467],
    ['', '', 1],
    ['a', '', 0],
  ])('"%s" and "%s": %f', (left, right, expected) => {
    expect(similarity(left, right)).toBeCloseTo(expected, 3)
    expect(similarity(right, left)).toBeCloseTo(expected, 3)
  })

  it('is of the two texts alone, whatever was compared before', () => {
    const names = textsOf(['ines falk', 'falk ines', 'ines falk'])
    const first = jaroWinkler(names, 0, names, 1)
    expect(jaroWinkler(names, 0, names, 2)).toBe(1)
    expect(jaroWinkler(names, 2, names, 1)).toBe(first)
  })
})

describe('texts side by side', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(fc.array(anyName), (texts) => {
        const side = textsOf(texts)
        expect(texts.map((_, i) => textAt(side, i))).toEqual(texts)
      }),
    )
  })

  it('are letters of one byte', () => {
    expect(() => textsOf(['王'])).toThrow('not folded')
  })
})
