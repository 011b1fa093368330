import { bootstrap, type Intervals } from './bootstrap.ts'
import { type Bin, reliability } from './calibration.ts'
import {
  bestF1,
  type CurvePoint,
  curveOf,
  type Kept,
  keptAt,
  PRECISIONS,
  type ReadOff,
  recallAtPrecision,
} from './curve.ts'
import type { ScoredPair } from './item.ts'
import { addTally, emptyTally, type Measures, measuresOf, tallyOfPair } from './tally.ts'

export type PairMeasures = Pick<Measures, 'precision' | 'recall' | 'f1' | 'ece'>

export interface SplitScore extends PairMeasures {
  readonly split: string
  readonly pairs: number
  readonly same: number
}

/** Everything that is measured of answers to pairs. */
export interface PairScore extends PairMeasures {
  readonly pairs: number
  readonly same: number
  readonly intervals: Readonly<Pick<Intervals, keyof PairMeasures>>
  readonly reliability: readonly Bin[]
  readonly curve: readonly CurvePoint[]
  readonly recallAtPrecision: readonly ReadOff[]
  readonly promised: readonly Kept[]
  readonly bestF1: { readonly threshold: number | null; readonly f1: number }
  readonly splits: readonly SplitScore[]
}

export function scorePairs(pairs: readonly ScoredPair[], resamples: number): PairScore {
  const said = pairs
    .map(({ p, truth }) => ({ p, right: truth }))
    .sort((a, b) => b.p - a.p || Number(b.right) - Number(a.right))
  const same = pairs.filter(({ truth }) => truth).length
  const curve = curveOf(said, same)
  const { precision, recall, f1, ece } = bootstrap(
    pairs.map((pair) => [pair.block, tallyOfPair(pair)]),
    resamples,
  )
  return {
    ...measures(pairs),
    pairs: pairs.length,
    same,
    intervals: { precision, recall, f1, ece },
    reliability: reliability(said),
    curve,
    recallAtPrecision: PRECISIONS.map((wanted) => recallAtPrecision(curve, wanted)),
    promised: PRECISIONS.map((wanted) => keptAt(curve, wanted)),
    bestF1: bestF1(curve),
    splits: splitsOf(pairs),
  }
}

function splitsOf(pairs: readonly ScoredPair[]): readonly SplitScore[] {
  const groups = [...Map.groupBy(pairs, ({ split }) => split)].filter(([split]) => split !== '')
  return groups
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([split, group]) => ({
      split,
      pairs: group.length,
      same: group.filter(({ truth }) => truth).length,
      ...measures(group),
    }))
}

function measures(pairs: readonly ScoredPair[]): PairMeasures {
  const sum = emptyTally()
  for (const pair of pairs) addTally(sum, tallyOfPair(pair))
  const { precision, recall, f1, ece } = measuresOf(sum)
  return { precision, recall, f1, ece }
}
