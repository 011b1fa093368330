import type { Import } from './imports.ts'

/** Groups of two files and more that import each other in a loop (Tarjan 1972, SIAM J. Comput. 1, 146), each sorted. */
export function circlesOf(imports: readonly Import[]): readonly (readonly string[])[] {
  const graph = graphOf(imports)
  const met = new Map<string, number>()
  const lowest = new Map<string, number>()
  const open: string[] = []
  const circles: string[][] = []
  const visit = (file: string): number => {
    const number = met.size
    met.set(file, number)
    lowest.set(file, number)
    open.push(file)
    for (const next of graph.get(file) ?? []) {
      const below = met.has(next) ? (open.includes(next) ? (met.get(next) ?? number) : number) : visit(next)
      lowest.set(file, Math.min(lowest.get(file) ?? number, below))
    }
    const low = lowest.get(file) ?? number
    if (low === number) {
      const circle = open.splice(open.indexOf(file))
      if (circle.length > 1) circles.push(circle.sort())
    }
    return low
  }
  for (const file of graph.keys()) if (!met.has(file)) visit(file)
  return circles
}

function graphOf(imports: readonly Import[]): ReadonlyMap<string, ReadonlySet<string>> {
  const graph = new Map<string, Set<string>>()
  for (const { from, to } of imports) graph.set(from, (graph.get(from) ?? new Set()).add(to))
  return graph
}
