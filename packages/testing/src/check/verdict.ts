import type { Dumps } from './dumps.ts'
import type { History } from './history.ts'

/** What looking for one invariant's breaches brought. */
export interface Finding {
  /** How many things could have broken it; 0: nothing was looked at, and so it does not hold. */
  readonly looked: number
  readonly figures: Readonly<Record<string, number>>
  /** One line each. */
  readonly violations: readonly string[]
}

export interface Invariant {
  readonly id: string
  readonly title: string
  /** Pure. A text instead of a finding says why it could not be looked at. */
  check(dumps: Dumps, history: History, expected: Expected): Finding | string
}

/** What the run did on purpose. */
export interface Expected {
  /** Messages made to be quarantined; undefined: nobody counted. */
  readonly poisons?: number
}

export interface CheckResult {
  readonly id: string
  readonly title: string
  /** `not_looked`: there was nothing to look at, or no way to: that is neither. */
  readonly state: 'holds' | 'broken' | 'not_looked'
  /** True only when something was looked at and nothing found. */
  readonly holds: boolean
  readonly looked: number
  /** Figures of what was looked at; of a broken one its first breaches; else why nothing was looked at. */
  readonly detail: string
  readonly violations: readonly string[]
}

/** Counts by a key, for the invariants that ask "exactly once". */
export function countBy<T>(items: Iterable<T>, keyOf: (item: T) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1)
  return counts
}
