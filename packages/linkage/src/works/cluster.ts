import type { ClusterInput, WorkState } from '../types.ts'

/** The live works of a neighbourhood, sorted by workId: a pure function of the set of records and constraints. */
export function clusterWorks(_input: ClusterInput): readonly WorkState[] {
  throw new Error('not built yet')
}

/** The work that an id which lost its members redirects to: where the smallest former member still alive is. */
export function successorOf(_formerMembers: readonly string[], _works: readonly WorkState[]): string | null {
  throw new Error('not built yet')
}
