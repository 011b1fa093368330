import { countFitting, FITTING, type Fitting, fitOf, fittingOf, levelsOf, rarityOf } from './compare.ts'
import {
  type AttributionModel,
  COMPARISON_NAMES,
  type ComparisonName,
  type Levels,
  nobodyStep,
  type Rarity,
} from './model.ts'
import type { AttributedProfile, AttributedSlot } from './prepare.ts'

/** What one comparison added: natural log odds. */
export interface Contribution {
  readonly comparison: ComparisonName
  /** null: a side says nothing. */
  readonly level: string | null
  readonly weight: number
}

export interface Attribution {
  readonly profileId: string
  /** Sum of the prior and the contributions. */
  readonly logOdds: number
  /** Among the other candidates and nobody: all of them sum to 1. */
  readonly probability: number
  readonly contributions: readonly Contribution[]
}

/** A slot with the profiles it was compared with, as training and attribution see them. */
export interface Compared {
  readonly candidates: readonly { readonly profileId: string; readonly levels: Levels }[]
  /** Step of `AttributionModel.nobody`. */
  readonly nobody: number
  readonly rarity: Rarity
  /** The profile that fits best has confirmed no work: there is little beside the name to compare. */
  readonly unproven: boolean
}

/** What two sides have, before anything is weighed. */
export interface ComparedPair {
  readonly levels: Levels
  readonly fitting: Fitting
  /** How rare what agrees of the names is. */
  readonly rarity: Rarity
  /** The profile has confirmed no work. */
  readonly unproven: boolean
}

/** One slot with one profile: every level, how the names fit, and how rare what agrees of them is. */
export function comparePair(slot: AttributedSlot, profile: AttributedProfile): ComparedPair {
  const fit = fitOf(slot.names, profile.names)
  const rarity = rarityOf(slot.names, fit)
  const unproven = profile.works.length === 0
  return { levels: levelsOf(slot, profile, fit), fitting: fittingOf(fit), rarity, unproven }
}

// Of a slot that meets nobody: nothing depends on it.
const MEETS_NOBODY = { rarity: { of: 'family', level: 'everyday' }, unproven: false } as const

/** The only one whose name fits as well as any: the first there is, for where several do their number is what counts. */
export function fittest<T extends { readonly fitting: Fitting }>(pairs: readonly T[]): T | undefined {
  return (
    pairs.find(({ fitting }) => fitting === FITTING.whole) ?? pairs.find(({ fitting }) => fitting === FITTING.inPart)
  )
}

/** Compares a slot with profiles; one who already stands on this byline is none of its candidates. */
export function compareAll(slot: AttributedSlot, profiles: readonly AttributedProfile[]): Compared {
  const candidates = profiles
    .filter(({ workIds }) => !workIds.has(slot.work.workId))
    .map((profile) => ({ profileId: profile.profileId, ...comparePair(slot, profile) }))
  // Where no name fits, what is rare about it is the same for all; whichever of them comes first must not matter.
  const { rarity, unproven } =
    fittest(candidates) ?? candidates.find((one) => one.unproven) ?? candidates[0] ?? MEETS_NOBODY
  return { candidates, nobody: nobodyStep(countFitting(candidates)), rarity, unproven }
}

/**
 * Who of these it may be: independent of their order, best first. A conditional logit with "nobody" among the choices
 * (McFadden 1974): competitors count through the sum only.
 */
export function attribute(compared: Compared, model: AttributionModel): readonly Attribution[] {
  const scored = compared.candidates.map(({ profileId, levels }) => ({
    profileId,
    levels,
    logOdds: logOddsOf(levels, model),
  }))
  const nobody = nobodyOdds(compared, model)
  const highest = scored.reduce((most, { logOdds }) => Math.max(most, logOdds), nobody)
  // Summed in order of size, so that the order of the candidates cannot be seen in the last digit.
  const odds = [nobody, ...scored.map(({ logOdds }) => logOdds)].map((logOdds) => Math.exp(logOdds - highest))
  const sum = odds.toSorted((a, b) => a - b).reduce((total, one) => total + one, 0)
  return scored
    .map(({ profileId, levels, logOdds }) => ({
      profileId,
      logOdds,
      probability: Math.exp(logOdds - highest) / sum,
      contributions: contributionsOf(levels, model),
    }))
    .sort((a, b) => b.logOdds - a.logOdds || (a.profileId < b.profileId ? -1 : 1))
}

/** Against nobody, where no two profiles fit: the rarer what agrees the more, and less where nothing else is known. */
export function rarityOdds(
  { rarity, unproven }: Pick<ComparedPair, 'rarity' | 'unproven'>,
  model: Pick<AttributionModel, 'rarity' | 'unproven'>,
): number {
  return (model.rarity[rarity.of][rarity.level] ?? 0) - (unproven ? model.unproven : 0)
}

/** Of "nobody of these": where several bear a name that fits by their number, else by how rare it is. */
export function nobodyOdds(
  { nobody, rarity, unproven }: Pick<Compared, 'nobody' | 'rarity' | 'unproven'>,
  model: Pick<AttributionModel, 'nobody' | 'rarity' | 'unproven'>,
): number {
  return nobody > 0 ? (model.nobody[nobody] ?? 0) : -rarityOdds({ rarity, unproven }, model)
}

export function logOddsOf(levels: Levels, model: AttributionModel): number {
  let sum = model.prior
  for (const comparison of COMPARISON_NAMES) sum += weightOf(levels, comparison, model)
  return sum
}

export function contributionsOf(levels: Levels, model: AttributionModel): readonly Contribution[] {
  return COMPARISON_NAMES.map((comparison) => ({
    comparison,
    level: levels[comparison] ?? null,
    weight: weightOf(levels, comparison, model),
  }))
}

function weightOf(levels: Levels, comparison: ComparisonName, model: AttributionModel): number {
  const level = levels[comparison]
  if (level === undefined) return 0
  const weight = model.weights[comparison][level]
  if (weight === undefined) throw new Error(`no level "${level}" of "${comparison}" in model "${model.version}"`)
  return weight
}
