import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attribute, logOddsOf } from './attribute.ts'
import { FITTING } from './compare.ts'
import { COMPARISON_NAMES, COMPARISONS, type Levels, nobodyStep } from './model.ts'
import {
  bestFirst,
  leastOdds,
  type PairOdds,
  pairOdds,
  publishedScore,
  roundedOdds,
  settlementOf,
  settleWork,
} from './settle.ts'
import { ATTRIBUTION_2 } from './shipped.ts'

const model = ATTRIBUTION_2

/** Pairs of one work: some of its slots with some of its profiles, each pair once. */
const aWork: fc.Arbitrary<readonly PairOdds[]> = fc.uniqueArray(
  fc.record({
    slotId: fc.constantFrom('s1', 's2', 's3', 's4'),
    profileId: fc.constantFrom('p1', 'p2', 'p3', 'p4', 'p5'),
    logOdds: fc.integer({ min: -300_000, max: 300_000 }).map((n) => n / 10_000),
    fitting: fc.constantFrom(FITTING.not, FITTING.inPart, FITTING.whole),
    rarity: fc.constantFrom(-2.3, 0, 2.5),
  }),
  { selector: ({ slotId, profileId }) => `${slotId} ${profileId}`, maxLength: 20 },
)
const anyLevels: fc.Arbitrary<Levels> = fc.record(
  Object.fromEntries(COMPARISON_NAMES.map((name) => [name, fc.constantFrom(...COMPARISONS[name])])),
  { requiredKeys: [] },
)
const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0)

describe('the pairs of a work', () => {
  it('are probabilities that sum up to at most 1 on each slot, and for each profile', () => {
    fc.assert(
      fc.property(aWork, (pairs) => {
        const settled = settleWork(pairs, model)
        for (const { probability } of settled) expect(probability >= 0 && probability <= 1).toBe(true)
        for (const side of ['slotId', 'profileId'] as const)
          for (const own of Map.groupBy(settled, (pair) => pair[side]).values())
            expect(sumOf(own.map(({ probability }) => probability))).toBeLessThanOrEqual(1 + 1e-9)
      }),
    )
  })

  it('come out the same in any order, to the last digit', () => {
    fc.assert(
      fc.property(
        aWork.chain((pairs) =>
          fc.tuple(fc.constant(pairs), fc.shuffledSubarray([...pairs], { minLength: pairs.length })),
        ),
        ([pairs, shuffled]) => {
          expect(settleWork(shuffled, model).toSorted(bestFirst)).toEqual(settleWork(pairs, model).toSorted(bestFirst))
        },
      ),
    )
  })

  it('rise with their own odds, and fall with those of a rival on the slot or of the profile on another slot', () => {
    fc.assert(
      fc.property(aWork, fc.integer({ min: 1, max: 100_000 }), (pairs, more) => {
        const [first, ...others] = pairs
        if (!first) return
        const better = [{ ...first, logOdds: roundedOdds(first.logOdds + more / 10_000) }, ...others]
        const [before, after] = [settleWork(pairs, model), settleWork(better, model)]
        expect(after[0]?.probability).toBeGreaterThanOrEqual((before[0]?.probability ?? 1) - 1e-12)
        for (const at of others.keys())
          expect(after[at + 1]?.probability).toBeLessThanOrEqual((before[at + 1]?.probability ?? 0) + 1e-12)
      }),
    )
  })

  it('of a work with one slot are what attribution says of it', () => {
    fc.assert(
      fc.property(fc.array(anyLevels, { maxLength: 12 }), fc.nat({ max: 12 }), (levels, fitting) => {
        const pairs = levels.map((one, at) => ({
          slotId: 's',
          profileId: `p${at}`,
          logOdds: logOddsOf(one, model),
          fitting: at < fitting ? FITTING.whole : FITTING.not,
          rarity: model.rarity.name['rare'] ?? 0,
        }))
        const expected = attribute(
          {
            candidates: levels.map((one, at) => ({ profileId: `p${at}`, levels: one })),
            nobody: nobodyStep(Math.min(fitting, levels.length)),
            rarity: { of: 'name', level: 'rare' },
            unproven: false,
          },
          model,
        )
        const settled = new Map(settleWork(pairs, model).map((pair) => [pair.profileId, pair.probability]))
        for (const { profileId, probability } of expected) expect(settled.get(profileId)).toBeCloseTo(probability, 12)
      }),
    )
  })

  it('of a few slots need no more than these and what their profiles have elsewhere', () => {
    fc.assert(
      fc.property(aWork, (pairs) => {
        const here = pairs.filter(({ slotId }) => slotId === 's1')
        const around = pairs.filter(
          ({ slotId, profileId }) => slotId !== 's1' && here.some((pair) => pair.profileId === profileId),
        )
        const all = settleWork(pairs, model).filter(({ slotId }) => slotId === 's1')
        expect(settleWork([...here, ...around], model).slice(0, here.length)).toEqual(all)
      }),
    )
  })

  it('are explained by terms that lead from the log odds to the probability', () => {
    fc.assert(
      fc.property(aWork, (pairs) => {
        for (const settled of settleWork(pairs, model)) {
          const { nobody, rivals, otherSlots, logOdds, probability } = settlementOf(settled, pairs, model)
          expect(settled.logOdds + nobody + rivals + otherSlots).toBeCloseTo(logOdds, 6)
          expect(1 / (1 + Math.exp(-logOdds))).toBeCloseTo(settled.probability, 9)
          expect(probability).toBeCloseTo(settled.probability, 9)
          expect(rivals).toBeLessThanOrEqual(1e-9)
          expect(otherSlots).toBeLessThanOrEqual(1e-9)
        }
      }),
    )
  })
})

describe('what is kept of a pair', () => {
  const nobody = leastOdds(model)
  const rarity = { of: 'name', level: 'rare' } as const

  it.each([
    { levels: { name: 'exact' }, fitting: FITTING.whole, kept: true },
    { levels: { name: 'exact', decision: 'rejected_same' }, fitting: FITTING.whole, kept: true },
    { levels: { name: 'other', decision: 'rejected_same' }, fitting: FITTING.not, kept: false },
    { levels: { name: 'conflict', orcid: 'different' }, fitting: FITTING.not, kept: false },
    { levels: { orcid: 'exact' }, fitting: FITTING.not, kept: true },
  ])('$levels: $kept', ({ levels, fitting, kept }) => {
    expect(pairOdds('s', 'p', { levels, fitting, rarity, unproven: false }, model) !== undefined).toBe(kept)
  })

  it('leaves out only what forty of could not move by half of what is shown', () => {
    const negligible = { slotId: 's', logOdds: nobody - 9, fitting: FITTING.not, rarity: -nobody }
    const own = { slotId: 's', profileId: 'p', logOdds: nobody, fitting: FITTING.not, rarity: -nobody }
    const crowd = Array.from({ length: 40 }, (_, at) => ({ ...negligible, profileId: `q${at}` }))
    const [alone, among] = [settleWork([own], model), settleWork([own, ...crowd], model)]
    expect((alone[0]?.probability ?? 0) - (among[0]?.probability ?? 1)).toBeLessThan(0.005)
  })
})

it('a published score has two decimals', () => {
  expect([0, 0.004, 0.005, 0.4949, 0.999].map(publishedScore)).toEqual([0, 0, 0.01, 0.49, 1])
})
