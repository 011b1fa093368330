import fc from 'fast-check'
import { expect, it } from 'vitest'
import { logOddsOf } from './attribute.ts'
import { COMPARISON_NAMES, COMPARISONS, type ComparisonName, type Levels } from './model.ts'
import { reasonsOf, reasonType } from './reasons.ts'
import { roundedOdds } from './settle.ts'
import { ATTRIBUTION_2 } from './shipped.ts'

const model = ATTRIBUTION_2
const anyLevels: fc.Arbitrary<Levels> = fc.record(
  Object.fromEntries(COMPARISON_NAMES.map((name) => [name, fc.constantFrom(...COMPARISONS[name])])),
  { requiredKeys: [] },
)

it.each<readonly [ComparisonName, string, string]>([
  ['orcid', 'exact', 'orcid_exact'],
  ['orcid', 'different', 'orcid_different'],
  ['name', 'exact', 'name_exact'],
  ['name', 'initials', 'name_similar'],
  ['name', 'conflict', 'name_conflict'],
  ['coauthors', 'one_rare', 'coauthor_network'],
  ['coauthors', 'none', 'coauthor_none'],
  ['affiliation', 'ror_equal', 'affiliation_match'],
  ['affiliation', 'different', 'affiliation_different'],
  ['field', 'near', 'topic_similarity'],
  ['venue', 'rare', 'venue_match'],
  ['venue', 'other', 'venue_other'],
  ['years', 'decade', 'temporal_consistency'],
  ['decision', 'rejected_same', 'previous_decision'],
  ['author_id', 'mine', 'author_id_match'],
  ['email', 'equal', 'email_match'],
  ['citation', 'several', 'self_citation'],
  ['references', 'few', 'references_shared'],
  ['language', 'other', 'language_other'],
  ['funding', 'award', 'funding_match'],
])('%s %s is shown as %s', (comparison, level, type) => {
  expect(reasonType(comparison, level)).toBe(type)
})

it('every level of every comparison has a reason and a weight', () => {
  for (const comparison of COMPARISON_NAMES)
    for (const level of COMPARISONS[comparison]) {
      expect(reasonType(comparison, level)).toMatch(/^[a-z_]+$/)
      expect(model.weights[comparison][level]).toBeTypeOf('number')
    }
})

it('weights have four decimals and sum up to the log odds, the prior first, the strongest next', () => {
  fc.assert(
    fc.property(anyLevels, (levels) => {
      const [prior, ...others] = reasonsOf(levels, {}, model)
      expect(prior).toMatchObject({ type: 'prior', weight: model.prior })
      const weights = others.map(({ weight }) => Math.abs(weight))
      expect(weights).toEqual(weights.toSorted((a, b) => b - a))
      for (const weight of weights) expect(weight).toBe(roundedOdds(weight))
      const sum = others.reduce((total, { weight }) => total + weight, prior?.weight ?? 0)
      expect(sum).toBeCloseTo(roundedOdds(logOddsOf(levels, model)), 9)
    }),
  )
})

it('details stand beside their comparison', () => {
  const reasons = reasonsOf({ name: 'exact', coauthors: 'one' }, { coauthors: 'Ada Lovelace' }, model)
  expect(reasons.find(({ type }) => type === 'coauthor_network')?.details).toBe('Ada Lovelace')
  expect(reasons.find(({ type }) => type === 'name_exact')?.details).toBeNull()
})
