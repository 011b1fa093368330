import { createHash } from 'node:crypto'
import { candidateIdOf, snapshotEventId } from '@atlas/identifiers'
import {
  type Act,
  type Authorship,
  actAboutDefaults,
  actDefaults,
  authorshipContributionDefaults,
  authorshipDefaults,
  type Candidate,
  candidateDefaults,
  type Profile,
  profileDefaults,
  type Work,
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

/** A work with as many slots as names: slot `a` is the slot of mention `a`. */
export function aWork(name: string, slots: readonly string[], over: Partial<Work> = {}): Work {
  const revision = over.revision ?? 1
  const workId = idOf(`work ${name}`)
  return {
    ...workDefaults,
    eventId: snapshotEventId('works', workId, revision),
    revision,
    workId,
    state: 'live',
    title: `Title of ${name}`,
    type: 'article',
    published: { year: 2020, month: null, day: null },
    fieldSources: [{ field: 'title', recordId: idOf(`record ${name}`), confidence: 0.95, agreeing: 1 }],
    members: [
      {
        ...workMemberDefaults,
        recordId: idOf(`record ${name}`),
        source: 'crossref',
        sourceId: name,
        version: 1,
        role: 'primary',
        type: 'article',
        reason: 'founder',
      },
    ],
    slots: slots.map((slot, index) => aSlot(slot, index + 1, idOf(`record ${name}`))),
    ...over,
  }
}

function aSlot(name: string, position: number, recordId: string): Work['slots'][number] {
  return {
    ...workSlotDefaults,
    slotId: idOf(name),
    position,
    name: `Name ${name}`,
    mentions: [{ ...workMentionDefaults, key: idOf(name), recordId, version: 1, position, name: `Name ${name}` }],
  }
}

/** The claim that slot `slot` of work `w` is this profile. */
export function aCandidate(profile: string, slot: string, over: Partial<Candidate> = {}): Candidate {
  const revision = over.revision ?? 1
  const candidateId = candidateIdOf(idOf(slot), idOf(profile))
  return {
    ...candidateDefaults,
    eventId: snapshotEventId('candidates', candidateId, revision),
    revision,
    candidateId,
    kind: 'work_authorship',
    profileId: idOf(profile),
    profileRevision: 1,
    workId: idOf('work w'),
    workRevision: 1,
    slotId: idOf(slot),
    slotName: `Name ${slot}`,
    slotPosition: 1,
    title: 'Title of w',
    year: 2020,
    sources: ['crossref'],
    mentions: [{ key: idOf(slot), recordId: idOf('record w'), version: 1, position: 1 }],
    score: 0.8,
    logOdds: 2,
    reasons: [{ type: 'name_exact', level: 'exact', weight: 2, details: null }],
    modelVersion: 'm1',
    evidence: 'e1',
    evidenceItems: ['name:exact'],
    createdAt: 1_700_000_000_000,
    ...over,
  }
}

export function aProfile(name: string, over: Partial<Profile> = {}): Profile {
  const revision = over.revision ?? 1
  const profileId = idOf(name)
  return {
    ...profileDefaults,
    eventId: snapshotEventId('profiles', profileId, revision),
    revision,
    profileId,
    state: 'active',
    displayName: `Person ${name}`,
    names: [{ name: `Person ${name}`, given: null, family: null, primary: true }],
    ...over,
  }
}

/** The act of number `seq` of this profile, after which the question about `slot` has this status and version. */
export function anAct(
  profile: string,
  slot: string,
  seq: number,
  { statusAfter, questionVersion, ...over }: Partial<Act> & Pick<Act, 'statusAfter' | 'questionVersion'>,
): Act {
  const actId = over.actId ?? idOf(`act ${profile} ${seq}`)
  return {
    ...actDefaults,
    eventId: actId,
    seq,
    actId,
    profileId: idOf(profile),
    chainSeq: seq,
    hashVersion: 1,
    prevHash: Buffer.alloc(32, seq - 1),
    hash: Buffer.alloc(32, seq),
    questionRef: idOf(`question ${profile} ${slot}`),
    questionVersion,
    kind: 'confirm',
    statusAfter,
    stateChanging: true,
    decidedAt: 1_700_000_000_000 + seq,
    actor: idOf(profile),
    actorRole: 'researcher',
    via: 'api',
    candidateRevision: 1,
    score: 0.8,
    modelVersion: 'm1',
    keyId: idOf(`key ${profile}`),
    sealedAbout: Buffer.from('sealed'),
    sealedPrivate: Buffer.from('private canary'),
    about: {
      ...actAboutDefaults,
      candidateId: candidateIdOf(idOf(slot), idOf(profile)),
      workId: idOf('work w'),
      slotId: idOf(slot),
    },
    ...over,
  }
}

export function anAuthorship(profile: string, slot: string, over: Partial<Authorship> = {}): Authorship {
  const revision = over.revision ?? 1
  const authorshipId = candidateIdOf(idOf(slot), idOf(profile))
  return {
    ...authorshipDefaults,
    eventId: snapshotEventId('authorships', authorshipId, revision),
    revision,
    authorshipId,
    profileId: idOf(profile),
    workId: idOf('work w'),
    slotId: idOf(slot),
    workRevision: 1,
    state: 'verified',
    status: 'confirmed',
    actId: idOf(`act ${profile} 1`),
    verifiedAt: 1_700_000_000_000,
    score: 0.8,
    questionVersion: 1,
    position: 1,
    contributions: [
      {
        ...authorshipContributionDefaults,
        recordId: idOf('record w'),
        source: 'crossref',
        mentionKey: idOf(slot),
        name: `Name ${slot}`,
        position: 1,
      },
    ],
    title: 'Title of w',
    year: 2020,
    type: 'article',
    ...over,
  }
}
