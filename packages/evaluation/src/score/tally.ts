import { BINS, binOf, calibrationError } from './calibration.ts'
import type { ScoredItem, ScoredPair } from './item.ts'

/** Counts that add up: of an item, of a block, of a whole set. */
export interface Tally {
  readonly counts: Float64Array
}

// Where each count is; the three of a bin follow for every bin.
const TRUTHS = 0
const STRANGERS = 1
const ACCEPTED = 2
const RIGHT = 3
const NIL = 4
const FIRST = 5
const FIRST_3 = 6
const FIRST_10 = 7
const BIN = 8
const SIZE = BIN + 3 * BINS
// Probabilities are written to six decimals; whole numbers add up alike in any order.
const MICRO = 1e6

/** What is read off a tally. Shares of nothing are 0. */
export interface Measures {
  readonly precision: number
  readonly recall: number
  readonly f1: number
  /** Accepted on items that are nobody's. */
  readonly nilAccepted: number
  readonly nilTotal: number
  readonly recallAt1: number
  readonly recallAt3: number
  readonly recallAt10: number
  readonly ece: number
}

export function emptyTally(): Tally {
  return { counts: new Float64Array(SIZE) }
}

export function addTally(into: Tally, other: Tally): void {
  for (let at = 0; at < SIZE; at++) into.counts[at] = (into.counts[at] ?? 0) + (other.counts[at] ?? 0)
}

export function tallyOfItem({ truth, accepted, proposals }: ScoredItem): Tally {
  const tally = emptyTally()
  const { counts } = tally
  counts[truth === null ? STRANGERS : TRUTHS] = 1
  if (accepted !== null) {
    counts[ACCEPTED] = 1
    if (accepted === truth) counts[RIGHT] = 1
    if (truth === null) counts[NIL] = 1
  }
  const rank = truth === null ? -1 : proposals.findIndex(({ profile }) => profile === truth)
  for (const [place, limit] of [
    [FIRST, 1],
    [FIRST_3, 3],
    [FIRST_10, 10],
  ] as const)
    if (rank >= 0 && rank < limit) counts[place] = 1
  const [top] = proposals
  if (top) countSaid(counts, top.p, top.profile === truth)
  return tally
}

export function tallyOfPair({ truth, same, p }: ScoredPair): Tally {
  const tally = emptyTally()
  const { counts } = tally
  counts[truth ? TRUTHS : STRANGERS] = 1
  if (same) counts[ACCEPTED] = 1
  if (same && truth) counts[RIGHT] = 1
  if (same && !truth) counts[NIL] = 1
  countSaid(counts, p, truth)
  return tally
}

/** An accepted pair with the wrong profile is one false positive, and its truth is missed: one false negative. */
export function measuresOf({ counts }: Tally): Measures {
  const at = (place: number): number => counts[place] ?? 0
  const precision = share(at(RIGHT), at(ACCEPTED))
  const recall = share(at(RIGHT), at(TRUTHS))
  return {
    precision,
    recall,
    f1: share(2 * precision * recall, precision + recall),
    nilAccepted: at(NIL),
    nilTotal: at(STRANGERS),
    recallAt1: share(at(FIRST), at(TRUTHS)),
    recallAt3: share(at(FIRST_3), at(TRUTHS)),
    recallAt10: share(at(FIRST_10), at(TRUTHS)),
    ece: calibrationError(
      Array.from({ length: BINS }, (_, bin) => ({
        count: at(BIN + 3 * bin),
        right: at(BIN + 3 * bin + 1),
        sum: at(BIN + 3 * bin + 2) / MICRO,
      })),
    ),
  }
}

export function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole
}

function countSaid(counts: Float64Array, p: number, right: boolean): void {
  const bin = BIN + 3 * binOf(p)
  counts[bin] = 1
  counts[bin + 1] = right ? 1 : 0
  counts[bin + 2] = Math.round(p * MICRO)
}
