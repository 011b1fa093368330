/** Two ends, by their number. */
export type Edge = readonly [number, number]

/** A part of a graph that no single node holds together; two nodes and the edge between them at least. */
export interface Part {
  readonly edges: readonly number[]
  readonly nodes: readonly number[]
  /** Parts with a number from here to its own are the ones beyond it, seen from the root of its component. */
  readonly beyond: number
  /** Nodes beyond it: of an edge that is a part by itself, those on its far side. */
  readonly nodesBeyond: number
  readonly component: number
}

interface Frame {
  readonly node: number
  /** The edge that led here; -1 for a root. */
  readonly via: number
  next: number
  readonly firstPart: number
  readonly firstNode: number
}

/**
 * The biconnected parts: every edge is in exactly one, and two parts share one node at most. A part of one edge is a
 * bridge. Linear in nodes and edges, and without recursion, so that a chain of any length can be walked.
 */
export function twoConnectedParts(size: number, edges: readonly Edge[]): readonly Part[] {
  const around: number[][] = Array.from({ length: size }, () => [])
  for (const [at, [a, b]] of edges.entries()) for (const node of new Set([a, b])) around[node]?.push(at)
  const order = new Array<number>(size).fill(-1)
  const low = new Array<number>(size).fill(-1)
  const parts: Part[] = []
  const open: number[] = []
  let seen = 0
  const enter = (node: number, via: number): Frame => {
    order[node] = seen
    low[node] = seen
    return { node, via, next: 0, firstPart: parts.length, firstNode: seen++ }
  }
  const of = (numbers: readonly number[], at: number): number => numbers[at] ?? -1

  for (let root = 0; root < size; root++) {
    if (of(order, root) !== -1) continue
    const path = [enter(root, -1)]
    for (let frame = path.at(-1); frame !== undefined; frame = path.at(-1)) {
      const { node, via } = frame
      const edge = around[node]?.[frame.next++]
      if (edge === undefined) {
        path.pop()
        const parent = path.at(-1)?.node
        if (parent === undefined) continue
        low[parent] = Math.min(of(low, parent), of(low, node))
        if (of(low, node) < of(order, parent)) continue
        const own = open.splice(open.lastIndexOf(via))
        const nodes = new Set(own.flatMap((at) => edges[at] ?? []))
        parts.push({
          edges: own,
          nodes: [...nodes],
          beyond: frame.firstPart,
          nodesBeyond: seen - frame.firstNode,
          component: root,
        })
        continue
      }
      if (edge === via) continue
      const [a = -1, b = -1] = edges[edge] ?? []
      const other = a === node ? b : a
      if (of(order, other) === -1) {
        open.push(edge)
        path.push(enter(other, edge))
      } else if (of(order, other) < of(order, node)) {
        open.push(edge)
        low[node] = Math.min(of(low, node), of(order, other))
      }
    }
  }
  return parts
}
