import {
  AT_MOST,
  type AttributionModel,
  COMPARISON_NAMES,
  COMPARISONS,
  type ComparisonName,
  HINTS,
  type Levels,
  NOBODY_FROM,
  RARITIES,
  RARITY_NAMES,
  type Rarity,
  SETTLING,
} from '@atlas/linkage'

/** What labelled sets leave out keeps its weights. */
const BY_HAND = { ...SETTLING, ...HINTS }
const LEARNT: readonly ComparisonName[] = COMPARISON_NAMES.filter((name) => !(name in BY_HAND))

/** One slot whose author is known, with the profiles it meets. */
export interface Example {
  readonly candidates: readonly Levels[]
  /** Which of the candidates it is; -1: none of them. */
  readonly truth: number
  readonly nobody: number
  readonly rarity: Rarity
  readonly weight: number
  /** A pair that somebody chose has a prior of its own. */
  readonly isPair: boolean
}

export interface FitOptions {
  /** Of the quadratic penalty on each step between levels. */
  readonly penalty: number
  readonly rounds: number
}

export const FIT: FitOptions = { penalty: 3, rounds: 300 }

type Weights = Pick<AttributionModel, 'prior' | 'pairPrior' | 'weights' | 'rarity' | 'nobody'>

/**
 * Weights under which the truths are most probable (conditional logit with "nobody", McFadden 1974), with a quadratic
 * penalty, and such that no better level of a comparison weighs less: each level is the sum of the steps up to it, and
 * no step but the first is negative. Projected accelerated gradient with restarts (Beck & Teboulle 2009; O'Donoghue &
 * Candès 2015), the same bytes for the same examples in the same order.
 */
export function fit(examples: readonly Example[], { penalty, rounds }: FitOptions = FIT): Weights {
  const coded = examples.map(encode)
  const { count } = LAYOUT
  const scale = scaleOf(coded, penalty)
  const weights = new Float64Array(count)
  const point = new Float64Array(count)
  const before = new Float64Array(count)
  let momentum = 1
  for (let round = 0; round < rounds; round++) {
    const gradient = gradientAt(point, coded, penalty)
    before.set(weights)
    let largest = 0
    for (let at = 0; at < count; at++) {
      const stepped = (point[at] as number) - (gradient[at] as number) / (scale[at] as number)
      weights[at] = LAYOUT.isStep[at] === 1 ? Math.max(0, stepped) : stepped
      largest = Math.max(largest, Math.abs((weights[at] as number) - (before[at] as number)))
    }
    if (largest < 1e-5) break
    momentum = advance(point, weights, before, gradient, momentum)
  }
  return decode(weights)
}

/** Moves the point ahead of the weights, or back to them where that went uphill; returns the next momentum. */
function advance(
  point: Float64Array,
  weights: Float64Array,
  before: Float64Array,
  gradient: Float64Array,
  momentum: number,
): number {
  let uphill = 0
  for (const [at, weight] of weights.entries()) uphill += (gradient[at] as number) * (weight - (before[at] as number))
  if (uphill > 0) {
    point.set(weights)
    return 1
  }
  const next = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2
  const ahead = (momentum - 1) / next
  for (const [at, weight] of weights.entries()) point[at] = weight + ahead * (weight - (before[at] as number))
  return next
}

interface Coded {
  /** Variables that are added up for each candidate: its prior, and the level each comparison reached. */
  readonly candidates: readonly Int32Array[]
  /** The one variable of nobody, and whether it counts for or against. */
  readonly nobody: number
  readonly sign: number
  readonly truth: number
  readonly weight: number
}

/**
 * Variables: two priors, the levels of each comparison, the steps of nobody. What is fitted are steps; what an example adds
 * up are levels, each the sum of its comparison's steps up to it.
 */
const LAYOUT = layout()

function layout() {
  const first = new Map<string, number>()
  const isStep: number[] = [0, 0]
  for (const comparison of LEARNT) {
    first.set(comparison, isStep.length)
    // The first level is where the comparison begins, and may be against.
    isStep.push(0, ...COMPARISONS[comparison].slice(1).map(() => 1))
  }
  const nobody = isStep.length
  isStep.push(...NOBODY_FROM.slice(1).map(() => 1))
  const rarity = { name: isStep.length, family: isStep.length + RARITIES.name.length }
  for (const of of RARITY_NAMES) isStep.push(0, ...RARITIES[of].slice(1).map(() => 1))
  const runs = [
    ...LEARNT.map((name) => [first.get(name) ?? 0, COMPARISONS[name].length]),
    [nobody, NOBODY_FROM.length - 1],
    ...RARITY_NAMES.map((of) => [rarity[of], RARITIES[of].length]),
  ] as [number, number][]
  return { first, nobody, rarity, isStep: Uint8Array.from(isStep), count: isStep.length, runs }
}

