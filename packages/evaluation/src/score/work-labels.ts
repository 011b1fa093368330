import type { Interval } from './bootstrap.ts'
import { randomFrom } from './random.ts'
import { shareOrNull } from './work-pairs.ts'

/** What can be said where records are labelled unique or duplicate, not of which. */
export interface WorkLabelScore {
  readonly duplicates: number
  readonly uniques: number
  readonly works: number
  /** Clusters without a unique record: one duplicate stays though the record it repeats is elsewhere. */
  readonly duplicatesKept: number
  /** Unique records beyond the first of a cluster: works that are gone because they pass for another. */
  readonly distinctWorksLost: number
  /** Share of the duplicates that are removed. */
  readonly sensitivity: number | null
  /** Share of the unique records that are kept. */
  readonly specificity: number | null
  readonly intervals: { readonly sensitivity: Interval; readonly specificity: Interval }
}

interface Tally {
  readonly duplicates: number
  readonly uniques: number
  readonly kept: number
  readonly lost: number
}

/**
 * Of each cluster one record is kept, a unique one where there is one. So works = uniques − lost + kept. A duplicate in
 * the cluster of a work that it does not repeat is not seen: the labels do not say which it repeats.
 */
export function scoreWorkLabels(
  clusters: readonly (readonly string[])[],
  isDuplicate: (record: string) => boolean,
  resamples: number,
): WorkLabelScore {
  const tallies = clusters.map((cluster): Tally => {
    const duplicates = cluster.filter(isDuplicate).length
    const uniques = cluster.length - duplicates
    return { duplicates, uniques, kept: uniques === 0 ? 1 : 0, lost: Math.max(0, uniques - 1) }
  })
  const { duplicates, uniques, kept, lost } = sumOf(tallies)
  return {
    duplicates,
    uniques,
    works: clusters.length,
    duplicatesKept: kept,
    distinctWorksLost: lost,
    sensitivity: shareOrNull(duplicates - kept, duplicates),
    specificity: shareOrNull(uniques - lost, uniques),
    intervals: intervalsOf(tallies, resamples),
  }
}

function sumOf(tallies: readonly Tally[]): Tally {
  const total = (of: keyof Tally) => tallies.reduce((sum, tally) => sum + tally[of], 0)
  return { duplicates: total('duplicates'), uniques: total('uniques'), kept: total('kept'), lost: total('lost') }
}

const SEED = 20_260_101

/** Whole clusters are drawn again. */
function intervalsOf(tallies: readonly Tally[], resamples: number): WorkLabelScore['intervals'] {
  const random = randomFrom(SEED)
  // Tallies in one order whatever the order of the clusters was.
  const sorted = tallies.toSorted(
    (a, b) => a.duplicates - b.duplicates || a.uniques - b.uniques || a.kept - b.kept || a.lost - b.lost,
  )
  const sums = Array.from({ length: resamples }, () =>
    sumOf(sorted.map((tally) => sorted[Math.floor(random() * sorted.length)] ?? tally)),
  )
  const between = (values: readonly number[]): Interval => {
    const order = values.toSorted((a, b) => a - b)
    const at = (share: number): number => order[Math.round(share * (order.length - 1))] ?? 0
    return [at(0.025), at(0.975)]
  }
  return {
    sensitivity: between(sums.map((sum) => shareOrNull(sum.duplicates - sum.kept, sum.duplicates) ?? 0)),
    specificity: between(sums.map((sum) => shareOrNull(sum.uniques - sum.lost, sum.uniques) ?? 0)),
  }
}
