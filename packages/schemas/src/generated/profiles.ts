// Generated from avro/profiles.avsc by "pnpm gen". Do not edit.

/** A name the person has published under */
export interface ProfilePersonalName {
  /** display order */
  readonly name: string
  /** where known */
  readonly given: string | null
  /** where known */
  readonly family: string | null
  /** the one shown */
  readonly primary: boolean
}

export const profilePersonalNameDefaults: Pick<ProfilePersonalName, 'given' | 'family' | 'primary'> = {
  given: null,
  family: null,
  primary: false,
}

/** An identity of the person in some vocabulary */
export interface ProfileIdentity {
  /** UUIDv7 */
  readonly identityId: string
  /** orcid, email, openalex_author, hal_author, s2_author, scopus_author, dblp_author, researcher_id … */
  readonly type: string
  /** normal form */
  readonly value: string
  /** the one shown of its type */
  readonly primary: boolean
  /** orcid_oauth, email, manual, imported */
  readonly method: string
  /** null: claimed only */
  readonly verifiedAt: number | null
  /** auto_claim, auto_suggest, auto_reject, ignore */
  readonly policy: string
  /** mine, partly_mine, not_mine */
  readonly ownership: string
}

export const profileIdentityDefaults: Pick<ProfileIdentity, 'primary' | 'verifiedAt' | 'policy' | 'ownership'> = {
  primary: false,
  verifiedAt: null,
  policy: 'auto_suggest',
  ownership: 'mine',
}

/** Where the person works or worked */
export interface ProfileAffiliation {
  /** as given */
  readonly name: string
  /** ROR id */
  readonly ror: string | null
  /** ISO 3166-1 alpha-2 */
  readonly country: string | null
  /** null: not known */
  readonly fromYear: number | null
  /** null: open */
  readonly toYear: number | null
}

export const profileAffiliationDefaults: Pick<ProfileAffiliation, 'ror' | 'country' | 'fromYear' | 'toYear'> = {
  ror: null,
  country: null,
  fromYear: null,
  toYear: null,
}

/** A person as far as others need to know */
export interface Profile {
  /** UUID of this message: the id of the fact, or uuidv5(topic, object id, revision) of a snapshot; equals the header event-id */
  readonly eventId: string
  /** of the profiles service's sequence */
  readonly revision: number
  /** UUIDv7 */
  readonly profileId: string
  /** active, merged, erased */
  readonly state: string
  /** the surviving profile */
  readonly mergedInto: string | null
  /** empty once erased */
  readonly displayName: string
  /** every known form */
  readonly names: readonly ProfilePersonalName[]
  /** without name variants, which are in names */
  readonly identities: readonly ProfileIdentity[]
  /** known affiliations */
  readonly affiliations: readonly ProfileAffiliation[]
  /** of this deployment */
  readonly institutionId: string | null
  /** ids of the institutions whose librarians look after the person */
  readonly institutions: readonly string[]
  /** 0 to 1; null: off */
  readonly autoConfirmThreshold: number | null
  /** 0 to 1; null: off */
  readonly autoRejectThreshold: number | null
  /** empty: all */
  readonly watchedSources: readonly string[]
  /** public, institution, private */
  readonly visibility: string
  /** BCP 47 */
  readonly language: string
  /** immediate, daily, weekly, never */
  readonly notificationFrequency: string
}

export const profileDefaults: Pick<Profile, 'mergedInto' | 'names' | 'identities' | 'affiliations' | 'institutionId' | 'institutions' | 'autoConfirmThreshold' | 'autoRejectThreshold' | 'watchedSources' | 'visibility' | 'language' | 'notificationFrequency'> = {
  mergedInto: null,
  names: [],
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
}

