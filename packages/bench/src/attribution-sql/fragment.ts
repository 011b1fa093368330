import { COMPARISONS, type ComparisonName } from '@atlas/linkage'

/** What is worked out for all pairs at once: a table of at most one row a `pair`, which is then joined to the pairs. */
export interface Gathered {
  readonly name: string
  readonly sql: string
}

/** One comparison, or some that look at the same things, as SQL. */
export interface Fragment {
  readonly gathered?: Gathered
  /** The number of the level or null, for a row of `s` the slot, `p` the profile and what was gathered under its name. */
  readonly levels: Readonly<Partial<Record<ComparisonName, string>>>
}

/** The number that stands for a level, from 0 for the worst. */
export function levelNo<C extends ComparisonName>(comparison: C, level: (typeof COMPARISONS)[C][number]): number {
  return (COMPARISONS[comparison] as readonly string[]).indexOf(level)
}

/** The level whose lower edge is the last that the value reaches; `from` levels come before the first edge. */
export function steps(value: string, edges: readonly number[], from = 0): string {
  const cases = edges.map((edge, at) => `when ${value} >= ${edge} then ${from + at + 1}`).reverse()
  return `case ${cases.join(' ')} else ${from} end`
}

/**
 * Number of a thing of one profile, in one key: compared with a key DuckDB joins a sixth faster than with two, and it cannot
 * take it into its head to join slots and profiles by what they have in common before it asks which of them meet.
 */
export function keyOf(number: string): string {
  return `(pairs.profile::bigint << 32 | ${number})`
}
