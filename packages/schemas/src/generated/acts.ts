// Generated from avro/acts.avsc by "pnpm gen". Do not edit.

/** A mention the act was about */
export interface ActMention {
  /** the member */
  readonly recordId: string
  /** its version */
  readonly version: number
  /** 1-based */
  readonly position: number
  /** mention key */
  readonly key: string
}

/** What the act was about, in clear for the life of the topic; null in an export after erasure */
export interface ActAbout {
  /** the candidate */
  readonly candidateId: string
  /** work_authorship, author_identity */
  readonly candidateKind: string
  /** the work */
  readonly workId: string
  /** the slot */
  readonly slotId: string
  /** of claim_duplicate, claim_version, merge */
  readonly relatedWorkId: string | null
  /** the mentions of the slot when it was decided */
  readonly mentions: readonly ActMention[]
  /** the candidate's evidence digest that was shown */
  readonly evidence: string | null
}

export const actAboutDefaults: Pick<ActAbout, 'candidateKind' | 'workId' | 'slotId' | 'relatedWorkId' | 'mentions' | 'evidence'> = {
  candidateKind: 'work_authorship',
  workId: '',
  slotId: '',
  relatedWorkId: null,
  mentions: [],
  evidence: null,
}

/** One recorded decision or transition of a question, never changed */
export interface Act {
  /** UUID of this message: the id of the fact, or uuidv5(topic, object id, revision) of a snapshot; equals the header event-id */
  readonly eventId: string
  /** dense number of the profile's acts */
  readonly seq: number
  /** random UUID; equals eventId */
  readonly actId: string
  /** the subject */
  readonly profileId: string
  /** place in the chain, dense from 1 */
  readonly chainSeq: number
  /** how hash is computed */
  readonly hashVersion: number
  /** 32 bytes */
  readonly prevHash: Buffer
  /** 32 bytes */
  readonly hash: Buffer
  /** random id of the question */
  readonly questionRef: string
  /** version of the question after the act; counts state-changing acts */
  readonly questionVersion: number
  /** confirm, reject, uncertain, claim_duplicate, claim_version, claim_error, delegate, reopen, flag, expire, restore, merge, unmerge, auto_confirm, auto_reject, auto_revert */
  readonly kind: string
  /** pending, confirmed, rejected, uncertain, auto_confirmed, auto_rejected, merged, expired */
  readonly statusAfter: string
  /** conflict, review_suggested, ambiguous_mention … */
  readonly flagsAfter: readonly string[]
  /** false: recorded, and status and version stay */
  readonly stateChanging: boolean
  /** certain, probable, possible, uncertain */
  readonly confidence: string | null
  /** never lower than that of the question's act before */
  readonly decidedAt: number
  /** profile id or user id, or system */
  readonly actor: string
  /** researcher, curator, admin, proxy, system: the role that allowed the act */
  readonly actorRole: string | null
  /** the profile acted for, when the actor is somebody else */
  readonly onBehalfOf: string | null
  /** web, api, import, auto */
  readonly via: string
  /** random UUID */
  readonly batchId: string | null
  /** actId */
  readonly supersedes: string | null
  /** SHA-256 hex of principal and Idempotency-Key */
  readonly commandKey: string | null
  /** the revision that was shown */
  readonly candidateRevision: number | null
  /** that was shown */
  readonly score: number | null
  /** of that score */
  readonly modelVersion: string | null
  /** of an automatic act */
  readonly threshold: number | null
  /** why a rule or the system acted: over_threshold, evidence_gone, slot_gone, merged …; a growing vocabulary */
  readonly reason: string | null
  /** id of the subject key that seals the following */
  readonly keyId: string
  /** ciphertext of what it was about, as the chain hashes it */
  readonly sealedAbout: Buffer
  /** ciphertext of notes and evidence, and of clientInfo where sealedClient is null, as the chain hashes it */
  readonly sealedPrivate: Buffer | null
  /** id of the key of subject and quarter that seals sealedClient */
  readonly clientKeyId: string | null
  /** ciphertext of clientInfo under the short-lived clientKeyId, as the chain hashes it */
  readonly sealedClient: Buffer | null
  /** see there */
  readonly about: ActAbout | null
}

