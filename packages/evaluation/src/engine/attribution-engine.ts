import { type AttributionModel, attribute } from '@atlas/linkage'
import type { AuthorSet, PairSet, SlotRef } from '../neutral/types.ts'
import { comparedPairOf, indexOfSet } from './attribution.ts'
import { meanInLogOdds } from './pair-mean.ts'
import type { AuthorEngine, PairEngine } from './port.ts'

/** Attribution over a set: the profiles a slot meets and nobody share one probability. */
export function createAttributionEngine(set: AuthorSet, model: AttributionModel): AuthorEngine {
  const index = indexOfSet(set, model.frequencies)
  const attributed = (item: SlotRef) => attribute(index.compared(item), model)
  return {
    model: model.version,
    threshold: model.threshold,
    propose: (item) => attributed(item).map(({ profileId, probability }) => ({ profile: profileId, p: probability })),
    answer: (item, confirmed, rejected) => index.answer(item, confirmed, rejected),
    explain(item, profile) {
      const found = attributed(item).find(({ profileId }) => profileId === profile)
      if (!found) return []
      const prior = { type: 'prior', level: 'any', weight: model.prior, details: null }
      const reasons = found.contributions
        .filter(({ weight }) => weight !== 0)
        .map(({ comparison, level, weight }) => ({ type: comparison, level: level ?? 'silent', weight, details: null }))
        .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight) || (a.type < b.type ? -1 : 1))
      return [prior, ...reasons]
    },
  }
}

/** Each slot in turn as a profile that has confirmed nothing else, against the other; with the prior of chosen pairs. */
export function createAttributionPairEngine(set: PairSet, model: AttributionModel): PairEngine {
  const compared = comparedPairOf(set, model.frequencies)
  const chosen: AttributionModel = { ...model, prior: model.pairPrior }
  const oneWay = (known: SlotRef, other: SlotRef): number =>
    attribute(compared(known, other), chosen)[0]?.probability ?? 0
  return {
    model: model.version,
    threshold: model.pairThreshold,
    compare: (left, right) => meanInLogOdds(oneWay(left, right), oneWay(right, left)),
  }
}
