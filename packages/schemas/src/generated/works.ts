// Generated from avro/works.avsc by "pnpm gen". Do not edit.

/** A date with the precision of its source */
export interface WorkPartialDate {
  /** CE */
  readonly year: number
  /** 1 to 12 */
  readonly month: number | null
  /** 1 to 31 */
  readonly day: number | null
}

export const workPartialDateDefaults: Pick<WorkPartialDate, 'month' | 'day'> = {
  month: null,
  day: null,
}

/** Where it appeared */
export interface WorkVenue {
  /** journal, proceedings, book or repository */
  readonly name: string | null
  /** 0000-0000 */
  readonly issns: readonly string[]
  /** journal, conference, repository, book-series, other */
  readonly type: string | null
  /** as given */
  readonly publisher: string | null
  /** as given */
  readonly volume: string | null
  /** as given */
  readonly issue: string | null
  /** as given, or article number */
  readonly firstPage: string | null
  /** as given */
  readonly lastPage: string | null
}

export const workVenueDefaults: Pick<WorkVenue, 'name' | 'issns' | 'type' | 'publisher' | 'volume' | 'issue' | 'firstPage' | 'lastPage'> = {
  name: null,
  issns: [],
  type: null,
  publisher: null,
  volume: null,
  issue: null,
  firstPage: null,
  lastPage: null,
}

/** An identifier of the described thing, parsed to its normal form */
export interface WorkIdentifier {
  /** doi, arxiv, pmid, pmcid, hal, openalex, isbn, issn, handle, url …: a growing vocabulary */
  readonly scheme: string
  /** normal form of the scheme */
  readonly value: string
  /** self, version_of, has_version, part_of, has_part, preprint_of, has_preprint, erratum_of, retraction_of, translation_of, supplement_to, cites …: how the identified thing relates to the described one */
  readonly relation: string
}

/** Which record a canonical field was taken from */
export interface WorkFieldSource {
  /** title, type, published, venue, doi, language, openAccess, licence, referenceCount, citedByCount */
  readonly field: string
  /** the member; of openAccess, licence and counts also an enrichment */
  readonly recordId: string
  /** 0 to 1: agreeing sources times reliability times consistency; null from builds that did not say */
  readonly confidence: number | null
  /** sources that say the same, the chosen one included; null from builds that did not say */
  readonly agreeing: number | null
}

export const workFieldSourceDefaults: Pick<WorkFieldSource, 'confidence' | 'agreeing'> = {
  confidence: null,
  agreeing: null,
}

/** A keyword, topic or subject heading */
export interface WorkSubject {
  /** keyword, openalex_topic, mesh, hal_domain, arxiv, fos … */
  readonly scheme: string
  /** in that scheme */
  readonly id: string | null
  /** as given */
  readonly label: string
  /** 0 to 1, where given */
  readonly score: number | null
}

export const workSubjectDefaults: Pick<WorkSubject, 'id' | 'score'> = {
  id: null,
  score: null,
}

/** One record of the work */
export interface WorkMember {
  /** see records */
  readonly recordId: string
  /** see records */
  readonly source: string
  /** see records */
  readonly sourceId: string
  /** version of the record this state was made from */
  readonly version: number
  /** primary, duplicate, version, part, erratum, retraction */
  readonly role: string
  /** type of that record */
  readonly type: string
  /** the rule that made it a member: founder, same-doi, same-title-authors, must-link … */
  readonly reason: string
  /** recordId it was linked to */
  readonly linkedTo: string | null
  /** of a version: preprint, accepted, translation, conference, other; null for other roles, and from builds that did not say */
  readonly versionKind: string | null
}

export const workMemberDefaults: Pick<WorkMember, 'linkedTo' | 'versionKind'> = {
  linkedTo: null,
  versionKind: null,
}

/** One author entry of one member */
export interface WorkMention {
  /** see records */
  readonly key: string
  /** earlier keys */
  readonly aliases: readonly string[]
  /** the member */
  readonly recordId: string
  /** its version */
  readonly version: number
  /** 1-based in that record */
  readonly position: number
  /** as given there */
  readonly name: string
}

export const workMentionDefaults: Pick<WorkMention, 'aliases'> = {
  aliases: [],
}

