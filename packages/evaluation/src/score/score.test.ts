import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { scoreAuthors } from './authors.ts'
import { bootstrap, pairedBootstrap } from './bootstrap.ts'
import { calibrationError, reliability } from './calibration.ts'
import { bestF1, curveOf, keptAt, recallAtPrecision } from './curve.ts'
import type { ScoredItem, ScoredPair } from './item.ts'
import { scorePairs } from './pairs.ts'
import { questionsOf } from './questions.ts'
import { tallyOfItem } from './tally.ts'

const NONE = 0
const IDS = ['a', 'b', 'c', 'd']
const probability = fc.integer({ min: 0, max: 1_000_000 }).map((micro) => micro / 1e6)

const item: fc.Arbitrary<ScoredItem> = fc
  .record({
    truth: fc.constantFrom(null, ...IDS),
    profiles: fc.shuffledSubarray(IDS),
    ps: fc.array(probability, { minLength: 4, maxLength: 4 }),
    threshold: fc.constantFrom(0, 0.3, 0.7, 1),
    block: fc.constantFrom('mirski a', 'larsen b', 'zhang w'),
    facet: fc.constantFrom('yes', 'no'),
  })
  .map(({ truth, profiles, ps, threshold, block, facet }) => {
    const sorted = ps.toSorted((a, b) => b - a)
    const proposals = profiles.map((profile, at) => ({ profile, p: sorted[at] ?? 0 }))
    const [top] = proposals
    return { truth, proposals, accepted: top && top.p >= threshold ? top.profile : null, block, facets: { facet } }
  })

/** Every measure by its definition, one pass each. */
function slow(items: readonly ScoredItem[]) {
  const of = (a: number, b: number): number => (b === 0 ? 0 : a / b)
  const positives = items.filter((one) => one.accepted !== null && one.accepted === one.truth).length
  const falsePositives = items.filter((one) => one.accepted !== null && one.accepted !== one.truth).length
  const falseNegatives = items.filter((one) => one.truth !== null && one.accepted !== one.truth).length
  const truths = items.filter((one) => one.truth !== null)
  const recallAt = (n: number) =>
    of(
      truths.filter((one) => one.proposals.slice(0, n).some(({ profile }) => profile === one.truth)).length,
      truths.length,
    )
  const proposed = items.filter((one) => one.proposals.length > 0)
  let ece = 0
  for (let bin = 0; bin < 10; bin++) {
    const inside = proposed.filter(({ proposals }) => {
      const p = proposals[0]?.p ?? 0
      return p >= bin / 10 && (p < (bin + 1) / 10 || (bin === 9 && p === 1))
    })
    if (inside.length === 0) continue
    const mean = inside.reduce((sum, { proposals }) => sum + (proposals[0]?.p ?? 0), 0) / inside.length
    const right = inside.filter(({ proposals, truth }) => proposals[0]?.profile === truth).length / inside.length
    ece += (inside.length / proposed.length) * Math.abs(mean - right)
  }
  return {
    precision: of(positives, positives + falsePositives),
    recall: of(positives, positives + falseNegatives),
    f1: of(2 * positives, 2 * positives + falsePositives + falseNegatives),
    nilAccepted: items.filter((one) => one.accepted !== null && one.truth === null).length,
    nilTotal: items.length - truths.length,
    recallAt1: recallAt(1),
    recallAt3: recallAt(3),
    recallAt10: recallAt(10),
    ece,
  }
}

