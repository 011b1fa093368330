import {
  type AttributionComparison,
  type AttributionModel,
  COMPARISON_NAMES,
  COMPARISONS,
  type Levels,
  NOBODY_FROM,
  SETTLING,
} from '@atlas/linkage'

/** What is learnt; what settles a question by itself is left out of labelled sets and keeps its weights. */
const LEARNT: readonly AttributionComparison[] = COMPARISON_NAMES.filter((name) => !(name in SETTLING))

/** One slot whose author is known, with the profiles it meets. */
export interface Example {
  readonly candidates: readonly Levels[]
  /** Which of the candidates it is; -1: none of them. */
  readonly truth: number
  readonly nobody: number
  readonly weight: number
  /** A pair that somebody chose has a prior of its own. */
  readonly isPair: boolean
}

export interface FitOptions {
  /** Of the quadratic penalty on each step between levels. */
  readonly penalty: number
  readonly rounds: number
}

export const FIT: FitOptions = { penalty: 3, rounds: 200 }

type Weights = Pick<AttributionModel, 'prior' | 'pairPrior' | 'weights' | 'nobody'>

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
  /** Variables that are 1, for each candidate. */
  readonly candidates: readonly Int32Array[]
  readonly nobody: Int32Array
  readonly truth: number
  readonly weight: number
}

/** Variables: two priors, the steps of each comparison, the steps of nobody. */
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
  return { first, nobody, isStep: Uint8Array.from(isStep), count: isStep.length }
}

function encode({ candidates, truth, nobody, weight, isPair }: Example): Coded {
  return {
    candidates: candidates.map((levels) => {
      const on = [isPair ? 1 : 0]
      for (const comparison of LEARNT) {
        const level = levels[comparison]
        if (level === undefined) continue
        const first = LAYOUT.first.get(comparison) ?? 0
        const rank = (COMPARISONS[comparison] as readonly string[]).indexOf(level)
        for (let step = 0; step <= rank; step++) on.push(first + step)
      }
      return Int32Array.from(on)
    }),
    nobody: Int32Array.from({ length: nobody }, (_, step) => LAYOUT.nobody + step),
    truth,
    weight,
  }
}

/** An upper bound of the curvature in each variable alone, times how many act together. */
function scaleOf(coded: readonly Coded[], penalty: number): Float64Array {
  const scale = new Float64Array(LAYOUT.count).fill(penalty)
  let most = 1
  for (const { candidates, nobody, weight } of coded) {
    for (const on of candidates) {
      most = Math.max(most, on.length)
      for (const at of on) scale[at] = (scale[at] as number) + weight / 4
    }
    for (const at of nobody) scale[at] = (scale[at] as number) + weight / 4
  }
  // A tenth of the bound: restarts take back the rare step that was too long.
  return scale.map((one) => (one * most) / 10)
}

function gradientAt(point: Float64Array, coded: readonly Coded[], penalty: number): Float64Array {
  const gradient = new Float64Array(LAYOUT.count)
  for (let at = 2; at < LAYOUT.count; at++) gradient[at] = penalty * (point[at] as number)
  for (const { candidates, nobody, truth, weight } of coded) {
    if (candidates.length === 0) continue
    const odds = [sumAt(point, nobody), ...candidates.map((on) => sumAt(point, on))]
    const highest = odds.reduce((a, b) => Math.max(a, b))
    const parts = odds.map((one) => Math.exp(one - highest))
    const total = parts.reduce((a, b) => a + b)
    const add = (on: Int32Array, choice: number) => {
      const rest = weight * ((parts[choice] as number) / total - (choice === truth + 1 ? 1 : 0))
      for (const at of on) gradient[at] = (gradient[at] as number) + rest
    }
    add(nobody, 0)
    for (const [at, on] of candidates.entries()) add(on, at + 1)
  }
  return gradient
}

function sumAt(point: Float64Array, on: Int32Array): number {
  let sum = 0
  for (const at of on) sum += point[at] as number
  return sum
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
      return [comparison, Object.fromEntries(names.map((name, at) => [name, values[at]]))]
    }),
  ) as Weights['weights']
  return {
    prior: rounded(weights[0] as number),
    pairPrior: rounded(weights[1] as number),
    weights: { ...SETTLING, ...levels },
    nobody: [0, ...sums(LAYOUT.nobody, NOBODY_FROM.length - 1)],
  }
}

// Four digits: what people read in the file is what is used.
function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000 || 0
}
