import type { Said } from './calibration.ts'
import { share } from './tally.ts'

/** What accepting from a threshold on would give. */
export interface CurvePoint {
  readonly threshold: number
  readonly precision: number
  readonly recall: number
  /** The precision that the probabilities of what is accepted promise: their mean. */
  readonly promised: number
}

export interface ReadOff {
  readonly precision: number
  /** The largest recall of a threshold with at least that precision; 0 where there is none. */
  readonly recall: number
  readonly threshold: number | null
}

export interface Kept {
  readonly promised: number
  /** The lowest threshold whose probabilities promise that precision, and what it really gives. */
  readonly threshold: number | null
  readonly precision: number
  readonly recall: number
}

export const PRECISIONS = [0.995, 0.99, 0.98] as const

/** One point for each probability that was said, the highest first; `truths` is how many there are to find. */
export function curveOf(said: readonly Said[], truths: number): readonly CurvePoint[] {
  const sorted = said.toSorted((a, b) => b.p - a.p)
  const points: CurvePoint[] = []
  let [right, sum] = [0, 0]
  for (const [at, { p, right: hit }] of sorted.entries()) {
    if (hit) right++
    sum += p
    // Equal probabilities cannot be told apart by a threshold.
    if (sorted[at + 1]?.p === p) continue
    points.push({ threshold: p, precision: right / (at + 1), recall: share(right, truths), promised: sum / (at + 1) })
  }
  return points
}

export function recallAtPrecision(curve: readonly CurvePoint[], precision: number): ReadOff {
  let best: CurvePoint | undefined
  for (const point of curve) if (point.precision >= precision && point.recall > (best?.recall ?? 0)) best = point
  return { precision, recall: best?.recall ?? 0, threshold: best?.threshold ?? null }
}

/** The mean falls with the threshold, so the last point that keeps the promise is the lowest. */
export function keptAt(curve: readonly CurvePoint[], promised: number): Kept {
  const point = curve.findLast((one) => one.promised >= promised)
  return {
    promised,
    threshold: point?.threshold ?? null,
    precision: point?.precision ?? 0,
    recall: point?.recall ?? 0,
  }
}

/** The threshold at which F1 is best: what another choice of it could have given, in hindsight. */
export function bestF1(curve: readonly CurvePoint[]): { readonly threshold: number | null; readonly f1: number } {
  let best: { threshold: number | null; f1: number } = { threshold: null, f1: 0 }
  for (const { threshold, precision, recall } of curve) {
    const f1 = share(2 * precision * recall, precision + recall)
    if (f1 > best.f1) best = { threshold, f1 }
  }
  return best
}
