import fc from 'fast-check'
import { expect, it } from 'vitest'
import { keyFinder } from './find-key.ts'

it('finds what a search for the quoted key finds, first', () => {
  const key = fc.oneof(
    fc.string({ minLength: 1, unit: fc.constantFrom('a', 'x', 'u', '_') }),
    fc.constantFrom('schlüssel', 'éx'),
  )
  fc.assert(
    fc.property(key, fc.array(fc.constantFrom('"', 'a', 'x', 'u', '_', ':', 'é')), fc.nat(3), (own, around, times) => {
      const text = Buffer.from([...around, ...Array(times).fill(`"${own}"`), ...around].join(''))
      expect(keyFinder(own)(text)).toBe(text.indexOf(`"${own}"`))
    }),
    { numRuns: 2_000 },
  )
})