export const profilesSchema = "{\"type\":\"record\",\"name\":\"Profile\",\"namespace\":\"atlas.profile\",\"doc\":\"A person as far as others need to know\",\"fields\":[{\"name\":\"eventId\",\"type\":\"string\",\"doc\":\"UUID of this message: the id of the fact, or uuidv5(topic, object id, revision) of a snapshot; equals the header event-id\"},{\"name\":\"revision\",\"type\":\"long\",\"doc\":\"of the profiles service's sequence\"},{\"name\":\"profileId\",\"type\":\"string\",\"doc\":\"UUIDv7\"},{\"name\":\"state\",\"type\":\"string\",\"doc\":\"active, merged, erased\"},{\"name\":\"mergedInto\",\"type\":[\"null\",\"string\"],\"doc\":\"the surviving profile\",\"default\":null},{\"name\":\"displayName\",\"type\":\"string\",\"doc\":\"empty once erased\"},{\"name\":\"names\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"PersonalName\",\"doc\":\"A name the person has published under\",\"fields\":[{\"name\":\"name\",\"type\":\"string\",\"doc\":\"display order\"},{\"name\":\"given\",\"type\":[\"null\",\"string\"],\"doc\":\"where known\",\"default\":null},{\"name\":\"family\",\"type\":[\"null\",\"string\"],\"doc\":\"where known\",\"default\":null},{\"name\":\"primary\",\"type\":\"boolean\",\"doc\":\"the one shown\",\"default\":false}]}},\"doc\":\"every known form\",\"default\":[]},{\"name\":\"identities\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"ProfileIdentity\",\"doc\":\"An identity of the person in some vocabulary\",\"fields\":[{\"name\":\"identityId\",\"type\":\"string\",\"doc\":\"UUIDv7\"},{\"name\":\"type\",\"type\":\"string\",\"doc\":\"orcid, email, openalex_author, hal_author, s2_author, scopus_author, dblp_author, researcher_id …\"},{\"name\":\"value\",\"type\":\"string\",\"doc\":\"normal form\"},{\"name\":\"primary\",\"type\":\"boolean\",\"doc\":\"the one shown of its type\",\"default\":false},{\"name\":\"method\",\"type\":\"string\",\"doc\":\"orcid_oauth, email, manual, imported\"},{\"name\":\"verifiedAt\",\"type\":[\"null\",{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}],\"doc\":\"null: claimed only\",\"default\":null},{\"name\":\"policy\",\"type\":\"string\",\"doc\":\"auto_claim, auto_suggest, auto_reject, ignore\",\"default\":\"auto_suggest\"},{\"name\":\"ownership\",\"type\":\"string\",\"doc\":\"mine, partly_mine, not_mine\",\"default\":\"mine\"}]}},\"doc\":\"without name variants, which are in names\",\"default\":[]},{\"name\":\"affiliations\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"ProfileAffiliation\",\"doc\":\"Where the person works or worked\",\"fields\":[{\"name\":\"name\",\"type\":\"string\",\"doc\":\"as given\"},{\"name\":\"ror\",\"type\":[\"null\",\"string\"],\"doc\":\"ROR id\",\"default\":null},{\"name\":\"country\",\"type\":[\"null\",\"string\"],\"doc\":\"ISO 3166-1 alpha-2\",\"default\":null},{\"name\":\"fromYear\",\"type\":[\"null\",\"int\"],\"doc\":\"null: not known\",\"default\":null},{\"name\":\"toYear\",\"type\":[\"null\",\"int\"],\"doc\":\"null: open\",\"default\":null}]}},\"doc\":\"known affiliations\",\"default\":[]},{\"name\":\"institutionId\",\"type\":[\"null\",\"string\"],\"doc\":\"of this deployment\",\"default\":null},{\"name\":\"institutions\",\"type\":{\"type\":\"array\",\"items\":\"string\"},\"doc\":\"ids of the institutions whose librarians look after the person\",\"default\":[]},{\"name\":\"autoConfirmThreshold\",\"type\":[\"null\",\"double\"],\"doc\":\"0 to 1; null: off\",\"minimum\":0,\"maximum\":1,\"default\":null},{\"name\":\"autoRejectThreshold\",\"type\":[\"null\",\"double\"],\"doc\":\"0 to 1; null: off\",\"minimum\":0,\"maximum\":1,\"default\":null},{\"name\":\"watchedSources\",\"type\":{\"type\":\"array\",\"items\":\"string\"},\"doc\":\"empty: all\",\"default\":[]},{\"name\":\"visibility\",\"type\":\"string\",\"doc\":\"public, institution, private\",\"default\":\"institution\"},{\"name\":\"language\",\"type\":\"string\",\"doc\":\"BCP 47\",\"default\":\"en\"},{\"name\":\"notificationFrequency\",\"type\":\"string\",\"doc\":\"immediate, daily, weekly, never\",\"default\":\"weekly\"}]}"
