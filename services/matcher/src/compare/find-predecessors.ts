import { candidateIdOf } from '@atlas/identifiers'
import type { Queryable } from '@atlas/runtime'
import { type CandidateRow, findCandidatesOfSlots } from '../store/candidates.ts'
import type { ComparedSlot } from '../store/compare.ts'

/** The candidates that this profile had on slots which became this one, by id. */
export type Predecessors = (slot: ComparedSlot, profileId: string) => readonly CandidateRow[]

export async function findPredecessors(db: Queryable, slots: readonly ComparedSlot[]): Promise<Predecessors> {
  const replaced = [...new Set(slots.flatMap(({ replaces }) => replaces))]
  const published = new Map((await findCandidatesOfSlots(db, replaced)).map((row) => [row.candidateId, row]))
  return ({ replaces }, profileId) =>
    replaces
      .map((slotId) => candidateIdOf(slotId, profileId))
      .sort()
      .flatMap((id) => published.get(id) ?? [])
}