describe('scores of a stream', () => {
  it('are those of the definitions', () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 40 }), (items) => {
        const score = scoreAuthors(items, NONE)
        for (const [measure, value] of Object.entries(slow(items)))
          expect(score[measure as keyof ReturnType<typeof slow>], measure).toBeCloseTo(value, 9)
      }),
    )
  })

  it('do not depend on the order of the items', () => {
    const shuffled = fc
      .array(item, { maxLength: 20 })
      .chain((items) => fc.tuple(fc.constant(items), fc.shuffledSubarray(items, { minLength: items.length })))
    fc.assert(
      fc.property(shuffled, ([items, other]) => {
        expect(scoreAuthors(other, 5)).toEqual(scoreAuthors(items, 5))
      }),
    )
  })

  it('are perfect for perfect answers', () => {
    const items = IDS.map(
      (truth): ScoredItem => ({
        truth,
        accepted: truth,
        proposals: [{ profile: truth, p: 1 }],
        block: truth,
        facets: {},
      }),
    )
    const stranger: ScoredItem = { truth: null, accepted: null, proposals: [], block: 'x', facets: {} }
    const score = scoreAuthors([...items, stranger], 50)
    expect(score).toMatchObject({ precision: 1, recall: 1, f1: 1, nilAccepted: 0, nilTotal: 1, recallAt1: 1, ece: 0 })
    expect(score.intervals).toMatchObject({ precision: [1, 1], ece: [0, 0] })
    expect(score.recallAtPrecision.map(({ recall }) => recall)).toEqual([1, 1, 1])
    expect(score.questions).toMatchObject({ researchers: 4, settled: 4, total: 4, perItem: 1 })
  })

  it('an accepted wrong profile is a false positive and a false negative', () => {
    const wrong: ScoredItem = {
      truth: 'a',
      accepted: 'b',
      proposals: [{ profile: 'b', p: 0.9 }],
      block: 'x',
      facets: {},
    }
    const right: ScoredItem = { ...wrong, accepted: 'a', proposals: [{ profile: 'a', p: 0.9 }] }
    expect(scoreAuthors([wrong, right], NONE)).toMatchObject({ precision: 0.5, recall: 0.5, nilAccepted: 0 })
  })

  it('facets share out the items', () => {
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 20 }), (items) => {
        const { facets } = scoreAuthors(items, NONE)
        expect(facets.reduce((sum, { items: some }) => sum + some, 0)).toBe(items.length)
        for (const row of facets)
          expect(row).toMatchObject(
            scoreOnly(
              scoreAuthors(
                items.filter((one) => one.facets['facet'] === row.value),
                NONE,
              ),
            ),
          )
      }),
    )
  })
})

function scoreOnly({ precision, recall, ece, nilAccepted }: ReturnType<typeof scoreAuthors>) {
  return { precision, recall, ece, nilAccepted }
}

describe('the curve', () => {
  const said = fc.array(fc.record({ p: fc.constantFrom(0.1, 0.4, 0.4, 0.8, 0.95), right: fc.boolean() }), {
    minLength: 1,
    maxLength: 30,
  })

  it('is what accepting from each threshold on gives', () => {
    fc.assert(
      fc.property(said, (all) => {
        const truths = all.length
        const curve = curveOf(all, truths)
        expect(curve.map(({ threshold }) => threshold)).toEqual(
          [...new Set(all.map(({ p }) => p))].sort((a, b) => b - a),
        )
        for (const { threshold, precision, recall, promised } of curve) {
          const accepted = all.filter(({ p }) => p >= threshold)
          const right = accepted.filter((one) => one.right).length
          expect(precision).toBeCloseTo(right / accepted.length, 12)
          expect(recall).toBeCloseTo(right / truths, 12)
          expect(promised).toBeCloseTo(accepted.reduce((sum, { p }) => sum + p, 0) / accepted.length, 12)
        }
        const best = Math.max(0, ...curve.filter(({ precision }) => precision >= 0.6).map(({ recall }) => recall))
        expect(recallAtPrecision(curve, 0.6).recall).toBe(best)
        const kept = curve.filter(({ promised }) => promised >= 0.6).at(-1)
        expect(keptAt(curve, 0.6).threshold).toBe(kept?.threshold ?? null)
      }),
    )
  })

  it('recovers where precision rises again', () => {
    const all = [true, false, true, true, true].map((right, at) => ({ p: 0.9 - at / 10, right }))
    const curve = curveOf(all, 4)
    expect(recallAtPrecision(curve, 0.75)).toMatchObject({ recall: 1, threshold: 0.5 })
    expect(recallAtPrecision(curve, 0.9)).toMatchObject({ recall: 0.25, threshold: 0.9 })
    expect(bestF1(curve).threshold).toBe(0.5)
  })
})

test('a calibrated probability has no error, an overconfident one has', () => {
  const said = (p: number, right: number) => Array.from({ length: 10 }, (_, at) => ({ p, right: at < right }))
  expect(calibrationError(reliability(said(0.7, 7)))).toBeCloseTo(0, 12)
  expect(calibrationError(reliability(said(0.9, 5)))).toBeCloseTo(0.4, 12)
  expect(reliability([{ p: 1, right: true }]).at(-1)?.count).toBe(1)
})

