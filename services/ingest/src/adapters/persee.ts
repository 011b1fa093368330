import { parseDoi, parseIssn, parsePerseeId } from '@atlas/identifiers'
import type { RecordDatedEvent, RecordReference, RecordVenue } from '@atlas/schemas'
import { childOf, lineOf, type XmlElement } from '../formats/xml-tree.ts'
import type { Adapter, AdapterResult } from './adapter.ts'
import { blankRecord, venueOf } from './blank.ts'
import { parsePartialDate } from './dates.ts'
import { parseLanguage } from './languages.ts'
import { keywordOf, referenceAsGiven, referenceTo } from './listed.ts'
import { type OpenAccessRule, openAccessBy, ourWord } from './mapping.ts'
import { openPlace } from './open-access.ts'
import { perseeAuthors } from './persee-authors.ts'
import { BIBO, DCTERMS, FOAF, linesOf, RDF, resourcesOf, uriOf } from './rdf.ts'
import { identifierOf, Reading, titleOf } from './reading.ts'

const PERSEE = 'http://data.persee.fr/ontology/persee-ontology/'
const RDAM = 'http://rdaregistry.info/Elements/m/'
const CITO = 'http://purl.org/spar/cito/'

const TYPES: Readonly<Record<string, string>> = { Article: 'article', Review: 'review' }

const OPEN_ACCESS: readonly OpenAccessRule<XmlElement>[] = [
  {
    when: 'dcterms:license',
    status: 'green',
    holds: (description) => childOf(description, 'license', DCTERMS) !== undefined,
  },
  { when: 'any other', status: 'closed', holds: () => true },
]

/**
 * Documents of Persée, of its RDF/XML one by one and of the dumps of its collections: https://data.persee.fr/explorer/
 *
 * A document is described on paper, on the web and as a notice, and on the web is where everything is said.
 */
export const persee: Adapter = {
  source: 'persee',
  version: 1,
  formats: ['xml'],
  shapes: [
    { format: 'xml', uri: RDF, local: 'Description', parent: 'RDF', attribute: ['rdf:about', '#Web'] },
    { format: 'xml', uri: BIBO, local: 'Document', parent: 'RDF', attribute: ['rdf:about', '#Web'] },
    // Taken out of a dump only to be refused one by one: nothing of a file is passed over in silence.
    { format: 'xml', uri: BIBO, local: 'Issue', parent: 'RDF' },
    { format: 'xml', uri: BIBO, local: 'Journal', parent: 'RDF' },
    { format: 'xml', uri: BIBO, local: 'Collection', parent: 'RDF' },
    { format: 'xml', uri: FOAF, local: 'Person', parent: 'RDF' },
  ],
  mapping: {
    takes: 'articles: RDF/XML of a document, and dumps; issues, journals and persons are refused',
    types: TYPES,
    openAccess: OPEN_ACCESS,
  },
  idOf: parsePerseeId,
  readXml: readDocument,
}

function readDocument(description: XmlElement): AdapterResult {
  const reading = new Reading()
  const about = reading.sourceId(uriOf(description), '/@rdf:about')
  const id = about === '' ? undefined : parsePerseeId(about)
  if (about !== '' && !about.includes('/doc/'))
    reading.refuse('invalid_enum', '/@rdf:about', 'only documents (…/doc/…) are taken')
  else if (id === undefined && about !== '')
    reading.refuse('invalid_field', '/@rdf:about', 'this names no document of Persée')
  return reading.result(() => {
    const line = (local: string, uri: string) => linesOf(description, local, uri)[0]
    const types = resourcesOf(description, 'type', RDF).filter((uri) => uri.startsWith(PERSEE))
    const type = types[0]?.slice(PERSEE.length)
    const language = parseLanguage(line('language', DCTERMS))
    const licence = line('license', DCTERMS)
    const openAccess = openAccessBy(OPEN_ACCESS, description)
    return {
      ...blankRecord('persee', id ?? ''),
      sourceUpdatedAt: reading.instant(lineOf(childOf(description, 'modified', DCTERMS)), '/dcterms:modified'),
      titles: titleOf(line('title', DCTERMS), 'main', language),
      abstract: line('abstract', DCTERMS) ?? null,
      type: ourWord(TYPES, type) ?? 'other',
      typeAsGiven: type ?? null,
      published: reading.date(line('dateOfPrintPublication', PERSEE), '/persee:dateOfPrintPublication'),
      dates: onlineSince(line('dateOfPublication', RDAM)),
      language: language ?? null,
      languages: language === undefined ? [] : [language],
      venue: venue(description, id),
      identifiers: [...identifierOf('persee', id), ...identifierOf('doi', reading.doi(line('doi', BIBO), '/bibo:doi'))],
      authors: perseeAuthors(reading, description),
      subjects: linesOf(description, 'subject', DCTERMS).flatMap(keywordOf),
      references: references(description),
      openAccess,
      openAccessLocations:
        openAccess === 'green'
          ? openPlace(line('identifier', DCTERMS), { host: 'repository', version: 'published', licence, best: true })
          : [],
      licence: licence ?? null,
    }
  })
}

function onlineSince(text: string | undefined): RecordDatedEvent[] {
  const date = text === undefined ? undefined : parsePartialDate(text)
  return date === undefined ? [] : [{ kind: 'online', ...date }]
}

/** The ISSN is part of the document's name; the rest is in the citation: `In: Histoire de l'art, N°42-43, 1998. … pp. 103-113.` */
function venue(description: XmlElement, id: string | undefined): RecordVenue | null {
  const citation = linesOf(description, 'bibliographicCitation', DCTERMS)[0]?.slice(0, 4000) ?? ''
  const part = (pattern: RegExp) => pattern.exec(citation)?.[1]
  const issn = parseIssn(/_(\d{4}-\d{3}[\dX])_/i.exec(id ?? '')?.[1] ?? '')
  const name = part(/\bIn\s?: (.{1,300}?), (?=n°|tome|t\. ?\d|vol|fasc|ann[ée]e|\d)/i)
  return venueOf({
    name,
    issns: issn === undefined ? [] : [issn],
    type: issn === undefined ? 'other' : 'journal',
    publisher: linesOf(description, 'publisher', DCTERMS)[0],
    volume: part(/, (?:tome|t\.|volume|vol\.) ?([^,.]{1,40})/i),
    issue: part(/, n°\s?([^,.]{1,40})/i),
    firstPage: linesOf(description, 'pageStart', BIBO)[0],
    lastPage: linesOf(description, 'pageEnd', BIBO)[0],
  })
}

function references(description: XmlElement): RecordReference[] {
  return resourcesOf(description, 'cites', CITO).flatMap((uri) => {
    const [doi, id] = [parseDoi(uri), parsePerseeId(uri)]
    if (doi !== undefined) return referenceTo('doi', doi)
    return id === undefined ? referenceAsGiven(uri) : referenceTo('persee', id)
  })
}
