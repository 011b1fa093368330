import { parseArxivId, parseHalId, parseIsbn, parseIssn, parsePmcid, parsePmid } from '@atlas/identifiers'
import type { RecordIdentifier, RecordPartialDate, RecordSubject, RecordTitle, RecordVenue } from '@atlas/schemas'
import type { AdapterResult, JsonObject } from './adapter.ts'
import { blankRecord, pagesOf, venueOf } from './blank.ts'
import { halAuthors } from './hal-authors.ts'
import { datesOf, funders, openPlaces } from './hal-details.ts'
import { HAL_OPEN_ACCESS, halType, venueIds } from './hal-types.ts'
import { parseLanguage } from './languages.ts'
import { keywordOf, subjectOf } from './listed.ts'
import { openAccessBy } from './mapping.ts'
import { identifierOf, Reading, titleOf } from './reading.ts'

/** A document of HAL's search API. Which fields it has is up to who asked: none but the id is sure. */
export function readDoc(doc: JsonObject): AdapterResult {
  const reading = new Reading()
  const given = reading.sourceId(doc.halId_s ?? undefined, '/halId_s')
  return reading.result(() => {
    const parsed = reading.parsed(given, parseHalId, 'hal_unusable', '/halId_s')
    const type = reading.text(doc.docType_s, '/docType_s')
    const languages = reading
      .oneOrMore(doc.language_s)
      .flatMap((one) => parseLanguage(reading.text(one, '/language_s')) ?? [])
    const modified = reading.text(doc.modifiedDate_tdate ?? doc.modifiedDate_s, '/modifiedDate_tdate')
    return {
      ...blankRecord('hal', parsed?.id ?? given),
      sourceUpdatedAt: reading.instant(modified, '/modifiedDate_tdate'),
      titles: titles(reading, doc),
      abstract: byLanguage(reading, doc, 'abstract_s')[0]?.text ?? null,
      type: halType(type),
      typeAsGiven: type ?? null,
      published: published(reading, doc),
      language: languages[0] ?? null,
      languages,
      venue: venue(reading, doc, type),
      identifiers: [...identifierOf('hal', parsed?.id), ...identifiers(reading, doc)],
      authors: halAuthors(reading, doc),
      subjects: subjects(reading, doc),
      openAccess: openAccessBy(HAL_OPEN_ACCESS, openIn(doc)),
      openAccessLocations: openPlaces(reading, doc),
      licence: reading.text(reading.oneOrMore(doc.licence_s)[0], '/licence_s') ?? null,
      funders: funders(reading, doc),
      dates: datesOf(reading, doc),
    }
  })
}

function openIn({ openAccess_bool: open }: JsonObject): boolean | undefined {
  return typeof open === 'boolean' ? open : undefined
}

/** The texts of a field that HAL has once for all (`title_s`) and once a language (`en_title_s`). */
function byLanguage(reading: Reading, doc: JsonObject, field: string): RecordTitle[] {
  const texts = (key: string) =>
    reading.oneOrMore(doc[key]).flatMap((text, at) => reading.plain(text, `/${key}/${at}`) ?? [])
  const languages = new Map<string, string>()
  for (const key of Object.keys(doc)) {
    if (!/^[a-z]{2,3}_/.test(key) || key.slice(key.indexOf('_') + 1) !== field) continue
    const language = parseLanguage(key.slice(0, key.indexOf('_')))
    for (const text of texts(key)) if (language !== undefined) languages.set(text, language)
  }
  // The general field comes first: its order is the depositor's.
  return [...new Set([...texts(field), ...languages.keys()])].map((text) => ({
    text,
    language: languages.get(text) ?? null,
    kind: 'main',
  }))
}

function titles(reading: Reading, doc: JsonObject): RecordTitle[] {
  const [main, ...others] = byLanguage(reading, doc, 'title_s')
  const subtitles = byLanguage(reading, doc, 'subTitle_s')
  return [
    ...(main === undefined ? [] : [main]),
    ...others.map((title) => ({ ...title, kind: 'translated' })),
    ...subtitles.map((title) => ({ ...title, kind: 'subtitle' })),
    ...titleOf(reading.plain(reading.oneOrMore(doc.alternativeTitle_s)[0], '/alternativeTitle_s'), 'short'),
  ]
}

