// Generated from avro/candidates.avsc by "pnpm gen". Do not edit.

/** A mention the slot had when it was compared */
export interface CandidateMention {
  /** see records */
  readonly key: string
  /** the member */
  readonly recordId: string
  /** its version */
  readonly version: number
  /** 1-based in that record */
  readonly position: number
}

/** One comparison and what it contributed */
export interface CandidateReason {
  /** name_exact, orcid_exact, orcid_conflict, coauthor_network … and prior: a growing vocabulary */
  readonly type: string
  /** the comparison and the level that it reached */
  readonly level: string
  /** natural logarithm of the likelihood ratio; all weights, the prior's too, sum to logOdds */
  readonly weight: number
  /** what was compared, for the reader */
  readonly details: string | null
}

export const candidateReasonDefaults: Pick<CandidateReason, 'details'> = {
  details: null,
}

/** The matcher's claim that a slot of a work may be a profile */
export interface Candidate {
  /** UUID of this message: the id of the fact, or uuidv5(topic, object id, revision) of a snapshot; equals the header event-id */
  readonly eventId: string
  /** of the matcher's sequence, drawn under the row's lock */
  readonly revision: number
  /** uuidv5(slotId, profileId) */
  readonly candidateId: string
  /** work_authorship, author_identity */
  readonly kind: string
  /** the profile */
  readonly profileId: string
  /** revision of the profile it was compared with */
  readonly profileRevision: number
  /** the work; empty for author_identity */
  readonly workId: string
  /** revision of the work it was compared with */
  readonly workRevision: number
  /** the slot */
  readonly slotId: string
  /** revision of the work that last changed the slot */
  readonly slotRevision: number | null
  /** name on the byline */
  readonly slotName: string
  /** 1-based */
  readonly slotPosition: number
  /** slot of a group */
  readonly collective: boolean
  /** author_identity: scheme of the author id that may be the profile */
  readonly identityScheme: string | null
  /** author_identity: the author id in its normal form */
  readonly identityValue: string | null
  /** title of the work */
  readonly title: string | null
  /** of publication */
  readonly year: number | null
  /** sources of the members, distinct, sorted */
  readonly sources: readonly string[]
  /** what the slot was made of */
  readonly mentions: readonly CandidateMention[]
  /** calibrated probability, 0 to 1, to two decimals: of one slot the candidates and nobody share 1 */
  readonly score: number
  /** natural log odds of the slot and the profile alone: the sum of the reasons' weights; score counts their rivals, too */
  readonly logOdds: number
  /** prior first, then by absolute weight */
  readonly reasons: readonly CandidateReason[]
  /** of the linkage model, name frequencies included */
  readonly modelVersion: string
  /** SHA-256 hex of the identity-relevant evidence; a question is reopened only when it changes */
  readonly evidence: string
  /** the items behind evidence, readable, sorted: what a difference is shown from */
  readonly evidenceItems: readonly string[]
  /** candidateIds whose slot became this one */
  readonly replaces: readonly string[]
  /** no longer claimed */
  readonly withdrawn: boolean
  /** below_threshold, slot_gone, profile_gone, not_among_best */
  readonly withdrawnReason: string | null
  /** 1-based rank among the candidates of the slot */
  readonly blockRank: number
  /** further profiles that were compared with the slot and not published */
  readonly alternatives: number
  /** recordIds behind it */
  readonly causedBy: readonly string[]
  /** when the candidate was first published */
  readonly createdAt: number | null
}

export const candidateDefaults: Pick<Candidate, 'workId' | 'workRevision' | 'slotId' | 'slotRevision' | 'slotName' | 'slotPosition' | 'collective' | 'identityScheme' | 'identityValue' | 'title' | 'year' | 'sources' | 'mentions' | 'reasons' | 'evidenceItems' | 'replaces' | 'withdrawn' | 'withdrawnReason' | 'blockRank' | 'alternatives' | 'causedBy' | 'createdAt'> = {
  workId: '',
  workRevision: 0,
  slotId: '',
  slotRevision: null,
  slotName: '',
  slotPosition: 0,
  collective: false,
  identityScheme: null,
  identityValue: null,
  title: null,
  year: null,
  sources: [],
  mentions: [],
  reasons: [],
  evidenceItems: [],
  replaces: [],
  withdrawn: false,
  withdrawnReason: null,
  blockRank: 1,
  alternatives: 0,
  causedBy: [],
  createdAt: null,
}

