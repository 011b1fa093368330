import { parseDoajId, parseIssn } from '@atlas/identifiers'
import type { RecordOpenAccessLocation, RecordPartialDate, RecordSubject, RecordVenue } from '@atlas/schemas'
import type { XmlElement } from '../formats/xml-tree.ts'
import type { Adapter, AdapterResult, JsonObject, NormalisedAuthor } from './adapter.ts'
import { affiliationNamed, blankAuthor, blankRecord, venueOf } from './blank.ts'
import { partialDate } from './dates.ts'
import { readOai } from './doaj-oai.ts'
import { parseLanguage } from './languages.ts'
import { keywordOf, subjectOf } from './listed.ts'
import { ourWord } from './mapping.ts'
import { OAI } from './oai.ts'
import { openPlace } from './open-access.ts'
import { identifierOf, isObject, Reading, titleOf } from './reading.ts'
import { invertedName } from './written-names.ts'

/**
 * Articles of the DOAJ: the API from v1 to v4, lines of its public dump, hits of its index (the article is in `_source`), and
 * OAI-PMH with Dublin Core. https://doaj.org/api/v4/docs and https://doaj.github.io/doaj-docs/master/data_models/IncomingAPIArticle
 *
 * Everything there is an article of a journal that is open altogether.
 */
export const doaj: Adapter = {
  source: 'doaj',
  version: 2,
  formats: ['json', 'xml'],
  shapes: [
    { format: 'json', path: ['results', '*'] },
    { format: 'json', path: ['hits', 'hits', '*'] },
    { format: 'xml', uri: OAI, local: 'record' },
  ],
  mapping: {
    takes: 'articles: the API, lines of the dump, hits of the index, and OAI-PMH with Dublin Core',
    types: { article: 'article' },
    openAccess: [{ when: 'always', status: 'gold' }],
  },
  idOf: parseDoajId,
  readJson: readArticle,
  readXml: (record: XmlElement): AdapterResult => readOai(record),
}

function readArticle(hit: JsonObject): AdapterResult {
  const reading = new Reading()
  const article = isObject(hit._source) ? hit._source : hit
  const id = reading.ownId(article.id ?? hit._id, '/id', parseDoajId, 'an id of the DOAJ has 32 hexadecimal digits')
  if (!isObject(article.bibjson))
    reading.refuse('missing_field', '/bibjson', 'the record has no bibjson: is it an article?')
  return reading.result(() => {
    const bib = reading.object(article.bibjson, '/bibjson')
    const journal = reading.object(bib.journal, '/bibjson/journal')
    const language = languageOf(reading, journal)
    const licence = licenceOf(reading, bib, journal)
    const ids = reading.objects(bib.identifier, '/bibjson/identifier')
    const doi = ids.find(({ type }) => String(type).toLowerCase() === 'doi')?.id
    return {
      ...blankRecord('doaj', id),
      sourceUpdatedAt: reading.instant(reading.text(article.last_updated, '/last_updated'), '/last_updated'),
      titles: titleOf(reading.plain(bib.title, '/bibjson/title'), 'main', language),
      abstract: reading.plain(bib.abstract, '/bibjson/abstract') ?? null,
      type: 'article',
      published: published(reading, bib),
      language: language ?? null,
      languages: language === undefined ? [] : [language],
      venue: venue(reading, bib, journal, ids),
      identifiers: [
        ...identifierOf('doaj', id),
        ...identifierOf('doi', reading.doi(reading.text(doi, '/bibjson/identifier'), '/bibjson/identifier')),
      ],
      authors: reading.objects(bib.author, '/bibjson/author').map((author, at) => authorOf(reading, author, at)),
      subjects: subjects(reading, bib),
      openAccess: 'gold',
      openAccessLocations: openPlaces(reading, bib, licence),
      licence: licence ?? null,
    }
  })
}

function authorOf(reading: Reading, author: JsonObject, at: number): NormalisedAuthor {
  const pointer = `/bibjson/author/${at}`
  const affiliation = reading.plain(author.affiliation, `${pointer}/affiliation`)
  return {
    ...blankAuthor(at + 1),
    ...invertedName(reading.plain(author.name, `${pointer}/name`) ?? ''),
    orcid: reading.orcid(reading.text(author.orcid_id ?? author.orcid, `${pointer}/orcid_id`), `${pointer}/orcid_id`),
    email: reading.text(author.email, `${pointer}/email`)?.trim().toLowerCase() ?? null,
    affiliations: affiliation === undefined ? [] : [affiliationNamed(affiliation)],
  }
}

