/** Something said with a probability, and whether it was so. */
export interface Said {
  readonly p: number
  readonly right: boolean
}

/** What was said with a probability in [from, to). */
export interface Bin {
  readonly from: number
  readonly to: number
  readonly count: number
  /** How many of them were right. */
  readonly right: number
  /** Sum of their probabilities. */
  readonly sum: number
}

export const BINS = 10

/** Ten bins of equal width; 1 belongs to the last. */
export function reliability(said: readonly Said[]): readonly Bin[] {
  const bins = Array.from({ length: BINS }, (_, at) => ({
    from: at / BINS,
    to: (at + 1) / BINS,
    count: 0,
    right: 0,
    sum: 0,
  }))
  for (const { p, right } of said) {
    const bin = bins[binOf(p)]
    if (bin === undefined) throw new Error(`"${p}" is not a probability`)
    bin.count++
    bin.sum += p
    if (right) bin.right++
  }
  return bins
}

export function binOf(p: number): number {
  return Math.min(BINS - 1, Math.floor(p * BINS))
}

/** Expected calibration error: how far from the truth the probabilities of a bin are, over all that was said. */
export function calibrationError(bins: readonly Pick<Bin, 'count' | 'right' | 'sum'>[]): number {
  const total = bins.reduce((sum, { count }) => sum + count, 0)
  if (total === 0) return 0
  return bins.reduce((sum, bin) => sum + Math.abs(bin.sum - bin.right), 0) / total
}
