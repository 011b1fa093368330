import { bootstrap, type Interval } from './bootstrap.ts'
import { tallyOfPair } from './tally.ts'

/** A pair that is one publication, or was said to be, or both. */
export interface ScoredWorkPair {
  readonly left: string
  readonly right: string
  readonly truth: boolean
  readonly found: boolean
}

export interface WorkPairScore {
  readonly right: number
  readonly wrong: number
  readonly missed: number
  /** null: nothing was said to be one. */
  readonly precision: number | null
  /** null: nothing is one. */
  readonly recall: number | null
  readonly f1: number | null
  readonly intervals: { readonly precision: Interval; readonly recall: Interval; readonly f1: Interval }
}

/** Precision and recall over pairs; intervals draw whole groups of records that pairs hang together. */
export function scoreWorkPairs(pairs: readonly ScoredWorkPair[], resamples: number): WorkPairScore {
  const count = (truth: boolean, found: boolean) =>
    pairs.filter((pair) => pair.truth === truth && pair.found === found).length
  const [right, wrong, missed] = [count(true, true), count(false, true), count(true, false)]
  const precision = shareOrNull(right, right + wrong)
  const recall = shareOrNull(right, right + missed)
  const groupOf = groupsOf(pairs)
  const drawn = bootstrap(
    pairs.map((pair) => [
      groupOf(pair.left),
      tallyOfPair({ truth: pair.truth, same: pair.found, p: 0, block: '', split: '' }),
    ]),
    resamples,
  )
  return {
    right,
    wrong,
    missed,
    precision,
    recall,
    f1: shareOrNull(2 * right, 2 * right + wrong + missed),
    intervals: { precision: drawn.precision, recall: drawn.recall, f1: drawn.f1 },
  }
}

export function shareOrNull(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}

/** The smallest record of everything that pairs connect with one. */
function groupsOf(pairs: readonly ScoredWorkPair[]): (id: string) => string {
  const parent = new Map<string, string>()
  const rootOf = (id: string): string => {
    let root = id
    for (let up = parent.get(root); up !== undefined && up !== root; up = parent.get(root)) root = up
    parent.set(id, root)
    return root
  }
  for (const { left, right } of pairs) {
    const [a, b] = [rootOf(left), rootOf(right)]
    if (a < b) parent.set(b, a)
    else parent.set(a, b)
  }
  return rootOf
}
