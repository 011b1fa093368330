import { type ComparedPair, fittest, logOddsOf, rarityOdds } from './attribute.ts'
import { countFitting, FITTING, type Fitting } from './compare.ts'
import { type AttributionModel, nobodyStep } from './model.ts'

/** What is kept of a compared pair: enough to settle it anew with its rivals, without comparing anybody again. */
export interface PairOdds {
  readonly slotId: string
  readonly profileId: string
  /** Natural log odds to four decimals: a function of the two sides alone. */
  readonly logOdds: number
  /** How the profile's name fits: whoever fits counts for how sure "nobody of these" is. */
  readonly fitting: Fitting
  /** Against nobody, where no other profile fits: natural log odds to four decimals, by how rare what agrees is. */
  readonly rarity: number
}

export interface SettledPair extends PairOdds {
  /** Among the slot's candidates and nobody, who together have 1. */
  readonly onSlot: number
  /** The slot's part of the profile's odds on the work: on one byline he stands once. */
  readonly share: number
  /** Both together. */
  readonly probability: number
}

// Of what "nobody" weighs at least, e^-9 is 0.0001: it takes forty such pairs on one slot to move a probability by half of
// the second decimal, and a slot rarely meets so many whose name does not fit.
const NEGLIGIBLE = -9

/** Four decimals of log odds are 0.00003 of a probability; and sums of weights are the same on every path. */
export function roundedOdds(logOdds: number): number {
  // Never −0, which is not what is read back.
  return Math.round(logOdds * 10_000) / 10_000 + 0
}

/** What a compared pair leaves for its slot; undefined where it counts for nobody's probability, the own one included. */
export function pairOdds(
  slotId: string,
  profileId: string,
  pair: ComparedPair,
  model: AttributionModel,
): PairOdds | undefined {
  const { levels, fitting } = pair
  const logOdds = roundedOdds(logOddsOf(levels, model))
  return fitting !== FITTING.not || logOdds > leastOdds(model) + NEGLIGIBLE
    ? { slotId, profileId, logOdds, fitting, rarity: roundedOdds(rarityOdds(pair, model)) }
    : undefined
}

/** What nobody weighs at least: of a model it is always the same, and asked for each pair whose names do not fit. */
export function leastOdds(model: AttributionModel): number {
  const known = leastOf.get(model)
  if (known !== undefined) return known
  const rarest = Object.values(model.rarity).flatMap((levels) => Object.values(levels))
  const least = Math.min(...model.nobody, ...rarest.map((weight) => -weight))
  leastOf.set(model, least)
  return least
}

const leastOf = new WeakMap<AttributionModel, number>()

/**
 * The probability of each pair of one work, in the order given, and whatever that order is. Of one slot they sum up to less
 * than 1, nobody has the rest; of one profile, too. Better odds of a pair raise its own and lower the others'.
 *
 * It holds for pairs whose slot is given with all of its pairs, and whose profile with all of its slots of the work: to
 * settle a few slots of a long byline, give these with all their pairs, and of the others the pairs of the same profiles.
 */
export function settleWork(pairs: readonly PairOdds[], model: AttributionModel): readonly SettledPair[] {
  const bySlot = Map.groupBy(pairs, ({ slotId }) => slotId)
  const byProfile = Map.groupBy(pairs, ({ profileId }) => profileId)
  const slots = new Map([...bySlot].map(([slotId, own]) => [slotId, logSum([nobodyOf(own, model), ...oddsOf(own)])]))
  const profiles = new Map([...byProfile].map(([profileId, own]) => [profileId, logSum(oddsOf(own))]))
  return pairs.map((pair) => {
    const onSlot = Math.exp(pair.logOdds - (slots.get(pair.slotId) ?? 0))
    const share = Math.min(1, Math.exp(pair.logOdds - (profiles.get(pair.profileId) ?? 0)))
    return { ...pair, onSlot, share, probability: onSlot * share }
  })
}

/** As it is published: a person is shown no more than two decimals, and less than that is no news. */
export function publishedScore(probability: number): number {
  return Math.round(probability * 100) / 100
}

/** Best first: by probability, then by log odds, then by profile. */
export function bestFirst(a: SettledPair, b: SettledPair): number {
  return b.probability - a.probability || b.logOdds - a.logOdds || (a.profileId < b.profileId ? -1 : 1)
}

/** How a pair's log odds become its probability: each term is added, and the sum is the log odds of the probability. */
export interface Settlement {
  /** Profiles on the slot whose names fit, as well as any does. */
  readonly fitting: number
  readonly nobody: number
  readonly rivals: number
  /** 0 where the profile meets no other slot of the work. */
  readonly otherSlots: number
  readonly logOdds: number
  readonly probability: number
}

/** `pairs` as for `settleWork`. */
export function settlementOf(pair: PairOdds, pairs: readonly PairOdds[], model: AttributionModel): Settlement {
  const here = pairs.filter(({ slotId }) => slotId === pair.slotId)
  const nobody = nobodyOf(here, model)
  const others = logSum([nobody, ...oddsOf(here.filter(({ profileId }) => profileId !== pair.profileId))])
  const elsewhere = oddsOf(pairs.filter((one) => one.profileId === pair.profileId && one.slotId !== pair.slotId))
  // Of the chances against: somebody else or nobody here, or he himself on another slot.
  const onSlot = pair.logOdds - others
  const against = elsewhere.length === 0 ? -onSlot : logSum([-onSlot, logOddsAgainst(pair.logOdds, elsewhere, onSlot)])
  return {
    fitting: countFitting(here),
    nobody: -nobody,
    rivals: nobody - others,
    otherSlots: -against - onSlot,
    logOdds: -against,
    probability: 1 / (1 + Math.exp(against)),
  }
}

/** 1 / p = (1 + e^-onSlot) * (1 + elsewhere / e^logOdds): what the second factor adds to 1 / p - 1, as a logarithm. */
function logOddsAgainst(logOdds: number, elsewhere: readonly number[], onSlot: number): number {
  return logSum(elsewhere) - logOdds + logSum([0, -onSlot])
}

function nobodyOf(slot: readonly PairOdds[], model: AttributionModel): number {
  const step = nobodyStep(countFitting(slot))
  if (step > 0) return model.nobody[step] ?? 0
  // Where no name fits, the least that any of them has against nobody: not that of whoever comes first.
  return -(fittest(slot)?.rarity ?? slot.reduce((least, { rarity }) => Math.min(least, rarity), slot[0]?.rarity ?? 0))
}

function oddsOf(pairs: readonly PairOdds[]): readonly number[] {
  return pairs.map(({ logOdds }) => logOdds)
}

/** Log of the sum of what these are logs of, the same for any order of them. */
function logSum(logs: readonly number[]): number {
  const sorted = logs.toSorted((a, b) => a - b)
  const highest = sorted.at(-1) ?? Number.NEGATIVE_INFINITY
  return highest + Math.log(sorted.reduce((sum, log) => sum + Math.exp(log - highest), 0))
}
