import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wilson } from './wilson.ts'
import { scoreWorkLabels } from './work-labels.ts'
import { type ScoredWorkPair, scoreWorkPairs } from './work-pairs.ts'
import { ruleRows, workFacetRows } from './work-rows.ts'

const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h')
const pair: fc.Arbitrary<ScoredWorkPair> = fc
  .record({ left: ids, right: ids, truth: fc.boolean(), found: fc.boolean() })
  .filter(({ left, right }) => left !== right)
const pairs = fc.uniqueArray(pair, { selector: ({ left, right }) => [left, right].sort().join(), maxLength: 20 })

describe('pairs', () => {
  it('are scored as by counting them one by one, in any order', () => {
    fc.assert(
      fc.property(pairs, fc.integer(), (drawn, seed) => {
        const score = scoreWorkPairs(drawn, 20)
        let [right, wrong, missed] = [0, 0, 0]
        for (const { truth, found } of drawn) {
          if (truth && found) right++
          if (!truth && found) wrong++
          if (truth && !found) missed++
        }
        expect(score).toMatchObject({ right, wrong, missed })
        expect(score.precision).toBe(right + wrong === 0 ? null : right / (right + wrong))
        expect(score.recall).toBe(right + missed === 0 ? null : right / (right + missed))
        const { precision, recall } = score
        if (precision && recall) expect(score.f1).toBeCloseTo((2 * precision * recall) / (precision + recall), 12)
        const turned = drawn.map(({ left, right: other, ...rest }) => ({ left: other, right: left, ...rest }))
        const shuffled = turned.toSorted((a, b) => (`${a.left}${seed}` < `${b.left}${seed}` ? 1 : -1))
        expect(scoreWorkPairs(shuffled, 20)).toEqual(score)
      }),
    )
  })

  it('that hang together are drawn together', () => {
    // One group of 30 wrong pairs: a draw has all or none of them, so the interval reaches from 0 to 1.
    const chain = Array.from({ length: 30 }, (_, at) => ({
      left: `w${at}`,
      right: `w${at + 1}`,
      truth: false,
      found: true,
    }))
    const alone = Array.from({ length: 1 }, (_, at) => ({ left: `x${at}`, right: `y${at}`, truth: true, found: true }))
    expect(scoreWorkPairs([...chain, ...alone], 200).intervals.precision).toEqual([0, 1])
  })
})

describe('labels', () => {
  const labelled = fc.array(fc.record({ duplicate: fc.boolean(), cluster: fc.nat(5) }), { minLength: 1, maxLength: 24 })

  it('are scored as by keeping one record a cluster, a unique one where there is one', () => {
    fc.assert(
      fc.property(labelled, (drawn) => {
        const records = drawn.map((one, at) => ({ ...one, id: `r${at}` }))
        const clusters = [...Map.groupBy(records, ({ cluster }) => cluster).values()]
        const kept = new Set(clusters.map((group) => (group.find(({ duplicate }) => !duplicate) ?? group[0])?.id))
        const [duplicates, uniques] = [records.filter((one) => one.duplicate), records.filter((one) => !one.duplicate)]
        const score = scoreWorkLabels(
          clusters.map((group) => group.map(({ id }) => id)),
          (id) => records.find((one) => one.id === id)?.duplicate === true,
          20,
        )
        expect(score.works).toBe(clusters.length)
        expect(score.duplicatesKept).toBe(duplicates.filter(({ id }) => kept.has(id)).length)
        expect(score.distinctWorksLost).toBe(uniques.filter(({ id }) => !kept.has(id)).length)
        expect(score.works).toBe(uniques.length - score.distinctWorksLost + score.duplicatesKept)
        const share = (part: number, whole: number) => (whole === 0 ? null : part / whole)
        expect(score.sensitivity).toBe(share(duplicates.filter(({ id }) => !kept.has(id)).length, duplicates.length))
        expect(score.specificity).toBe(share(uniques.filter(({ id }) => kept.has(id)).length, uniques.length))
      }),
    )
  })

  it('do not depend on the order of clusters or of records in them', () => {
    const clusters = [['u1', 'd1'], ['d2', 'd3'], ['u2', 'u3', 'd4'], ['u4']]
    const isDuplicate = (id: string) => id.startsWith('d')
    const score = scoreWorkLabels(clusters, isDuplicate, 50)
    expect(score).toMatchObject({ works: 4, duplicatesKept: 1, distinctWorksLost: 1, uniques: 4, duplicates: 4 })
    expect(scoreWorkLabels(clusters.map((one) => one.toReversed()).toReversed(), isDuplicate, 50)).toEqual(score)
  })
})

describe('rows', () => {
  it('add up to all pairs, whatever they are put by', () => {
    const counted = fc.record({
      truth: fc.boolean(),
      found: fc.boolean(),
      reason: fc.constantFrom('same-id', 'short-title', 'other-doi'),
      facets: fc.record({ pages: fc.constantFrom('both', 'one'), type: fc.constantFrom('article', 'book') }),
    })
    fc.assert(
      fc.property(fc.array(counted), (drawn) => {
        const sum = (rows: readonly { right: number; wrong: number; missed: number }[]) =>
          rows.reduce((all, { right, wrong, missed }) => [all[0] + right, all[1] + wrong, all[2] + missed] as const, [
            0, 0, 0,
          ] as readonly [number, number, number])
        const count = (truth: boolean, found: boolean) =>
          drawn.filter((one) => one.truth === truth && one.found === found).length
        const all = [count(true, true), count(false, true), count(true, false)]
        expect(sum(ruleRows(drawn))).toEqual(all)
        for (const facet of drawn.length > 0 ? ['pages', 'type'] : [])
          expect(sum(workFacetRows(drawn).filter((row) => row.facet === facet))).toEqual(all)
      }),
    )
  })
})

it('an interval of a share holds it, is narrower of more, and is none of nothing', () => {
  expect(wilson(0, 0)).toBeNull()
  // 9 of 10: by the formula of Wilson (1927) with 1.959964.
  expect(wilson(9, 10)?.map((end) => end.toFixed(4))).toEqual(['0.5958', '0.9821'])
  fc.assert(
    fc.property(fc.nat(50), fc.integer({ min: 1, max: 50 }), (part, more) => {
      const [low = 1, high = 0] = wilson(part, part + more) ?? []
      const share = part / (part + more)
      expect(low).toBeLessThanOrEqual(share)
      expect(high).toBeGreaterThanOrEqual(share)
      const [lower = 0, higher = 1] = wilson(10 * part, 10 * (part + more)) ?? []
      expect(higher - lower).toBeLessThan(high - low)
    }),
  )
})
