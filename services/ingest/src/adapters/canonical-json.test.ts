import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { canonicalJson } from './canonical-json.ts'

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('"', '\\', '\u0000', '\u001f', '\u007f', '\ud7ff', '😀'),
)

it('is what the general library writes', () => {
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      text,
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom(null, true, false, 0, -0, 1e21, 1e-7),
      fc.array(tie('value')),
      // Few keys, so that orders which are remembered come again with others.
      fc.dictionary(fc.oneof(fc.constantFrom('a', 'b', 'c', '1', '__proto__', 'é'), text), tie('value')),
    ),
  }))
  fc.assert(
    fc.property(value, (one) => {
      expect(canonicalJson(one)).toBe(canonicalize(one))
    }),
    { numRuns: 3_000 },
  )
})

it('is the same for any order of keys, and after more orders than are remembered', () => {
  const keys = ['country', 'identifiers', 'name', 'ror', 'city', 'type', 'raw', 'role']
  const shuffled = (seed: number) =>
    fc.sample(fc.shuffledSubarray(keys, { minLength: keys.length }), { seed, numRuns: 1 })[0]
  for (let seed = 0; seed < 2_000; seed++) {
    const value = Object.fromEntries(shuffled(seed)?.map((key) => [key, key === 'city' ? undefined : key]) ?? [])
    expect(canonicalJson(value)).toBe(
      '{"country":"country","identifiers":"identifiers","name":"name","raw":"raw","role":"role","ror":"ror","type":"type"}',
    )
  }
})
