import { parseIsbn, parseIssn, parsePmcid, parsePmid } from '@atlas/identifiers'
import type {
  RecordDatedEvent,
  RecordFunder,
  RecordIdentifier,
  RecordOpenAccessLocation,
  RecordPartialDate,
  RecordSubject,
  RecordVenue,
} from '@atlas/schemas'
import type { JsonObject } from './adapter.ts'
import { pagesOf, venueOf } from './blank.ts'
import { parsePartialDate, partialDate } from './dates.ts'
import { subjectOf } from './listed.ts'
import { ourWord } from './mapping.ts'
import { openPlace } from './open-access.ts'
import { identifierOf, type Reading } from './reading.ts'

// MEDLINE's words, and those for preprints; "in" is said of the work that the note is about.
export const EUROPEPMC_RELATIONS: Readonly<Record<string, string>> = {
  'erratum in': 'has_erratum',
  'erratum for': 'erratum_of',
  'corrected and republished in': 'has_version',
  'corrected and republished from': 'version_of',
  'republished in': 'has_version',
  'republished from': 'version_of',
  'update in': 'has_version',
  'update of': 'version_of',
  'retraction in': 'has_retraction',
  'retraction of': 'retraction_of',
  'retracted and republished in': 'has_retraction',
  'partial retraction in': 'has_erratum',
  'partial retraction of': 'erratum_of',
  'expression of concern in': 'has_erratum',
  'expression of concern for': 'erratum_of',
  'comment in': 'has_comment',
  'comment on': 'comment_on',
  'preprint in': 'has_preprint',
  'preprint of': 'preprint_of',
}

/** The relations of the full form, each with a record of Europe PMC. */
export function relations(reading: Reading, result: JsonObject): RecordIdentifier[] {
  const { commentCorrection } = reading.object(result.commentCorrectionList, '/commentCorrectionList')
  const notes = reading.objects(commentCorrection, '/commentCorrectionList/commentCorrection').flatMap((note, at) => {
    const text = (key: string) => reading.text(note[key], `/commentCorrectionList/commentCorrection/${at}/${key}`)
    const relation = ourWord(EUROPEPMC_RELATIONS, text('type')?.toLowerCase())
    return relation === undefined ? [] : recordOf(text('source'), text('id'), relation)
  })
  const { version } = reading.object(result.versionList, '/versionList')
  const versions = reading.objects(version, '/versionList/version').flatMap((one, at) => {
    const text = (key: string) => reading.text(one[key], `/versionList/version/${at}/${key}`)
    return recordOf(text('source') ?? 'PPR', text('id'), 'has_version')
  })
  return [...notes, ...versions]
}

/** An id of Europe PMC's, and the PMID or PMCID that it may be. */
function recordOf(source: string | undefined, id: string | undefined, relation: string): RecordIdentifier[] {
  if (source === undefined || id === undefined) return []
  return [
    ...identifierOf('europepmc', `${source}:${id}`, relation),
    ...(source === 'MED' ? identifierOf('pmid', parsePmid(id), relation) : []),
    ...(source === 'PMC' ? identifierOf('pmcid', parsePmcid(id), relation) : []),
  ]
}

/**
 * The first publication. Of an article of which only the month or the year is known Europe PMC writes the first day of it, and of
 * a patent the day of its application: its year of publication is what counts.
 */
export function published(reading: Reading, result: JsonObject): RecordPartialDate | null {
  const year = reading.text(result.pubYear, '/pubYear')
  const first = result.source === 'PAT' ? undefined : reading.text(result.firstPublicationDate, '/firstPublicationDate')
  const date = reading.date(first ?? year, first === undefined ? '/pubYear' : '/firstPublicationDate')
  if (date?.day !== 1 || result.source === 'PPR') return date
  return { year: date.year, month: date.month === 1 ? null : date.month, day: null }
}

const EVENTS = [
  ['electronicPublicationDate', 'online'],
  ['dateOfCreation', 'created'],
] as const

/** The dates beside that; the issue's only with the precision that it has. */
export function datesOf(result: JsonObject, journal: JsonObject): RecordDatedEvent[] {
  const print = partialDate(numberIn(journal.yearOfPublication), numberIn(journal.monthOfPublication))
  return [
    ...EVENTS.flatMap(([key, kind]) => {
      const text = result[key]
      const date = typeof text === 'string' ? parsePartialDate(text) : undefined
      return date === undefined ? [] : { kind, ...date }
    }),
    ...(print === undefined ? [] : [{ kind: 'issued', ...print }]),
  ]
}

/** Lists and objects are no numbers, and not all of them can be asked. */
function numberIn(value: JsonObject[string]): number {
  return typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN
}

