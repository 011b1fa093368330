import { parseEuropePmcId, parsePmcid, parsePmid } from '@atlas/identifiers'
import type { RecordIdentifier } from '@atlas/schemas'
import type { XmlElement } from '../formats/xml-tree.ts'
import type { Adapter, AdapterResult, JsonObject } from './adapter.ts'
import { blankRecord } from './blank.ts'
import { europepmcAuthors } from './europepmc-authors.ts'
import { datesOf, funders, isbns, openPlaces, published, relations, subjects, venue } from './europepmc-details.ts'
import { fieldsOf } from './europepmc-fields.ts'
import { parseLanguage } from './languages.ts'
import { type OpenAccessRule, openAccessBy } from './mapping.ts'
import { count, identifierOf, Reading, titleOf } from './reading.ts'
import { markOf, WITHDRAWN } from './withdrawn.ts'

// A record has several types, in capitals or small letters; the first row of which it has one decides.
const TYPES: readonly (readonly [string, readonly string[]])[] = [
  ['erratum', ['published erratum', 'correction', 'retraction of publication', 'retraction', 'expression of concern']],
  ['preprint', ['preprint', 'preprint-withdrawal', 'preprint-removal']],
  ['other', ['patent', 'news', 'newspaper article', 'biography', 'portrait', 'obituary']],
  ['thesis', ['thesis', 'doctoral thesis', 'academic dissertation']],
  ['book-chapter', ['book chapter', 'chapter-article']],
  ['book', ['book', 'monograph']],
  ['review', ['review', 'review-article', 'systematic review', 'systematic-review', 'meta-analysis']],
  ['editorial', ['editorial']],
  ['letter', ['letter', 'comment', 'article-commentary']],
  ['dataset', ['dataset', 'data-paper']],
  ['report', ['technical report', 'report', 'guideline', 'practice guideline']],
  ['conference-paper', ['congress', 'abstract', 'meeting-report', 'proceedings']],
  ['article', ['journal article', 'research-article', 'case reports', 'case-report', 'brief-report', 'clinical trial']],
] // biome-ignore format: a table

export const EUROPEPMC_TYPES = Object.fromEntries(TYPES.flatMap(([type, words]) => words.map((word) => [word, type])))

// What Europe PMC offers itself, a preprint among it, is the copy of a repository.
const OPEN_ACCESS: readonly OpenAccessRule<JsonObject>[] = [
  { when: 'source is PPR', status: 'green', holds: ({ source }) => source === 'PPR' },
  { when: 'isOpenAccess is Y', status: 'green', holds: ({ isOpenAccess }) => isOpenAccess === 'Y' },
  { when: 'inEPMC is Y', status: 'green', holds: ({ inEPMC }) => inEPMC === 'Y' },
  { when: 'any other', status: 'closed', holds: () => true },
]

const WITHDRAWALS = new Set(['preprint-withdrawal', 'preprint-removal'])

/**
 * Results of Europe PMC's search, full (core) and short (lite), in JSON and XML.
 *
 * An id is unique only in its database: PubMed (MED), PubMed Central (PMC), preprints (PPR), patents (PAT), theses (ETH),
 * so the record's is both, `MED:40356016`.
 * https://europepmc.org/docs/EBI_Europe_PMC_Web_Service_Reference.pdf
 */
export const europepmc: Adapter = {
  source: 'europepmc',
  version: 1,
  formats: ['json', 'xml'],
  shapes: [
    { format: 'json', path: ['resultList', 'result', '*'] },
    { format: 'json', path: ['result'] },
    { format: 'xml', uri: '', local: 'result', parent: 'resultList' },
    { format: 'xml', uri: '', local: 'result', parent: 'responseWrapper' },
  ],
  mapping: {
    takes: 'articles, preprints, patents, theses: results of the search, full and short, in JSON and XML',
    types: EUROPEPMC_TYPES,
    openAccess: OPEN_ACCESS,
  },
  idOf: parseEuropePmcId,
  readJson: readResult,
  readXml: (element: XmlElement): AdapterResult => readResult(fieldsOf(element)),
}

