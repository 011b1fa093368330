import {
  parseArxivId,
  parseDoi,
  parseIssn,
  parsePmcid,
  parsePmid,
  parseS2CorpusId,
  parseS2PaperId,
} from '@atlas/identifiers'
import type {
  RecordIdentifier,
  RecordOpenAccessLocation,
  RecordReference,
  RecordSubject,
  RecordVenue,
} from '@atlas/schemas'
import type { AdapterResult, JsonObject } from './adapter.ts'
import { blankRecord, pagesOf, venueOf } from './blank.ts'
import { referenceAsGiven, referenceTo, subjectOf } from './listed.ts'
import { openAccessBy, ourWord } from './mapping.ts'
import { openPlace } from './open-access.ts'
import { count, identifierOf, isObject, Reading, titleOf } from './reading.ts'
import { s2Authors } from './semanticscholar-authors.ts'
import { S2_OPEN_ACCESS, S2_VENUES, s2Type } from './semanticscholar-types.ts'

/** A paper. Its id is the hash; the bulk data know its number in the corpus only, and the two meet by that number. */
export function readS2Paper(paper: JsonObject): AdapterResult {
  const reading = new Reading()
  const sourceId = idOf(reading, paper)
  return reading.result(() => {
    const words = reading.list(paper.publicationTypes, '/publicationTypes').map(String)
    const places = openPlaces(reading, paper)
    return {
      ...blankRecord('semanticscholar', sourceId),
      titles: titleOf(reading.plain(paper.title, '/title'), 'main'),
      abstract: reading.plain(paper.abstract, '/abstract') ?? null,
      type: s2Type(words, isInArxivOnly(reading, paper)),
      typeAsGiven: words.length === 0 ? null : words.join('; '),
      published: reading.date(
        reading.text(paper.publicationDate ?? paper.year, '/publicationDate'),
        '/publicationDate',
      ),
      venue: venue(reading, paper),
      identifiers: identifiers(reading, paper, sourceId),
      authors: s2Authors(reading, paper),
      subjects: subjects(reading, paper),
      references: references(reading, paper),
      openAccess: openAccessBy(S2_OPEN_ACCESS, { status: pdfStatus(paper), paper }),
      openAccessLocations: places,
      licence: places[0]?.licence ?? null,
      citedByCount: count(paper.citationCount),
    }
  })
}

function idOf(reading: Reading, paper: JsonObject): string {
  if (paper.paperId === undefined && typeof paper.corpusId === 'number') {
    return reading.sourceId(`CorpusID:${paper.corpusId}`, '/corpusId')
  }
  return reading.ownId(paper.paperId, '/paperId', parseS2PaperId, 'this is not an id of a paper of Semantic Scholar')
}

function identifiers(reading: Reading, paper: JsonObject, sourceId: string): RecordIdentifier[] {
  const ids = reading.object(paper.externalIds, '/externalIds')
  const text = (key: string) => reading.text(ids[key], `/externalIds/${key}`)
  const corpusId = reading.text(paper.corpusId ?? ids.CorpusId, '/corpusId')
  const doi = reading.doi(text('DOI'), '/externalIds/DOI')
  const arxiv = reading.parsed(text('ArXiv'), parseArxivId, 'arxiv_unusable', '/externalIds/ArXiv')?.id
  return [
    ...identifierOf('s2', parseS2PaperId(sourceId)),
    ...identifierOf('s2_corpus', corpusId === undefined ? undefined : parseS2CorpusId(`CorpusID:${corpusId}`)),
    ...identifierOf('doi', doi),
    ...identifierOf('arxiv', arxiv),
    ...identifierOf('pmid', reading.parsed(text('PubMed'), parsePmid, 'pmid_unusable', '/externalIds/PubMed')),
    ...identifierOf('pmcid', pmcid(reading, text('PubMedCentral'))),
    ...identifierOf('mag', text('MAG')),
    ...identifierOf('dblp', text('DBLP')),
    ...identifierOf('acl', text('ACL')),
  ]
}

/** Semantic Scholar leaves out the letters. */
function pmcid(reading: Reading, given: string | undefined): string | undefined {
  const lettered = given !== undefined && /^\d+$/.test(given) ? `PMC${given}` : given
  return reading.parsed(lettered, parsePmcid, 'pmcid_unusable', '/externalIds/PubMedCentral')
}

