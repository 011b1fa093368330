/** What tells one fact from another. */
export interface FactIdentity {
  readonly key: string
  readonly seq: number
  readonly eventId: string
  /** SHA-256 of the value, in hex. */
  readonly sha256: string
}

/** What is known of a fact's key, and of its number and id, when it arrives. */
export interface KnownFacts {
  readonly lastSeq: number
  /** The fact applied under this key and `seq`. */
  readonly appliedHere: FactIdentity | undefined
  /** The fact applied under this event id, wherever. */
  readonly appliedAs: FactIdentity | undefined
  /** The fact that waits under this key and `seq`. */
  readonly waitingHere: FactIdentity | undefined
  /** The fact that has to come next lies in quarantine. */
  readonly nextIsQuarantined: boolean
}

export type FactDecision =
  | { readonly type: 'apply' }
  | { readonly type: 'skip' }
  | { readonly type: 'hold' }
  | { readonly type: 'block' }
  | { readonly type: 'reject'; readonly code: 'event_id_conflict' | 'version_conflict'; readonly detail: string }

/** Applies `seq` n+1, drops what is known, keeps what is early. Pure. */
export function decideFact(fact: FactIdentity, known: KnownFacts): FactDecision {
  const { appliedAs } = known
  if (appliedAs && (appliedAs.key !== fact.key || appliedAs.seq !== fact.seq))
    return {
      type: 'reject',
      code: 'event_id_conflict',
      detail: `event "${fact.eventId}" was applied as seq ${appliedAs.seq}${appliedAs.key === fact.key ? '' : ' of another key'}`,
    }
  const same = known.appliedHere ?? known.waitingHere
  if (same && same.eventId !== fact.eventId)
    return {
      type: 'reject',
      code: 'version_conflict',
      detail: `seq ${fact.seq} is event "${same.eventId}", not "${fact.eventId}"`,
    }
  if (same && same.sha256 !== fact.sha256)
    return { type: 'reject', code: 'event_id_conflict', detail: `event "${fact.eventId}" came with other bytes` }
  if (same || fact.seq <= known.lastSeq) return { type: 'skip' }
  if (fact.seq === known.lastSeq + 1) return { type: 'apply' }
  return { type: known.nextIsQuarantined ? 'block' : 'hold' }
}
