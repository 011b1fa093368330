import type { CurrentState, Fact } from '@atlas/runtime'
import type { Authorship, Codec } from '@atlas/schemas'
import type { ChainedAct } from './chain.ts'
import { actMessage } from './seal-act.ts'

/** An authorship, ready to be sent. */
export function authorshipState(codec: Codec, authorship: Authorship): CurrentState {
  return {
    objectId: authorship.authorshipId,
    key: authorship.profileId,
    revision: authorship.revision,
    eventId: authorship.eventId,
    type: 'authorship',
    value: codec.encode('authorships', authorship),
  }
}

/** An act of the chain as the fact that was sent of it: the same bytes, while its subject's key exists. */
export function actFact(
  codec: Codec,
  act: ChainedAct,
  keys: ReadonlyMap<string, Buffer>,
): Omit<Fact, 'kind' | 'topic'> {
  return {
    key: act.profileId,
    factNo: act.chainSeq,
    eventId: act.id,
    seq: act.seq,
    type: 'act',
    value: codec.encode('acts', actMessage(act, keys)),
  }
}
