import {
  type AttributedProfile,
  type AttributedSlot,
  type AttributionModel,
  bestFirst,
  comparePair,
  detailsOf,
  type PairOdds,
  publishedScore,
  reasonsOf,
  settlementOf,
  settleWork,
} from '@atlas/linkage'

/** One step of the sum: what was looked at, what it added, and the sum after it. */
export interface WaterfallStep {
  readonly step: string
  readonly weight: number
  readonly sum: number
  readonly details: string | null
}

/** How the probability of a pair comes about: every weight in natural log odds, each sum the last one and its weight. */
export interface Waterfall {
  readonly modelVersion: string
  /** The prior and each comparison. */
  readonly evidence: readonly WaterfallStep[]
  /** What these sum up to: a function of the two sides alone. */
  readonly logOdds: number
  /** What the others on the byline make of it. */
  readonly settlement: readonly WaterfallStep[]
  /** 1 / (1 + e^-sum). */
  readonly probability: number
  readonly score: number
  readonly rivals: readonly Chance[]
  readonly otherSlots: readonly Chance[]
}

export interface Chance {
  readonly id: string
  readonly logOdds: number
  readonly probability: number
}

const SHOWN = 10

/**
 * `pairs`: those of the slot, and of the profile on the other slots of the work. Whom these two do not meet is left out:
 * the probabilities of rivals are therefore those on this slot. Pure.
 */
export function waterfallOf(
  slot: AttributedSlot,
  profile: AttributedProfile,
  pairs: readonly PairOdds[],
  model: AttributionModel,
): Waterfall | undefined {
  const own = pairs.find(({ slotId, profileId }) => slotId === slot.slotId && profileId === profile.profileId)
  if (!own) return undefined
  const { levels } = comparePair(slot, profile)
  const reasons = reasonsOf(levels, detailsOf(slot, profile), model)
  const evidence = summed(
    0,
    reasons.map(({ level, weight, details }) => ({ step: level, weight, details })),
  )
  const logOdds = evidence.at(-1)?.sum ?? 0
  const { fitting, nobody, rivals, otherSlots, probability } = settlementOf(own, pairs, model)
  const here = settleWork(
    pairs.filter(({ slotId }) => slotId === slot.slotId),
    model,
  ).filter(({ profileId }) => profileId !== profile.profileId)
  const elsewhere = settleWork(pairs, model).filter(
    ({ slotId, profileId }) => profileId === profile.profileId && slotId !== slot.slotId,
  )
  return {
    modelVersion: model.version,
    evidence,
    logOdds,
    settlement: summed(logOdds, [
      { step: 'nobody of these', weight: nobody, details: `${fitting} here with a name that fits` },
      { step: 'others on the slot', weight: rivals, details: `${here.length} compared` },
      { step: 'other slots of the work', weight: otherSlots, details: `${elsewhere.length} met` },
    ]),
    probability,
    score: publishedScore(probability),
    rivals: here
      .toSorted(bestFirst)
      .slice(0, SHOWN)
      .map(({ profileId, logOdds, onSlot }) => ({ id: profileId, logOdds, probability: onSlot })),
    otherSlots: elsewhere
      .toSorted((a, b) => b.share - a.share)
      .slice(0, SHOWN)
      .map(({ slotId, logOdds, share }) => ({ id: slotId, logOdds, probability: share })),
  }
}

/** Weights with the sums after each; a sum has the decimals that its weights have. */
function summed(from: number, steps: readonly Omit<WaterfallStep, 'sum'>[]): readonly WaterfallStep[] {
  let sum = from
  return steps.map((step) => {
    sum = rounded(sum + step.weight)
    return { ...step, sum }
  })
}

function rounded(value: number): number {
  return Math.round(value * 1e10) / 1e10
}