const ARXIV = /^(?:arxiv(?:\.org)?|corr)$/i

function isInArxivOnly(reading: Reading, paper: JsonObject): boolean {
  const doi = reading.object(paper.externalIds, '/externalIds').DOI
  const journal = isObject(paper.journal) ? paper.journal.name : undefined
  const names = [paper.venue, journal, isObject(paper.publicationVenue) ? paper.publicationVenue.name : undefined]
  const inArxiv = names.some((name) => typeof name === 'string' && ARXIV.test(name.trim()))
  return inArxiv && (typeof doi !== 'string' || parseArxivId(doi) !== undefined)
}

function venue(reading: Reading, paper: JsonObject): RecordVenue | null {
  const journal = reading.object(paper.journal, '/journal')
  const known = reading.object(paper.publicationVenue, '/publicationVenue')
  const name = reading.plain(known.name, '/publicationVenue/name')
  const issns = [known.issn, ...reading.oneOrMore(known.alternate_issns)]
  const id = reading.text(known.id ?? paper.publicationVenueId, '/publicationVenue/id')
  const type = reading.text(known.type, '/publicationVenue/type')
  const inJournal = reading.plain(journal.name, '/journal/name')
  const called = name ?? reading.plain(paper.venue, '/venue') ?? inJournal
  return venueOf({
    name: called,
    issns: issns.flatMap((issn) => (typeof issn === 'string' ? (parseIssn(issn) ?? []) : [])),
    type: venueType(type, called, inJournal),
    volume: reading.text(journal.volume, '/journal/volume')?.trim(),
    ...pagesOf(reading.plain(journal.pages, '/journal/pages')),
    identifiers: id === undefined ? [] : [{ scheme: 's2_venue', value: id }],
  })
}

function venueType(type: string | undefined, name: string | undefined, journal: string | undefined) {
  if (name !== undefined && ARXIV.test(name)) return 'repository'
  if (type !== undefined) return ourWord(S2_VENUES, type) ?? 'other'
  return journal === undefined ? undefined : 'journal'
}

function pdfStatus(paper: JsonObject): string {
  const pdf = isObject(paper.openAccessPdf) ? paper.openAccessPdf.status : undefined
  return typeof pdf === 'string' ? pdf.toLowerCase() : ''
}

function openPlaces(reading: Reading, paper: JsonObject): RecordOpenAccessLocation[] {
  const pdf = reading.object(paper.openAccessPdf, '/openAccessPdf')
  const url = reading.text(pdf.url, '/openAccessPdf/url')
  const licence = reading.text(pdf.license, '/openAccessPdf/license')
  return openPlace(url, { pdfUrl: url, licence, best: true })
}

/** What its model and the sources before it said of the fields; each once. */
function subjects(reading: Reading, paper: JsonObject): RecordSubject[] {
  const fields = [
    ...reading.objects(paper.s2FieldsOfStudy, '/s2FieldsOfStudy').map(({ category }) => category),
    ...reading.list(paper.fieldsOfStudy, '/fieldsOfStudy'),
  ]
  const labels = new Set(fields.flatMap((field, at) => reading.plain(field, `/s2FieldsOfStudy/${at}`) ?? []))
  return [...labels].flatMap((label) => subjectOf('s2_field', label))
}

/** Papers referred to; one that Semantic Scholar does not have has no id, and its title is all that is known. */
function references(reading: Reading, paper: JsonObject): RecordReference[] {
  return reading.objects(paper.references, '/references').flatMap((reference, at) => {
    const pointer = `/references/${at}`
    const ids = reading.object(reference.externalIds, `${pointer}/externalIds`)
    const doi = reading.text(ids.DOI, `${pointer}/externalIds/DOI`)
    const parsed = doi === undefined ? undefined : parseDoi(doi)
    if (parsed !== undefined) return referenceTo('doi', parsed)
    const id = reading.text(reference.paperId, `${pointer}/paperId`)
    const paperId = id === undefined ? undefined : parseS2PaperId(id)
    if (paperId !== undefined) return referenceTo('s2', paperId)
    return referenceAsGiven(reading.plain(reference.title, `${pointer}/title`))
  })
}