export const actDefaults: Pick<Act, 'flagsAfter' | 'confidence' | 'actorRole' | 'onBehalfOf' | 'batchId' | 'supersedes' | 'commandKey' | 'candidateRevision' | 'score' | 'modelVersion' | 'threshold' | 'reason' | 'sealedPrivate' | 'clientKeyId' | 'sealedClient' | 'about'> = {
  flagsAfter: [],
  confidence: null,
  actorRole: null,
  onBehalfOf: null,
  batchId: null,
  supersedes: null,
  commandKey: null,
  candidateRevision: null,
  score: null,
  modelVersion: null,
  threshold: null,
  reason: null,
  sealedPrivate: null,
  clientKeyId: null,
  sealedClient: null,
  about: null,
}

export const actsSchema = "{\"type\":\"record\",\"name\":\"Act\",\"namespace\":\"atlas.act\",\"doc\":\"One recorded decision or transition of a question, never changed\",\"fields\":[{\"name\":\"eventId\",\"type\":\"string\",\"doc\":\"UUID of this message: the id of the fact, or uuidv5(topic, object id, revision) of a snapshot; equals the header event-id\"},{\"name\":\"seq\",\"type\":\"long\",\"doc\":\"dense number of the profile's acts\"},{\"name\":\"actId\",\"type\":\"string\",\"doc\":\"random UUID; equals eventId\"},{\"name\":\"profileId\",\"type\":\"string\",\"doc\":\"the subject\"},{\"name\":\"chainSeq\",\"type\":\"long\",\"doc\":\"place in the chain, dense from 1\"},{\"name\":\"hashVersion\",\"type\":\"int\",\"doc\":\"how hash is computed\"},{\"name\":\"prevHash\",\"type\":\"bytes\",\"doc\":\"32 bytes\"},{\"name\":\"hash\",\"type\":\"bytes\",\"doc\":\"32 bytes\"},{\"name\":\"questionRef\",\"type\":\"string\",\"doc\":\"random id of the question\"},{\"name\":\"questionVersion\",\"type\":\"int\",\"doc\":\"version of the question after the act; counts state-changing acts\"},{\"name\":\"kind\",\"type\":\"string\",\"doc\":\"confirm, reject, uncertain, claim_duplicate, claim_version, claim_error, delegate, reopen, flag, expire, restore, merge, unmerge, auto_confirm, auto_reject, auto_revert\"},{\"name\":\"statusAfter\",\"type\":\"string\",\"doc\":\"pending, confirmed, rejected, uncertain, auto_confirmed, auto_rejected, merged, expired\"},{\"name\":\"flagsAfter\",\"type\":{\"type\":\"array\",\"items\":\"string\"},\"doc\":\"conflict, review_suggested, ambiguous_mention …\",\"default\":[]},{\"name\":\"stateChanging\",\"type\":\"boolean\",\"doc\":\"false: recorded, and status and version stay\"},{\"name\":\"confidence\",\"type\":[\"null\",\"string\"],\"doc\":\"certain, probable, possible, uncertain\",\"default\":null},{\"name\":\"decidedAt\",\"type\":{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"},\"doc\":\"never lower than that of the question's act before\"},{\"name\":\"actor\",\"type\":\"string\",\"doc\":\"profile id or user id, or system\"},{\"name\":\"actorRole\",\"type\":[\"null\",\"string\"],\"doc\":\"researcher, curator, admin, proxy, system: the role that allowed the act\",\"default\":null},{\"name\":\"onBehalfOf\",\"type\":[\"null\",\"string\"],\"doc\":\"the profile acted for, when the actor is somebody else\",\"default\":null},{\"name\":\"via\",\"type\":\"string\",\"doc\":\"web, api, import, auto\"},{\"name\":\"batchId\",\"type\":[\"null\",\"string\"],\"doc\":\"random UUID\",\"default\":null},{\"name\":\"supersedes\",\"type\":[\"null\",\"string\"],\"doc\":\"actId\",\"default\":null},{\"name\":\"commandKey\",\"type\":[\"null\",\"string\"],\"doc\":\"SHA-256 hex of principal and Idempotency-Key\",\"default\":null},{\"name\":\"candidateRevision\",\"type\":[\"null\",\"long\"],\"doc\":\"the revision that was shown\",\"default\":null},{\"name\":\"score\",\"type\":[\"null\",\"double\"],\"doc\":\"that was shown\",\"minimum\":0,\"maximum\":1,\"default\":null},{\"name\":\"modelVersion\",\"type\":[\"null\",\"string\"],\"doc\":\"of that score\",\"default\":null},{\"name\":\"threshold\",\"type\":[\"null\",\"double\"],\"doc\":\"of an automatic act\",\"minimum\":0,\"maximum\":1,\"default\":null},{\"name\":\"reason\",\"type\":[\"null\",\"string\"],\"doc\":\"why a rule or the system acted: over_threshold, evidence_gone, slot_gone, merged …; a growing vocabulary\",\"default\":null},{\"name\":\"keyId\",\"type\":\"string\",\"doc\":\"id of the subject key that seals the following\"},{\"name\":\"sealedAbout\",\"type\":\"bytes\",\"doc\":\"ciphertext of what it was about, as the chain hashes it\"},{\"name\":\"sealedPrivate\",\"type\":[\"null\",\"bytes\"],\"doc\":\"ciphertext of notes and evidence, and of clientInfo where sealedClient is null, as the chain hashes it\",\"default\":null},{\"name\":\"clientKeyId\",\"type\":[\"null\",\"string\"],\"doc\":\"id of the key of subject and quarter that seals sealedClient\",\"default\":null},{\"name\":\"sealedClient\",\"type\":[\"null\",\"bytes\"],\"doc\":\"ciphertext of clientInfo under the short-lived clientKeyId, as the chain hashes it\",\"default\":null},{\"name\":\"about\",\"type\":[\"null\",{\"type\":\"record\",\"name\":\"ActAbout\",\"doc\":\"What the act was about, in clear for the life of the topic; null in an export after erasure\",\"fields\":[{\"name\":\"candidateId\",\"type\":\"string\",\"doc\":\"the candidate\"},{\"name\":\"candidateKind\",\"type\":\"string\",\"doc\":\"work_authorship, author_identity\",\"default\":\"work_authorship\"},{\"name\":\"workId\",\"type\":\"string\",\"doc\":\"the work\",\"default\":\"\"},{\"name\":\"slotId\",\"type\":\"string\",\"doc\":\"the slot\",\"default\":\"\"},{\"name\":\"relatedWorkId\",\"type\":[\"null\",\"string\"],\"doc\":\"of claim_duplicate, claim_version, merge\",\"default\":null},{\"name\":\"mentions\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"ActMention\",\"doc\":\"A mention the act was about\",\"fields\":[{\"name\":\"recordId\",\"type\":\"string\",\"doc\":\"the member\"},{\"name\":\"version\",\"type\":\"long\",\"doc\":\"its version\"},{\"name\":\"position\",\"type\":\"int\",\"doc\":\"1-based\"},{\"name\":\"key\",\"type\":\"string\",\"doc\":\"mention key\"}]}},\"doc\":\"the mentions of the slot when it was decided\",\"default\":[]},{\"name\":\"evidence\",\"type\":[\"null\",\"string\"],\"doc\":\"the candidate's evidence digest that was shown\",\"default\":null}]}],\"doc\":\"see there\",\"default\":null}]}"
