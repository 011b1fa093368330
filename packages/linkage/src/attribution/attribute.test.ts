import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attribute, type Compared, contributionsOf, logOddsOf, nobodyOdds } from './attribute.ts'
import {
  COMPARISON_NAMES,
  COMPARISONS,
  type Levels,
  NOBODY_FROM,
  nobodyStep,
  RARITIES,
  RARITY_NAMES,
  type Rarity,
} from './model.ts'
import { ATTRIBUTION_2 } from './shipped.ts'

const model = ATTRIBUTION_2
const anyLevels: fc.Arbitrary<Levels> = fc.record(
  Object.fromEntries(COMPARISON_NAMES.map((name) => [name, fc.constantFrom(...COMPARISONS[name])])),
  { requiredKeys: [] },
)
const anyRarity: fc.Arbitrary<Rarity> = fc.oneof(
  ...RARITY_NAMES.map((of) => fc.record({ of: fc.constant(of), level: fc.constantFrom(...RARITIES[of]) })),
)
const anyCompared: fc.Arbitrary<Compared> = fc
  .record({
    levels: fc.array(anyLevels, { maxLength: 12 }),
    nobody: fc.integer({ min: 0, max: NOBODY_FROM.length - 1 }),
    rarity: anyRarity,
    unproven: fc.boolean(),
  })
  .map(({ levels, nobody, rarity, unproven }) => ({
    candidates: levels.map((one, at) => ({ profileId: `p${at}`, levels: one })),
    nobody,
    rarity,
    unproven,
  }))

describe('who of these it may be', () => {
  it('is a probability each, which leave some for nobody', () => {
    fc.assert(
      fc.property(anyCompared, (compared) => {
        const found = attribute(compared, model)
        expect(found).toHaveLength(compared.candidates.length)
        for (const { probability } of found) expect(probability).toBeGreaterThanOrEqual(0)
        const sum = found.reduce((total, { probability }) => total + probability, 0)
        expect(sum).toBeLessThanOrEqual(1 + 1e-9)
        const nobody = Math.exp(nobodyOdds(compared, model))
        const odds = found.reduce((total, { logOdds }) => total + Math.exp(logOdds), 0)
        expect(sum).toBeCloseTo(odds / (odds + nobody), 6)
      }),
    )
  })

  it('does not depend on the order of the candidates, to the last digit', () => {
    fc.assert(
      fc.property(anyCompared, fc.integer(), (compared, seed) => {
        const shuffled = compared.candidates.toSorted(
          (a, b) => ((Number(a.profileId.slice(1)) * 31 + seed) % 7) - ((Number(b.profileId.slice(1)) * 31 + seed) % 7),
        )
        expect(attribute({ ...compared, candidates: shuffled }, model)).toEqual(attribute(compared, model))
      }),
    )
  })

  it('rises, or stays, when one comparison reaches a better level, and falls for the others', () => {
    fc.assert(
      fc.property(anyCompared, fc.constantFrom(...COMPARISON_NAMES), fc.nat(), (compared, comparison, pick) => {
        const [first, ...others] = compared.candidates
        if (!first) return
        const levels = COMPARISONS[comparison]
        const at = pick % (levels.length - 1)
        const under = (level: string | undefined): Compared => ({
          ...compared,
          candidates: [{ ...first, levels: { ...first.levels, [comparison]: level } }, ...others],
        })
        const of = (found: ReturnType<typeof attribute>, id: string) =>
          found.find(({ profileId }) => profileId === id)?.probability ?? Number.NaN
        const [worse, better] = [attribute(under(levels[at]), model), attribute(under(levels[at + 1]), model)]
        expect(of(better, first.profileId)).toBeGreaterThanOrEqual(of(worse, first.profileId) - 1e-12)
        for (const { profileId } of others)
          expect(of(better, profileId)).toBeLessThanOrEqual(of(worse, profileId) + 1e-12)
      }),
    )
  })

  it('is explained by contributions that sum up to the log odds', () => {
    fc.assert(
      fc.property(anyLevels, (levels) => {
        const sum = contributionsOf(levels, model).reduce((total, { weight }) => total + weight, model.prior)
        expect(sum).toBeCloseTo(logOddsOf(levels, model), 9)
      }),
    )
  })

  it('refuses a level that the model does not know', () => {
    expect(() => logOddsOf({ name: 'nearly' }, model)).toThrow('no level "nearly" of "name"')
  })
})

it('the more people bear a name that fits, the more it may be somebody else', () => {
  expect([0, 1, 2, 3, 4, 5, 7, 8, 900].map(nobodyStep)).toEqual([0, 0, 1, 2, 2, 3, 3, 4, 4])
  expect(model.nobody).toEqual(model.nobody.toSorted((a, b) => a - b))
})

it('the rarer a name that one person here bears, the less it may be somebody else', () => {
  for (const of of RARITY_NAMES) {
    const odds = RARITIES[of].map((level) => nobodyOdds({ nobody: 0, rarity: { of, level }, unproven: false }, model))
    expect(odds).toEqual(odds.toSorted((a, b) => b - a))
  }
  expect(nobodyOdds({ nobody: 1, rarity: { of: 'name', level: 'singular' }, unproven: true }, model)).toBe(
    model.nobody[1],
  )
})