/** The journal; a preprint's server; in the short form what it says of them. */
export function venue(reading: Reading, result: JsonObject, journalInfo: JsonObject): RecordVenue | null {
  const journal = reading.object(journalInfo.journal, '/journalInfo/journal')
  const book = reading.object(result.bookOrReportDetails, '/bookOrReportDetails')
  const publisher = reading.plain(book.publisher, '/bookOrReportDetails/publisher')
  const isPreprint = result.source === 'PPR'
  const issns = [journal.issn, journal.essn, ...(reading.text(result.journalIssn, '/journalIssn') ?? '').split(';')]
  const nlm = reading.text(journal.nlmid, '/journalInfo/journal/nlmid')
  const name =
    reading.plain(journal.title, '/journalInfo/journal/title') ?? reading.plain(result.journalTitle, '/journalTitle')
  return venueOf({
    name:
      name ?? (isPreprint ? publisher : reading.plain(book.comprisingTitle, '/bookOrReportDetails/comprisingTitle')),
    issns: [...new Set(issns.flatMap((issn) => (typeof issn === 'string' ? (parseIssn(issn) ?? []) : [])))],
    type: isPreprint ? 'repository' : name === undefined ? 'other' : 'journal',
    publisher,
    volume: reading.text(journalInfo.volume ?? result.journalVolume, '/journalInfo/volume'),
    issue: reading.text(journalInfo.issue ?? result.issue, '/journalInfo/issue'),
    abbreviation: reading.plain(journal.isoabbreviation, '/journalInfo/journal/isoabbreviation'),
    ...pagesOf(reading.text(result.pageInfo, '/pageInfo')),
    identifiers: nlm === undefined ? [] : [{ scheme: 'nlm', value: nlm }],
  })
}

/** ISBNs of books and reports; a chapter's are those of the book that it is in. */
export function isbns(reading: Reading, result: JsonObject): RecordIdentifier[] {
  const book = reading.object(result.bookOrReportDetails, '/bookOrReportDetails')
  return [book.isbn13, book.isbn10].flatMap((isbn) => {
    const text = reading.text(isbn, '/bookOrReportDetails/isbn13')
    const relation = book.comprisingTitle === undefined ? 'self' : 'part_of'
    return identifierOf('isbn', text === undefined ? undefined : parseIsbn(text), relation)
  })
}

/** Funders by name, each with its awards. */
export function funders(reading: Reading, result: JsonObject): RecordFunder[] {
  const { grant } = reading.object(result.grantsList, '/grantsList')
  const awards = new Map<string, string[]>()
  for (const [at, one] of reading.objects(grant, '/grantsList/grant').entries()) {
    const agency = reading.plain(one.agency, `/grantsList/grant/${at}/agency`)
    const number = reading.plain(one.grantId, `/grantsList/grant/${at}/grantId`)
    if (agency === undefined && number === undefined) continue
    const known = awards.get(agency ?? '') ?? []
    if (number !== undefined && !known.includes(number)) known.push(number)
    awards.set(agency ?? '', known)
  }
  return [...awards].map(([name, list]) => ({ name: name === '' ? null : name, identifiers: [], awards: list }))
}

const HOSTS: Readonly<Record<string, string>> = {
  DOI: 'publisher',
  Europe_PMC: 'repository',
  PubMedCentral: 'repository',
}

/** Free texts: one place a site, with its PDF. */
export function openPlaces(reading: Reading, result: JsonObject): RecordOpenAccessLocation[] {
  const { fullTextUrl } = reading.object(result.fullTextUrlList, '/fullTextUrlList')
  const sites = new Map<string, { page?: string; pdf?: string }>()
  for (const [at, one] of reading.objects(fullTextUrl, '/fullTextUrlList/fullTextUrl').entries()) {
    const text = (key: string) => reading.text(one[key], `/fullTextUrlList/fullTextUrl/${at}/${key}`)
    const [code, site = '', url] = [text('availabilityCode'), text('site'), text('url')]
    if (url === undefined || (code !== 'OA' && code !== 'F')) continue
    sites.set(site, { ...sites.get(site), ...(one.documentStyle === 'pdf' ? { pdf: url } : { page: url }) })
  }
  const licence = reading.text(result.license, '/license')
  return [...sites].flatMap(([site, { page, pdf }]) =>
    openPlace(page, { pdfUrl: pdf, host: ourWord(HOSTS, site), licence }),
  )
}

/** MeSH headings, keywords and substances. */
export function subjects(reading: Reading, result: JsonObject): RecordSubject[] {
  const list = (key: string, inner: string) => reading.object(result[key], `/${key}`)[inner]
  const headings = reading.objects(list('meshHeadingList', 'meshHeading'), '/meshHeadingList/meshHeading')
  const chemicals = reading.objects(list('chemicalList', 'chemical'), '/chemicalList/chemical')
  const keywords = reading.list(list('keywordList', 'keyword'), '/keywordList/keyword')
  return [
    ...headings.flatMap(({ descriptorName }) =>
      subjectOf('mesh', reading.plain(descriptorName, '/meshHeadingList'), null),
    ),
    ...chemicals.flatMap(({ name, registryNumber }) => {
      const number = reading.text(registryNumber, '/chemicalList')
      return subjectOf('chemical', reading.plain(name, '/chemicalList'), number === '0' ? null : (number ?? null))
    }),
    ...keywords.flatMap((keyword) => subjectOf('keyword', reading.plain(keyword, '/keywordList/keyword'), null)),
  ]
}
