import { parseArxivId, parseHalId, parseIsbn, parseIssn, parsePmcid, parsePmid } from '@atlas/identifiers'
import type { RecordIdentifier, RecordPartialDate, RecordTitle, RecordVenue } from '@atlas/schemas'
import { at, childOf, childrenOf, lineOf, type XmlElement } from '../formats/xml-tree.ts'
import type { AdapterResult } from './adapter.ts'
import { blankRecord, pagesOf, venueOf } from './blank.ts'
import { teiAuthors } from './hal-tei-authors.ts'
import { dateOf, datesOf, fundersIn, licenceOf, openFile, placeOf } from './hal-tei-details.ts'
import { HAL_OPEN_ACCESS, halType, venueIds } from './hal-types.ts'
import { parseLanguage } from './languages.ts'
import { keywordOf } from './listed.ts'
import { openAccessBy } from './mapping.ts'
import { plainTextOf } from './plain-text.ts'
import { identifierOf, Reading, titleOf } from './reading.ts'

export const TEI = 'http://www.tei-c.org/ns/1.0'

/** A TEI document about one deposit: the structures that its authors refer to stand outside of its `biblFull`. */
export function readTei(tei: XmlElement): AdapterResult {
  const reading = new Reading()
  const all = childrenOf(at(tei, 'text', 'body', 'listBibl'), 'biblFull')
  const [full] = all
  const pointer = '/TEI/text/body/listBibl/biblFull'
  if (full === undefined) reading.refuse('missing_field', pointer, 'the document has no biblFull')
  if (all.length > 1)
    reading.refuse('too_many_items', pointer, 'a document is about one deposit: send one TEI for each')
  const struct = at(full, 'sourceDesc', 'biblStruct')
  const given =
    full === undefined ? 'none' : reading.sourceId(idOf(full), `${pointer}/publicationStmt/idno[@type="halId"]`)
  return reading.result(() => {
    const parsed = reading.parsed(given, parseHalId, 'hal_unusable', '/idno[@type="halId"]')
    const edition = currentEdition(full)
    const file = openFile(edition)
    const type = classCode(full, 'halTypology')
    const languages = childrenOf(at(full, 'profileDesc', 'langUsage'), 'language').flatMap(({ attributes }) => {
      return parseLanguage(attributes.ident) ?? []
    })
    return {
      ...blankRecord('hal', parsed?.id ?? given),
      sourceUpdatedAt: reading.instant(dateOf(edition, 'whenModified'), `${pointer}/editionStmt/edition/date`),
      titles: titles(full, struct),
      abstract: plainTextOf(lineOf(at(full, 'profileDesc', 'abstract'))) ?? null,
      type: halType(type),
      typeAsGiven: type ?? null,
      published: published(reading, struct, edition),
      language: languages[0] ?? null,
      languages,
      venue: venue(reading, struct, type),
      identifiers: [...identifierOf('hal', parsed?.id), ...identifiers(reading, struct, type)],
      authors: teiAuthors(reading, full, tei),
      subjects: subjects(full),
      openAccess: openAccessBy(HAL_OPEN_ACCESS, file !== undefined),
      openAccessLocations: file === undefined ? [] : placeOf(full, file),
      licence: licenceOf(full) ?? null,
      funders: fundersIn(full, tei),
      dates: datesOf(struct, edition),
    }
  })
}

function idOf(full: XmlElement): string | undefined {
  const idnos = childrenOf(childOf(full, 'publicationStmt'), 'idno')
  return lineOf(idnos.find(({ attributes }) => attributes.type === 'halId'))
}

/** The edition that is current, else the last one. */
function currentEdition(full: XmlElement | undefined): XmlElement | undefined {
  const editions = childrenOf(childOf(full, 'editionStmt'), 'edition')
  return editions.find(({ attributes }) => attributes.type === 'current') ?? editions.at(-1)
}

function classCode(full: XmlElement | undefined, scheme: string): string | undefined {
  const codes = childrenOf(at(full, 'profileDesc', 'textClass'), 'classCode')
  return codes.find(({ attributes }) => attributes.scheme === scheme)?.attributes.n
}

