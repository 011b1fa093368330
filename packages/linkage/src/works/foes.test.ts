import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Foes } from './foes.ts'
import { Groups } from './union-find.ts'

const IDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
const pair = fc.record({ a: fc.constantFrom(...IDS), b: fc.constantFrom(...IDS), joins: fc.boolean() })

test('two groups are foes when a member of the one is kept apart from a member of the other, in whatever order they grew', () => {
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 20 }), (steps) => {
      const groups = new Groups(IDS)
      const foes = new Foes(groups)
      const apart: (readonly [string, string])[] = []
      const crosses = (a: string, b: string) =>
        apart.some(([x, y]) =>
          [
            [x, y],
            [y, x],
          ].some(([p, q]) => groups.rootOf(p!) === groups.rootOf(a) && groups.rootOf(q!) === groups.rootOf(b)),
        )
      for (const { a, b, joins } of steps) {
        expect(foes.has(a, b)).toBe(crosses(a, b))
        if (groups.rootOf(a) === groups.rootOf(b)) continue
        if (!joins) {
          foes.add(a, b)
          apart.push([a, b])
        } else if (!foes.has(a, b)) foes.union(a, b)
      }
      for (const a of IDS) for (const b of IDS) expect(foes.has(a, b)).toBe(crosses(a, b))
    }),
    { numRuns: 500 },
  )
})
