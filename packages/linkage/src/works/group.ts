import type { Constraint, Link } from '../types.ts'
import { Groups } from './union-find.ts'

/** Which records form a work, and the edges that made it so. */
export interface Grouping {
  readonly groups: readonly (readonly string[])[]
  /** Records of different groups that a link would have joined. */
  readonly heldApart: readonly (readonly [string, string])[]
}

/**
 * Joins by must-links first, then by links from the surest to the least sure. A cannot-link is never crossed. Two
 * records that a rule holds apart are not joined through a third, except where a person joined them: an erratum put into
 * a work by hand must not drive out the next record of the article.
 *
 * The order is total and the input a set, so the result depends on nothing else.
 */
export function groupRecords(
  ids: readonly string[],
  links: readonly Link[],
  constraints: readonly Constraint[],
  areApart: (a: string, b: string) => boolean,
  rank: ReadonlyMap<string, number>,
): Grouping {
  const works = new Groups(ids)
  const byLinks = new Groups(ids)
  const cannot = cannotLinks(constraints)
  const crossesCannot = (a: string, b: string): boolean =>
    works.membersOf(a).some((id) => cannot.get(id)?.some((other) => works.rootOf(other) === works.rootOf(b)))

  for (const { recordA, recordB } of mustLinks(constraints)) {
    if (works.has(recordA) && works.has(recordB) && !crossesCannot(recordA, recordB)) works.union(recordA, recordB)
  }
  const heldApart: (readonly [string, string])[] = []
  for (const { left, right } of links.toSorted(surestFirst(rank))) {
    if (!works.has(left) || !works.has(right)) continue
    if (byLinks.rootOf(left) === byLinks.rootOf(right)) continue
    const apart = byLinks.membersOf(left).some((a) => byLinks.membersOf(right).some((b) => areApart(a, b)))
    if (apart || (works.rootOf(left) !== works.rootOf(right) && crossesCannot(left, right)))
      heldApart.push([left, right])
    else {
      byLinks.union(left, right)
      works.union(left, right)
    }
  }
  return { groups: works.all(), heldApart: heldApart.filter(([a, b]) => works.rootOf(a) !== works.rootOf(b)) }
}

function surestFirst(rank: ReadonlyMap<string, number>): (a: Link, b: Link) => number {
  return (a, b) =>
    (a.status === 'exact' ? 0 : 1) - (b.status === 'exact' ? 0 : 1) ||
    (rank.get(a.reason) ?? 0) - (rank.get(b.reason) ?? 0) ||
    compare(a.left, b.left) ||
    compare(a.right, b.right)
}

function mustLinks(constraints: readonly Constraint[]): readonly Constraint[] {
  const ends = ({ recordA, recordB }: Constraint): string => [recordA, recordB].sort().join()
  return constraints.filter(({ kind }) => kind === 'must').toSorted((a, b) => compare(ends(a), ends(b)))
}

function cannotLinks(constraints: readonly Constraint[]): ReadonlyMap<string, readonly string[]> {
  const cannot = new Map<string, string[]>()
  for (const { kind, recordA, recordB } of constraints) {
    if (kind !== 'cannot') continue
    cannot.set(recordA, [...(cannot.get(recordA) ?? []), recordB])
    cannot.set(recordB, [...(cannot.get(recordB) ?? []), recordA])
  }
  return cannot
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
