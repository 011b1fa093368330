import { decideFact, type FactDecision, type FactIdentity } from './decide-fact.ts'
import type { WaitingFact } from './store-facts.ts'

/** A fact that waits: stored earlier, or met earlier in this chunk (`index`). */
export type Waiting = WaitingFact & { readonly index: number | undefined }

/** What is known of the keys of a chunk, moving along as the chunk is decided. */
export interface FactBook {
  /** Decides one fact and takes note of it. */
  decide(fact: WaitingFact, index: number): FactDecision
  /** The facts that can follow now that this one is applied, in order; they count as applied from here on. */
  followers(key: string): readonly Waiting[]
}

export function createFactBook(stored: {
  readonly lastSeqs: ReadonlyMap<string, number>
  readonly applied: readonly FactIdentity[]
  readonly waiting: readonly WaitingFact[]
  /** `key#seq` of facts in quarantine. */
  readonly quarantined: ReadonlySet<string>
}): FactBook {
  const lastSeqs = new Map(stored.lastSeqs)
  const byPlace = new Map(stored.applied.map((fact) => [placeOf(fact), fact]))
  const byEvent = new Map(stored.applied.map((fact) => [fact.eventId, fact]))
  const waiting = new Map<string, Waiting>(stored.waiting.map((fact) => [placeOf(fact), { ...fact, index: undefined }]))

  const apply = (fact: FactIdentity) => {
    lastSeqs.set(fact.key, fact.seq)
    byPlace.set(placeOf(fact), fact)
    byEvent.set(fact.eventId, fact)
  }
  return {
    decide(fact, index) {
      const lastSeq = lastSeqs.get(fact.key) ?? 0
      const decision = decideFact(fact, {
        lastSeq,
        appliedHere: byPlace.get(placeOf(fact)),
        appliedAs: byEvent.get(fact.eventId),
        waitingHere: waiting.get(placeOf(fact)),
        nextIsQuarantined: stored.quarantined.has(`${fact.key}#${lastSeq + 1}`),
      })
      if (decision.type === 'apply') apply(fact)
      if (decision.type === 'hold' || decision.type === 'block') waiting.set(placeOf(fact), { ...fact, index })
      return decision
    },
    followers(key) {
      const found: Waiting[] = []
      for (;;) {
        const place = `${key}#${(lastSeqs.get(key) ?? 0) + 1}`
        const next = waiting.get(place)
        if (!next) return found
        waiting.delete(place)
        apply(next)
        found.push(next)
      }
    },
  }
}

function placeOf({ key, seq }: FactIdentity): string {
  return `${key}#${seq}`
}
