import { createHash } from 'node:crypto'

declare const brand: unique symbol
type Branded<Name extends string> = string & { readonly [brand]: Name }

export type RecordId = Branded<'RecordId'>
export type WorkId = Branded<'WorkId'>
export type MentionKey = Branded<'MentionKey'>
export type SlotId = Branded<'SlotId'>
export type CandidateId = Branded<'CandidateId'>
export type ProfileId = Branded<'ProfileId'>

// Our own namespaces, fixed for ever: every id below is derived from them.
const NAMESPACE = {
  record: '5f1d3b52-6a0e-5c53-9a57-0a7a1c9d2e01',
  work: '5f1d3b52-6a0e-5c53-9a57-0a7a1c9d2e02',
  mention: '5f1d3b52-6a0e-5c53-9a57-0a7a1c9d2e03',
  candidate: '5f1d3b52-6a0e-5c53-9a57-0a7a1c9d2e04',
  event: '5f1d3b52-6a0e-5c53-9a57-0a7a1c9d2e05',
} as const

/** RFC 9562 version 5: SHA-1 of namespace and name. Four times as fast as the general library, and called per mention. */
export function uuidv5(namespace: string, name: string): string {
  const hash = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name, 'utf8')
    .digest()
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80
  const hex = hash.toString('hex', 0, 16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** The id of a source's record for ever, whatever its version. */
export function recordIdOf(source: string, sourceId: string): RecordId {
  return uuidv5(NAMESPACE.record, `${source}:${sourceId}`) as RecordId
}

/** The id of the work whose smallest member is this record. */
export function workIdOf(smallestMember: RecordId | string): WorkId {
  return uuidv5(NAMESPACE.work, smallestMember) as WorkId
}

/** `nth` counts from 1 the entries of the record with this folded name. */
export function mentionKeyOf(recordId: RecordId | string, foldedName: string, nth: number): MentionKey {
  return uuidv5(NAMESPACE.mention, `${recordId}\u001f${foldedName}\u001f${nth}`) as MentionKey
}

export function candidateIdOf(slotId: SlotId | string, profileId: ProfileId | string): CandidateId {
  return uuidv5(NAMESPACE.candidate, `${slotId}\u001f${profileId}`) as CandidateId
}

/** Event id of a snapshot: equal for equal (topic, object, revision), so that a repeated send is recognised. */
export function snapshotEventId(topic: string, objectId: string, revision: number): string {
  return uuidv5(NAMESPACE.event, `${topic}\u001f${objectId}\u001f${revision}`)
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** A UUID in lower case, or undefined. */
export function parseUuid(text: string): string | undefined {
  const lower = text.toLowerCase()
  return UUID.test(lower) ? lower : undefined
}
