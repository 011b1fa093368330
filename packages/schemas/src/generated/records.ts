// Generated from avro/records.avsc by "pnpm gen". Do not edit.

/** SHA-256, lower-case hex, of what decides whether a change matters */
export interface RecordFingerprints {
  /** author entries, identifiers, title and date: a change may reopen a question */
  readonly identity: string
  /** venue, pages, type, language … */
  readonly bibliographic: string
  /** everything else that was normalised */
  readonly cosmetic: string
  /** counts that move by themselves: published at most weekly, never reopens anything; empty from builds that did not say */
  readonly volatile: string
}

export const recordFingerprintsDefaults: Pick<RecordFingerprints, 'volatile'> = {
  volatile: '',
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

export const recordTitleDefaults: Pick<RecordTitle, 'language' | 'kind'> = {
  language: null,
  kind: 'main',
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

export const recordPartialDateDefaults: Pick<RecordPartialDate, 'month' | 'day'> = {
  month: null,
  day: null,
}

/** An identifier of a venue */
export interface RecordVenueIdentifier {
  /** openalex, s2_venue, doi, nlm, isbn … */
  readonly scheme: string
  /** normal form */
  readonly value: string
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
  /** short title, as given */
  readonly abbreviation: string | null
  /** of the venue, beside its ISSNs */
  readonly identifiers: readonly RecordVenueIdentifier[]
}

export const recordVenueDefaults: Pick<RecordVenue, 'name' | 'issns' | 'type' | 'publisher' | 'volume' | 'issue' | 'firstPage' | 'lastPage' | 'abbreviation' | 'identifiers'> = {
  name: null,
  issns: [],
  type: null,
  publisher: null,
  volume: null,
  issue: null,
  firstPage: null,
  lastPage: null,
  abbreviation: null,
  identifiers: [],
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
  /** the line on the paper, where `name` is what the source made of it */
  readonly raw: string | null
}

export const recordAffiliationDefaults: Pick<RecordAffiliation, 'ror' | 'country' | 'identifiers' | 'raw'> = {
  ror: null,
  country: null,
  identifiers: [],
  raw: null,
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
  /** other forms of the name that the source gives for this entry, as given */
  readonly nameForms: readonly string[]
}

export const recordAuthorDefaults: Pick<RecordAuthor, 'aliases' | 'ambiguousAlias' | 'given' | 'family' | 'suffix' | 'collective' | 'orcid' | 'orcidAuthenticated' | 'sourceIds' | 'email' | 'corresponding' | 'role' | 'affiliations' | 'nameForms'> = {
  aliases: [],
  ambiguousAlias: false,
  given: null,
  family: null,
  suffix: null,
  collective: false,
  orcid: null,
  orcidAuthenticated: null,
  sourceIds: [],
  email: null,
  corresponding: null,
  role: 'author',
  affiliations: [],
  nameForms: [],
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

export const recordSubjectDefaults: Pick<RecordSubject, 'id' | 'score'> = {
  id: null,
  score: null,
}

/** An oddity of content that was kept */
export interface RecordWarning {
  /** doi_unusable, orcid_unusable, no_title … */
  readonly code: string
  /** JSON pointer or path in the source's record */
  readonly pointer: string
}

/** A date in the life of the work */
export interface RecordDatedEvent {
  /** submitted, accepted, online, print, issued, created, conference, withdrawn … */
  readonly kind: string
  /** CE */
  readonly year: number
  /** 1 to 12 */
  readonly month: number | null
  /** 1 to 31 */
  readonly day: number | null
}

export const recordDatedEventDefaults: Pick<RecordDatedEvent, 'month' | 'day'> = {
  month: null,
  day: null,
}

/** An identifier of a funder */
export interface RecordFunderIdentifier {
  /** doi (Funder Registry), ror, openalex, isni … */
  readonly scheme: string
  /** normal form */
  readonly value: string
}

/** Who paid for it */
export interface RecordFunder {
  /** as given */
  readonly name: string | null
  /** of the funder */
  readonly identifiers: readonly RecordFunderIdentifier[]
  /** grant numbers, as given */
  readonly awards: readonly string[]
}

export const recordFunderDefaults: Pick<RecordFunder, 'name' | 'identifiers' | 'awards'> = {
  name: null,
  identifiers: [],
  awards: [],
}

/** An entry of the list of references */
export interface RecordReference {
  /** doi, openalex, pmid …; null where the source could not tell what it is */
  readonly scheme: string | null
  /** normal form of the scheme */
  readonly value: string | null
  /** the entry as given, where there is no identifier */
  readonly raw: string | null
}

export const recordReferenceDefaults: Pick<RecordReference, 'scheme' | 'value' | 'raw'> = {
  scheme: null,
  value: null,
  raw: null,
}

/** A place where the text can be read */
export interface RecordOpenAccessLocation {
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
  /** the one that the source prefers */
  readonly best: boolean
}

export const recordOpenAccessLocationDefaults: Pick<RecordOpenAccessLocation, 'pdfUrl' | 'host' | 'version' | 'licence' | 'best'> = {
  pdfUrl: null,
  host: null,
  version: null,
  licence: null,
  best: false,
}

/** A form of a person's name */
export interface RecordPersonName {
  /** display order */
  readonly name: string
  /** as split by the source */
  readonly given: string | null
  /** as split by the source */
  readonly family: string | null
  /** main, credit, other */
  readonly kind: string
}

export const recordPersonNameDefaults: Pick<RecordPersonName, 'given' | 'family'> = {
  given: null,
  family: null,
}

/** An identifier of an organisation */
export interface RecordPersonOrganisation {
  /** ringgold, isni, grid, fundref, lei … */
  readonly scheme: string
  /** as given */
  readonly value: string
}

/** Where a person worked or studied */
export interface RecordPersonAffiliation {
  /** as given, never empty */
  readonly name: string
  /** ROR id, the nine characters */
  readonly ror: string | null
  /** ISO 3166-1 alpha-2 as given */
  readonly country: string | null
  /** as given */
  readonly department: string | null
  /** as given */
  readonly role: string | null
  /** employment, education, membership, current … */
  readonly kind: string
  /** CE */
  readonly startYear: number | null
  /** 1 to 12 */
  readonly startMonth: number | null
  /** CE; null: still there, or not said */
  readonly endYear: number | null
  /** 1 to 12 */
  readonly endMonth: number | null
  /** other identifiers of the organisation */
  readonly identifiers: readonly RecordPersonOrganisation[]
}

export const recordPersonAffiliationDefaults: Pick<RecordPersonAffiliation, 'ror' | 'country' | 'department' | 'role' | 'startYear' | 'startMonth' | 'endYear' | 'endMonth' | 'identifiers'> = {
  ror: null,
  country: null,
  department: null,
  role: null,
  startYear: null,
  startMonth: null,
  endYear: null,
  endMonth: null,
  identifiers: [],
}

/** What an author record says of a person */
export interface RecordPerson {
  /** every form, the main one first */
  readonly names: readonly RecordPersonName[]
  /** in the order given */
  readonly affiliations: readonly RecordPersonAffiliation[]
  /** public ones, lower case */
  readonly emails: readonly string[]
  /** as given */
  readonly urls: readonly string[]
  /** ISO 3166-1 alpha-2 */
  readonly countries: readonly string[]
  /** plain text */
  readonly biography: string | null
}

export const recordPersonDefaults: Pick<RecordPerson, 'names' | 'affiliations' | 'emails' | 'urls' | 'countries' | 'biography'> = {
  names: [],
  affiliations: [],
  emails: [],
  urls: [],
  countries: [],
  biography: null,
}

/** A name of an organisation */
export interface RecordOrganisationName {
  /** as given */
  readonly text: string
  /** BCP 47, where given */
  readonly language: string | null
  /** main, label, alias, acronym */
  readonly kind: string
}

export const recordOrganisationNameDefaults: Pick<RecordOrganisationName, 'language'> = {
  language: null,
}

/** An organisation that this one is connected with */
export interface RecordRelatedOrganisation {
  /** parent, child, related, successor, predecessor */
  readonly relation: string
  /** ROR id, the nine characters */
  readonly ror: string
  /** as given */
  readonly name: string | null
}

export const recordRelatedOrganisationDefaults: Pick<RecordRelatedOrganisation, 'name'> = {
  name: null,
}

/** What an institution record says of an organisation */
export interface RecordOrganisation {
  /** every form, the main one first */
  readonly names: readonly RecordOrganisationName[]
  /** education, healthcare, company, government, nonprofit, facility, archive, funder, other */
  readonly types: readonly string[]
  /** ISO 3166-1 alpha-2 */
  readonly country: string | null
  /** as given */
  readonly city: string | null
  /** active, inactive, withdrawn */
  readonly status: string | null
  /** year */
  readonly established: number | null
  /** as given */
  readonly urls: readonly string[]
  /** as given */
  readonly related: readonly RecordRelatedOrganisation[]
}

export const recordOrganisationDefaults: Pick<RecordOrganisation, 'names' | 'types' | 'country' | 'city' | 'status' | 'established' | 'urls' | 'related'> = {
  names: [],
  types: [],
  country: null,
  city: null,
  status: null,
  established: null,
  urls: [],
  related: [],
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
  /** what is described: work; author (a person), institution; citation (a link between two works) and enrichment (what is added to a work that others describe) never make a work */
  readonly kind: string
  /** deleted: the source removed it; withdrawn: its authors or publisher took it back; merged: another record of the source took its place; null where it is not deleted, and from builds that did not say */
  readonly deletedBecause: string | null
  /** paths of the identity-relevant fields that differ from the snapshot published before, at most 50: title, published, identifiers, authors[3].orcid … */
  readonly changed: readonly string[]
  /** dates beside that of publication */
  readonly dates: readonly RecordDatedEvent[]
  /** BCP 47, every language of the text, where given */
  readonly languages: readonly string[]
  /** funders and their awards */
  readonly funders: readonly RecordFunder[]
  /** what the work refers to, in order */
  readonly references: readonly RecordReference[]
  /** free places */
  readonly openAccessLocations: readonly RecordOpenAccessLocation[]
  /** of the text as published: an SPDX id or URL as given */
  readonly licence: string | null
  /** citations that the source counts */
  readonly citedByCount: number | null
  /** kind author: the person; identifiers are the record's, works those with relation `author_of` */
  readonly person: RecordPerson | null
  /** kind institution: the organisation */
  readonly organisation: RecordOrganisation | null
}

export const recordDefaults: Pick<Record, 'sourceUpdatedAt' | 'deleted' | 'suppressed' | 'title' | 'titles' | 'abstract' | 'type' | 'typeAsGiven' | 'published' | 'language' | 'venue' | 'identifiers' | 'authors' | 'subjects' | 'retracted' | 'openAccess' | 'warnings' | 'kind' | 'deletedBecause' | 'changed' | 'dates' | 'languages' | 'funders' | 'references' | 'openAccessLocations' | 'licence' | 'citedByCount' | 'person' | 'organisation'> = {
  sourceUpdatedAt: null,
  deleted: false,
  suppressed: false,
  title: null,
  titles: [],
  abstract: null,
  type: 'other',
  typeAsGiven: null,
  published: null,
  language: null,
  venue: null,
  identifiers: [],
  authors: [],
  subjects: [],
  retracted: false,
  openAccess: null,
  warnings: [],
  kind: 'work',
  deletedBecause: null,
  changed: [],
  dates: [],
  languages: [],
  funders: [],
  references: [],
  openAccessLocations: [],
  licence: null,
  citedByCount: null,
  person: null,
  organisation: null,
}

export const recordsSchema = "{\"type\":\"record\",\"name\":\"Record\",\"namespace\":\"atlas.record\",\"doc\":\"The newest published version of one record of one source, normalised\",\"fields\":[{\"name\":\"eventId\",\"type\":\"string\",\"doc\":\"UUID of this message: the id of the fact, or uuidv5(topic, object id, revision) of a snapshot; equals the header event-id\"},{\"name\":\"version\",\"type\":\"long\",\"doc\":\"dense count per record of the snapshots that were published\"},{\"name\":\"recordId\",\"type\":\"string\",\"doc\":\"uuidv5(source:sourceId)\"},{\"name\":\"source\",\"type\":\"string\",\"doc\":\"openalex, crossref, hal …\"},{\"name\":\"sourceId\",\"type\":\"string\",\"doc\":\"the source's own id in its normal form\"},{\"name\":\"normaliser\",\"type\":\"string\",\"doc\":\"adapter and its version: openalex/1\"},{\"name\":\"rawVersion\",\"type\":\"int\",\"doc\":\"version of the raw bytes behind this snapshot\"},{\"name\":\"checksum\",\"type\":\"string\",\"doc\":\"SHA-256 of those bytes, hex\"},{\"name\":\"fetchedAt\",\"type\":{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"},\"doc\":\"when the sender fetched the record; receipt where it did not say\"},{\"name\":\"sourceUpdatedAt\",\"type\":[\"null\",{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}],\"doc\":\"the source's own update stamp\",\"default\":null},{\"name\":\"deleted\",\"type\":\"boolean\",\"doc\":\"the source deleted the record: the rest is what was last known\",\"default\":false},{\"name\":\"suppressed\",\"type\":\"boolean\",\"doc\":\"must not be used to match anything: objection or erasure\",\"default\":false},{\"name\":\"fingerprints\",\"type\":{\"type\":\"record\",\"name\":\"Fingerprints\",\"doc\":\"SHA-256, lower-case hex, of what decides whether a change matters\",\"fields\":[{\"name\":\"identity\",\"type\":\"string\",\"doc\":\"author entries, identifiers, title and date: a change may reopen a question\"},{\"name\":\"bibliographic\",\"type\":\"string\",\"doc\":\"venue, pages, type, language …\"},{\"name\":\"cosmetic\",\"type\":\"string\",\"doc\":\"everything else that was normalised\"},{\"name\":\"volatile\",\"type\":\"string\",\"doc\":\"counts that move by themselves: published at most weekly, never reopens anything; empty from builds that did not say\",\"default\":\"\"}]},\"doc\":\"see there\"},{\"name\":\"title\",\"type\":[\"null\",\"string\"],\"doc\":\"the main title; null when the source has none\",\"default\":null},{\"name\":\"titles\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"Title\",\"doc\":\"A title and its language\",\"fields\":[{\"name\":\"text\",\"type\":\"string\",\"doc\":\"plain text, markup removed, entities decoded\"},{\"name\":\"language\",\"type\":[\"null\",\"string\"],\"doc\":\"BCP 47, where given\",\"default\":null},{\"name\":\"kind\",\"type\":\"string\",\"doc\":\"main, subtitle, translated, original, short\",\"default\":\"main\"}]}},\"doc\":\"every title, the main one first\",\"default\":[]},{\"name\":\"abstract\",\"type\":[\"null\",\"string\"],\"doc\":\"plain text\",\"default\":null},{\"name\":\"type\",\"type\":\"string\",\"doc\":\"article, preprint, conference-paper, book, book-chapter, thesis, dissertation, report, dataset, software, review, editorial, letter, erratum, other\",\"default\":\"other\"},{\"name\":\"typeAsGiven\",\"type\":[\"null\",\"string\"],\"doc\":\"the source's own word\",\"default\":null},{\"name\":\"published\",\"type\":[\"null\",{\"type\":\"record\",\"name\":\"PartialDate\",\"doc\":\"A date with the precision of its source\",\"fields\":[{\"name\":\"year\",\"type\":\"int\",\"doc\":\"CE\"},{\"name\":\"month\",\"type\":[\"null\",\"int\"],\"doc\":\"1 to 12\",\"default\":null},{\"name\":\"day\",\"type\":[\"null\",\"int\"],\"doc\":\"1 to 31\",\"default\":null}]}],\"doc\":\"date of publication\",\"default\":null},{\"name\":\"language\",\"type\":[\"null\",\"string\"],\"doc\":\"BCP 47, where given\",\"default\":null},{\"name\":\"venue\",\"type\":[\"null\",{\"type\":\"record\",\"name\":\"Venue\",\"doc\":\"Where it appeared\",\"fields\":[{\"name\":\"name\",\"type\":[\"null\",\"string\"],\"doc\":\"journal, proceedings, book or repository\",\"default\":null},{\"name\":\"issns\",\"type\":{\"type\":\"array\",\"items\":\"string\"},\"doc\":\"0000-0000\",\"default\":[]},{\"name\":\"type\",\"type\":[\"null\",\"string\"],\"doc\":\"journal, conference, repository, book-series, other\",\"default\":null},{\"name\":\"publisher\",\"type\":[\"null\",\"string\"],\"doc\":\"as given\",\"default\":null},{\"name\":\"volume\",\"type\":[\"null\",\"string\"],\"doc\":\"as given\",\"default\":null},{\"name\":\"issue\",\"type\":[\"null\",\"string\"],\"doc\":\"as given\",\"default\":null},{\"name\":\"firstPage\",\"type\":[\"null\",\"string\"],\"doc\":\"as given, or article number\",\"default\":null},{\"name\":\"lastPage\",\"type\":[\"null\",\"string\"],\"doc\":\"as given\",\"default\":null},{\"name\":\"abbreviation\",\"type\":[\"null\",\"string\"],\"doc\":\"short title, as given\",\"default\":null},{\"name\":\"identifiers\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"VenueIdentifier\",\"doc\":\"An identifier of a venue\",\"fields\":[{\"name\":\"scheme\",\"type\":\"string\",\"doc\":\"openalex, s2_venue, doi, nlm, isbn …\"},{\"name\":\"value\",\"type\":\"string\",\"doc\":\"normal form\"}]}},\"doc\":\"of the venue, beside its ISSNs\",\"default\":[]}]}],\"doc\":\"where it appeared\",\"default\":null},{\"name\":\"identifiers\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"Identifier\",\"doc\":\"An identifier of the described thing, parsed to its normal form\",\"fields\":[{\"name\":\"scheme\",\"type\":\"string\",\"doc\":\"doi, arxiv, pmid, pmcid, hal, openalex, isbn, issn, handle, url …: a growing vocabulary\"},{\"name\":\"value\",\"type\":\"string\",\"doc\":\"normal form of the scheme\"},{\"name\":\"relation\",\"type\":\"string\",\"doc\":\"self, version_of, has_version, part_of, has_part, preprint_of, has_preprint, erratum_of, retraction_of, translation_of, supplement_to, cites …: how the identified thing relates to the described one\"}]}},\"doc\":\"of this thing and of what it relates to\",\"default\":[]},{\"name\":\"authors\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"Author\",\"doc\":\"One author entry of the record: a mention\",\"fields\":[{\"name\":\"mentionKey\",\"type\":\"string\",\"doc\":\"uuidv5(recordId, folded name as given, n-th of that name)\"},{\"name\":\"aliases\",\"type\":{\"type\":\"array\",\"items\":\"string\"},\"doc\":\"earlier keys of this entry, where a corrected name made a key vanish\",\"default\":[]},{\"name\":\"ambiguousAlias\",\"type\":\"boolean\",\"doc\":\"an earlier key vanished and could not be aligned to one entry\",\"default\":false},{\"name\":\"position\",\"type\":\"int\",\"doc\":\"1-based place in the source's list\"},{\"name\":\"name\",\"type\":\"string\",\"doc\":\"as given, display order\"},{\"name\":\"given\",\"type\":[\"null\",\"string\"],\"doc\":\"as split by the source\",\"default\":null},{\"name\":\"family\",\"type\":[\"null\",\"string\"],\"doc\":\"as split by the source\",\"default\":null},{\"name\":\"suffix\",\"type\":[\"null\",\"string\"],\"doc\":\"as split by the source\",\"default\":null},{\"name\":\"collective\",\"type\":\"boolean\",\"doc\":\"a group or consortium, not a person\",\"default\":false},{\"name\":\"orcid\",\"type\":[\"null\",\"string\"],\"doc\":\"ORCID iD with a valid check digit, 0000-0000-0000-0000\",\"default\":null},{\"name\":\"orcidAuthenticated\",\"type\":[\"null\",\"boolean\"],\"doc\":\"what the source says of how it got the iD; null when it does not say\",\"default\":null},{\"name\":\"sourceIds\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"PersonIdentifier\",\"doc\":\"Identifier of a person in a source's vocabulary\",\"fields\":[{\"name\":\"scheme\",\"type\":\"string\",\"doc\":\"openalex_author, hal_author, idhal, idref, s2_author, dblp_author …\"},{\"name\":\"value\",\"type\":\"string\",\"doc\":\"normal form\"}]}},\"doc\":\"author ids given by the source\",\"default\":[]},{\"name\":\"email\",\"type\":[\"null\",\"string\"],\"doc\":\"as given, lower case\",\"default\":null},{\"name\":\"corresponding\",\"type\":[\"null\",\"boolean\"],\"doc\":\"corresponding author, where the source says so\",\"default\":null},{\"name\":\"role\",\"type\":\"string\",\"doc\":\"author, editor, translator …\",\"default\":\"author\"},{\"name\":\"affiliations\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"Affiliation\",\"doc\":\"One affiliation as the source gives it\",\"fields\":[{\"name\":\"name\",\"type\":\"string\",\"doc\":\"as given, never empty\"},{\"name\":\"ror\",\"type\":[\"null\",\"string\"],\"doc\":\"ROR id, the nine characters\",\"default\":null},{\"name\":\"country\",\"type\":[\"null\",\"string\"],\"doc\":\"ISO 3166-1 alpha-2 as given\",\"default\":null},{\"name\":\"identifiers\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"OrganisationIdentifier\",\"doc\":\"Identifier of an organisation in a source's vocabulary\",\"fields\":[{\"name\":\"scheme\",\"type\":\"string\",\"doc\":\"openalex, hal_structure, isni, grid, idref …\"},{\"name\":\"value\",\"type\":\"string\",\"doc\":\"as given\"}]}},\"doc\":\"other identifiers\",\"default\":[]},{\"name\":\"raw\",\"type\":[\"null\",\"string\"],\"doc\":\"the line on the paper, where `name` is what the source made of it\",\"default\":null}]}},\"doc\":\"in the order given\",\"default\":[]},{\"name\":\"nameForms\",\"type\":{\"type\":\"array\",\"items\":\"string\"},\"doc\":\"other forms of the name that the source gives for this entry, as given\",\"default\":[]}]}},\"doc\":\"every author entry in the source's order\",\"default\":[]},{\"name\":\"subjects\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"Subject\",\"doc\":\"A keyword, topic or subject heading\",\"fields\":[{\"name\":\"scheme\",\"type\":\"string\",\"doc\":\"keyword, openalex_topic, mesh, hal_domain, arxiv, fos …\"},{\"name\":\"id\",\"type\":[\"null\",\"string\"],\"doc\":\"in that scheme\",\"default\":null},{\"name\":\"label\",\"type\":\"string\",\"doc\":\"as given\"},{\"name\":\"score\",\"type\":[\"null\",\"double\"],\"doc\":\"0 to 1, where given\",\"minimum\":0,\"maximum\":1,\"default\":null}]}},\"doc\":\"keywords and topics\",\"default\":[]},{\"name\":\"retracted\",\"type\":\"boolean\",\"doc\":\"the source says that the work was retracted\",\"default\":false},{\"name\":\"openAccess\",\"type\":[\"null\",\"string\"],\"doc\":\"gold, green, hybrid, bronze, diamond, closed\",\"default\":null},{\"name\":\"warnings\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"Warning\",\"doc\":\"An oddity of content that was kept\",\"fields\":[{\"name\":\"code\",\"type\":\"string\",\"doc\":\"doi_unusable, orcid_unusable, no_title …\"},{\"name\":\"pointer\",\"type\":\"string\",\"doc\":\"JSON pointer or path in the source's record\"}]}},\"doc\":\"content oddities\",\"default\":[]},{\"name\":\"kind\",\"type\":\"string\",\"doc\":\"what is described: work; author (a person), institution; citation (a link between two works) and enrichment (what is added to a work that others describe) never make a work\",\"default\":\"work\"},{\"name\":\"deletedBecause\",\"type\":[\"null\",\"string\"],\"doc\":\"deleted: the source removed it; withdrawn: its authors or publisher took it back; merged: another record of the source took its place; null where it is not deleted, and from builds that did not say\",\"default\":null},{\"name\":\"changed\",\"type\":{\"type\":\"array\",\"items\":\"string\"},\"doc\":\"paths of the identity-relevant fields that differ from the snapshot published before, at most 50: title, published, identifiers, authors[3].orcid …\",\"default\":[]},{\"name\":\"dates\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"DatedEvent\",\"doc\":\"A date in the life of the work\",\"fields\":[{\"name\":\"kind\",\"type\":\"string\",\"doc\":\"submitted, accepted, online, print, issued, created, conference, withdrawn …\"},{\"name\":\"year\",\"type\":\"int\",\"doc\":\"CE\"},{\"name\":\"month\",\"type\":[\"null\",\"int\"],\"doc\":\"1 to 12\",\"default\":null},{\"name\":\"day\",\"type\":[\"null\",\"int\"],\"doc\":\"1 to 31\",\"default\":null}]}},\"doc\":\"dates beside that of publication\",\"default\":[]},{\"name\":\"languages\",\"type\":{\"type\":\"array\",\"items\":\"string\"},\"doc\":\"BCP 47, every language of the text, where given\",\"default\":[]},{\"name\":\"funders\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"Funder\",\"doc\":\"Who paid for it\",\"fields\":[{\"name\":\"name\",\"type\":[\"null\",\"string\"],\"doc\":\"as given\",\"default\":null},{\"name\":\"identifiers\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"FunderIdentifier\",\"doc\":\"An identifier of a funder\",\"fields\":[{\"name\":\"scheme\",\"type\":\"string\",\"doc\":\"doi (Funder Registry), ror, openalex, isni …\"},{\"name\":\"value\",\"type\":\"string\",\"doc\":\"normal form\"}]}},\"doc\":\"of the funder\",\"default\":[]},{\"name\":\"awards\",\"type\":{\"type\":\"array\",\"items\":\"string\"},\"doc\":\"grant numbers, as given\",\"default\":[]}]}},\"doc\":\"funders and their awards\",\"default\":[]},{\"name\":\"references\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"Reference\",\"doc\":\"An entry of the list of references\",\"fields\":[{\"name\":\"scheme\",\"type\":[\"null\",\"string\"],\"doc\":\"doi, openalex, pmid …; null where the source could not tell what it is\",\"default\":null},{\"name\":\"value\",\"type\":[\"null\",\"string\"],\"doc\":\"normal form of the scheme\",\"default\":null},{\"name\":\"raw\",\"type\":[\"null\",\"string\"],\"doc\":\"the entry as given, where there is no identifier\",\"default\":null}]}},\"doc\":\"what the work refers to, in order\",\"default\":[]},{\"name\":\"openAccessLocations\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"OpenAccessLocation\",\"doc\":\"A place where the text can be read\",\"fields\":[{\"name\":\"url\",\"type\":\"string\",\"doc\":\"of the page or file\"},{\"name\":\"pdfUrl\",\"type\":[\"null\",\"string\"],\"doc\":\"of the file\",\"default\":null},{\"name\":\"host\",\"type\":[\"null\",\"string\"],\"doc\":\"publisher, repository\",\"default\":null},{\"name\":\"version\",\"type\":[\"null\",\"string\"],\"doc\":\"published, accepted, submitted\",\"default\":null},{\"name\":\"licence\",\"type\":[\"null\",\"string\"],\"doc\":\"as given\",\"default\":null},{\"name\":\"best\",\"type\":\"boolean\",\"doc\":\"the one that the source prefers\",\"default\":false}]}},\"doc\":\"free places\",\"default\":[]},{\"name\":\"licence\",\"type\":[\"null\",\"string\"],\"doc\":\"of the text as published: an SPDX id or URL as given\",\"default\":null},{\"name\":\"citedByCount\",\"type\":[\"null\",\"int\"],\"doc\":\"citations that the source counts\",\"default\":null},{\"name\":\"person\",\"type\":[\"null\",{\"type\":\"record\",\"name\":\"Person\",\"doc\":\"What an author record says of a person\",\"fields\":[{\"name\":\"names\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"PersonName\",\"doc\":\"A form of a person's name\",\"fields\":[{\"name\":\"name\",\"type\":\"string\",\"doc\":\"display order\"},{\"name\":\"given\",\"type\":[\"null\",\"string\"],\"doc\":\"as split by the source\",\"default\":null},{\"name\":\"family\",\"type\":[\"null\",\"string\"],\"doc\":\"as split by the source\",\"default\":null},{\"name\":\"kind\",\"type\":\"string\",\"doc\":\"main, credit, other\"}]}},\"doc\":\"every form, the main one first\",\"default\":[]},{\"name\":\"affiliations\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"PersonAffiliation\",\"doc\":\"Where a person worked or studied\",\"fields\":[{\"name\":\"name\",\"type\":\"string\",\"doc\":\"as given, never empty\"},{\"name\":\"ror\",\"type\":[\"null\",\"string\"],\"doc\":\"ROR id, the nine characters\",\"default\":null},{\"name\":\"country\",\"type\":[\"null\",\"string\"],\"doc\":\"ISO 3166-1 alpha-2 as given\",\"default\":null},{\"name\":\"department\",\"type\":[\"null\",\"string\"],\"doc\":\"as given\",\"default\":null},{\"name\":\"role\",\"type\":[\"null\",\"string\"],\"doc\":\"as given\",\"default\":null},{\"name\":\"kind\",\"type\":\"string\",\"doc\":\"employment, education, membership, current …\"},{\"name\":\"startYear\",\"type\":[\"null\",\"int\"],\"doc\":\"CE\",\"default\":null},{\"name\":\"startMonth\",\"type\":[\"null\",\"int\"],\"doc\":\"1 to 12\",\"default\":null},{\"name\":\"endYear\",\"type\":[\"null\",\"int\"],\"doc\":\"CE; null: still there, or not said\",\"default\":null},{\"name\":\"endMonth\",\"type\":[\"null\",\"int\"],\"doc\":\"1 to 12\",\"default\":null},{\"name\":\"identifiers\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"PersonOrganisation\",\"doc\":\"An identifier of an organisation\",\"fields\":[{\"name\":\"scheme\",\"type\":\"string\",\"doc\":\"ringgold, isni, grid, fundref, lei …\"},{\"name\":\"value\",\"type\":\"string\",\"doc\":\"as given\"}]}},\"doc\":\"other identifiers of the organisation\",\"default\":[]}]}},\"doc\":\"in the order given\",\"default\":[]},{\"name\":\"emails\",\"type\":{\"type\":\"array\",\"items\":\"string\"},\"doc\":\"public ones, lower case\",\"default\":[]},{\"name\":\"urls\",\"type\":{\"type\":\"array\",\"items\":\"string\"},\"doc\":\"as given\",\"default\":[]},{\"name\":\"countries\",\"type\":{\"type\":\"array\",\"items\":\"string\"},\"doc\":\"ISO 3166-1 alpha-2\",\"default\":[]},{\"name\":\"biography\",\"type\":[\"null\",\"string\"],\"doc\":\"plain text\",\"default\":null}]}],\"doc\":\"kind author: the person; identifiers are the record's, works those with relation `author_of`\",\"default\":null},{\"name\":\"organisation\",\"type\":[\"null\",{\"type\":\"record\",\"name\":\"Organisation\",\"doc\":\"What an institution record says of an organisation\",\"fields\":[{\"name\":\"names\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"OrganisationName\",\"doc\":\"A name of an organisation\",\"fields\":[{\"name\":\"text\",\"type\":\"string\",\"doc\":\"as given\"},{\"name\":\"language\",\"type\":[\"null\",\"string\"],\"doc\":\"BCP 47, where given\",\"default\":null},{\"name\":\"kind\",\"type\":\"string\",\"doc\":\"main, label, alias, acronym\"}]}},\"doc\":\"every form, the main one first\",\"default\":[]},{\"name\":\"types\",\"type\":{\"type\":\"array\",\"items\":\"string\"},\"doc\":\"education, healthcare, company, government, nonprofit, facility, archive, funder, other\",\"default\":[]},{\"name\":\"country\",\"type\":[\"null\",\"string\"],\"doc\":\"ISO 3166-1 alpha-2\",\"default\":null},{\"name\":\"city\",\"type\":[\"null\",\"string\"],\"doc\":\"as given\",\"default\":null},{\"name\":\"status\",\"type\":[\"null\",\"string\"],\"doc\":\"active, inactive, withdrawn\",\"default\":null},{\"name\":\"established\",\"type\":[\"null\",\"int\"],\"doc\":\"year\",\"default\":null},{\"name\":\"urls\",\"type\":{\"type\":\"array\",\"items\":\"string\"},\"doc\":\"as given\",\"default\":[]},{\"name\":\"related\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"RelatedOrganisation\",\"doc\":\"An organisation that this one is connected with\",\"fields\":[{\"name\":\"relation\",\"type\":\"string\",\"doc\":\"parent, child, related, successor, predecessor\"},{\"name\":\"ror\",\"type\":\"string\",\"doc\":\"ROR id, the nine characters\"},{\"name\":\"name\",\"type\":[\"null\",\"string\"],\"doc\":\"as given\",\"default\":null}]}},\"doc\":\"as given\",\"default\":[]}]}],\"doc\":\"kind institution: the organisation\",\"default\":null}]}"
