import { parseArxivId, parseNnt } from '@atlas/identifiers'

type Bare = (value: string) => string

const asGiven: Bare = (value) => value
// Catalogues name one entry with and without their letters: MR1234567, 1234567.
const without =
  (letters: RegExp): Bare =>
  (value) =>
    value.trim().toLowerCase().replace(letters, '')

/**
 * Schemes in which one value names one publication, or one of its versions or copies, the best known first; each with what
 * of a value is compared. Records stand under them, are linked by them (the rules `same-id…` still ask the title or the
 * authors), and what is kept beside works finds its work by them. All others stand in `OTHER_SCHEMES`.
 */
export const WORK_SCHEMES: ReadonlyMap<string, Bare> = new Map<string, Bare>([
  ['doi', asGiven], // `identifierKeysOf` takes versions off, for it knows whose DOIs have them
  ['pmid', asGiven],
  ['pmcid', asGiven],
  ['arxiv', (value) => parseArxivId(value)?.id ?? value],
  ['hal', (value) => value.toLowerCase().replace(/v\d{1,3}$/, '')],
  ['openalex', asGiven],
  ['handle', asGiven],
  ['dblp', asGiven],
  ['s2', asGiven],
  ['s2_corpus', asGiven],
  ['europepmc', (value) => value.toUpperCase()],
  ['inspire', asGiven],
  // HAL passes on what its depositors typed.
  ['nnt', (value) => parseNnt(value) ?? value],
  ['sudoc', (value) => value.toUpperCase()],
  ['persee', asGiven],
  ['scanr', asGiven],
  ['doaj', (value) => value.toLowerCase()],
  ['core', asGiven],
  ['zenodo', asGiven],
  ['omid', asGiven],
  ['wikidata', (value) => value.toUpperCase()],
  ['eid', (value) => value.toLowerCase()],
  ['wos', without(/^wos:/)],
  ['bibcode', asGiven],
  ['mr', without(/^(?:mr)?\s*0*/)],
  ['zbl', without(/^zbl\s*/)],
  ['jfm', without(/^jfm\s*/)],
  ['acl', asGiven],
  ['osti', without(/^osti[\s:]*/)],
  ['ethos', asGiven],
  ['rfc', without(/^(?:rfc)?\s*0*/)],
  ['ssrn', without(/^ssrn[\s:]*/)],
  ['jstor', asGiven],
  ['cds', asGiven],
  ['euclid', asGiven],
  ['kekscan', asGiven],
  // The repository's name is a host's, where case says nothing.
  ['oai', (value) => value.trim().replace(/^oai:[^:]*/i, (host) => host.toLowerCase())],
])

/** Schemes of adapters under which no record is looked for, and why. A word that is in neither table is none of ours. */
export const OTHER_SCHEMES: ReadonlyMap<string, string> = new Map([
  ['isbn', 'names a book, and stands in the records of its chapters: a key only beside a title'],
  ['issn', 'names a journal'],
  ['oclc', 'names an edition of a book, and stands in the entries of its chapters'],
  ['lccn', 'names an edition of a book, and stands in the entries of its chapters'],
  ['dnb', 'names an edition of a book, and stands in the entries of its chapters'],
  ['ppn', 'a number of any of many catalogues: of the Sudoc it is called sudoc'],
  [
    'mag',
    'CORE and Semantic Scholar have it from matching titles: what two of them share is one guess, not two statements',
  ],
  ['report_number', 'one number stands for a note, its article and its talk'],
  ['inpadoc', 'names a family of patents'],
  ['orcid', 'names the person in whose list it stands'],
  ['orcid_work', 'names one entry of one person’s list, which is the record itself'],
  ['url', 'a place, where other things stand, too'],
  ['uri', 'a place, where other things stand, too'],
  ['purl', 'a place, where other things stand, too'],
  ['urn', 'as often a book or a part of something as the thing itself'],
])
