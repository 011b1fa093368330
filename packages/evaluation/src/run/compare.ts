import { type BlockTally, type Interval, pairedBootstrap, RESAMPLES } from '../score/bootstrap.ts'

/** What two results over one set need to be held against each other. */
interface Compared {
  readonly set: string
  readonly f1: number
  readonly precision: number
  readonly recall: number
  readonly ece: number
  readonly tallies: readonly BlockTally[]
}

export interface Difference {
  readonly measure: 'f1' | 'precision' | 'recall' | 'ece'
  readonly difference: number
  readonly interval: Interval
}

const MEASURES = ['f1', 'precision', 'recall', 'ece'] as const

/** How far the first is above the second, with intervals of the paired bootstrap over name blocks. */
export function differencesOf(first: Compared, second: Compared): readonly Difference[] {
  const intervals = pairedBootstrap(first.tallies, second.tallies, RESAMPLES)
  return MEASURES.map((measure) => ({
    measure,
    difference: first[measure] - second[measure],
    interval: intervals[measure],
  }))
}
