import {
  parseArxivId,
  parseDoi,
  parseHalId,
  parseIsbn,
  parseIsni,
  parsePmcid,
  parsePmid,
  parsePpn,
} from '@atlas/identifiers'

/** The types of works, as v3 writes them; v2 writes JOURNAL_ARTICLE. */
export const ORCID_TYPES: Readonly<Record<string, string>> = {
  'journal-article': 'article',
  'magazine-article': 'article',
  'newspaper-article': 'article',
  'newsletter-article': 'article',
  preprint: 'preprint',
  'working-paper': 'preprint',
  'conference-paper': 'conference-paper',
  'conference-abstract': 'conference-paper',
  'conference-poster': 'conference-paper',
  'conference-presentation': 'conference-paper',
  'conference-output': 'conference-paper',
  book: 'book',
  'edited-book': 'book',
  'book-chapter': 'book-chapter',
  dissertation: 'thesis',
  'dissertation-thesis': 'thesis',
  'supervised-student-publication': 'dissertation',
  report: 'report',
  'data-set': 'dataset',
  software: 'software',
  review: 'review',
  'book-review': 'review',
}

/** Whose name stands in a work; roles of CRediT, which come as addresses, are those of authors. */
export const ORCID_ROLES: Readonly<Record<string, string>> = {
  author: 'author',
  editor: 'editor',
  translator: 'translator',
  'chair-or-translator': 'translator',
}

type Parse = (text: string) => string | undefined
const asGiven: Parse = (text) => text.trim()
const bareHandle: Parse = (text) => text.trim().replace(/^(?:https?:\/\/)?hdl\.handle\.net\//i, '')

/** Types of identifiers of works that mean the same everywhere: our scheme, and how the value is read. */
export const WORK_IDS: Readonly<Record<string, readonly [string, Parse]>> = {
  doi: ['doi', parseDoi],
  arxiv: ['arxiv', (text) => parseArxivId(text)?.id],
  pmid: ['pmid', parsePmid],
  pmc: ['pmcid', (text) => parsePmcid(/^\d+$/.test(text) ? `PMC${text}` : text)],
  hal: ['hal', (text) => parseHalId(text)?.id],
  isbn: ['isbn', parseIsbn],
  handle: ['handle', bareHandle],
  eid: ['eid', asGiven],
  wosuid: ['wos', (text) => text.trim().replace(/^wos:/i, '')],
  bibcode: ['bibcode', asGiven],
  mr: ['mr', asGiven],
  zbl: ['zbl', asGiven],
  jfm: ['jfm', asGiven],
  oclc: ['oclc', asGiven],
  lccn: ['lccn', asGiven],
  ethos: ['ethos', asGiven],
  osti: ['osti', asGiven],
  ssrn: ['ssrn', asGiven],
  jstor: ['jstor', asGiven],
  dnb: ['dnb', asGiven],
  rfc: ['rfc', asGiven],
}

/** Identifiers of persons, by the words that the systems which set them use, in small letters without signs. */
export const PERSON_IDS: Readonly<Record<string, readonly [string, Parse]>> = {
  scopusauthorid: ['scopus_author', asGiven],
  scopusid: ['scopus_author', asGiven],
  researcherid: ['researcher_id', (text) => text.trim().toUpperCase()],
  webofscienceresearcherid: ['researcher_id', (text) => text.trim().toUpperCase()],
  isni: ['isni', parseIsni],
  idref: ['idref', parsePpn],
  idhal: ['idhal', (text) => text.trim().toLowerCase()],
  loopprofile: ['loop', asGiven],
  gnd: ['gnd', asGiven],
  viaf: ['viaf', asGiven],
}

/** How an identifier that is not the thing's own relates to it. */
export const ID_RELATIONS: Readonly<Record<string, string>> = {
  self: 'self',
  'part-of': 'part_of',
  'version-of': 'version_of',
  'funded-by': 'funded_by',
}
