import fc from 'fast-check'
import { expect, it } from 'vitest'
import { compareAffiliations, prepareAffiliations } from './affiliations.ts'

const places = fc
  .array(
    fc.array(fc.constantFrom('Physics', 'Tokyo', 'Osaka', 'Alpha', 'Beta', 'Institute', 'of'), {
      minLength: 1,
      maxLength: 6,
    }),
    { maxLength: 3 },
  )
  .map((names) => prepareAffiliations(names.map((words) => ({ name: words.join(' '), ror: null }))))

it('what two sides have in common is the same from both', () => {
  fc.assert(
    fc.property(places, places, (one, other) => {
      expect(compareAffiliations(one, other)?.level).toBe(compareAffiliations(other, one)?.level)
    }),
    { numRuns: 1_000 },
  )
})

it.each([
  ['Institute of Physics, Tokyo', 'Tokyo Institute of Physics', 'similar'],
  ['Physics Physics Tokyo Alpha', 'Physics Osaka Beta Gamma', 'different'],
  ['CERN', 'CERN', 'name_equal'],
])('%s and %s: %s', (one, other, level) => {
  const [a, b] = [one, other].map((name) => prepareAffiliations([{ name, ror: null }]))
  expect(a && b && compareAffiliations(a, b)?.level).toBe(level)
})
