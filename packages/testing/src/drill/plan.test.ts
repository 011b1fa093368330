import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Fault, planOf } from './plan.ts'
import { moves, unmoved } from './positions.ts'

const size = fc.record({
  seed: fc.string(),
  members: fc.record({ matcher: fc.integer({ min: 1, max: 4 }) }),
  kills: fc.record({ import: fc.integer({ min: 0, max: 24 }), decide: fc.integer({ min: 0, max: 12 }) }),
})
const countOf = (faults: readonly Fault[], type: Fault['type']) => faults.filter((fault) => fault.type === type).length

describe('a plan of faults', () => {
  it('is the same for the same seed, and another for another', () => {
    fc.assert(
      fc.property(size, (given) => {
        expect(planOf(given)).toEqual(planOf(given))
      }),
    )
    const kills = { import: 16, decide: 4 }
    expect(planOf({ seed: 'a', members: {}, kills })).not.toEqual(planOf({ seed: 'b', members: {}, kills }))
  })

  it('has as many kills as asked, at least half of them at fail points, of members that are there', () => {
    fc.assert(
      fc.property(size, (given) => {
        const plan = planOf(given)
        for (const phase of ['import', 'decide'] as const) {
          expect(plan[phase]).toHaveLength(given.kills[phase])
          expect(countOf(plan[phase], 'failpoint')).toBe(Math.ceil(given.kills[phase] / 2))
        }
        for (const fault of [...plan.import, ...plan.decide])
          if ('service' in fault)
            expect(fault.index).toBeLessThanOrEqual(fault.service === 'matcher' ? given.members.matcher : 1)
      }),
    )
  })

  it('has broker, database and registry away once each, never two of them in a row', () => {
    fc.assert(
      fc.property(size, fc.integer({ min: 4, max: 24 }), (given, kills) => {
        const plan = planOf({ ...given, kills: { import: kills, decide: 0 }, parts: { registryAwayMs: 1 } }).import
        expect(countOf(plan, 'part')).toBe(2)
        expect(countOf(plan, 'registry')).toBe(1)
        const below = plan.map(({ type }) => type === 'part' || type === 'registry')
        expect(below.some((is, index) => is && below[index + 1])).toBe(false)
        expect(below[0]).toBe(false)
      }),
    )
  })
})

describe('progress between two faults', () => {
  const at = (records: number, works: number) =>
    new Map([
      ['matcher.records.v1', records],
      ['verifier.works.v1', works],
    ])

  it('names every group that stands where it stood', () => {
    expect(unmoved(at(5, 5), at(6, 5))).toEqual(['verifier.works.v1'])
    expect(unmoved(at(5, 5), at(6, 6))).toEqual([])
    expect(unmoved(new Map(), at(1, 0))).toEqual(['verifier.works.v1'])
    expect(moves(at(5, 5), at(7, 5))).toBe('matcher.records +2, verifier.works +0')
  })
})
