import { candidateIdOf } from '@atlas/identifiers'
import type { Queryable } from '@atlas/runtime'
import { findCandidatesOfSlots } from '../store/candidates.ts'
import type { ComparedSlot } from '../store/compare.ts'

/** Ids of the candidates that this profile had on slots which became this one. */
export type Predecessors = (slot: ComparedSlot, profileId: string) => readonly string[]

export async function findPredecessors(db: Queryable, slots: readonly ComparedSlot[]): Promise<Predecessors> {
  const replaced = [...new Set(slots.flatMap(({ replaces }) => replaces))]
  const published = new Set((await findCandidatesOfSlots(db, replaced)).map(({ candidateId }) => candidateId))
  return ({ replaces }, profileId) =>
    replaces
      .map((slotId) => candidateIdOf(slotId, profileId))
      .filter((id) => published.has(id))
      .sort()
}