/** Year and month; publishers leave out either, and write the month as `9`, `09` or a name. */
function published(reading: Reading, bib: JsonObject): RecordPartialDate | null {
  const year = reading.text(bib.year, '/bibjson/year')?.trim()
  const month = reading.text(bib.month, '/bibjson/month')?.trim()
  if (year === undefined) return null
  const date = partialDate(Number(year), month === undefined ? undefined : Number(month))
  if (date === undefined) reading.warn('date_unusable', '/bibjson/year')
  return date ?? null
}

function venue(reading: Reading, bib: JsonObject, journal: JsonObject, ids: readonly JsonObject[]): RecordVenue | null {
  const own = ids.flatMap(({ type, id }) => (/^[pe]?issn$/i.test(String(type)) && typeof id === 'string' ? id : []))
  const listed = reading.list(journal.issns, '/bibjson/journal/issns').map(String)
  const issns = [...listed, ...own].flatMap((issn) => {
    return reading.parsed(issn, parseIssn, 'issn_unusable', '/bibjson/identifier') ?? []
  })
  const of = (key: string) => reading.text(bib[key] ?? journal[key], `/bibjson/${key}`)
  return venueOf({
    name: reading.plain(journal.title, '/bibjson/journal/title'),
    issns: [...new Set(issns)],
    type: 'journal',
    publisher: reading.plain(journal.publisher, '/bibjson/journal/publisher'),
    volume: reading.text(journal.volume, '/bibjson/journal/volume'),
    issue: reading.text(journal.number, '/bibjson/journal/number'),
    firstPage: of('start_page'),
    lastPage: of('end_page'),
  })
}

// What the index of 2016 has in words.
const LANGUAGES: Readonly<Record<string, string>> = {
  english: 'en', french: 'fr', german: 'de', italian: 'it', portuguese: 'pt', spanish: 'es', russian: 'ru', turkish: 'tr',
  persian: 'fa', polish: 'pl', indonesian: 'id', ukrainian: 'uk', romanian: 'ro', chinese: 'zh', japanese: 'ja', arabic: 'ar',
} // biome-ignore format: a table

/** The journal's, where it has one only: of the article nothing is said. */
function languageOf(reading: Reading, journal: JsonObject): string | undefined {
  const [only, ...others] = reading.list(journal.language, '/bibjson/journal/language')
  if (typeof only !== 'string' || others.length > 0) return undefined
  return ourWord(LANGUAGES, only.toLowerCase()) ?? parseLanguage(only)
}

function licenceOf(reading: Reading, bib: JsonObject, journal: JsonObject): string | undefined {
  const [licence] = reading.objects(bib.license ?? journal.license, '/bibjson/journal/license')
  return reading.text(licence?.type ?? licence?.title, '/bibjson/journal/license/0/type')
}

function openPlaces(reading: Reading, bib: JsonObject, licence: string | undefined): RecordOpenAccessLocation[] {
  return reading.objects(bib.link, '/bibjson/link').flatMap((link, at) => {
    if (link.type !== undefined && link.type !== 'fulltext') return []
    const url = reading.text(link.url, `/bibjson/link/${at}/url`)
    const pdfUrl = /pdf/i.test(String(link.content_type)) ? url : undefined
    return openPlace(url, { pdfUrl, host: 'publisher', version: 'published', licence })
  })
}

/** Keywords, and the journal's subjects in the schemes that it is catalogued by. */
function subjects(reading: Reading, bib: JsonObject): RecordSubject[] {
  const keywords = reading.list(bib.keywords, '/bibjson/keywords').flatMap((keyword, at) => {
    return keywordOf(reading.plain(keyword, `/bibjson/keywords/${at}`))
  })
  const listed = reading.objects(bib.subject, '/bibjson/subject').flatMap((subject, at) => {
    const label = reading.plain(subject.term, `/bibjson/subject/${at}/term`)
    const scheme = reading.text(subject.scheme, `/bibjson/subject/${at}/scheme`)?.toLowerCase() ?? 'doaj'
    const id = reading.text(subject.code, `/bibjson/subject/${at}/code`) ?? null
    return subjectOf(scheme, label, id)
  })
  return [...keywords, ...listed]
}