function readResult(result: JsonObject): AdapterResult {
  const reading = new Reading()
  const id = idOf(reading, result)
  return reading.result(() => {
    const journalInfo = reading.object(result.journalInfo, '/journalInfo')
    const types = typesOf(reading, result)
    const language = parseLanguage(reading.text(result.language, '/language'))
    const mark = markOf(reading.plain(result.title, '/title'))
    const isWithdrawn = mark === 'withdrawn' || types.some((type) => WITHDRAWALS.has(type.toLowerCase()))
    return {
      ...blankRecord('europepmc', id),
      sourceUpdatedAt: reading.instant(reading.text(result.dateOfRevision, '/dateOfRevision'), '/dateOfRevision'),
      ...(isWithdrawn ? WITHDRAWN : {}),
      titles: titles(reading, result, language),
      abstract: reading.plain(result.abstractText, '/abstractText') ?? null,
      type: typeOf(types, result.source),
      typeAsGiven: types.length === 0 ? null : types.join('; '),
      published: published(reading, result),
      dates: datesOf(result, journalInfo),
      language: language ?? null,
      languages: language === undefined ? [] : [language],
      venue: venue(reading, result, journalInfo),
      identifiers: [...ownIdentifiers(reading, result, id), ...relations(reading, result)],
      authors: europepmcAuthors(reading, result),
      subjects: subjects(reading, result),
      funders: funders(reading, result),
      retracted: mark === 'retracted' || isRetracted(reading, result, types),
      openAccess: openAccessBy(OPEN_ACCESS, result),
      openAccessLocations: openPlaces(reading, result),
      licence: reading.text(result.license, '/license') ?? null,
      citedByCount: count(Number(reading.text(result.citedByCount, '/citedByCount') ?? Number.NaN)),
    }
  })
}

function idOf(reading: Reading, result: JsonObject): string {
  const id = reading.sourceId(result.id, '/id')
  if (typeof result.source !== 'string' || !/^[A-Z]{3}$/.test(result.source)) {
    reading.refuse('missing_field', '/source', 'an id is one only with its database: MED, PMC, PPR …')
    return ''
  }
  const whole = id === '' ? undefined : parseEuropePmcId(`${result.source}:${id}`)
  if (whole === undefined && id !== '') reading.refuse('invalid_field', '/id', 'this is not an id of Europe PMC')
  return whole ?? ''
}

/** One list in the full form; one line, with semicolons, in the short one. */
function typesOf(reading: Reading, result: JsonObject): string[] {
  const { pubType } = reading.object(result.pubTypeList, '/pubTypeList')
  const listed = reading.list(pubType, '/pubTypeList/pubType').flatMap((type) => (typeof type === 'string' ? type : []))
  if (listed.length > 0) return listed
  return (reading.text(result.pubType, '/pubType') ?? '').split(/;\s{0,3}/).filter((type) => type !== '')
}

function typeOf(given: readonly string[], source: JsonObject[string]): string {
  const words = new Set(given.map((type) => type.toLowerCase()))
  const found = TYPES.find(([, known]) => known.some((word) => words.has(word)))?.[0]
  return found ?? (source === 'PPR' ? 'preprint' : source === 'ETH' ? 'thesis' : 'other')
}

/** As in MEDLINE: a title in brackets is the translation of one that is not given. */
function titles(reading: Reading, result: JsonObject, language: string | undefined) {
  const line = reading.plain(result.title, '/title')
  const bracketed = /^\[(.{1,10000})\]\.?$/su.exec(line ?? '')?.[1]
  return titleOf(bracketed ?? line, 'main', bracketed === undefined ? language : 'en')
}

function ownIdentifiers(reading: Reading, result: JsonObject, id: string): RecordIdentifier[] {
  const text = (key: string) => reading.text(result[key], `/${key}`)
  return [
    ...identifierOf('europepmc', id),
    ...identifierOf('doi', reading.doi(text('doi'), '/doi')),
    ...identifierOf('pmid', reading.parsed(text('pmid'), parsePmid, 'pmid_unusable', '/pmid')),
    ...identifierOf('pmcid', reading.parsed(text('pmcid'), parsePmcid, 'pmcid_unusable', '/pmcid')),
    ...isbns(reading, result),
  ]
}

function isRetracted(reading: Reading, result: JsonObject, types: readonly string[]): boolean {
  if (types.some((type) => type.toLowerCase() === 'retracted publication')) return true
  const { commentCorrection } = reading.object(result.commentCorrectionList, '/commentCorrectionList')
  const notes = reading.objects(commentCorrection, '/commentCorrectionList/commentCorrection')
  return notes.some(({ type }) => typeof type === 'string' && /^retract(?:ion|ed and republished) in$/i.test(type))
}