function titles(full: XmlElement | undefined, struct: XmlElement | undefined): RecordTitle[] {
  const stated = childrenOf(childOf(full, 'titleStmt'), 'title')
  const found = stated.length > 0 ? stated : childrenOf(childOf(struct, 'analytic'), 'title')
  const of = (kind: string, title: XmlElement) =>
    titleOf(plainTextOf(lineOf(title)), kind, parseLanguage(title.attributes['xml:lang']))
  const whole = found.filter(({ attributes }) => attributes.type !== 'sub')
  return [
    ...whole.flatMap((title, place) => of(place === 0 ? 'main' : 'translated', title)),
    ...found.flatMap((title) => (title.attributes.type === 'sub' ? of('subtitle', title) : [])),
  ]
}

function published(
  reading: Reading,
  struct: XmlElement | undefined,
  edition: XmlElement | undefined,
): RecordPartialDate | null {
  const imprint = at(struct, 'monogr', 'imprint')
  const found =
    dateOf(imprint, 'datePub') ??
    dateOf(imprint, 'dateDefended') ??
    dateOf(edition, 'whenProduced') ??
    dateOf(imprint, 'dateEpub')
  return reading.date(found, '/biblStruct/monogr/imprint/date')
}

function venue(reading: Reading, struct: XmlElement | undefined, type: string | undefined): RecordVenue | null {
  const monogr = childOf(struct, 'monogr')
  const imprint = childOf(monogr, 'imprint')
  const title = (level: string) => {
    return plainTextOf(lineOf(childrenOf(monogr, 'title').find(({ attributes }) => attributes.level === level)))
  }
  const scope = (unit: string) =>
    lineOf(childrenOf(imprint, 'biblScope').find(({ attributes }) => attributes.unit === unit))
  const meeting = plainTextOf(lineOf(at(monogr, 'meeting', 'title')))
  const issns = childrenOf(monogr, 'idno')
    .filter(({ attributes }) => attributes.type === 'issn' || attributes.type === 'eissn')
    .flatMap((idno) => reading.parsed(lineOf(idno), parseIssn, 'issn_unusable', '/biblStruct/monogr/idno') ?? [])
  const journal = title('j')
  const journalId = childrenOf(monogr, 'idno').find(({ attributes }) => attributes.type === 'halJournalId')
  const kind = journal !== undefined ? 'journal' : type === 'COMM' || type === 'POSTER' ? 'conference' : 'other'
  return venueOf({
    name: journal ?? title('m') ?? meeting,
    issns,
    type: kind,
    identifiers: venueIds(lineOf(journalId)),
    publisher: plainTextOf(lineOf(childOf(imprint, 'publisher'))),
    volume: scope('volume'),
    issue: scope('issue'),
    ...pagesOf(scope('pp')),
  })
}

function identifiers(reading: Reading, struct: XmlElement | undefined, type: string | undefined): RecordIdentifier[] {
  const isBook = type === 'OUV' || type === 'DOUV' || type === 'THESE' || type === 'HDR'
  const idnos = [struct, childOf(struct, 'monogr'), childOf(struct, 'analytic')].flatMap((element) =>
    childrenOf(element, 'idno'),
  )
  return idnos.flatMap((idno) => {
    const value = lineOf(idno)
    const pointer = `/biblStruct/idno[@type="${idno.attributes.type}"]`
    switch (idno.attributes.type?.toLowerCase()) {
      case 'doi':
        return identifierOf('doi', reading.doi(value, pointer))
      case 'arxiv':
        return identifierOf('arxiv', reading.parsed(value, parseArxivId, 'arxiv_unusable', pointer)?.id)
      case 'pubmed':
        return identifierOf('pmid', reading.parsed(value, parsePmid, 'pmid_unusable', pointer))
      case 'pubmedcentral':
        return identifierOf('pmcid', reading.parsed(value, parsePmcid, 'pmcid_unusable', pointer))
      case 'isbn':
        return identifierOf(
          'isbn',
          reading.parsed(value, parseIsbn, 'isbn_unusable', pointer),
          isBook ? 'self' : 'part_of',
        )
      case 'nnt':
        return identifierOf('nnt', value)
      default:
        return []
    }
  })
}

function subjects(full: XmlElement | undefined) {
  const textClass = at(full, 'profileDesc', 'textClass')
  const keywords = childrenOf(textClass, 'keywords').flatMap((list) => childrenOf(list, 'term'))
  const domains = childrenOf(textClass, 'classCode').filter(({ attributes }) => attributes.scheme === 'halDomain')
  return [
    ...domains.map((code) => {
      const id = code.attributes.n ?? null
      return { scheme: 'hal_domain', id, label: plainTextOf(lineOf(code)) ?? id ?? '', score: null }
    }),
    ...keywords.flatMap((term) => keywordOf(plainTextOf(lineOf(term)))),
  ]
}