/** One author on the byline of the work: a cluster of mentions */
export interface WorkSlot {
  /** smallest mention key in it */
  readonly slotId: string
  /** revision of the work that last changed the slot */
  readonly revision: number | null
  /** 1-based on the byline of the work */
  readonly position: number
  /** best form of the name */
  readonly name: string
  /** where known */
  readonly given: string | null
  /** where known */
  readonly family: string | null
  /** a group: any number of contributors */
  readonly collective: boolean
  /** the iD its mentions agree on */
  readonly orcid: string | null
  /** its mentions carry different iDs */
  readonly orcidConflict: boolean
  /** corresponding author according to a member */
  readonly corresponding: boolean
  /** the alignment of a mention, or an alias in it, is not certain */
  readonly ambiguous: boolean
  /** names, distinct, in order */
  readonly affiliations: readonly string[]
  /** ROR ids of the affiliations, distinct, in order */
  readonly rors: readonly string[]
  /** ISO 3166-1 alpha-2 of the affiliations, distinct, in order */
  readonly countries: readonly string[]
  /** never two of one record */
  readonly mentions: readonly WorkMention[]
}

export const workSlotDefaults: Pick<WorkSlot, 'revision' | 'given' | 'family' | 'collective' | 'orcid' | 'orcidConflict' | 'corresponding' | 'ambiguous' | 'affiliations' | 'rors' | 'countries' | 'mentions'> = {
  revision: null,
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
  mentions: [],
}

/** A place where the text can be read */
export interface WorkOpenAccessLocation {
  /** of the page or file */
  readonly url: string
  /** of the file */
  readonly pdfUrl: string | null
  /** publisher, repository */
  readonly host: string | null
  /** published, accepted, submitted */
  readonly version: string | null
  /** as given */
  readonly licence: string | null
  /** the one that the source which speaks first prefers */
  readonly best: boolean
  /** members and enrichments that name it */
  readonly recordIds: readonly string[]
}

export const workOpenAccessLocationDefaults: Pick<WorkOpenAccessLocation, 'pdfUrl' | 'host' | 'version' | 'licence' | 'best' | 'recordIds'> = {
  pdfUrl: null,
  host: null,
  version: null,
  licence: null,
  best: false,
  recordIds: [],
}

/** An identifier of a funder */
export interface WorkFunderIdentifier {
  /** doi (Funder Registry), ror, openalex, isni … */
  readonly scheme: string
  /** normal form */
  readonly value: string
}

/** Who paid for it */
export interface WorkFunder {
  /** as the first member gives it */
  readonly name: string | null
  /** of the funder */
  readonly identifiers: readonly WorkFunderIdentifier[]
  /** grant numbers, distinct, at most 100 */
  readonly awards: readonly string[]
  /** members that name it */
  readonly recordIds: readonly string[]
}

export const workFunderDefaults: Pick<WorkFunder, 'name' | 'identifiers' | 'awards' | 'recordIds'> = {
  name: null,
  identifiers: [],
  awards: [],
  recordIds: [],
}

/** A work that this one cites */
export interface WorkCitedWork {
  /** doi, pmid … */
  readonly scheme: string
  /** normal form of the scheme */
  readonly value: string
}

/** A work that cites this one */
export interface WorkCitingWork {
  /** doi, pmid … */
  readonly scheme: string
  /** normal form of the scheme */
  readonly value: string
}

/** A record that adds to the work and is no member of it */
export interface WorkEnrichment {
  /** see records */
  readonly recordId: string
  /** see records */
  readonly source: string
  /** see records */
  readonly sourceId: string
}

