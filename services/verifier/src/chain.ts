import { createHash } from 'node:crypto'

/** How the hash of an act is computed; the first byte that is hashed. */
export const HASH_VERSION = 1
/** What the first act links to. */
export const GENESIS = Buffer.alloc(32)

/** What an act says in words and numbers, before and after it is appended alike. */
export interface ActFields {
  readonly id: string
  readonly profileId: string
  readonly questionRef: string
  readonly questionVersion: number
  readonly kind: string
  readonly statusAfter: string
  readonly flagsAfter: readonly string[]
  readonly stateChanging: boolean
  readonly confidence: string | null
  readonly decidedAtMs: number
  readonly actor: string
  readonly actorRole: string | null
  readonly onBehalfOf: string | null
  readonly via: string
  readonly batchId: string | null
  readonly supersedes: string | null
  readonly commandKey: string | null
  readonly candidateRevision: number | null
  readonly score: number | null
  readonly modelVersion: string | null
  readonly threshold: number | null
  readonly reason: string | null
}

/** A row of `verification_acts`: all that the chain covers. */
export interface ChainedAct extends ActFields {
  readonly chainSeq: number
  readonly seq: number
  readonly keyId: string
  readonly about: Buffer
  readonly private: Buffer | null
  readonly clientKeyId: string | null
  readonly client: Buffer | null
  readonly hashVersion: number
  readonly prevHash: Buffer
  readonly hash: Buffer
}

/**
 * The canonical payload: every field in a fixed order, of fixed width or with its length before it (null: all ones),
 * so that no two different acts have one encoding. The database's `act_payload` makes the same bytes.
 */
export function actPayload(act: ChainedAct): Buffer {
  const out = new Writer()
  out.uuid(act.questionRef)
  out.int4(act.questionVersion)
  out.text(act.statusAfter)
  out.int4(act.flagsAfter.length)
  for (const flag of act.flagsAfter) out.text(flag)
  out.byte(act.stateChanging ? 1 : 0)
  out.text(act.confidence)
  out.int8(act.decidedAtMs)
  out.text(act.actor)
  out.text(act.actorRole)
  out.text(act.onBehalfOf)
  out.text(act.via)
  out.sizedUuid(act.batchId)
  out.sizedUuid(act.supersedes)
  out.text(act.commandKey)
  out.sizedInt8(act.candidateRevision)
  out.sizedFloat8(act.score)
  out.text(act.modelVersion)
  out.sizedFloat8(act.threshold)
  out.text(act.reason)
  out.uuid(act.keyId)
  out.bytes(act.about)
  out.bytes(act.private)
  out.sizedUuid(act.clientKeyId)
  out.bytes(act.client)
  return out.done()
}

/** What `hash` must be, given the row and the hash before it. */
export function actHash(act: ChainedAct): Buffer {
  const out = new Writer()
  out.byte(HASH_VERSION)
  out.raw(act.prevHash)
  out.int8(act.chainSeq)
  out.uuid(act.id)
  out.uuid(act.profileId)
  out.int8(act.seq)
  out.text(act.kind)
  out.raw(sha256(actPayload(act)))
  return sha256(out.done())
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest()
}

/** One growing buffer: verifying a million acts makes tens of millions of fields. */
class Writer {
  #bytes = Buffer.allocUnsafe(2048)
  #end = 0

  #room(size: number): number {
    const start = this.#end
    this.#end += size
    if (this.#end > this.#bytes.length)
      this.#bytes = Buffer.concat([this.#bytes.subarray(0, start)], Math.max(this.#end, this.#bytes.length * 2))
    return start
  }
  byte(value: number): void {
    const at = this.#room(1)
    this.#bytes[at] = value
  }
  int4(value: number): void {
    const at = this.#room(4)
    this.#bytes.writeInt32BE(value, at)
  }
  int8(value: number): void {
    const at = this.#room(8)
    this.#bytes.writeBigInt64BE(BigInt(value), at)
  }
  uuid(value: string): void {
    const at = this.#room(16)
    this.#bytes.write(value.replaceAll('-', ''), at, 'hex')
  }
  raw(value: Buffer): void {
    const at = this.#room(value.length)
    value.copy(this.#bytes, at)
  }
  bytes(value: Buffer | null): void {
    this.int4(value === null ? -1 : value.length)
    if (value !== null) this.raw(value)
  }
  text(value: string | null): void {
    if (value === null) {
      this.int4(-1)
      return
    }
    const size = Buffer.byteLength(value)
    this.int4(size)
    const at = this.#room(size)
    this.#bytes.write(value, at)
  }
  sizedUuid(value: string | null): void {
    this.int4(value === null ? -1 : 16)
    if (value !== null) this.uuid(value)
  }
  sizedInt8(value: number | null): void {
    this.int4(value === null ? -1 : 8)
    if (value !== null) this.int8(value)
  }
  sizedFloat8(value: number | null): void {
    this.int4(value === null ? -1 : 8)
    if (value === null) return
    const at = this.#room(8)
    this.#bytes.writeDoubleBE(value, at)
  }
  done(): Buffer {
    return this.#bytes.subarray(0, this.#end)
  }
}