export const candidatesSchema = "{\"type\":\"record\",\"name\":\"Candidate\",\"namespace\":\"atlas.candidate\",\"doc\":\"The matcher's claim that a slot of a work may be a profile\",\"fields\":[{\"name\":\"eventId\",\"type\":\"string\",\"doc\":\"UUID of this message: the id of the fact, or uuidv5(topic, object id, revision) of a snapshot; equals the header event-id\"},{\"name\":\"revision\",\"type\":\"long\",\"doc\":\"of the matcher's sequence, drawn under the row's lock\"},{\"name\":\"candidateId\",\"type\":\"string\",\"doc\":\"uuidv5(slotId, profileId)\"},{\"name\":\"kind\",\"type\":\"string\",\"doc\":\"work_authorship, author_identity\"},{\"name\":\"profileId\",\"type\":\"string\",\"doc\":\"the profile\"},{\"name\":\"profileRevision\",\"type\":\"long\",\"doc\":\"revision of the profile it was compared with\"},{\"name\":\"workId\",\"type\":\"string\",\"doc\":\"the work; empty for author_identity\",\"default\":\"\"},{\"name\":\"workRevision\",\"type\":\"long\",\"doc\":\"revision of the work it was compared with\",\"default\":0},{\"name\":\"slotId\",\"type\":\"string\",\"doc\":\"the slot\",\"default\":\"\"},{\"name\":\"slotRevision\",\"type\":[\"null\",\"long\"],\"doc\":\"revision of the work that last changed the slot\",\"default\":null},{\"name\":\"slotName\",\"type\":\"string\",\"doc\":\"name on the byline\",\"default\":\"\"},{\"name\":\"slotPosition\",\"type\":\"int\",\"doc\":\"1-based\",\"default\":0},{\"name\":\"collective\",\"type\":\"boolean\",\"doc\":\"slot of a group\",\"default\":false},{\"name\":\"identityScheme\",\"type\":[\"null\",\"string\"],\"doc\":\"author_identity: scheme of the author id that may be the profile\",\"default\":null},{\"name\":\"identityValue\",\"type\":[\"null\",\"string\"],\"doc\":\"author_identity: the author id in its normal form\",\"default\":null},{\"name\":\"title\",\"type\":[\"null\",\"string\"],\"doc\":\"title of the work\",\"default\":null},{\"name\":\"year\",\"type\":[\"null\",\"int\"],\"doc\":\"of publication\",\"default\":null},{\"name\":\"sources\",\"type\":{\"type\":\"array\",\"items\":\"string\"},\"doc\":\"sources of the members, distinct, sorted\",\"default\":[]},{\"name\":\"mentions\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"CandidateMention\",\"doc\":\"A mention the slot had when it was compared\",\"fields\":[{\"name\":\"key\",\"type\":\"string\",\"doc\":\"see records\"},{\"name\":\"recordId\",\"type\":\"string\",\"doc\":\"the member\"},{\"name\":\"version\",\"type\":\"long\",\"doc\":\"its version\"},{\"name\":\"position\",\"type\":\"int\",\"doc\":\"1-based in that record\"}]}},\"doc\":\"what the slot was made of\",\"default\":[]},{\"name\":\"score\",\"type\":\"double\",\"doc\":\"calibrated probability, 0 to 1, to two decimals: of one slot the candidates and nobody share 1\",\"minimum\":0,\"maximum\":1},{\"name\":\"logOdds\",\"type\":\"double\",\"doc\":\"natural log odds of the slot and the profile alone: the sum of the reasons' weights; score counts their rivals, too\"},{\"name\":\"reasons\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"Reason\",\"doc\":\"One comparison and what it contributed\",\"fields\":[{\"name\":\"type\",\"type\":\"string\",\"doc\":\"name_exact, orcid_exact, orcid_conflict, coauthor_network … and prior: a growing vocabulary\"},{\"name\":\"level\",\"type\":\"string\",\"doc\":\"the comparison and the level that it reached\"},{\"name\":\"weight\",\"type\":\"double\",\"doc\":\"natural logarithm of the likelihood ratio; all weights, the prior's too, sum to logOdds\"},{\"name\":\"details\",\"type\":[\"null\",\"string\"],\"doc\":\"what was compared, for the reader\",\"default\":null}]}},\"doc\":\"prior first, then by absolute weight\",\"default\":[]},{\"name\":\"modelVersion\",\"type\":\"string\",\"doc\":\"of the linkage model, name frequencies included\"},{\"name\":\"evidence\",\"type\":\"string\",\"doc\":\"SHA-256 hex of the identity-relevant evidence; a question is reopened only when it changes\"},{\"name\":\"evidenceItems\",\"type\":{\"type\":\"array\",\"items\":\"string\"},\"doc\":\"the items behind evidence, readable, sorted: what a difference is shown from\",\"default\":[]},{\"name\":\"replaces\",\"type\":{\"type\":\"array\",\"items\":\"string\"},\"doc\":\"candidateIds whose slot became this one\",\"default\":[]},{\"name\":\"withdrawn\",\"type\":\"boolean\",\"doc\":\"no longer claimed\",\"default\":false},{\"name\":\"withdrawnReason\",\"type\":[\"null\",\"string\"],\"doc\":\"below_threshold, slot_gone, profile_gone, not_among_best\",\"default\":null},{\"name\":\"blockRank\",\"type\":\"int\",\"doc\":\"1-based rank among the candidates of the slot\",\"default\":1},{\"name\":\"alternatives\",\"type\":\"int\",\"doc\":\"further profiles that were compared with the slot and not published\",\"default\":0},{\"name\":\"causedBy\",\"type\":{\"type\":\"array\",\"items\":\"string\"},\"doc\":\"recordIds behind it\",\"default\":[]},{\"name\":\"createdAt\",\"type\":[\"null\",{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}],\"doc\":\"when the candidate was first published\",\"default\":null}]}"
