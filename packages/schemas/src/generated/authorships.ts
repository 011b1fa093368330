// Generated from avro/authorships.avsc by "pnpm gen". Do not edit.

/** What one record says of this author */
export interface AuthorshipContribution {
  readonly recordId: string
  readonly source: string
  readonly mentionKey: string
  /** as given */
  readonly name: string
  /** 1-based in that record */
  readonly position: number
  /** as given */
  readonly affiliations: readonly string[]
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
  /** verified, retracted */
  readonly state: string
  /** confirmed, auto_confirmed, or the status that retracted it */
  readonly status: string
  /** the act it rests on */
  readonly actId: string
  /** version of the question */
  readonly questionVersion: number
  /** 1-based on the byline */
  readonly position: number
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

export const authorshipsSchema = "{\"type\":\"record\",\"name\":\"Authorship\",\"namespace\":\"atlas.authorship\",\"doc\":\"A verified link between a profile and a slot of a work, or its retraction\",\"fields\":[{\"name\":\"eventId\",\"type\":\"string\",\"doc\":\"UUID of this message: the id of the fact, or uuidv5(topic, object id, revision) of a snapshot; equals the header event-id\"},{\"name\":\"revision\",\"type\":\"long\",\"doc\":\"of the verifier's sequence\"},{\"name\":\"authorshipId\",\"type\":\"string\",\"doc\":\"uuidv5(slotId, profileId): the candidateId it rests on\"},{\"name\":\"profileId\",\"type\":\"string\",\"doc\":\"the author\"},{\"name\":\"workId\",\"type\":\"string\",\"doc\":\"the work\"},{\"name\":\"slotId\",\"type\":\"string\",\"doc\":\"the slot\"},{\"name\":\"state\",\"type\":\"string\",\"doc\":\"verified, retracted\"},{\"name\":\"status\",\"type\":\"string\",\"doc\":\"confirmed, auto_confirmed, or the status that retracted it\"},{\"name\":\"actId\",\"type\":\"string\",\"doc\":\"the act it rests on\"},{\"name\":\"questionVersion\",\"type\":\"int\",\"doc\":\"version of the question\"},{\"name\":\"position\",\"type\":\"int\",\"doc\":\"1-based on the byline\"},{\"name\":\"corresponding\",\"type\":\"boolean\",\"default\":false},{\"name\":\"flags\",\"type\":{\"type\":\"array\",\"items\":\"string\"},\"doc\":\"conflict, review_suggested …\",\"default\":[]},{\"name\":\"contributions\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"Contribution\",\"doc\":\"What one record says of this author\",\"fields\":[{\"name\":\"recordId\",\"type\":\"string\"},{\"name\":\"source\",\"type\":\"string\"},{\"name\":\"mentionKey\",\"type\":\"string\"},{\"name\":\"name\",\"type\":\"string\",\"doc\":\"as given\"},{\"name\":\"position\",\"type\":\"int\",\"doc\":\"1-based in that record\"},{\"name\":\"affiliations\",\"type\":{\"type\":\"array\",\"items\":\"string\"},\"doc\":\"as given\",\"default\":[]}]}},\"doc\":\"one a member that names the author\",\"default\":[]},{\"name\":\"title\",\"type\":[\"null\",\"string\"],\"doc\":\"of the work\",\"default\":null},{\"name\":\"year\",\"type\":[\"null\",\"int\"],\"doc\":\"of publication\",\"default\":null},{\"name\":\"type\",\"type\":\"string\",\"doc\":\"of the work\",\"default\":\"other\"},{\"name\":\"doi\",\"type\":[\"null\",\"string\"],\"doc\":\"of the work\",\"default\":null}]}"
