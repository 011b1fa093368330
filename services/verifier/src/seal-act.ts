import { partitionOf } from '@atlas/runtime'
import { type Act, type ActAbout, type Codec, TOPICS } from '@atlas/schemas'
import type { ActDraft } from './act-draft.ts'
import { toWireAct, wirePieces } from './act-wire.ts'
import { type ChainedAct, GENESIS, HASH_VERSION } from './chain.ts'
import { seal, unseal } from './seal.ts'
import type { SubjectKey, SubjectKeys } from './store/subject-keys.ts'

/** An act ready to be appended: sealed, and encoded but for the places that the chain fills in. */
export interface SealedAct {
  readonly act: ChainedAct
  readonly wire: readonly Buffer[]
  readonly partition: number
  readonly causedBy: string | null
  /** The mentions an answer of a person is about. */
  readonly mentionKeys: readonly string[]
}

/** Seals what the acts were about under their subjects' keys, which are made when missing. */
export async function sealActs(
  drafts: readonly ActDraft[],
  keys: SubjectKeys,
  codec: Codec,
): Promise<readonly SealedAct[]> {
  if (drafts.length === 0) return []
  const found = await keys.getOrCreate(drafts.map(({ profileId }) => profileId))
  return drafts.map((draft) => {
    const key = found.get(draft.profileId)
    if (!key) throw new Error(`no key for subject "${draft.profileId}"`)
    return sealAct(draft, key, codec)
  })
}

// A trace header must stay small; what is left out is in the candidate's snapshot.
const TRACED = 50

function sealAct(draft: ActDraft, { keyId, key }: SubjectKey, codec: Codec): SealedAct {
  const { about, private: hidden, causedBy, ...clear } = draft
  const act: ChainedAct = {
    ...clear,
    chainSeq: 0,
    seq: 0,
    keyId,
    about: seal(key, draft.id, 'about', Buffer.from(JSON.stringify(about))),
    private: hidden === null ? null : seal(key, draft.id, 'private', Buffer.from(JSON.stringify(hidden))),
    // An address and a browser are not asked for yet.
    clientKeyId: null,
    client: null,
    hashVersion: HASH_VERSION,
    prevHash: GENESIS,
    hash: GENESIS,
  }
  return {
    act,
    wire: wirePieces(codec, toWireAct(act, about)),
    partition: partitionOf(draft.profileId, TOPICS.acts.partitions),
    causedBy: causedBy.length === 0 ? null : causedBy.slice(0, TRACED).join(','),
    mentionKeys: about.mentions.map((mention) => mention.key),
  }
}

/** What an act was about; null when the subject's key is gone. */
export function aboutOfAct(act: ChainedAct, keys: ReadonlyMap<string, Buffer>): ActAbout | null {
  const key = keys.get(act.keyId)
  if (!key) return null
  return JSON.parse(unseal(key, act.id, 'about', act.about).toString()) as ActAbout
}

/** The message of an act that is in the chain, as it was sent. */
export function actMessage(act: ChainedAct, keys: ReadonlyMap<string, Buffer>): Act {
  return toWireAct(act, aboutOfAct(act, keys))
}
