import type { TopicName } from '@atlas/schemas'
import type { DigestObject } from '../digest/index.ts'

export type ServiceName = 'ingest' | 'matcher' | 'verifier' | 'profiles' | 'api'

/**
 * What is stored at one moment, after everything settled, and what was seen of it on the way there: plain values, so that
 * a bad one can be made by hand.
 */
export interface Dumps {
  readonly rawRecords: readonly RawRow[]
  readonly heads: readonly Head[]
  readonly references: readonly Reference[]
  readonly facts: readonly OutboxFact[]
  /** Snapshots as their owners have them, every one ever published. */
  readonly owned: readonly Stored[]
  /** Snapshots as their readers have them. */
  readonly stored: readonly (Stored & { readonly group: string })[]
  readonly applied: readonly AppliedFact[]
  readonly log: readonly Message[]
  readonly ends: readonly { readonly topic: TopicName; readonly partition: number; readonly high: number }[]
  readonly progress: readonly Progress[]
  readonly samples: Samples
  readonly quarantine: readonly Quarantined[]
  readonly recordStates: readonly RecordState[]
  /** Live ones. */
  readonly liveWorks: number
  /** In their order. */
  readonly rulings: readonly RulingRow[]
  readonly constraints: readonly ConstraintRow[]
  /** Where the records that constraints name are now. */
  readonly ruledMembers: readonly { readonly recordId: string; readonly workId: string }[]
  readonly candidates: readonly CandidateRow[]
  readonly questions: readonly QuestionRow[]
  readonly acts: readonly ActRow[]
  readonly head: { readonly chainSeq: number; readonly hash: string }
  readonly actMentions: readonly { readonly actId: string; readonly mentionKey: string }[]
  readonly slotMentions: readonly { readonly slotId: string; readonly mentionKey: string; readonly entryKey: string }[]
  readonly inactiveProfiles: readonly string[]
  readonly authorships: readonly AuthorshipRow[]
  readonly answers: readonly AnswerRow[]
  readonly readModel: ReadModel
  readonly access: Access
}

export interface RulingRow {
  readonly rulingId: string
  readonly kind: string
  readonly sideA: readonly string[]
  readonly sideB: readonly string[]
  readonly headA: string | null
  readonly headB: string | null
  readonly withdraws: string | null
}

export interface ConstraintRow {
  readonly recordA: string
  readonly recordB: string
  readonly kind: string
  readonly rulingId: string
}

export interface RawRow {
  readonly recordId: string
  readonly source: string
  readonly sourceId: string
  readonly rawVersion: number
  /** As stored, hex. */
  readonly checksum: string
  /** Of the bytes as they are stored, hex. */
  readonly actual: string
  readonly class: string
  readonly publishedVersion: number | null
  /** Of the transaction that wrote the row, modulo 2^32. */
  readonly xid: string
  /** References are kept for a day: older rows cannot be held against them. */
  readonly recent: boolean
}

export interface Head {
  readonly recordId: string
  readonly version: number
  readonly rawVersions: number
}

export interface Reference {
  readonly service: ServiceName
  readonly topic: TopicName
  readonly objectId: string
  /** Modulo 2^32. */
  readonly xid: string
  readonly sent: boolean
}

export interface OutboxFact {
  readonly topic: TopicName
  readonly eventId: string
  readonly key: string
  readonly seq: number
  readonly sent: boolean
}

export interface Stored {
  readonly topic: TopicName
  readonly objectId: string
  readonly revision: number
}

export interface AppliedFact {
  readonly group: string
  readonly topic: TopicName
  readonly key: string
  readonly seq: number
}

/** A message as it lies in the log; what could not be read has no object. */
export interface Message {
  readonly topic: TopicName
  readonly partition: number
  readonly offset: number
  readonly key: string
  readonly eventId: string
  readonly objectId: string | null
  /** `version`, `revision` or `seq`. */
  readonly number: number
}

