import { parseIssn, parsePmid } from '@atlas/identifiers'
import type { RecordTitle, RecordVenue } from '@atlas/schemas'
import { at, childOf, childrenOf, lineOf, textOf, type XmlElement } from '../formats/xml-tree.ts'
import type { Adapter, AdapterResult } from './adapter.ts'
import { blankRecord, pagesOf, venueOf } from './blank.ts'
import { parseLanguage } from './languages.ts'
import { keywordOf, subjectOf } from './listed.ts'
import { plainTextOf } from './plain-text.ts'
import { pubmedAuthors } from './pubmed-authors.ts'
import { publishedOn, revisedOn } from './pubmed-dates.ts'
import { datesOf, funders, openPlaces, references } from './pubmed-details.ts'
import { pubmedIdentifiers } from './pubmed-identifiers.ts'
import { isRetracted, PUBMED_TYPES, pubmedType } from './pubmed-types.ts'
import { identifierOf, Reading, titleOf } from './reading.ts'

/** Articles of PubMed: answers of efetch, baseline and update files; and the PMIDs that an update file deletes. */
export const pubmed: Adapter = {
  source: 'pubmed',
  version: 1,
  formats: ['xml'],
  shapes: [
    { format: 'xml', uri: '', local: 'PubmedArticle' },
    // Taken out of the set only to be refused one by one: nothing of a file is passed over in silence.
    { format: 'xml', uri: '', local: 'PubmedBookArticle' },
    { format: 'xml', uri: '', local: 'PMID', parent: 'DeleteCitation' },
  ],
  mapping: {
    takes: 'articles: efetch, baseline and update files, and the PMIDs that an update file deletes',
    types: PUBMED_TYPES,
    openAccess: [],
  },
  idOf: parsePmid,
  readXml: (element: XmlElement): AdapterResult => {
    if (element.local === 'PMID') return readDeletion(element)
    return element.local === 'PubmedArticle' ? readArticle(element) : refuseKind(element)
  },
}

function refuseKind({ local }: XmlElement): AdapterResult {
  const error = {
    code: 'invalid_enum',
    pointer: `/${local}`,
    detail: 'only PubmedArticle and DeleteCitation are taken',
  }
  return { ok: false, errors: [error] }
}

function readDeletion(pmid: XmlElement): AdapterResult {
  const reading = new Reading()
  const id = pmidOf(reading, pmid, '/DeleteCitation/PMID')
  return reading.result(() => ({ ...blankRecord('pubmed', id), deleted: true }))
}

function pmidOf(reading: Reading, element: XmlElement | undefined, pointer: string): string {
  return reading.ownId(lineOf(element), pointer, parsePmid, 'a PMID is a number of up to nine digits')
}

function readArticle(element: XmlElement): AdapterResult {
  const reading = new Reading()
  const citation = childOf(element, 'MedlineCitation')
  const pmid = pmidOf(reading, childOf(citation, 'PMID'), '/PubmedArticle/MedlineCitation/PMID')
  const article = childOf(citation, 'Article')
  if (article === undefined)
    reading.refuse('missing_field', '/PubmedArticle/MedlineCitation/Article', 'the record has no article')
  return reading.result(() => {
    const languages = childrenOf(article, 'Language').flatMap((element) => parseLanguage(lineOf(element)) ?? [])
    const [language] = languages
    const identifiers = pubmedIdentifiers(reading, element, citation, article)
    return {
      ...blankRecord('pubmed', pmid),
      sourceUpdatedAt: revisedOn(citation),
      titles: titles(article, language),
      abstract: abstract(article),
      ...pubmedType(article),
      published: publishedOn(reading, article),
      language: language ?? null,
      languages,
      venue: venue(reading, citation, article),
      identifiers: [...identifierOf('pmid', pmid), ...identifiers],
      authors: pubmedAuthors(reading, article),
      subjects: subjects(citation),
      retracted: isRetracted(citation, article),
      funders: funders(article),
      references: references(element),
      dates: datesOf(element, article),
      openAccessLocations: openPlaces(identifiers.find(({ scheme }) => scheme === 'pmcid')?.value),
    }
  })
}

