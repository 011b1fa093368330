import { compareNames, type NameLevel } from '../names/compare-names.ts'
import type { PreparedName } from '../names/prepare-name.ts'
import type { Comparison } from '../types.ts'
import type { Model } from './model.ts'
import { givenBits, priorOf } from './name-frequency.ts'

/** The best pair of forms, and what its family name takes off in advance. */
export interface NameMatch {
  readonly level: NameLevel | 'null'
  readonly rarity: number
  readonly prior: number
  readonly forms: readonly [slot: PreparedName, profile: PreparedName] | null
}

/** Of all forms of both names the pair that adds up to most; so a further form never lowers a score. */
export function matchNames(slot: readonly PreparedName[], profile: readonly PreparedName[], model: Model): NameMatch {
  let best: NameMatch = { level: 'null', rarity: 0, prior: model.prior.byClass[0] ?? 0, forms: null }
  let bestSum = Number.NEGATIVE_INFINITY
  for (const a of slot) {
    for (const b of profile) {
      const level = compareNames(a, b)
      const { weight = 0, rarity: atMost = 0 } = model.levels.name[level] ?? {}
      const rarity = atMost === 0 ? 0 : Math.min(atMost, rarityOf(level, a, b, model))
      const prior = Math.min(priorOf(a.family, model), priorOf(b.family, model))
      if (weight + rarity + prior <= bestSum) continue
      bestSum = weight + rarity + prior
      best = { level, rarity, prior, forms: [a, b] }
    }
  }
  return best
}

export function nameComparison({ level, rarity, forms }: NameMatch): Comparison {
  const details = forms === null ? null : `${forms[0].asGiven} / ${forms[1].asGiven}`
  return { comparison: 'name', level, rarity, details }
}

function rarityOf(level: NameLevel, a: PreparedName, b: PreparedName, model: Model): number {
  // Each further initial that agrees leaves one bearer in four.
  if (level === 'initials') return 2 * (Math.min(a.given.length, b.given.length) - 1)
  const shared = level === 'exact' || level === 'swapped' ? a.given : a.given.slice(0, 1)
  return Math.min(
    givenBits(shared, model),
    givenBits(level === 'exact' || level === 'swapped' ? b.given : b.given.slice(0, 1), model),
  )
}
