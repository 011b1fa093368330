import type { Dumps } from './dumps.ts'
import type { History } from './history.ts'
import { V13, V14, V15, V16, V17, V21, V25 } from './invariants/acts.ts'
import { V18 } from './invariants/chain.ts'
import { V05, V06, V07, V08, V09, V28 } from './invariants/delivery.ts'
import { V11, V12 } from './invariants/matching.ts'
import { V22 } from './invariants/read-model.ts'
import { V01, V02, V03, V04, V10 } from './invariants/records.ts'
import { V23 } from './invariants/roles.ts'
import type { Expected, Invariant, Verdict } from './verdict.ts'

export const INVARIANTS: readonly Invariant[] = [
  ...[V01, V02, V03, V04, V05, V06, V07, V08, V09, V10, V11, V12, V13, V14, V15, V16, V17, V18, V21, V22, V23],
  ...[V25, V28],
]

/** Holds what is stored against what was promised to clients. Pure: one verdict for each invariant, in their order. */
export function checkHistory(dumps: Dumps, history: History, expected: Expected = {}): readonly Verdict[] {
  return INVARIANTS.map(({ id, says, check }): Verdict => {
    const found = check(dumps, history, expected)
    if (typeof found === 'string') return { id, says, state: 'not_checked', reason: found }
    const { figures, violations } = found
    return violations.length === 0
      ? { id, says, state: 'holds', figures }
      : { id, says, state: 'violated', figures, violations }
  })
}

const SHOWN = 3

/** One line an invariant, and the first examples of what breaks it. */
export function verdictLines(verdicts: readonly Verdict[]): readonly string[] {
  return verdicts.flatMap((verdict) => {
    const start = `${verdict.id} ${verdict.state === 'not_checked' ? 'not checked' : verdict.state}`.padEnd(16)
    if (verdict.state === 'not_checked') return [`${start} ${verdict.says} (${verdict.reason})`]
    const figures = Object.entries(verdict.figures).map(([name, value]) => `${name} ${value}`)
    const line = `${start} ${verdict.says} (${figures.join(', ')})`
    if (verdict.state === 'holds') return [line]
    const more = verdict.violations.length - SHOWN
    return [
      line,
      ...verdict.violations.slice(0, SHOWN).map((violation) => `    ${violation}`),
      ...(more > 0 ? [`    and ${more} more`] : []),
    ]
  })
}
