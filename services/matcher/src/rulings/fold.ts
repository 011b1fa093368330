import type { Constraint } from '@atlas/linkage'
import type { Ruling, Sides } from './ruling.ts'

/**
 * What stands after these rulings, in their order and without those that were withdrawn: on each pair of records the last
 * ruling that covers it. A cut covers every pair across; a link joins its two heads and lifts the cuts across, for
 * while one of them stood the two could not be one work. Pure.
 */
export function foldRulings(rulings: readonly Ruling[]): readonly Constraint[] {
  const standing = new Map<string, Constraint>()
  for (const ruling of rulings) {
    if (ruling.kind === 'cut') cutAcross(standing, ruling)
    else {
      const isAcross = across(ruling)
      for (const [key, constraint] of standing)
        if (constraint.kind === 'cannot' && isAcross(constraint)) standing.delete(key)
      const { rulingId: actId, headA, headB, role } = ruling
      const named = role === null ? null : { recordId: headA, role }
      set(standing, headA, headB, { kind: 'must', actId, role: named })
    }
  }
  return [...standing.values()].toSorted((a, b) => (keyOf(a.recordA, a.recordB) < keyOf(b.recordA, b.recordB) ? -1 : 1))
}

/** Whether a constraint is on a pair with a record on either side. */
export function across({ sideA, sideB }: Sides): (pair: Pick<Constraint, 'recordA' | 'recordB'>) => boolean {
  const [a, b] = [new Set(sideA), new Set(sideB)]
  return ({ recordA, recordB }) => (a.has(recordA) && b.has(recordB)) || (a.has(recordB) && b.has(recordA))
}

function cutAcross(standing: Map<string, Constraint>, { sideA, sideB, rulingId }: Sides & { rulingId: string }): void {
  for (const one of sideA)
    for (const other of sideB) set(standing, one, other, { kind: 'cannot', actId: rulingId, role: null })
}

type Rest = Pick<Constraint, 'kind' | 'actId' | 'role'>

function set(standing: Map<string, Constraint>, one: string, other: string, rest: Rest): void {
  const [recordA, recordB] = one < other ? [one, other] : [other, one]
  standing.set(keyOf(recordA, recordB), { recordA, recordB, ...rest })
}

function keyOf(recordA: string, recordB: string): string {
  return `${recordA} ${recordB}`
}
