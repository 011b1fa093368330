// Generated from avro/records.avsc by "pnpm gen". Do not edit.

/** SHA-256, lower-case hex, of what decides whether a change matters */
export interface RecordFingerprints {
  /** author entries, identifiers, title and date: a change may reopen a question */
  readonly identity: string
  /** venue, pages, type, language … */
  readonly bibliographic: string
  /** everything else that was normalised */
  readonly cosmetic: string
}

/** A title and its language */
export interface RecordTitle {
  /** plain text, markup removed, entities decoded */
  readonly text: string
  /** BCP 47, where given */
  readonly language: string | null
  /** main, subtitle, translated, original, short */
  readonly kind: string
}

/** A date with the precision of its source */
export interface RecordPartialDate {
  /** CE */
  readonly year: number
  /** 1 to 12 */
  readonly month: number | null
  /** 1 to 31 */
  readonly day: number | null
}

/** Where it appeared */
export interface RecordVenue {
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

/** An identifier of the described thing, parsed to its normal form */
export interface RecordIdentifier {
  /** doi, arxiv, pmid, pmcid, hal, openalex, isbn, issn, handle, url …: a growing vocabulary */
  readonly scheme: string
  /** normal form of the scheme */
  readonly value: string
  /** self, version_of, has_version, part_of, has_part, preprint_of, has_preprint, erratum_of, retraction_of, translation_of, supplement_to, cites …: how the identified thing relates to the described one */
  readonly relation: string
}

/** Identifier of a person in a source's vocabulary */
export interface RecordPersonIdentifier {
  /** openalex_author, hal_author, idhal, idref, s2_author, dblp_author … */
  readonly scheme: string
  /** normal form */
  readonly value: string
}

/** Identifier of an organisation in a source's vocabulary */
export interface RecordOrganisationIdentifier {
  /** openalex, hal_structure, isni, grid, idref … */
  readonly scheme: string
  /** as given */
  readonly value: string
}

/** One affiliation as the source gives it */
export interface RecordAffiliation {
  /** as given, never empty */
  readonly name: string
  /** ROR id, the nine characters */
  readonly ror: string | null
  /** ISO 3166-1 alpha-2 as given */
  readonly country: string | null
  /** other identifiers */
  readonly identifiers: readonly RecordOrganisationIdentifier[]
}

/** One author entry of the record: a mention */
export interface RecordAuthor {
  /** uuidv5(recordId, folded name as given, n-th of that name) */
  readonly mentionKey: string
  /** earlier keys of this entry, where a corrected name made a key vanish */
  readonly aliases: readonly string[]
  /** an earlier key vanished and could not be aligned to one entry */
  readonly ambiguousAlias: boolean
  /** 1-based place in the source's list */
  readonly position: number
  /** as given, display order */
  readonly name: string
  /** as split by the source */
  readonly given: string | null
  /** as split by the source */
  readonly family: string | null
  /** as split by the source */
  readonly suffix: string | null
  /** a group or consortium, not a person */
  readonly collective: boolean
  /** ORCID iD with a valid check digit, 0000-0000-0000-0000 */
  readonly orcid: string | null
  /** what the source says of how it got the iD; null when it does not say */
  readonly orcidAuthenticated: boolean | null
  /** author ids given by the source */
  readonly sourceIds: readonly RecordPersonIdentifier[]
  /** as given, lower case */
  readonly email: string | null
  /** corresponding author, where the source says so */
  readonly corresponding: boolean | null
  /** author, editor, translator … */
  readonly role: string
  /** in the order given */
  readonly affiliations: readonly RecordAffiliation[]
}

/** A keyword, topic or subject heading */
export interface RecordSubject {
  /** keyword, openalex_topic, mesh, hal_domain, arxiv, fos … */
  readonly scheme: string
  /** in that scheme */
  readonly id: string | null
  /** as given */
  readonly label: string
  /** 0 to 1, where given */
  readonly score: number | null
}

/** An oddity of content that was kept */
export interface RecordWarning {
  /** doi_unusable, orcid_unusable, no_title … */
  readonly code: string
  /** JSON pointer or path in the source's record */
  readonly pointer: string
}

/** The newest published version of one record of one source, normalised */
export interface Record {
  /** UUID of this message: the id of the fact, or uuidv5(topic, object id, revision) of a snapshot; equals the header event-id */
  readonly eventId: string
  /** dense count per record of the snapshots that were published */
  readonly version: number
  /** uuidv5(source:sourceId) */
  readonly recordId: string
  /** openalex, crossref, hal … */
  readonly source: string
  /** the source's own id in its normal form */
  readonly sourceId: string
  /** adapter and its version: openalex/1 */
  readonly normaliser: string
  /** version of the raw bytes behind this snapshot */
  readonly rawVersion: number
  /** SHA-256 of those bytes, hex */
  readonly checksum: string
  /** when the sender fetched the record; receipt where it did not say */
  readonly fetchedAt: number
  /** the source's own update stamp */
  readonly sourceUpdatedAt: number | null
  /** the source deleted the record: the rest is what was last known */
  readonly deleted: boolean
  /** must not be used to match anything: objection or erasure */
  readonly suppressed: boolean
  /** see there */
  readonly fingerprints: RecordFingerprints
  /** the main title; null when the source has none */
  readonly title: string | null
  /** every title, the main one first */
  readonly titles: readonly RecordTitle[]
  /** plain text */
  readonly abstract: string | null
  /** article, preprint, conference-paper, book, book-chapter, thesis, dissertation, report, dataset, software, review, editorial, letter, erratum, other */
  readonly type: string
  /** the source's own word */
  readonly typeAsGiven: string | null
  /** date of publication */
  readonly published: RecordPartialDate | null
  /** BCP 47, where given */
  readonly language: string | null
  /** where it appeared */
  readonly venue: RecordVenue | null
  /** of this thing and of what it relates to */
  readonly identifiers: readonly RecordIdentifier[]
  /** every author entry in the source's order */
  readonly authors: readonly RecordAuthor[]
  /** keywords and topics */
  readonly subjects: readonly RecordSubject[]
  /** the source says that the work was retracted */
  readonly retracted: boolean
  /** gold, green, hybrid, bronze, diamond, closed */
  readonly openAccess: string | null
  /** content oddities */
  readonly warnings: readonly RecordWarning[]
}

export const recordsSchema = "{\"type\":\"record\",\"name\":\"Record\",\"namespace\":\"atlas.record\",\"doc\":\"The newest published version of one record of one source, normalised\",\"fields\":[{\"name\":\"eventId\",\"type\":\"string\",\"doc\":\"UUID of this message: the id of the fact, or uuidv5(topic, object id, revision) of a snapshot; equals the header event-id\"},{\"name\":\"version\",\"type\":\"long\",\"doc\":\"dense count per record of the snapshots that were published\"},{\"name\":\"recordId\",\"type\":\"string\",\"doc\":\"uuidv5(source:sourceId)\"},{\"name\":\"source\",\"type\":\"string\",\"doc\":\"openalex, crossref, hal …\"},{\"name\":\"sourceId\",\"type\":\"string\",\"doc\":\"the source's own id in its normal form\"},{\"name\":\"normaliser\",\"type\":\"string\",\"doc\":\"adapter and its version: openalex/1\"},{\"name\":\"rawVersion\",\"type\":\"int\",\"doc\":\"version of the raw bytes behind this snapshot\"},{\"name\":\"checksum\",\"type\":\"string\",\"doc\":\"SHA-256 of those bytes, hex\"},{\"name\":\"fetchedAt\",\"type\":{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"},\"doc\":\"when the sender fetched the record; receipt where it did not say\"},{\"name\":\"sourceUpdatedAt\",\"type\":[\"null\",{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}],\"doc\":\"the source's own update stamp\",\"default\":null},{\"name\":\"deleted\",\"type\":\"boolean\",\"doc\":\"the source deleted the record: the rest is what was last known\",\"default\":false},{\"name\":\"suppressed\",\"type\":\"boolean\",\"doc\":\"must not be used to match anything: objection or erasure\",\"default\":false},{\"name\":\"fingerprints\",\"type\":{\"type\":\"record\",\"name\":\"Fingerprints\",\"doc\":\"SHA-256, lower-case hex, of what decides whether a change matters\",\"fields\":[{\"name\":\"identity\",\"type\":\"string\",\"doc\":\"author entries, identifiers, title and date: a change may reopen a question\"},{\"name\":\"bibliographic\",\"type\":\"string\",\"doc\":\"venue, pages, type, language …\"},{\"name\":\"cosmetic\",\"type\":\"string\",\"doc\":\"everything else that was normalised\"}]},\"doc\":\"see there\"},{\"name\":\"title\",\"type\":[\"null\",\"string\"],\"doc\":\"the main title; null when the source has none\",\"default\":null},{\"name\":\"titles\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"Title\",\"doc\":\"A title and its language\",\"fields\":[{\"name\":\"text\",\"type\":\"string\",\"doc\":\"plain text, markup removed, entities decoded\"},{\"name\":\"language\",\"type\":[\"null\",\"string\"],\"doc\":\"BCP 47, where given\",\"default\":null},{\"name\":\"kind\",\"type\":\"string\",\"doc\":\"main, subtitle, translated, original, short\",\"default\":\"main\"}]}},\"doc\":\"every title, the main one first\",\"default\":[]},{\"name\":\"abstract\",\"type\":[\"null\",\"string\"],\"doc\":\"plain text\",\"default\":null},{\"name\":\"type\",\"type\":\"string\",\"doc\":\"article, preprint, conference-paper, book, book-chapter, thesis, dissertation, report, dataset, software, review, editorial, letter, erratum, other\",\"default\":\"other\"},{\"name\":\"typeAsGiven\",\"type\":[\"null\",\"string\"],\"doc\":\"the source's own word\",\"default\":null},{\"name\":\"published\",\"type\":[\"null\",{\"type\":\"record\",\"name\":\"PartialDate\",\"doc\":\"A date with the precision of its source\",\"fields\":[{\"name\":\"year\",\"type\":\"int\",\"doc\":\"CE\"},{\"name\":\"month\",\"type\":[\"null\",\"int\"],\"doc\":\"1 to 12\",\"default\":null},{\"name\":\"day\",\"type\":[\"null\",\"int\"],\"doc\":\"1 to 31\",\"default\":null}]}],\"doc\":\"date of publication\",\"default\":null},{\"name\":\"language\",\"type\":[\"null\",\"string\"],\"doc\":\"BCP 47, where given\",\"default\":null},{\"name\":\"venue\",\"type\":[\"null\",{\"type\":\"record\",\"name\":\"Venue\",\"doc\":\"Where it appeared\",\"fields\":[{\"name\":\"name\",\"type\":[\"null\",\"string\"],\"doc\":\"journal, proceedings, book or repository\",\"default\":null},{\"name\":\"issns\",\"type\":{\"type\":\"array\",\"items\":\"string\"},\"doc\":\"0000-0000\",\"default\":[]},{\"name\":\"type\",\"type\":[\"null\",\"string\"],\"doc\":\"journal, conference, repository, book-series, other\",\"default\":null},{\"name\":\"publisher\",\"type\":[\"null\",\"string\"],\"doc\":\"as given\",\"default\":null},{\"name\":\"volume\",\"type\":[\"null\",\"string\"],\"doc\":\"as given\",\"default\":null},{\"name\":\"issue\",\"type\":[\"null\",\"string\"],\"doc\":\"as given\",\"default\":null},{\"name\":\"firstPage\",\"type\":[\"null\",\"string\"],\"doc\":\"as given, or article number\",\"default\":null},{\"name\":\"lastPage\",\"type\":[\"null\",\"string\"],\"doc\":\"as given\",\"default\":null}]}],\"doc\":\"where it appeared\",\"default\":null},{\"name\":\"identifiers\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"Identifier\",\"doc\":\"An identifier of the described thing, parsed to its normal form\",\"fields\":[{\"name\":\"scheme\",\"type\":\"string\",\"doc\":\"doi, arxiv, pmid, pmcid, hal, openalex, isbn, issn, handle, url …: a growing vocabulary\"},{\"name\":\"value\",\"type\":\"string\",\"doc\":\"normal form of the scheme\"},{\"name\":\"relation\",\"type\":\"string\",\"doc\":\"self, version_of, has_version, part_of, has_part, preprint_of, has_preprint, erratum_of, retraction_of, translation_of, supplement_to, cites …: how the identified thing relates to the described one\"}]}},\"doc\":\"of this thing and of what it relates to\",\"default\":[]},{\"name\":\"authors\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"Author\",\"doc\":\"One author entry of the record: a mention\",\"fields\":[{\"name\":\"mentionKey\",\"type\":\"string\",\"doc\":\"uuidv5(recordId, folded name as given, n-th of that name)\"},{\"name\":\"aliases\",\"type\":{\"type\":\"array\",\"items\":\"string\"},\"doc\":\"earlier keys of this entry, where a corrected name made a key vanish\",\"default\":[]},{\"name\":\"ambiguousAlias\",\"type\":\"boolean\",\"doc\":\"an earlier key vanished and could not be aligned to one entry\",\"default\":false},{\"name\":\"position\",\"type\":\"int\",\"doc\":\"1-based place in the source's list\"},{\"name\":\"name\",\"type\":\"string\",\"doc\":\"as given, display order\"},{\"name\":\"given\",\"type\":[\"null\",\"string\"],\"doc\":\"as split by the source\",\"default\":null},{\"name\":\"family\",\"type\":[\"null\",\"string\"],\"doc\":\"as split by the source\",\"default\":null},{\"name\":\"suffix\",\"type\":[\"null\",\"string\"],\"doc\":\"as split by the source\",\"default\":null},{\"name\":\"collective\",\"type\":\"boolean\",\"doc\":\"a group or consortium, not a person\",\"default\":false},{\"name\":\"orcid\",\"type\":[\"null\",\"string\"],\"doc\":\"ORCID iD with a valid check digit, 0000-0000-0000-0000\",\"default\":null},{\"name\":\"orcidAuthenticated\",\"type\":[\"null\",\"boolean\"],\"doc\":\"what the source says of how it got the iD; null when it does not say\",\"default\":null},{\"name\":\"sourceIds\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"PersonIdentifier\",\"doc\":\"Identifier of a person in a source's vocabulary\",\"fields\":[{\"name\":\"scheme\",\"type\":\"string\",\"doc\":\"openalex_author, hal_author, idhal, idref, s2_author, dblp_author …\"},{\"name\":\"value\",\"type\":\"string\",\"doc\":\"normal form\"}]}},\"doc\":\"author ids given by the source\",\"default\":[]},{\"name\":\"email\",\"type\":[\"null\",\"string\"],\"doc\":\"as given, lower case\",\"default\":null},{\"name\":\"corresponding\",\"type\":[\"null\",\"boolean\"],\"doc\":\"corresponding author, where the source says so\",\"default\":null},{\"name\":\"role\",\"type\":\"string\",\"doc\":\"author, editor, translator …\",\"default\":\"author\"},{\"name\":\"affiliations\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"Affiliation\",\"doc\":\"One affiliation as the source gives it\",\"fields\":[{\"name\":\"name\",\"type\":\"string\",\"doc\":\"as given, never empty\"},{\"name\":\"ror\",\"type\":[\"null\",\"string\"],\"doc\":\"ROR id, the nine characters\",\"default\":null},{\"name\":\"country\",\"type\":[\"null\",\"string\"],\"doc\":\"ISO 3166-1 alpha-2 as given\",\"default\":null},{\"name\":\"identifiers\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"OrganisationIdentifier\",\"doc\":\"Identifier of an organisation in a source's vocabulary\",\"fields\":[{\"name\":\"scheme\",\"type\":\"string\",\"doc\":\"openalex, hal_structure, isni, grid, idref …\"},{\"name\":\"value\",\"type\":\"string\",\"doc\":\"as given\"}]}},\"doc\":\"other identifiers\",\"default\":[]}]}},\"doc\":\"in the order given\",\"default\":[]}]}},\"doc\":\"every author entry in the source's order\",\"default\":[]},{\"name\":\"subjects\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"Subject\",\"doc\":\"A keyword, topic or subject heading\",\"fields\":[{\"name\":\"scheme\",\"type\":\"string\",\"doc\":\"keyword, openalex_topic, mesh, hal_domain, arxiv, fos …\"},{\"name\":\"id\",\"type\":[\"null\",\"string\"],\"doc\":\"in that scheme\",\"default\":null},{\"name\":\"label\",\"type\":\"string\",\"doc\":\"as given\"},{\"name\":\"score\",\"type\":[\"null\",\"double\"],\"doc\":\"0 to 1, where given\",\"minimum\":0,\"maximum\":1,\"default\":null}]}},\"doc\":\"keywords and topics\",\"default\":[]},{\"name\":\"retracted\",\"type\":\"boolean\",\"doc\":\"the source says that the work was retracted\",\"default\":false},{\"name\":\"openAccess\",\"type\":[\"null\",\"string\"],\"doc\":\"gold, green, hybrid, bronze, diamond, closed\",\"default\":null},{\"name\":\"warnings\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"Warning\",\"doc\":\"An oddity of content that was kept\",\"fields\":[{\"name\":\"code\",\"type\":\"string\",\"doc\":\"doi_unusable, orcid_unusable, no_title …\"},{\"name\":\"pointer\",\"type\":\"string\",\"doc\":\"JSON pointer or path in the source's record\"}]}},\"doc\":\"content oddities\",\"default\":[]}]}"
