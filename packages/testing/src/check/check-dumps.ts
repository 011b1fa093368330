import type { Dumps } from './dumps.ts'
import { type History, NO_HISTORY } from './history.ts'
import { V13, V14, V15, V16, V17, V21, V25 } from './invariants/acts.ts'
import { V18 } from './invariants/chain.ts'
import { V05, V06, V07, V08, V09, V28 } from './invariants/delivery.ts'
import { V11, V12 } from './invariants/matching.ts'
import { V22 } from './invariants/read-model.ts'
import { V01, V02, V03, V04, V10 } from './invariants/records.ts'
import { V23 } from './invariants/roles.ts'
import { V31 } from './invariants/rulings.ts'
import type { CheckResult, Expected, Finding, Invariant } from './verdict.ts'

export const INVARIANTS: readonly Invariant[] = [
  ...[V01, V02, V03, V04, V05, V06, V07, V08, V09, V10, V11, V12, V13, V14, V15, V16, V17, V18, V21, V22, V23],
  ...[V25, V28, V31],
]

/** Holds what is stored against what was promised to clients. Pure: one result for each invariant, in their order. */
export function checkDumps(
  dumps: Dumps,
  history: History = NO_HISTORY,
  expected: Expected = {},
): readonly CheckResult[] {
  return INVARIANTS.map((invariant) => resultOf(invariant, invariant.check(dumps, history, expected)))
}

const SHOWN = 3

function resultOf({ id, title }: Invariant, found: Finding | string): CheckResult {
  const nothing = { id, title, state: 'not_looked', holds: false, looked: 0, violations: [] } as const
  if (typeof found === 'string') return { ...nothing, detail: found }
  const { looked, figures, violations } = found
  const counted = Object.entries(figures).map(([name, value]) => `${name} ${value}`)
  if (violations.length > 0) {
    const more = violations.length - SHOWN
    const shown = [...violations.slice(0, SHOWN), ...(more > 0 ? [`and ${more} more`] : [])]
    return { id, title, state: 'broken', holds: false, looked, detail: shown.join('; '), violations }
  }
  if (looked === 0) return { ...nothing, detail: `there was nothing to look at: ${counted.join(', ')}` }
  return { id, title, state: 'holds', holds: true, looked, detail: counted.join(', '), violations }
}

const MARKS = { holds: 'holds', broken: 'BROKEN', not_looked: 'not looked at' } as const

/** One line an invariant. */
export function resultLine({ id, title, state, detail }: CheckResult): string {
  return `${id} ${MARKS[state].padEnd(13)} ${title} (${detail})`
}