function encode({ candidates, truth, nobody, rarity, weight, isPair }: Example): Coded {
  return {
    candidates: candidates.map((levels) => {
      const on = [isPair ? 1 : 0]
      for (const comparison of LEARNT) {
        const level = levels[comparison]
        if (level === undefined) continue
        on.push((LAYOUT.first.get(comparison) ?? 0) + (COMPARISONS[comparison] as readonly string[]).indexOf(level))
      }
      return Int32Array.from(on)
    }),
    nobody:
      nobody === 0
        ? (LAYOUT.rarity[rarity.of] ?? 0) + (RARITIES[rarity.of] as readonly string[]).indexOf(rarity.level)
        : LAYOUT.nobody + nobody - 1,
    sign: nobody === 0 ? -1 : 1,
    truth,
    weight,
  }
}

/** Levels from steps. */
function levelsOf(steps: Float64Array): Float64Array {
  const levels = steps.slice()
  for (const [from, length] of LAYOUT.runs)
    for (let at = from + 1; at < from + length; at++) levels[at] = (levels[at] as number) + (levels[at - 1] as number)
  return levels
}

/** What was counted by level, by step: a step counts wherever its level or a better one was reached. */
function byStep(counted: Float64Array): Float64Array {
  for (const [from, length] of LAYOUT.runs)
    for (let at = from + length - 2; at >= from; at--)
      counted[at] = (counted[at] as number) + (counted[at + 1] as number)
  return counted
}

/** An upper bound of the curvature in each variable alone, times how many act together. */
function scaleOf(coded: readonly Coded[], penalty: number): Float64Array {
  const scale = new Float64Array(LAYOUT.count)
  let most = 1
  for (const { candidates, nobody, weight } of coded) {
    for (const on of candidates) {
      let steps = 1
      for (const at of on) {
        scale[at] = (scale[at] as number) + weight / 4
        steps += at < 2 ? 0 : (DEPTH[at] as number)
      }
      most = Math.max(most, steps)
    }
    scale[nobody] = (scale[nobody] as number) + weight / 4
  }
  // A tenth of the bound: restarts take back the rare step that was too long.
  return byStep(scale).map((one) => ((one + penalty) * most) / 10)
}

/** Of each level, how many steps it is the sum of. */
const DEPTH = levelsOf(new Float64Array(LAYOUT.count).fill(1))

function gradientAt(point: Float64Array, coded: readonly Coded[], penalty: number): Float64Array {
  const levels = levelsOf(point)
  const counted = new Float64Array(LAYOUT.count)
  const parts = new Float64Array(coded.reduce((most, { candidates }) => Math.max(most, candidates.length), 0))
  for (const { candidates, nobody, sign, truth, weight } of coded) {
    if (candidates.length === 0) continue
    const none = sign * (levels[nobody] as number)
    let highest = none
    for (let one = 0; one < candidates.length; one++) {
      let sum = 0
      const on = candidates[one] as Int32Array
      for (let at = 0; at < on.length; at++) sum += levels[on[at] as number] as number
      parts[one] = sum
      if (sum > highest) highest = sum
    }
    const odds = Math.exp(none - highest)
    let total = odds
    for (let one = 0; one < candidates.length; one++) {
      const part = Math.exp((parts[one] as number) - highest)
      parts[one] = part
      total += part
    }
    counted[nobody] = (counted[nobody] as number) + sign * weight * (odds / total - (truth === -1 ? 1 : 0))
    for (let one = 0; one < candidates.length; one++) {
      const rest = weight * ((parts[one] as number) / total - (one === truth ? 1 : 0))
      const on = candidates[one] as Int32Array
      for (let at = 0; at < on.length; at++) counted[on[at] as number] = (counted[on[at] as number] as number) + rest
    }
  }
  const gradient = byStep(counted)
  for (let at = 2; at < LAYOUT.count; at++) gradient[at] = (gradient[at] as number) + penalty * (point[at] as number)
  return gradient
}

function decode(weights: Float64Array): Weights {
  const sums = (from: number, length: number, start = 0): number[] => {
    let sum = start
    return Array.from({ length }, (_, step) => {
      sum += weights[from + step] as number
      return rounded(sum)
    })
  }
  const levels = Object.fromEntries(
    LEARNT.map((comparison) => {
      const names = COMPARISONS[comparison]
      const values = sums(LAYOUT.first.get(comparison) ?? 0, names.length)
      const most = AT_MOST[comparison] ?? {}
      return [
        comparison,
        Object.fromEntries(names.map((name, at) => [name, Math.min(values[at] ?? 0, most[name] ?? Infinity)])),
      ]
    }),
  ) as Weights['weights']
  return {
    prior: rounded(weights[0] as number),
    pairPrior: rounded(weights[1] as number),
    weights: { ...BY_HAND, ...levels },
    rarity: Object.fromEntries(
      RARITY_NAMES.map((of) => {
        const values = sums(LAYOUT.rarity[of], RARITIES[of].length)
        return [of, Object.fromEntries(RARITIES[of].map((name, at) => [name, values[at]]))]
      }),
    ) as Weights['rarity'],
    nobody: [0, ...sums(LAYOUT.nobody, NOBODY_FROM.length - 1)],
  }
}

// Four digits: what people read in the file is what is used.
function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000 || 0
}