/** An article in another language has its title translated in square brackets, and its own beside it. */
function titles(article: XmlElement | undefined, language: string | undefined): RecordTitle[] {
  const line = plainTextOf(lineOf(childOf(article, 'ArticleTitle')))
  const vernacular = plainTextOf(lineOf(childOf(article, 'VernacularTitle')))
  const bracketed = /^\[(.{1,10000})\]\.?$/su.exec(line ?? '')
  const main = bracketed?.[1] ?? line
  const foreign = bracketed !== null || (vernacular !== undefined && language !== 'en')
  return [
    ...titleOf(main, 'main', foreign ? 'en' : language),
    ...titleOf(vernacular, main === undefined ? 'main' : 'original', language),
  ]
}

function abstract(article: XmlElement | undefined): string | null {
  const parts = childrenOf(childOf(article, 'Abstract'), 'AbstractText').map((part) => {
    const label = part.attributes.Label
    return `${label === undefined ? '' : `${label}: `}${textOf(part)}`
  })
  return plainTextOf(parts.join(' ')) ?? null
}

function venue(
  reading: Reading,
  citation: XmlElement | undefined,
  article: XmlElement | undefined,
): RecordVenue | null {
  const journal = childOf(article, 'Journal')
  const issue = childOf(journal, 'JournalIssue')
  const issns = [childOf(journal, 'ISSN'), at(citation, 'MedlineJournalInfo', 'ISSNLinking')].flatMap((element) => {
    return reading.parsed(lineOf(element), parseIssn, 'issn_unusable', '/Article/Journal/ISSN') ?? []
  })
  return venueOf({
    name: plainTextOf(lineOf(childOf(journal, 'Title')) ?? lineOf(childOf(journal, 'ISOAbbreviation'))),
    issns: [...new Set(issns)],
    type: 'journal',
    abbreviation:
      lineOf(childOf(journal, 'ISOAbbreviation')) ?? lineOf(at(citation, 'MedlineJournalInfo', 'MedlineTA')),
    identifiers: identifierPairs('nlm', lineOf(at(citation, 'MedlineJournalInfo', 'NlmUniqueID'))),
    volume: lineOf(childOf(issue, 'Volume')),
    issue: lineOf(childOf(issue, 'Issue')),
    ...pages(childOf(article, 'Pagination')),
  })
}

/** `514-20` is short for 514 to 520. */
function pages(pagination: XmlElement | undefined): { firstPage: string | null; lastPage: string | null } {
  const start = lineOf(childOf(pagination, 'StartPage'))
  if (start !== undefined) return { firstPage: start, lastPage: lineOf(childOf(pagination, 'EndPage')) ?? null }
  const { firstPage, lastPage } = pagesOf(lineOf(childOf(pagination, 'MedlinePgn'))?.split(/[,;]/)[0])
  const isShort =
    firstPage !== null && lastPage !== null && /^\d+$/.test(lastPage) && lastPage.length < firstPage.length
  return { firstPage, lastPage: isShort ? firstPage.slice(0, firstPage.length - lastPage.length) + lastPage : lastPage }
}

function subjects(citation: XmlElement | undefined) {
  const headings = childrenOf(childOf(citation, 'MeshHeadingList'), 'MeshHeading').flatMap((heading) => {
    const descriptor = childOf(heading, 'DescriptorName')
    return subjectOf('mesh', lineOf(descriptor), descriptor?.attributes.UI ?? null)
  })
  const keywords = childrenOf(citation, 'KeywordList').flatMap((list) => childrenOf(list, 'Keyword'))
  return [...headings, ...keywords.flatMap((keyword) => keywordOf(plainTextOf(lineOf(keyword))))]
}

function identifierPairs(scheme: string, value: string | undefined) {
  return value === undefined ? [] : [{ scheme, value }]
}
