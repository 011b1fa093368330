import { createHash } from 'node:crypto'
import { candidateIdOf, snapshotEventId } from '@atlas/identifiers'
import type { Act, Authorship, Candidate, Profile, Work } from '@atlas/schemas'

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
    eventId: snapshotEventId('works', workId, revision),
    revision,
    workId,
    state: 'live',
    redirectTo: null,
    title: `Title of ${name}`,
    type: 'article',
    published: { year: 2020, month: null, day: null },
    language: null,
    venue: null,
    doi: null,
    identifiers: [],
    fieldSources: [{ field: 'title', recordId: idOf(`record ${name}`), confidence: 0.95, agreeing: 1 }],
    subjects: [],
    retracted: false,
    openAccess: null,
    members: [
      {
        recordId: idOf(`record ${name}`),
        source: 'crossref',
        sourceId: name,
        version: 1,
        role: 'primary',
        type: 'article',
        reason: 'founder',
        linkedTo: null,
        versionKind: null,
      },
    ],
    slots: slots.map((slot, index) => aSlot(slot, index + 1, idOf(`record ${name}`))),
    formerMembers: [],
    flags: [],
    causedBy: [],
    ...over,
  }
}

function aSlot(name: string, position: number, recordId: string): Work['slots'][number] {
  return {
    slotId: idOf(name),
    revision: null,
    position,
    name: `Name ${name}`,
    given: null,
    family: null,
    collective: false,
    orcid: null,
    orcidConflict: false,
    corresponding: false,
    ambiguous: false,
    affiliations: [],
    rors: [],
    countries: [],
    mentions: [{ key: idOf(name), aliases: [], recordId, version: 1, position, name: `Name ${name}` }],
  }
}

/** The claim that slot `slot` of work `w` is this profile. */
export function aCandidate(profile: string, slot: string, over: Partial<Candidate> = {}): Candidate {
  const revision = over.revision ?? 1
  const candidateId = candidateIdOf(idOf(slot), idOf(profile))
  return {
    eventId: snapshotEventId('candidates', candidateId, revision),
    revision,
    candidateId,
    kind: 'work_authorship',
    profileId: idOf(profile),
    profileRevision: 1,
    workId: idOf('work w'),
    workRevision: 1,
    slotId: idOf(slot),
    slotRevision: null,
    slotName: `Name ${slot}`,
    slotPosition: 1,
    collective: false,
    identityScheme: null,
    identityValue: null,
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
    replaces: [],
    withdrawn: false,
    withdrawnReason: null,
    blockRank: 1,
    alternatives: 0,
    causedBy: [],
    createdAt: 1_700_000_000_000,
    ...over,
  }
}

export function aProfile(name: string, over: Partial<Profile> = {}): Profile {
  const revision = over.revision ?? 1
  const profileId = idOf(name)
  return {
    eventId: snapshotEventId('profiles', profileId, revision),
    revision,
    profileId,
    state: 'active',
    mergedInto: null,
    displayName: `Person ${name}`,
    names: [{ name: `Person ${name}`, given: null, family: null, primary: true }],
    identities: [],
    affiliations: [],
    institutionId: null,
    institutions: [],
    autoConfirmThreshold: null,
    autoRejectThreshold: null,
    watchedSources: [],
    visibility: 'institution',
    language: 'en',
    notificationFrequency: 'weekly',
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
    flagsAfter: [],
    stateChanging: true,
    confidence: null,
    decidedAt: 1_700_000_000_000 + seq,
    actor: idOf(profile),
    actorRole: 'researcher',
    onBehalfOf: null,
    via: 'api',
    batchId: null,
    supersedes: null,
    commandKey: null,
    candidateRevision: 1,
    score: 0.8,
    modelVersion: 'm1',
    threshold: null,
    reason: null,
    keyId: idOf(`key ${profile}`),
    sealedAbout: Buffer.from('sealed'),
    sealedPrivate: Buffer.from('private canary'),
    clientKeyId: null,
    sealedClient: null,
    about: {
      candidateId: candidateIdOf(idOf(slot), idOf(profile)),
      candidateKind: 'work_authorship',
      workId: idOf('work w'),
      slotId: idOf(slot),
      relatedWorkId: null,
      mentions: [],
      evidence: null,
    },
    ...over,
  }
}

export function anAuthorship(profile: string, slot: string, over: Partial<Authorship> = {}): Authorship {
  const revision = over.revision ?? 1
  const authorshipId = candidateIdOf(idOf(slot), idOf(profile))
  return {
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
    corresponding: false,
    flags: [],
    contributions: [
      {
        recordId: idOf('record w'),
        source: 'crossref',
        mentionKey: idOf(slot),
        name: `Name ${slot}`,
        position: 1,
        affiliations: [],
        rors: [],
      },
    ],
    title: 'Title of w',
    year: 2020,
    type: 'article',
    doi: null,
    ...over,
  }
}
