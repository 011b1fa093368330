import type { RulingRow } from '../dumps.ts'
import type { Invariant } from '../verdict.ts'

export const V31: Invariant = {
  id: 'V31',
  title: 'what stands on two records is what was last ruled on them, and no live work goes against it',
  check({ rulings, constraints, ruledMembers, liveWorks }) {
    const violations: string[] = []
    const wanted = fold(rulings)
    const stored = new Map(
      constraints.map((row) => [`${row.recordA} ${row.recordB}`, `${row.kind} by ${row.rulingId}`]),
    )
    for (const pair of new Set([...wanted.keys(), ...stored.keys()]))
      if (wanted.get(pair) !== stored.get(pair))
        violations.push(
          `records ${pair} stand ${stored.get(pair) ?? 'free'}, ruled is ${wanted.get(pair) ?? 'nothing'}`,
        )
    const workOf = new Map(ruledMembers.map(({ recordId, workId }) => [recordId, workId]))
    for (const { recordA, recordB, kind } of constraints) {
      const [a, b] = [workOf.get(recordA), workOf.get(recordB)]
      if (kind === 'cannot' && a !== undefined && a === b)
        violations.push(`work ${a} holds records ${recordA} and ${recordB}, which are cut`)
    }
    return { looked: liveWorks, figures: { works: liveWorks, rulings: rulings.length, pairs: stored.size }, violations }
  },
}

/** Written a second time, so that one mistake is not made twice: by pair what stands, after all rulings in their order. */
function fold(rulings: readonly RulingRow[]): ReadonlyMap<string, string> {
  const withdrawn = new Set(rulings.map(({ withdraws }) => withdraws))
  const standing = new Map<string, string>()
  for (const { rulingId, kind, sideA, sideB, headA, headB } of rulings) {
    if (withdrawn.has(rulingId)) continue
    for (const one of sideA)
      for (const other of sideB) {
        const pair = [one, other].sort().join(' ')
        const isHead = one === headA && other === headB
        if (kind === 'cut') standing.set(pair, `cannot by ${rulingId}`)
        else if (isHead) standing.set(pair, `must by ${rulingId}`)
        else if (standing.get(pair)?.startsWith('cannot')) standing.delete(pair)
      }
  }
  return standing
}
