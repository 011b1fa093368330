import type { Constraint, Link, LinkageRecord } from '../types.ts'
import type { RuleSet } from './rule-set.ts'

export interface ClusterInput {
  /** Whole neighbourhoods: with a record also everything that shares a key, a work, a constraint or `heldApart` with it. */
  readonly records: readonly LinkageRecord[]
  /** Accepted pairs, where the caller keeps them; computed from the records' keys when absent. */
  readonly links?: readonly Link[] | undefined
  readonly constraints: readonly Constraint[]
  /** Those of this build when absent. */
  readonly rules?: RuleSet
  /** Sources that name each work once: no two of their records are one work, and the closest of two such lists pair off. */
  readonly cleanSources?: ReadonlySet<string>
}
