import type { Dumps } from './dumps.ts'
import type { History } from './history.ts'

/** What looking for one invariant's breaches brought. */
export interface Finding {
  /** How much was looked at. */
  readonly figures: Readonly<Record<string, number>>
  /** One line each; empty: it holds. */
  readonly violations: readonly string[]
}

export interface Invariant {
  readonly id: string
  readonly says: string
  /** Pure. A text instead of a finding says why it could not be checked. */
  check(dumps: Dumps, history: History, expected: Expected): Finding | string
}

/** What the run did on purpose. */
export interface Expected {
  /** Messages made to be quarantined; undefined: nobody counted. */
  readonly poisons?: number
}

export type Verdict = { readonly id: string; readonly says: string } & (
  | { readonly state: 'holds'; readonly figures: Finding['figures'] }
  | { readonly state: 'violated'; readonly figures: Finding['figures']; readonly violations: readonly string[] }
  | { readonly state: 'not_checked'; readonly reason: string }
)

/** Counts by a key, for the invariants that ask "exactly once". */
export function countBy<T>(items: Iterable<T>, keyOf: (item: T) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1)
  return counts
}
