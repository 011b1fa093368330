import type { Constraint, Link } from '../types.ts'
import { type Edge, type Part, twoConnectedParts } from './two-connected.ts'

/** What alone holds two dense parts of a work together. */
export interface Joint {
  /** One record, or the two of a link. */
  readonly recordIds: readonly string[]
  /** How many records there are on either side. */
  readonly sides: readonly number[]
  /** The rule of the link. */
  readonly reason: string | null
}

// A triangle: of two records and their link nobody can say that it is dense.
const DENSE = 3

/**
 * The links and records that join two dense parts, and without which these would be apart.
 *
 * A part is dense where it has three records or more and stays in one piece whichever of them is left out. A link joins
 * two parts where it is the only way between them and there is a dense part on either side; a record does where it is in
 * two dense parts, which meet in it alone.
 *
 * ```
 * a───b     d───e        a───b   d───e
 *  \ /       \ /          \ /     \ /
 *   c─────────f            c───────        c is in both
 *   the link c–f
 * ```
 *
 * Not where a person has joined the sides or ruled on the record; nor where what joins them is a source's own
 * statement that one is a version of the other: the records of an article are dense, and so are those of its preprint.
 */
export function jointsOf(
  recordIds: readonly string[],
  links: readonly Link[],
  mustLinks: readonly Constraint[],
  stated: ReadonlySet<string>,
): readonly Joint[] {
  if (recordIds.length < 2 * DENSE - 1) return []
  const numbers = new Map([...recordIds].sort().map((id, at) => [id, at]))
  const ids = [...numbers.keys()]
  const edges = links.map(({ left, right }): Edge => [numbers.get(left) ?? -1, numbers.get(right) ?? -1])
  const ruled = mustLinks.map(({ recordA, recordB }): Edge => [numbers.get(recordA) ?? -1, numbers.get(recordB) ?? -1])
  if (isHeldByAll(ids.length, edges)) return []
  const parts = twoConnectedParts(ids.length, edges)
  if (parts.filter(isDense).length < 2) return []
  // With what persons have joined, too: of what is one part there nothing is a joint.
  const joined = partOfEach(twoConnectedParts(ids.length, [...edges, ...ruled]), edges.length)
  const look: Look = { ids, links, edges, ruled, parts, joined, stated }
  return [...joiningLinks(look), ...joiningRecords(look)]
}

interface Look {
  readonly ids: readonly string[]
  readonly links: readonly Link[]
  readonly edges: readonly Edge[]
  readonly ruled: readonly Edge[]
  readonly parts: readonly Part[]
  /** To each link its part among links and rulings. */
  readonly joined: readonly Part[]
  readonly stated: ReadonlySet<string>
}

function joiningLinks({ links, parts, joined, stated }: Look): readonly Joint[] {
  const denseBefore = [0]
  const denseIn = new Map<number, number>()
  for (const part of parts) {
    const one = isDense(part) ? 1 : 0
    denseBefore.push((denseBefore.at(-1) ?? 0) + one)
    denseIn.set(part.component, (denseIn.get(part.component) ?? 0) + one)
  }
  const sizes = componentSizes(parts)
  return parts.flatMap((part, at): Joint[] => {
    const [edge = -1] = part.edges
    const link = links[edge]
    if (part.edges.length !== 1 || link === undefined || stated.has(link.reason)) return []
    const beyond = (denseBefore[at] ?? 0) - (denseBefore[part.beyond] ?? 0)
    const before = (denseIn.get(part.component) ?? 0) - beyond
    if (beyond === 0 || before === 0 || joined[edge]?.edges.length !== 1) return []
    const sides = [part.nodesBeyond, (sizes.get(part.component) ?? 0) - part.nodesBeyond]
    return [{ recordIds: [link.left, link.right].sort(), sides: sides.sort((a, b) => a - b), reason: link.reason }]
  })
}

function joiningRecords({ ids, links, edges, ruled, parts, joined, stated }: Look): readonly Joint[] {
  const answered = new Set(ruled.flat())
  // Where all its links into a part are statements, it is in that part as a version of the others.
  const partsOf = new Map<number, Set<Part>>()
  for (const part of parts.filter(isDense))
    for (const edge of part.edges.filter((at) => !stated.has(links[at]?.reason ?? '')))
      for (const node of edges[edge] ?? []) partsOf.set(node, (partsOf.get(node) ?? new Set()).add(part))
  return [...partsOf].flatMap(([node, own]): Joint[] => {
    const apart = new Set([...own].map((part) => joined[part.edges[0] ?? -1]))
    if (apart.size < 2 || answered.has(node)) return []
    const sides = [...own].map(({ nodes }) => nodes.length - 1).sort((a, b) => a - b)
    return [{ recordIds: [ids[node] ?? ''], sides, reason: null }]
  })
}

/**
 * Where every record is linked with half of them a ring leads through all (Dirac 1952), so none holds parts together. So it
 * is in nearly every work: 500 members, all linked with all, take 14 ms instead of 64.
 */
function isHeldByAll(size: number, edges: readonly Edge[]): boolean {
  const linked = new Array<number>(size).fill(0)
  for (const [a, b] of edges) {
    linked[a] = (linked[a] ?? 0) + 1
    linked[b] = (linked[b] ?? 0) + 1
  }
  return linked.every((count) => 2 * count >= size)
}

function isDense({ nodes }: Part): boolean {
  return nodes.length >= DENSE
}

function partOfEach(parts: readonly Part[], edges: number): readonly Part[] {
  const found: Part[] = []
  for (const part of parts) for (const edge of part.edges) if (edge < edges) found[edge] = part
  return found
}

function componentSizes(parts: readonly Part[]): ReadonlyMap<number, number> {
  const nodes = new Map<number, Set<number>>()
  for (const part of parts) {
    const known = nodes.get(part.component) ?? new Set()
    for (const node of part.nodes) known.add(node)
    nodes.set(part.component, known)
  }
  return new Map([...nodes].map(([component, all]) => [component, all.size]))
}
