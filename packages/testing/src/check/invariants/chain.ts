import { createHash } from 'node:crypto'
import type { ActRow } from '../dumps.ts'
import type { Invariant } from '../verdict.ts'

export const V18: Invariant = {
  id: 'V18',
  title: 'the chain of acts is whole: numbers dense, links and hashes right, head its end',
  check({ acts, head }) {
    const violations: string[] = []
    const seqOf = new Map<string, number>()
    let before = { chainSeq: 0, hash: '0'.repeat(64) }
    for (const act of [...acts].sort((a, b) => a.chainSeq - b.chainSeq)) {
      const { chainSeq, profileId, seq, prevHash, hash } = act
      if (chainSeq !== before.chainSeq + 1) violations.push(`act ${chainSeq} comes after act ${before.chainSeq}`)
      if (prevHash !== before.hash) violations.push(`act ${chainSeq} does not link to the act before it`)
      if (hash !== hashOf(act)) violations.push(`act ${chainSeq} does not have its hash`)
      const expected = (seqOf.get(profileId) ?? 0) + 1
      if (seq !== expected) violations.push(`act ${chainSeq} has seq ${seq} of its profile instead of ${expected}`)
      seqOf.set(profileId, seq)
      before = { chainSeq, hash }
    }
    if (head.chainSeq !== before.chainSeq || head.hash !== before.hash)
      violations.push(`the head says act ${head.chainSeq}, the last act is ${before.chainSeq}`)
    return { looked: acts.length, figures: { acts: acts.length, profiles: seqOf.size }, violations }
  },
}

const bytes = (hex: string) => Buffer.from(hex, 'hex')
const uuid = (id: string) => bytes(id.replaceAll('-', ''))
const int4 = (value: number) => {
  const out = Buffer.alloc(4)
  out.writeInt32BE(value)
  return out
}
const int8 = (value: number) => {
  const out = Buffer.alloc(8)
  out.writeBigInt64BE(BigInt(value))
  return out
}
const float8 = (value: number) => {
  const out = Buffer.alloc(8)
  out.writeDoubleBE(value)
  return out
}
const sized = (value: Buffer | null) => (value === null ? int4(-1) : Buffer.concat([int4(value.length), value]))
const sizedOr = <T>(value: T | null, write: (value: T) => Buffer) => sized(value === null ? null : write(value))
const text = (value: string | null) => sizedOr(value, (given) => Buffer.from(given))
const sha256 = (parts: readonly Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest()

/** What an act's hash must be, written down once more from the description of the chain: a check by the same code is none. */
export function hashOf(act: ActRow): string {
  const payload = sha256([
    uuid(act.questionRef),
    int4(act.questionVersion),
    text(act.statusAfter),
    int4(act.flagsAfter.length),
    ...act.flagsAfter.map(text),
    Buffer.from([act.stateChanging ? 1 : 0]),
    text(act.confidence),
    int8(act.decidedAtMs),
    text(act.actor),
    text(act.actorRole),
    text(act.onBehalfOf),
    text(act.via),
    sizedOr(act.batchId, uuid),
    sizedOr(act.supersedes, uuid),
    text(act.commandKey),
    sizedOr(act.candidateRevision, int8),
    sizedOr(act.score, float8),
    text(act.modelVersion),
    sizedOr(act.threshold, float8),
    text(act.reason),
    uuid(act.keyId),
    sized(bytes(act.about)),
    sizedOr(act.private, bytes),
    sizedOr(act.clientKeyId, uuid),
    sizedOr(act.client, bytes),
  ])
  return sha256([
    Buffer.from([1]),
    bytes(act.prevHash),
    int8(act.chainSeq),
    uuid(act.id),
    uuid(act.profileId),
    int8(act.seq),
    text(act.kind),
    payload,
  ]).toString('hex')
}