/** The state of one work: its members, its canonical metadata and its slots */
export interface Work {
  /** UUID of this message: the id of the fact, or uuidv5(topic, object id, revision) of a snapshot; equals the header event-id */
  readonly eventId: string
  /** of the matcher's sequence, drawn under the row's lock */
  readonly revision: number
  /** uuidv5(smallest recordId) */
  readonly workId: string
  /** live, redirect (merged away; may live again), gone (no live member) */
  readonly state: string
  /** the work that has its members now */
  readonly redirectTo: string | null
  /** canonical */
  readonly title: string | null
  /** canonical */
  readonly type: string
  /** canonical */
  readonly published: WorkPartialDate | null
  /** canonical */
  readonly language: string | null
  /** canonical */
  readonly venue: WorkVenue | null
  /** canonical DOI, lower case */
  readonly doi: string | null
  /** of all members, each once, with its relation to the work: self of the primary one and its duplicates, has_version of versions, has_part, has_erratum, has_retraction; what the members say of other things as they say it */
  readonly identifiers: readonly WorkIdentifier[]
  /** provenance of canonical fields */
  readonly fieldSources: readonly WorkFieldSource[]
  /** keywords and topics of the members, distinct */
  readonly subjects: readonly WorkSubject[]
  /** a member says so */
  readonly retracted: boolean
  /** gold, green, hybrid, bronze, diamond, closed */
  readonly openAccess: string | null
  /** live members, primary first */
  readonly members: readonly WorkMember[]
  /** the byline, in order */
  readonly slots: readonly WorkSlot[]
  /** recordIds that were members of this id once */
  readonly formerMembers: readonly string[]
  /** conflicting-identifiers, ambiguous-slots … */
  readonly flags: readonly string[]
  /** recordIds whose versions led to this state */
  readonly causedBy: readonly string[]
  /** free places that members and enrichments name, each once, at most 50 */
  readonly openAccessLocations: readonly WorkOpenAccessLocation[]
  /** canonical: of the text as published */
  readonly licence: string | null
  /** of all members, each once, at most 100 */
  readonly funders: readonly WorkFunder[]
  /** entries of the list of references: the longest that a member or an enrichment gives, or the links known where they are more; null where nobody says */
  readonly referenceCount: number | null
  /** works that it cites according to links between works, sorted, at most 1,000 */
  readonly references: readonly WorkCitedWork[]
  /** the most that a member or an enrichment counts, or the links known where they are more; null where nobody says */
  readonly citedByCount: number | null
  /** works that cite it according to links between works, sorted, at most 1,000 */
  readonly citedBy: readonly WorkCitingWork[]
  /** enrichments about an identifier of the work, sorted by id, at most 50 */
  readonly enrichments: readonly WorkEnrichment[]
}

export const workDefaults: Pick<Work, 'redirectTo' | 'title' | 'type' | 'published' | 'language' | 'venue' | 'doi' | 'identifiers' | 'fieldSources' | 'subjects' | 'retracted' | 'openAccess' | 'members' | 'slots' | 'formerMembers' | 'flags' | 'causedBy' | 'openAccessLocations' | 'licence' | 'funders' | 'referenceCount' | 'references' | 'citedByCount' | 'citedBy' | 'enrichments'> = {
  redirectTo: null,
  title: null,
  type: 'other',
  published: null,
  language: null,
  venue: null,
  doi: null,
  identifiers: [],
  fieldSources: [],
  subjects: [],
  retracted: false,
  openAccess: null,
  members: [],
  slots: [],
  formerMembers: [],
  flags: [],
  causedBy: [],
  openAccessLocations: [],
  licence: null,
  funders: [],
  referenceCount: null,
  references: [],
  citedByCount: null,
  citedBy: [],
  enrichments: [],
}

