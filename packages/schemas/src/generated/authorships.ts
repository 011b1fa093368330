// Generated from avro/authorships.avsc by "pnpm gen". Do not edit.

/** What one record says of this author */
export interface AuthorshipContribution {
  /** the member */
  readonly recordId: string
  /** its source */
  readonly source: string
  /** its author entry */
  readonly mentionKey: string
  /** as given */
  readonly name: string
  /** 1-based in that record */
  readonly position: number
  /** as given */
  readonly affiliations: readonly string[]
  /** ROR ids of the affiliations, distinct, in order */
  readonly rors: readonly string[]
}

export const authorshipContributionDefaults: Pick<AuthorshipContribution, 'affiliations' | 'rors'> = {
  affiliations: [],
  rors: [],
}

/** A verified link between a profile and a slot of a work, or its retraction */
export interface Authorship {
  /** UUID of this message: the id of the fact, or uuidv5(topic, object id, revision) of a snapshot; equals the header event-id */
  readonly eventId: string
  /** of the verifier's sequence */
  readonly revision: number
  /** uuidv5(slotId, profileId): the candidateId it rests on */
  readonly authorshipId: string
  /** the author */
  readonly profileId: string
  /** the work */
  readonly workId: string
  /** the slot */
  readonly slotId: string
  /** revision of the work this state was made from */
  readonly workRevision: number | null
  /** verified, retracted */
  readonly state: string
  /** confirmed, auto_confirmed, or the status that retracted it */
  readonly status: string
  /** the act it rests on */
  readonly actId: string
  /** decidedAt of that act */
  readonly verifiedAt: number | null
  /** probability of the candidate when it was decided */
  readonly score: number | null
  /** version of the question */
  readonly questionVersion: number
  /** 1-based on the byline; 0: not known */
  readonly position: number
  /** corresponding author according to a member */
  readonly corresponding: boolean
  /** conflict, review_suggested … */
  readonly flags: readonly string[]
  /** one a member that names the author */
  readonly contributions: readonly AuthorshipContribution[]
  /** of the work */
  readonly title: string | null
  /** of publication */
  readonly year: number | null
  /** of the work */
  readonly type: string
  /** of the work */
  readonly doi: string | null
}

export const authorshipDefaults: Pick<Authorship, 'workRevision' | 'verifiedAt' | 'score' | 'position' | 'corresponding' | 'flags' | 'contributions' | 'title' | 'year' | 'type' | 'doi'> = {
  workRevision: null,
  verifiedAt: null,
  score: null,
  position: 0,
  corresponding: false,
  flags: [],
  contributions: [],
  title: null,
  year: null,
  type: 'other',
  doi: null,
}

export const authorshipsSchema = "{\"type\":\"record\",\"name\":\"Authorship\",\"namespace\":\"atlas.authorship\",\"doc\":\"A verified link between a profile and a slot of a work, or its retraction\",\"fields\":[{\"name\":\"eventId\",\"type\":\"string\",\"doc\":\"UUID of this message: the id of the fact, or uuidv5(topic, object id, revision) of a snapshot; equals the header event-id\"},{\"name\":\"revision\",\"type\":\"long\",\"doc\":\"of the verifier's sequence\"},{\"name\":\"authorshipId\",\"type\":\"string\",\"doc\":\"uuidv5(slotId, profileId): the candidateId it rests on\"},{\"name\":\"profileId\",\"type\":\"string\",\"doc\":\"the author\"},{\"name\":\"workId\",\"type\":\"string\",\"doc\":\"the work\"},{\"name\":\"slotId\",\"type\":\"string\",\"doc\":\"the slot\"},{\"name\":\"workRevision\",\"type\":[\"null\",\"long\"],\"doc\":\"revision of the work this state was made from\",\"default\":null},{\"name\":\"state\",\"type\":\"string\",\"doc\":\"verified, retracted\"},{\"name\":\"status\",\"type\":\"string\",\"doc\":\"confirmed, auto_confirmed, or the status that retracted it\"},{\"name\":\"actId\",\"type\":\"string\",\"doc\":\"the act it rests on\"},{\"name\":\"verifiedAt\",\"type\":[\"null\",{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}],\"doc\":\"decidedAt of that act\",\"default\":null},{\"name\":\"score\",\"type\":[\"null\",\"double\"],\"doc\":\"probability of the candidate when it was decided\",\"minimum\":0,\"maximum\":1,\"default\":null},{\"name\":\"questionVersion\",\"type\":\"int\",\"doc\":\"version of the question\"},{\"name\":\"position\",\"type\":\"int\",\"doc\":\"1-based on the byline; 0: not known\",\"default\":0},{\"name\":\"corresponding\",\"type\":\"boolean\",\"doc\":\"corresponding author according to a member\",\"default\":false},{\"name\":\"flags\",\"type\":{\"type\":\"array\",\"items\":\"string\"},\"doc\":\"conflict, review_suggested …\",\"default\":[]},{\"name\":\"contributions\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"Contribution\",\"doc\":\"What one record says of this author\",\"fields\":[{\"name\":\"recordId\",\"type\":\"string\",\"doc\":\"the member\"},{\"name\":\"source\",\"type\":\"string\",\"doc\":\"its source\"},{\"name\":\"mentionKey\",\"type\":\"string\",\"doc\":\"its author entry\"},{\"name\":\"name\",\"type\":\"string\",\"doc\":\"as given\"},{\"name\":\"position\",\"type\":\"int\",\"doc\":\"1-based in that record\"},{\"name\":\"affiliations\",\"type\":{\"type\":\"array\",\"items\":\"string\"},\"doc\":\"as given\",\"default\":[]},{\"name\":\"rors\",\"type\":{\"type\":\"array\",\"items\":\"string\"},\"doc\":\"ROR ids of the affiliations, distinct, in order\",\"default\":[]}]}},\"doc\":\"one a member that names the author\",\"default\":[]},{\"name\":\"title\",\"type\":[\"null\",\"string\"],\"doc\":\"of the work\",\"default\":null},{\"name\":\"year\",\"type\":[\"null\",\"int\"],\"doc\":\"of publication\",\"default\":null},{\"name\":\"type\",\"type\":\"string\",\"doc\":\"of the work\",\"default\":\"other\"},{\"name\":\"doi\",\"type\":[\"null\",\"string\"],\"doc\":\"of the work\",\"default\":null}]}"
