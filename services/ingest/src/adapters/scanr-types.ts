import {
  parseDoi,
  parseGridId,
  parseHalId,
  parseIsni,
  parseNnt,
  parsePmid,
  parsePpn,
  parseRnsr,
} from '@atlas/identifiers'
import type { JsonObject } from './adapter.ts'
import type { OpenAccessRule } from './mapping.ts'
import { isObject } from './reading.ts'

/** The words of `type`, those that came with HAL, theses.fr and Crossref among them. */
export const SCANR_TYPES: Readonly<Record<string, string>> = {
  'journal-article': 'article',
  article: 'article',
  proceedings: 'conference-paper',
  'proceedings-article': 'conference-paper',
  'conference-paper': 'conference-paper',
  poster: 'conference-paper',
  'book-chapter': 'book-chapter',
  book: 'book',
  monograph: 'book',
  ouvrage: 'book',
  preprint: 'preprint',
  these: 'thesis',
  thesis: 'thesis',
  hdr: 'thesis',
  memoire: 'dissertation',
  report: 'report',
  dataset: 'dataset',
  software: 'software',
  review: 'review',
  patent: 'other',
}

export const SCANR_OPEN_ACCESS: readonly OpenAccessRule<JsonObject>[] = [
  { when: 'isOa is false', status: 'closed', holds: ({ isOa }) => isOa === false },
  {
    when: 'oaEvidence.hostType is repository',
    status: 'green',
    holds: (work) => evidence(work).hostType === 'repository',
  },
  {
    when: 'hostType is publisher, and the journal is in DOAJ or all open',
    status: 'gold',
    holds: (work) => evidence(work).hostType === 'publisher' && isOpenJournal(work),
  },
  {
    when: 'hostType is publisher, under a licence of Creative Commons',
    status: 'hybrid',
    holds: (work) => evidence(work).hostType === 'publisher' && /^cc/i.test(String(evidence(work).license ?? '')),
  },
  {
    when: 'hostType is publisher, under any other licence or none',
    status: 'bronze',
    holds: (work) => evidence(work).hostType === 'publisher',
  },
]

function evidence({ oaEvidence }: JsonObject): JsonObject {
  return isObject(oaEvidence) ? oaEvidence : {}
}

/** Both spellings stand in real records. */
function isOpenJournal({ source }: JsonObject): boolean {
  return isObject(source) && (source.isInDoaj === true || source.isInDOAJ === true || source.isOa === true)
}

/** What somebody did for a work, the weightiest first: whoever did several things is one entry, with the first of them. */
export const SCANR_ROLES: Readonly<Record<string, string>> = {
  author: 'author',
  aut: 'author',
  editor: 'editor',
  edt: 'editor',
  directeurthese: 'thesis_advisor',
  dir: 'thesis_advisor',
  presidentjury: 'jury_president',
  rapporteur: 'thesis_reviewer',
  membrejury: 'jury_member',
}

type Parse = (text: string) => string | undefined
const asGiven: Parse = (text) => text.trim()

/** Our scheme and the parser of the words that `externalIds.type` and the ids of scanR begin with. */
export const WORK_IDS: Readonly<Record<string, readonly [string, Parse]>> = {
  doi: ['doi', parseDoi],
  hal: ['hal', (text) => parseHalId(text)?.id],
  nnt: ['nnt', parseNnt],
  pmid: ['pmid', parsePmid],
  sudoc: ['sudoc', parsePpn],
  inpadoc: ['inpadoc', asGiven],
}

export const PERSON_IDS: Readonly<Record<string, readonly [string, Parse]>> = {
  idref: ['idref', parsePpn],
  id_hal: ['idhal', (text) => text.trim().toLowerCase()],
  isni: ['isni', parseIsni],
  viaf: ['viaf', asGiven],
  wos: ['researcher_id', asGiven],
  scopus: ['scopus_author', asGiven],
}

export const STRUCTURE_IDS: Readonly<Record<string, Parse>> = {
  rnsr: parseRnsr,
  grid: parseGridId,
  isni: parseIsni,
  idref: parsePpn,
}