export const worksSchema = "{\"type\":\"record\",\"name\":\"Work\",\"namespace\":\"atlas.work\",\"doc\":\"The state of one work: its members, its canonical metadata and its slots\",\"fields\":[{\"name\":\"eventId\",\"type\":\"string\",\"doc\":\"UUID of this message: the id of the fact, or uuidv5(topic, object id, revision) of a snapshot; equals the header event-id\"},{\"name\":\"revision\",\"type\":\"long\",\"doc\":\"of the matcher's sequence, drawn under the row's lock\"},{\"name\":\"workId\",\"type\":\"string\",\"doc\":\"uuidv5(smallest recordId)\"},{\"name\":\"state\",\"type\":\"string\",\"doc\":\"live, redirect (merged away; may live again), gone (no live member)\"},{\"name\":\"redirectTo\",\"type\":[\"null\",\"string\"],\"doc\":\"the work that has its members now\",\"default\":null},{\"name\":\"title\",\"type\":[\"null\",\"string\"],\"doc\":\"canonical\",\"default\":null},{\"name\":\"type\",\"type\":\"string\",\"doc\":\"canonical\",\"default\":\"other\"},{\"name\":\"published\",\"type\":[\"null\",{\"type\":\"record\",\"name\":\"PartialDate\",\"doc\":\"A date with the precision of its source\",\"fields\":[{\"name\":\"year\",\"type\":\"int\",\"doc\":\"CE\"},{\"name\":\"month\",\"type\":[\"null\",\"int\"],\"doc\":\"1 to 12\",\"default\":null},{\"name\":\"day\",\"type\":[\"null\",\"int\"],\"doc\":\"1 to 31\",\"default\":null}]}],\"doc\":\"canonical\",\"default\":null},{\"name\":\"language\",\"type\":[\"null\",\"string\"],\"doc\":\"canonical\",\"default\":null},{\"name\":\"venue\",\"type\":[\"null\",{\"type\":\"record\",\"name\":\"Venue\",\"doc\":\"Where it appeared\",\"fields\":[{\"name\":\"name\",\"type\":[\"null\",\"string\"],\"doc\":\"journal, proceedings, book or repository\",\"default\":null},{\"name\":\"issns\",\"type\":{\"type\":\"array\",\"items\":\"string\"},\"doc\":\"0000-0000\",\"default\":[]},{\"name\":\"type\",\"type\":[\"null\",\"string\"],\"doc\":\"journal, conference, repository, book-series, other\",\"default\":null},{\"name\":\"publisher\",\"type\":[\"null\",\"string\"],\"doc\":\"as given\",\"default\":null},{\"name\":\"volume\",\"type\":[\"null\",\"string\"],\"doc\":\"as given\",\"default\":null},{\"name\":\"issue\",\"type\":[\"null\",\"string\"],\"doc\":\"as given\",\"default\":null},{\"name\":\"firstPage\",\"type\":[\"null\",\"string\"],\"doc\":\"as given, or article number\",\"default\":null},{\"name\":\"lastPage\",\"type\":[\"null\",\"string\"],\"doc\":\"as given\",\"default\":null}]}],\"doc\":\"canonical\",\"default\":null},{\"name\":\"doi\",\"type\":[\"null\",\"string\"],\"doc\":\"canonical DOI, lower case\",\"default\":null},{\"name\":\"identifiers\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"Identifier\",\"doc\":\"An identifier of the described thing, parsed to its normal form\",\"fields\":[{\"name\":\"scheme\",\"type\":\"string\",\"doc\":\"doi, arxiv, pmid, pmcid, hal, openalex, isbn, issn, handle, url …: a growing vocabulary\"},{\"name\":\"value\",\"type\":\"string\",\"doc\":\"normal form of the scheme\"},{\"name\":\"relation\",\"type\":\"string\",\"doc\":\"self, version_of, has_version, part_of, has_part, preprint_of, has_preprint, erratum_of, retraction_of, translation_of, supplement_to, cites …: how the identified thing relates to the described one\"}]}},\"doc\":\"of all members, each once, with its relation to the work: self of the primary one and its duplicates, has_version of versions, has_part, has_erratum, has_retraction; what the members say of other things as they say it\",\"default\":[]},{\"name\":\"fieldSources\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"FieldSource\",\"doc\":\"Which record a canonical field was taken from\",\"fields\":[{\"name\":\"field\",\"type\":\"string\",\"doc\":\"title, type, published, venue, doi, language, openAccess, licence, referenceCount, citedByCount\"},{\"name\":\"recordId\",\"type\":\"string\",\"doc\":\"the member; of openAccess, licence and counts also an enrichment\"},{\"name\":\"confidence\",\"type\":[\"null\",\"double\"],\"doc\":\"0 to 1: agreeing sources times reliability times consistency; null from builds that did not say\",\"minimum\":0,\"maximum\":1,\"default\":null},{\"name\":\"agreeing\",\"type\":[\"null\",\"int\"],\"doc\":\"sources that say the same, the chosen one included; null from builds that did not say\",\"default\":null}]}},\"doc\":\"provenance of canonical fields\",\"default\":[]},{\"name\":\"subjects\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"Subject\",\"doc\":\"A keyword, topic or subject heading\",\"fields\":[{\"name\":\"scheme\",\"type\":\"string\",\"doc\":\"keyword, openalex_topic, mesh, hal_domain, arxiv, fos …\"},{\"name\":\"id\",\"type\":[\"null\",\"string\"],\"doc\":\"in that scheme\",\"default\":null},{\"name\":\"label\",\"type\":\"string\",\"doc\":\"as given\"},{\"name\":\"score\",\"type\":[\"null\",\"double\"],\"doc\":\"0 to 1, where given\",\"minimum\":0,\"maximum\":1,\"default\":null}]}},\"doc\":\"keywords and topics of the members, distinct\",\"default\":[]},{\"name\":\"retracted\",\"type\":\"boolean\",\"doc\":\"a member says so\",\"default\":false},{\"name\":\"openAccess\",\"type\":[\"null\",\"string\"],\"doc\":\"gold, green, hybrid, bronze, diamond, closed\",\"default\":null},{\"name\":\"members\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"Member\",\"doc\":\"One record of the work\",\"fields\":[{\"name\":\"recordId\",\"type\":\"string\",\"doc\":\"see records\"},{\"name\":\"source\",\"type\":\"string\",\"doc\":\"see records\"},{\"name\":\"sourceId\",\"type\":\"string\",\"doc\":\"see records\"},{\"name\":\"version\",\"type\":\"long\",\"doc\":\"version of the record this state was made from\"},{\"name\":\"role\",\"type\":\"string\",\"doc\":\"primary, duplicate, version, part, erratum, retraction\"},{\"name\":\"type\",\"type\":\"string\",\"doc\":\"type of that record\"},{\"name\":\"reason\",\"type\":\"string\",\"doc\":\"the rule that made it a member: founder, same-doi, same-title-authors, must-link …\"},{\"name\":\"linkedTo\",\"type\":[\"null\",\"string\"],\"doc\":\"recordId it was linked to\",\"default\":null},{\"name\":\"versionKind\",\"type\":[\"null\",\"string\"],\"doc\":\"of a version: preprint, accepted, translation, conference, other; null for other roles, and from builds that did not say\",\"default\":null}]}},\"doc\":\"live members, primary first\",\"default\":[]},{\"name\":\"slots\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"Slot\",\"doc\":\"One author on the byline of the work: a cluster of mentions\",\"fields\":[{\"name\":\"slotId\",\"type\":\"string\",\"doc\":\"smallest mention key in it\"},{\"name\":\"revision\",\"type\":[\"null\",\"long\"],\"doc\":\"revision of the work that last changed the slot\",\"default\":null},{\"name\":\"position\",\"type\":\"int\",\"doc\":\"1-based on the byline of the work\"},{\"name\":\"name\",\"type\":\"string\",\"doc\":\"best form of the name\"},{\"name\":\"given\",\"type\":[\"null\",\"string\"],\"doc\":\"where known\",\"default\":null},{\"name\":\"family\",\"type\":[\"null\",\"string\"],\"doc\":\"where known\",\"default\":null},{\"name\":\"collective\",\"type\":\"boolean\",\"doc\":\"a group: any number of contributors\",\"default\":false},{\"name\":\"orcid\",\"type\":[\"null\",\"string\"],\"doc\":\"the iD its mentions agree on\",\"default\":null},{\"name\":\"orcidConflict\",\"type\":\"boolean\",\"doc\":\"its mentions carry different iDs\",\"default\":false},{\"name\":\"corresponding\",\"type\":\"boolean\",\"doc\":\"corresponding author according to a member\",\"default\":false},{\"name\":\"ambiguous\",\"type\":\"boolean\",\"doc\":\"the alignment of a mention, or an alias in it, is not certain\",\"default\":false},{\"name\":\"affiliations\",\"type\":{\"type\":\"array\",\"items\":\"string\"},\"doc\":\"names, distinct, in order\",\"default\":[]},{\"name\":\"rors\",\"type\":{\"type\":\"array\",\"items\":\"string\"},\"doc\":\"ROR ids of the affiliations, distinct, in order\",\"default\":[]},{\"name\":\"countries\",\"type\":{\"type\":\"array\",\"items\":\"string\"},\"doc\":\"ISO 3166-1 alpha-2 of the affiliations, distinct, in order\",\"default\":[]},{\"name\":\"mentions\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"Mention\",\"doc\":\"One author entry of one member\",\"fields\":[{\"name\":\"key\",\"type\":\"string\",\"doc\":\"see records\"},{\"name\":\"aliases\",\"type\":{\"type\":\"array\",\"items\":\"string\"},\"doc\":\"earlier keys\",\"default\":[]},{\"name\":\"recordId\",\"type\":\"string\",\"doc\":\"the member\"},{\"name\":\"version\",\"type\":\"long\",\"doc\":\"its version\"},{\"name\":\"position\",\"type\":\"int\",\"doc\":\"1-based in that record\"},{\"name\":\"name\",\"type\":\"string\",\"doc\":\"as given there\"}]}},\"doc\":\"never two of one record\",\"default\":[]}]}},\"doc\":\"the byline, in order\",\"default\":[]},{\"name\":\"formerMembers\",\"type\":{\"type\":\"array\",\"items\":\"string\"},\"doc\":\"recordIds that were members of this id once\",\"default\":[]},{\"name\":\"flags\",\"type\":{\"type\":\"array\",\"items\":\"string\"},\"doc\":\"conflicting-identifiers, ambiguous-slots …\",\"default\":[]},{\"name\":\"causedBy\",\"type\":{\"type\":\"array\",\"items\":\"string\"},\"doc\":\"recordIds whose versions led to this state\",\"default\":[]},{\"name\":\"openAccessLocations\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"OpenAccessLocation\",\"doc\":\"A place where the text can be read\",\"fields\":[{\"name\":\"url\",\"type\":\"string\",\"doc\":\"of the page or file\"},{\"name\":\"pdfUrl\",\"type\":[\"null\",\"string\"],\"doc\":\"of the file\",\"default\":null},{\"name\":\"host\",\"type\":[\"null\",\"string\"],\"doc\":\"publisher, repository\",\"default\":null},{\"name\":\"version\",\"type\":[\"null\",\"string\"],\"doc\":\"published, accepted, submitted\",\"default\":null},{\"name\":\"licence\",\"type\":[\"null\",\"string\"],\"doc\":\"as given\",\"default\":null},{\"name\":\"best\",\"type\":\"boolean\",\"doc\":\"the one that the source which speaks first prefers\",\"default\":false},{\"name\":\"recordIds\",\"type\":{\"type\":\"array\",\"items\":\"string\"},\"doc\":\"members and enrichments that name it\",\"default\":[]}]}},\"doc\":\"free places that members and enrichments name, each once, at most 50\",\"default\":[]},{\"name\":\"licence\",\"type\":[\"null\",\"string\"],\"doc\":\"canonical: of the text as published\",\"default\":null},{\"name\":\"funders\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"Funder\",\"doc\":\"Who paid for it\",\"fields\":[{\"name\":\"name\",\"type\":[\"null\",\"string\"],\"doc\":\"as the first member gives it\",\"default\":null},{\"name\":\"identifiers\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"FunderIdentifier\",\"doc\":\"An identifier of a funder\",\"fields\":[{\"name\":\"scheme\",\"type\":\"string\",\"doc\":\"doi (Funder Registry), ror, openalex, isni …\"},{\"name\":\"value\",\"type\":\"string\",\"doc\":\"normal form\"}]}},\"doc\":\"of the funder\",\"default\":[]},{\"name\":\"awards\",\"type\":{\"type\":\"array\",\"items\":\"string\"},\"doc\":\"grant numbers, distinct, at most 100\",\"default\":[]},{\"name\":\"recordIds\",\"type\":{\"type\":\"array\",\"items\":\"string\"},\"doc\":\"members that name it\",\"default\":[]}]}},\"doc\":\"of all members, each once, at most 100\",\"default\":[]},{\"name\":\"referenceCount\",\"type\":[\"null\",\"int\"],\"doc\":\"entries of the list of references: the longest that a member or an enrichment gives, or the links known where they are more; null where nobody says\",\"default\":null},{\"name\":\"references\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"CitedWork\",\"doc\":\"A work that this one cites\",\"fields\":[{\"name\":\"scheme\",\"type\":\"string\",\"doc\":\"doi, pmid …\"},{\"name\":\"value\",\"type\":\"string\",\"doc\":\"normal form of the scheme\"}]}},\"doc\":\"works that it cites according to links between works, sorted, at most 1,000\",\"default\":[]},{\"name\":\"citedByCount\",\"type\":[\"null\",\"int\"],\"doc\":\"the most that a member or an enrichment counts, or the links known where they are more; null where nobody says\",\"default\":null},{\"name\":\"citedBy\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"CitingWork\",\"doc\":\"A work that cites this one\",\"fields\":[{\"name\":\"scheme\",\"type\":\"string\",\"doc\":\"doi, pmid …\"},{\"name\":\"value\",\"type\":\"string\",\"doc\":\"normal form of the scheme\"}]}},\"doc\":\"works that cite it according to links between works, sorted, at most 1,000\",\"default\":[]},{\"name\":\"enrichments\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"Enrichment\",\"doc\":\"A record that adds to the work and is no member of it\",\"fields\":[{\"name\":\"recordId\",\"type\":\"string\",\"doc\":\"see records\"},{\"name\":\"source\",\"type\":\"string\",\"doc\":\"see records\"},{\"name\":\"sourceId\",\"type\":\"string\",\"doc\":\"see records\"}]}},\"doc\":\"enrichments about an identifier of the work, sorted by id, at most 50\",\"default\":[]}]}"