describe('intervals', () => {
  const items = (blocks: number) =>
    Array.from({ length: 200 }, (_, at): ScoredItem => {
      const block = at % blocks
      return { truth: 'a', accepted: block % 2 === 0 ? 'a' : null, proposals: [], block: `b${block}`, facets: {} }
    })
  const of = (some: readonly ScoredItem[]) =>
    bootstrap(
      some.map((one) => [one.block, tallyOfItem(one)]),
      300,
    ).recall

  it('hold the value, are the same every time, and are wider where fewer blocks say the same', () => {
    const [low, high] = of(items(100))
    expect(low).toBeLessThan(0.5)
    expect(high).toBeGreaterThan(0.5)
    expect(of(items(100))).toEqual([low, high])
    const [lower, higher] = of(items(8))
    expect(higher - lower).toBeGreaterThan(2 * (high - low))
  })
})

test('held against another with the same blocks, a small difference everywhere is told from none', () => {
  const items = (wrong: (at: number) => boolean) =>
    Array.from({ length: 400 }, (_, at): ScoredItem => {
      // Whole blocks are easy or hard: alone both engines have wide intervals.
      const missed = at % 20 < 8 || wrong(at)
      return { truth: 'a', accepted: missed ? null : 'a', proposals: [], block: `b${at % 20}`, facets: {} }
    })
  const tallies = (some: readonly ScoredItem[]) => some.map((one) => [one.block, tallyOfItem(one)] as const)
  const [better, worse] = [tallies(items(() => false)), tallies(items((at) => at < 40))]
  const [low, high] = pairedBootstrap(better, worse, 300).recall
  expect(low).toBeGreaterThan(0)
  expect(high).toBeLessThan(0.12)
  const [alone, above] = bootstrap(worse, 300).recall
  expect(above - alone).toBeGreaterThan(3 * (high - low))
  expect(pairedBootstrap(worse, worse, 50).f1).toEqual([0, 0])
})

describe('questions until 95 % is settled', () => {
  const asked = (truth: string | null, ...proposals: (readonly [string, number])[]): ScoredItem => ({
    truth,
    accepted: null,
    proposals: proposals.map(([profile, p]) => ({ profile, p })),
    block: 'x',
    facets: {},
  })

  it.each([
    { name: 'one item, asked first', items: [asked('a', ['a', 0.9])], total: 1, settled: 1 },
    { name: 'a stranger before it', items: [asked(null, ['a', 0.9]), asked('a', ['a', 0.5])], total: 2, settled: 1 },
    {
      name: 'of equal probabilities the wrong one first',
      items: [asked('a', ['a', 0.5]), asked(null, ['a', 0.5])],
      total: 2,
      settled: 1,
    },
    { name: 'never proposed', items: [asked('a', ['b', 0.9])], total: 0, settled: 0 },
    { name: 'nobody else is asked on', items: [asked('a', ['a', 0.9]), asked(null, ['a', 0.1])], total: 1, settled: 1 },
  ])('$name', ({ items, total, settled }) => expect(questionsOf(items)).toMatchObject({ total, settled }))

  it('of twenty items one may stay open', () => {
    const twenty = Array.from({ length: 20 }, (_, at) => (at === 7 ? asked('a') : asked('a', ['a', 0.9])))
    expect(questionsOf(twenty)).toMatchObject({ total: 19, settled: 1, perItem: 1 })
    expect(questionsOf([...twenty.slice(0, 19)])).toMatchObject({ settled: 0 })
  })
})

test('pairs: the definitions, overall and by split', () => {
  const pair = fc.record({
    truth: fc.boolean(),
    same: fc.boolean(),
    p: probability,
    block: fc.constantFrom('x', 'y'),
    split: fc.constantFrom('train', 'test'),
  })
  const precisionOf = (pairs: readonly ScoredPair[]) => {
    const joined = pairs.filter(({ same }) => same)
    return joined.length === 0 ? 0 : joined.filter(({ truth }) => truth).length / joined.length
  }
  fc.assert(
    fc.property(fc.array(pair, { minLength: 1, maxLength: 30 }), (pairs) => {
      const score = scorePairs(pairs, 5)
      expect(score.precision).toBeCloseTo(precisionOf(pairs), 12)
      const same = pairs.filter(({ truth }) => truth)
      expect(score.recall).toBeCloseTo(same.length === 0 ? 0 : same.filter((one) => one.same).length / same.length, 12)
      for (const { split, precision, pairs: count } of score.splits) {
        const part = pairs.filter((one) => one.split === split)
        expect(count).toBe(part.length)
        expect(precision).toBeCloseTo(precisionOf(part), 12)
      }
      expect(scorePairs(pairs.toReversed(), 5)).toEqual(score)
    }),
  )
})
