import type { Act, Codec } from '@atlas/schemas'
import type { ChainedAct } from './chain.ts'

/** An act as it is told: the row, and in clear what it was about (null once that cannot be read any more). */
export function toWireAct(act: ChainedAct, about: Act['about']): Act {
  return {
    eventId: act.id,
    seq: act.seq,
    actId: act.id,
    profileId: act.profileId,
    chainSeq: act.chainSeq,
    hashVersion: act.hashVersion,
    prevHash: act.prevHash,
    hash: act.hash,
    questionRef: act.questionRef,
    questionVersion: act.questionVersion,
    kind: act.kind,
    statusAfter: act.statusAfter,
    flagsAfter: act.flagsAfter,
    stateChanging: act.stateChanging,
    confidence: act.confidence,
    decidedAt: act.decidedAtMs,
    actor: act.actor,
    actorRole: act.actorRole,
    onBehalfOf: act.onBehalfOf,
    via: act.via,
    batchId: act.batchId,
    supersedes: act.supersedes,
    commandKey: act.commandKey,
    candidateRevision: act.candidateRevision,
    score: act.score,
    modelVersion: act.modelVersion,
    threshold: act.threshold,
    reason: act.reason,
    keyId: act.keyId,
    sealedAbout: act.about,
    sealedPrivate: act.private,
    clientKeyId: act.clientKeyId,
    sealedClient: act.client,
    about,
  }
}

const FRAME = 5
const TEXT_UUID = 37
const HASH = 33

/**
 * The encoded act in four pieces, without seq, chainSeq, prevHash and hash: the database puts those in under the
 * chain's head, so that the message is written in the same call as the act. An act of number zero holds their places.
 */
export function wirePieces(codec: Codec, draft: Act): readonly [Buffer, Buffer, Buffer, Buffer] {
  const bytes = codec.encode('acts', draft)
  const seq = FRAME + TEXT_UUID
  const chainSeq = seq + 1 + 2 * TEXT_UUID
  const prevHash = chainSeq + 2
  const hash = prevHash + HASH
  const placesHold =
    bytes[seq] === 0 &&
    bytes[chainSeq] === 0 &&
    isZeroHash(bytes.subarray(prevHash, hash)) &&
    isZeroHash(bytes.subarray(hash, hash + HASH))
  if (!placesHold) throw new Error('the schema of acts has other first fields than the database fills in')
  return [
    bytes.subarray(0, seq),
    bytes.subarray(seq + 1, chainSeq),
    bytes.subarray(chainSeq + 1, prevHash),
    bytes.subarray(hash + HASH),
  ]
}

function isZeroHash(bytes: Buffer): boolean {
  return bytes[0] === 64 && bytes.subarray(1).every((byte) => byte === 0)
}
