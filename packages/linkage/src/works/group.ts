import type { Constraint, Link } from '../types.ts'
import { Foes } from './foes.ts'
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
  // Asked once for each pair of groups: two that are kept apart stay so, and 10,000 pairs of a cut would be gone through
  // for each of as many links.
  const [cut, apart] = [new Foes(works), new Foes(byLinks)]
  for (const { kind, recordA, recordB } of constraints)
    if (kind === 'cannot' && works.has(recordA) && works.has(recordB)) cut.add(recordA, recordB)

  for (const { recordA, recordB } of mustLinks(constraints)) {
    if (works.has(recordA) && works.has(recordB) && !cut.has(recordA, recordB)) cut.union(recordA, recordB)
  }
  const holdsApart = (left: string, right: string): boolean => {
    if (apart.has(left, right)) return true
    if (!byLinks.membersOf(left).some((a) => byLinks.membersOf(right).some((b) => areApart(a, b)))) return false
    apart.add(left, right)
    return true
  }
  const heldApart: (readonly [string, string])[] = []
  for (const { left, right } of links.toSorted(surestFirst(rank))) {
    if (!works.has(left) || !works.has(right)) continue
    if (byLinks.rootOf(left) === byLinks.rootOf(right)) continue
    if (cut.has(left, right) || holdsApart(left, right)) heldApart.push([left, right])
    else {
      apart.union(left, right)
      cut.union(left, right)
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

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
