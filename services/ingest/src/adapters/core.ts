import { parseCoreId } from '@atlas/identifiers'
import type { RecordPartialDate } from '@atlas/schemas'
import type { Adapter, AdapterResult, JsonObject } from './adapter.ts'
import { blankRecord } from './blank.ts'
import {
  coreAuthors,
  coreDates,
  coreIdentifiers,
  corePlaces,
  coreReferences,
  coreSubjects,
  coreVenue,
  dayOf,
} from './core-details.ts'
import { parseLanguage } from './languages.ts'
import { type OpenAccessRule, openAccessBy, ourWord } from './mapping.ts'
import { count, isObject, Reading, titleOf } from './reading.ts'

// Words of CORE, of info:eu-repo, of Crossref and of DSpace: what repositories write comes through, in small letters.
const TYPES: Readonly<Record<string, string>> = {
  research: 'article',
  article: 'article',
  'journal-article': 'article',
  'journal article': 'article',
  'journal articles': 'article',
  preprint: 'preprint',
  'posted-content': 'preprint',
  workingpaper: 'preprint',
  'working paper': 'preprint',
  'conference-paper': 'conference-paper',
  'proceedings-article': 'conference-paper',
  'conference paper': 'conference-paper',
  'conference item': 'conference-paper',
  conferenceobject: 'conference-paper',
  slides: 'conference-paper',
  book: 'book',
  monograph: 'book',
  'book-chapter': 'book-chapter',
  'book chapter': 'book-chapter',
  'book section': 'book-chapter',
  bookpart: 'book-chapter',
  thesis: 'thesis',
  doctoralthesis: 'thesis',
  dissertation: 'thesis',
  masterthesis: 'dissertation',
  bachelorthesis: 'dissertation',
  report: 'report',
  'technical report': 'report',
  dataset: 'dataset',
  software: 'software',
  review: 'review',
  'peer-review': 'review',
}
// What says nothing, and is no subject either.
const NO_WORDS = new Set([
  'text',
  'other',
  'unknown',
  'nonpeerreviewed',
  'peerreviewed',
  'publishedversion',
  'acceptedversion',
])

const OPEN_ACCESS: readonly OpenAccessRule<JsonObject>[] = [
  {
    when: 'downloadUrl, fullTextIdentifier or sourceFulltextUrls',
    status: 'green',
    holds: ({ downloadUrl, fullTextIdentifier, sourceFulltextUrls }) =>
      [downloadUrl, fullTextIdentifier, sourceFulltextUrls].flat().some((url) => typeof url === 'string' && url !== ''),
  },
  { when: 'any other', status: 'closed', holds: () => true },
]

/**
 * CORE: articles of its API v2, works and outputs of v3 (https://api.core.ac.uk/docs/v3).
 *
 * An output is one deposit, under the number that v2 gives an article; a work is what CORE puts together of several, numbered
 * apart. So the id of a work is written `work:8848131`, and an output's is its number.
 */
export const core: Adapter = {
  source: 'core',
  version: 2,
  formats: ['json'],
  shapes: [
    { format: 'json', path: ['results', '*'] },
    { format: 'json', path: ['data', '*'] },
    { format: 'json', path: ['data'] },
  ],
  mapping: {
    takes: 'deposits: articles of the API v2, works and outputs of v3',
    types: TYPES,
    openAccess: OPEN_ACCESS,
  },
  idOf: parseCoreId,
  readJson: readWork,
}

function readWork(work: JsonObject): AdapterResult {
  const reading = new Reading()
  const id = idOf(reading, work)
  return reading.result(() => {
    const { type, typeAsGiven } = typeOf(work)
    const language = languageOf(reading, work)
    return {
      ...blankRecord('core', id),
      sourceUpdatedAt: updatedAt(reading, work),
      ...(work.deleted === 'DELETED' || work.deleted === true ? { deleted: true, deletedBecause: 'deleted' } : {}),
      titles: titleOf(reading.plain(work.title, '/title'), 'main', language),
      abstract: reading.plain(work.abstract ?? work.description, '/abstract') ?? null,
      type,
      typeAsGiven,
      published: published(reading, work),
      dates: coreDates(work),
      language: language ?? null,
      languages: language === undefined ? [] : [language],
      venue: coreVenue(reading, work),
      identifiers: coreIdentifiers(reading, work, id),
      authors: coreAuthors(reading, work),
      subjects: coreSubjects(reading, work, (word) => Object.hasOwn(TYPES, wordOf(word)) || NO_WORDS.has(wordOf(word))),
      references: coreReferences(reading, work),
      openAccess: openAccessBy(OPEN_ACCESS, work),
      openAccessLocations: corePlaces(reading, work),
      licence: reading.text(work.license, '/license') ?? null,
      citedByCount: count(work.citationCount),
    }
  })
}

/** Only works list their outputs, or the OAI identifiers of several. */
function idOf(reading: Reading, work: JsonObject): string {
  const given = reading.sourceId(typeof work.id === 'number' ? String(work.id) : work.id, '/id')
  const isWork = work.outputs !== undefined || work.oaiIds !== undefined || work.dataProviders !== undefined
  const id = given === '' ? undefined : parseCoreId(isWork && /^\d/.test(given) ? `work:${given}` : given)
  if (id === undefined && given !== '') reading.refuse('invalid_field', '/id', 'an id of CORE is a number')
  return id ?? ''
}

function wordOf(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/^info:eu-repo\/semantics\//, '')
}

/** CORE's own guess where it made one, else the first word of the repository that is known. */
function typeOf(work: JsonObject): { type: string; typeAsGiven: string | null } {
  const given = [work.documentType, work.types, work.subjects].flat().filter((word) => typeof word === 'string')
  const known = given.find((word) => Object.hasOwn(TYPES, wordOf(word)))
  return { type: ourWord(TYPES, known && wordOf(known)) ?? 'other', typeAsGiven: known ?? given[0] ?? null }
}

function languageOf(reading: Reading, work: JsonObject): string | undefined {
  const { language } = work
  return parseLanguage(reading.text(isObject(language) ? language.code : language, '/language'))
}

function updatedAt(reading: Reading, work: JsonObject): number | null {
  const { metadataUpdated } = reading.object(work.repositoryDocument, '/repositoryDocument')
  if (typeof metadataUpdated === 'number') return metadataUpdated
  return reading.instant(reading.text(work.updatedDate, '/updatedDate'), '/updatedDate')
}

/** Of some repositories it is the day of their deposit: the text says no more. */
function published(reading: Reading, work: JsonObject): RecordPartialDate | null {
  const given = dayOf(work.publishedDate) ?? dayOf(work.datePublished)
  if (given !== undefined) return given
  return reading.date(reading.text(work.yearPublished ?? work.year, '/yearPublished'), '/yearPublished')
}
