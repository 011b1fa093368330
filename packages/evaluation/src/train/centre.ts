import type { AttributionModel, ComparisonName } from '@atlas/linkage'
import type { Example } from './fit.ts'

type Weights = Pick<AttributionModel, 'prior' | 'pairPrior' | 'weights'>

/** What a record may simply lack, and what stands in for each other: of these, saying nothing must weigh nothing. */
const MAY_BE_SILENT: readonly (readonly (readonly ComparisonName[])[])[] = [
  [['years']],
  [['venue']],
  [
    ['nearest_topic', 'field'],
    ['nearest_title', 'title_field'],
  ],
]

const FITTING: ReadonlySet<string> = new Set(['exact', 'compatible', 'similar', 'initials'])

/**
 * The same weights with what every example has in common moved to the priors. Where all that is learnt from has a year, a
 * fit cannot tell the weight of years from the prior, and a record without a year would gain or lose by it. A weight is the
 * logarithm of a likelihood ratio, whose mean over those it is not is 1 (Good 1950): it is shifted until that holds, over
 * candidates whose names fit.
 */
export function centred<W extends Weights>(given: W, examples: readonly Example[]): W {
  const strangers = examples.flatMap(({ candidates, truth, weight }) =>
    candidates.flatMap((levels, at) => (at !== truth && FITTING.has(levels.name ?? '') ? [{ levels, weight }] : [])),
  )
  let { prior, pairPrior } = given
  const weights = { ...given.weights }
  for (const alternatives of MAY_BE_SILENT) {
    let [sum, total] = [0, 0]
    for (const { levels, weight } of strangers)
      for (const group of alternatives) {
        if (!group.some((comparison) => levels[comparison] !== undefined)) continue
        const odds = group.reduce((all, comparison) => all + weightOf(given, comparison, levels[comparison]), 0)
        sum += weight * Math.exp(odds)
        total += weight
      }
    if (total === 0) continue
    const shift = rounded(Math.log(sum / total))
    prior = rounded(prior + shift)
    pairPrior = rounded(pairPrior + shift)
    for (const [first] of alternatives) if (first) weights[first] = shifted(given.weights[first], shift)
  }
  return { ...given, prior, pairPrior, weights }
}

function weightOf({ weights }: Weights, comparison: ComparisonName, level: string | undefined): number {
  return level === undefined ? 0 : (weights[comparison][level] ?? 0)
}

function shifted(levels: Readonly<Record<string, number>>, shift: number): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(levels).map(([level, weight]) => [level, rounded(weight - shift)]))
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000 || 0
}