/** The texts have the precision of the deposit; the dates beside them (`…_tdate`) say 1 January where a year was meant. */
function published(reading: Reading, doc: JsonObject): RecordPartialDate | null {
  for (const key of [
    'publicationDate_s',
    'producedDate_s',
    'publicationDateY_i',
    'producedDateY_i',
    'ePublicationDate_s',
  ]) {
    const date = reading.date(reading.text(doc[key], `/${key}`), `/${key}`)
    if (date !== null) return date
  }
  return null
}

function venue(reading: Reading, doc: JsonObject, type: string | undefined): RecordVenue | null {
  const plain = (key: string) => reading.plain(reading.oneOrMore(doc[key])[0], `/${key}`)
  const issns = ['journalIssn_s', 'journalEissn_s'].flatMap((key) => {
    return reading.parsed(plain(key), parseIssn, 'issn_unusable', `/${key}`) ?? []
  })
  const journal = plain('journalTitle_s')
  const kind = journal !== undefined ? 'journal' : type === 'COMM' || type === 'POSTER' ? 'conference' : 'other'
  return venueOf({
    name: journal ?? plain('bookTitle_s') ?? plain('conferenceTitle_s'),
    issns,
    type: kind,
    abbreviation: plain('journalTitleAbbr_s'),
    identifiers: venueIds(plain('journalId_i')),
    publisher: plain('journalPublisher_s') ?? plain('publisher_s'),
    volume: plain('volume_s'),
    issue: plain('issue_s'),
    ...pagesOf(plain('page_s')),
  })
}

function identifiers(reading: Reading, doc: JsonObject): RecordIdentifier[] {
  const text = (key: string) => reading.text(reading.oneOrMore(doc[key])[0], `/${key}`)
  return [
    ...identifierOf('doi', reading.doi(text('doiId_s'), '/doiId_s')),
    ...identifierOf('arxiv', reading.parsed(text('arxivId_s'), parseArxivId, 'arxiv_unusable', '/arxivId_s')?.id),
    ...identifierOf('pmid', reading.parsed(text('pubmedId_s'), parsePmid, 'pmid_unusable', '/pubmedId_s')),
    ...identifierOf(
      'pmcid',
      reading.parsed(text('pubmedcentralId_s'), parsePmcid, 'pmcid_unusable', '/pubmedcentralId_s'),
    ),
    ...identifierOf('nnt', text('nntId_s')),
    ...identifierOf(
      'isbn',
      reading.parsed(text('isbn_s'), parseIsbn, 'isbn_unusable', '/isbn_s'),
      isBook(doc) ? 'self' : 'part_of',
    ),
  ]
}

function isBook(doc: JsonObject): boolean {
  return doc.docType_s === 'OUV' || doc.docType_s === 'DOUV' || doc.docType_s === 'THESE' || doc.docType_s === 'HDR'
}

/** `sdv.bv_FacetSep_Life Sciences [q-bio]/Vegetal Biology`: what a domain is called, where that was asked for. */
function domainLabels(reading: Reading, doc: JsonObject): Map<string, string> {
  const entries = reading.oneOrMore(doc.en_domainAllCodeLabel_fs).flatMap((entry, at) => {
    const [code, label] = (reading.plain(entry, `/en_domainAllCodeLabel_fs/${at}`) ?? '').split('_FacetSep_')
    return code === undefined || label === undefined ? [] : [[code, label] as const]
  })
  return new Map(entries)
}

function subjects(reading: Reading, doc: JsonObject): RecordSubject[] {
  const labels = domainLabels(reading, doc)
  const domains = reading.oneOrMore(doc.domainAllCode_s ?? doc.level0_domain_s).flatMap((code, at) => {
    const id = reading.text(code, `/domainAllCode_s/${at}`)
    return id === undefined ? [] : subjectOf('hal_domain', labels.get(id) ?? id, id)
  })
  const keywords = byLanguage(reading, doc, 'keyword_s').flatMap(({ text }) => keywordOf(text))
  return [...domains, ...keywords]
}