export interface Progress {
  readonly service: ServiceName
  readonly group: string
  readonly topic: TopicName
  readonly partition: number
  readonly nextOffset: number
  readonly halted: string | null
  /** Null: the group has committed nothing. */
  readonly committed: number | null
}

/** What was seen of the positions of all groups while they moved. */
export interface Samples {
  readonly taken: number
  /** Looks that failed because a part of the stack was dead: nothing is known of those moments. */
  readonly missed: number
  /** A commit that was ahead of its effects, as it was first seen. */
  readonly ahead: readonly {
    readonly group: string
    readonly partition: number
    readonly committed: number
    readonly nextOffset: number
  }[]
  /** A position that was lower than before, as it was first seen. */
  readonly back: readonly {
    readonly group: string
    readonly partition: number
    readonly before: number
    readonly nextOffset: number
  }[]
}

/** Nobody looked while it ran. */
export const NO_SAMPLES: Samples = { taken: 0, missed: 0, ahead: [], back: [] }

export interface Quarantined {
  readonly service: ServiceName
  readonly group: string
  readonly topic: TopicName
  readonly partition: number
  readonly offset: number
  readonly key: string | null
  readonly code: string
  readonly state: 'open' | 'replayed' | 'discarded'
}

export interface RecordState {
  readonly recordId: string
  readonly version: number
  readonly state: string
  readonly candidates: number
}

export interface CandidateRow {
  readonly candidateId: string
  readonly slotId: string
  readonly profileId: string
  readonly withdrawn: boolean
  readonly recordIds: readonly string[]
}

export interface QuestionRow {
  readonly candidateId: string
  readonly questionRef: string
  readonly slotId: string
  readonly profileId: string
  readonly status: string
  readonly version: number
  readonly flags: readonly string[]
  readonly withdrawn: boolean
  readonly recordIds: readonly string[]
}

/** A row of `verification_acts`, bytes as hex. */
export interface ActRow {
  readonly chainSeq: number
  readonly id: string
  readonly profileId: string
  readonly seq: number
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
  readonly keyId: string
  readonly about: string
  readonly private: string | null
  readonly clientKeyId: string | null
  readonly client: string | null
  readonly hashVersion: number
  readonly prevHash: string
  readonly hash: string
}

export interface AuthorshipRow {
  readonly authorshipId: string
  readonly state: string
  readonly actId: string
}

/** A kept answer of the verifier to a command. */
export interface AnswerRow {
  readonly principal: string
  readonly key: string
  readonly status: number
  readonly actId: string | null
}

export interface ReadModel {
  readonly questions: readonly {
    readonly candidateId: string
    readonly revision: number
    readonly status: string
    readonly version: number
    readonly flags: readonly string[]
  }[]
  /** What is stored of each object of each topic. */
  readonly contents: readonly { readonly topic: TopicName; readonly objectId: string; readonly content: unknown }[]
  /** What the log's last message of each object says, decoded. */
  readonly told: readonly { readonly topic: TopicName; readonly objectId: string; readonly content: unknown }[]
  /** Every row, and every row of one that was made anew from the owners' exports; undefined: none was made. */
  readonly rebuilt: { readonly shown: readonly ReadRow[]; readonly anew: readonly ReadRow[] } | undefined
}

/** The tables of the read model, named after what is in them. */
export const READ_TABLES = ['work', 'question', 'profile', 'act', 'authorship'] as const
export type ReadRow = DigestObject<(typeof READ_TABLES)[number]>

/** The topics the read model is made of. */
export const READ_BY_API: readonly TopicName[] = ['works', 'profiles', 'candidates', 'acts', 'authorships']

export interface Access {
  /** Every role against every database of the deployment: may it connect, and, where it could be tried, did it. */
  readonly tried: readonly {
    readonly role: string
    readonly database: string
    readonly own: boolean
    readonly connected: boolean
    readonly detail: string
  }[]
  /** Roles besides the owner that may change acts, and triggers that do not fire always. */
  readonly actsOpenTo: readonly string[]
  readonly weakTriggers: readonly string[]
}
