import { additionsOf, NOTHING_KEPT, ownKeys, type WorkAdditions } from '../kept/additions.ts'
import type { KeptArrival } from '../kept/arrivals.ts'
import type { Kept } from './decide-works.ts'
import type { AddedTo } from './neighbourhood.ts'

export interface AdditionsChange {
  readonly workId: string
  readonly additions: WorkAdditions
  readonly causedBy: readonly string[]
}

/** Which works show something else now that these have arrived, and what. Nothing else of them changes. Pure. */
export function decideAdditions(
  works: readonly AddedTo[],
  kept: Kept,
  arrivals: readonly KeptArrival[],
): readonly AdditionsChange[] {
  return works.flatMap(({ work: { workId, additions: stored }, members }) => {
    const additions = additionsOf(members, kept.get(workId) ?? NOTHING_KEPT)
    if (stored === JSON.stringify(additions)) return []
    const own = new Set(ownKeys(members))
    const causes = arrivals.filter(({ keys }) => keys.some((key) => own.has(key)))
    return [{ workId, additions, causedBy: causes.map(({ recordId }) => recordId) }]
  })
}
