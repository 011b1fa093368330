import { createHash } from 'node:crypto'
import { candidateIdOf, snapshotEventId } from '@atlas/identifiers'
import {
  type Candidate,
  candidateDefaults,
  type Profile,
  profileDefaults,
  type Work,
  type WorkMention,
  type WorkSlot,
  workDefaults,
  workMemberDefaults,
  workMentionDefaults,
  workSlotDefaults,
} from '@atlas/schemas'

/** A UUID that a short name always leads to, so that tests read as letters. */
export function idOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

let revisions = 0
/** Numbers as the matcher's sequence gives them: each larger than any before. */
export const nextRevision = () => ++revisions

const mention = (key: string): WorkMention => ({
  ...workMentionDefaults,
  key: idOf(key),
  recordId: idOf(`record of ${key}`),
  version: 1,
  position: 1,
  name: `Name ${key}`,
})

export interface SlotShape {
  /** Names of mentions; the first gives the slot its id. `a<b` has `b` as an earlier key. */
  readonly mentions: readonly string[]
  readonly collective?: boolean
  readonly ambiguous?: boolean
}

/** A live work with these slots: `aWork('w', ['a b', 'c'])` has two, the first of two mentions. */
export function aWork(name: string, slots: readonly (string | SlotShape)[], over: Partial<Work> = {}): Work {
  const revision = over.revision ?? nextRevision()
  const shapes = slots.map((slot) => (typeof slot === 'string' ? { mentions: slot.split(' ') } : slot))
  const made = shapes.map((shape, index): WorkSlot => {
    const mentions = shape.mentions.map((text): WorkMention => {
      const [key = '', ...aliases] = text.split('<')
      return { ...mention(key), aliases: aliases.map(idOf) }
    })
    return {
      ...workSlotDefaults,
      slotId: mentions[0]!.key,
      position: index + 1,
      name: mentions[0]!.name,
      collective: shape.collective ?? false,
      ambiguous: shape.ambiguous ?? false,
      mentions,
    }
  })
  const workId = idOf(`work ${name}`)
  const records = [...new Set(made.flatMap(({ mentions }) => mentions.map(({ recordId }) => recordId)))]
  return {
    ...workDefaults,
    eventId: snapshotEventId('works', workId, revision),
    revision,
    workId,
    state: 'live',
    title: `Title of ${name}`,
    type: 'article',
    published: { year: 2020, month: null, day: null },
    members: records.map((recordId) => ({
      ...workMemberDefaults,
      recordId,
      source: 'crossref',
      sourceId: recordId,
      version: 1,
      role: 'primary',
      type: 'article',
      reason: 'founder',
    })),
    slots: made,
    causedBy: records,
    ...over,
  }
}

/** The work has become part of another. */
export function aRedirect(name: string, to: string): Work {
  return aWork(name, [], { state: 'redirect', redirectTo: idOf(`work ${to}`) })
}

/** The claim that the slot named after its first mention is this profile. */
export function aCandidate(profile: string, work: string, mentions: string, over: Partial<Candidate> = {}): Candidate {
  const revision = over.revision ?? nextRevision()
  const keys = mentions.split(' ')
  const slotId = idOf(keys[0]!)
  const profileId = idOf(profile)
  const candidateId = candidateIdOf(slotId, profileId)
  return {
    ...candidateDefaults,
    eventId: snapshotEventId('candidates', candidateId, revision),
    revision,
    candidateId,
    kind: 'work_authorship',
    profileId,
    profileRevision: 1,
    workId: idOf(`work ${work}`),
    workRevision: 1,
    slotId,
    slotName: `Name ${keys[0]}`,
    slotPosition: 1,
    title: `Title of ${work}`,
    year: 2020,
    sources: ['crossref'],
    mentions: keys.map((key) => ({ key: idOf(key), recordId: idOf(`record of ${key}`), version: 1, position: 1 })),
    score: 0.8,
    logOdds: 2,
    modelVersion: 'm1',
    evidence: 'e1',
    evidenceItems: ['name:exact'],
    causedBy: [idOf(`record of ${keys[0]}`)],
    ...over,
  }
}

export function aProfile(name: string, over: Partial<Profile> = {}): Profile {
  const revision = over.revision ?? nextRevision()
  const profileId = idOf(name)
  return {
    ...profileDefaults,
    eventId: snapshotEventId('profiles', profileId, revision),
    revision,
    profileId,
    state: 'active',
    displayName: name,
    ...over,
  }
}
