import { parseHalId, parseIsbn, parseNnt, parsePpn } from '@atlas/identifiers'
import type { RecordIdentifier, RecordOpenAccessLocation, RecordSubject, RecordVenue } from '@atlas/schemas'
import { childOf, childrenOf, elementsOf, lineOf, type XmlElement } from '../formats/xml-tree.ts'
import type { Adapter, AdapterResult } from './adapter.ts'
import { blankRecord, venueOf } from './blank.ts'
import { parseLanguage } from './languages.ts'
import { ourWord } from './mapping.ts'
import { openPlace } from './open-access.ts'
import { plainTextOf } from './plain-text.ts'
import { BIBO, DC, DCTERMS, linesOf, RDF, resourcesOf, uriOf } from './rdf.ts'
import { identifierOf, Reading, titleOf } from './reading.ts'
import { sudocAuthors } from './sudoc-authors.ts'

const RDAM = 'http://rdaregistry.info/Elements/m/'

const TYPES: Readonly<Record<string, string>> = {
  Article: 'article',
  Book: 'book',
  BookSection: 'book-chapter',
  Chapter: 'book-chapter',
  EditedBook: 'book',
  Proceedings: 'book',
  Report: 'report',
  Thesis: 'thesis',
}
const SERIALS = new Set(['Periodical', 'Journal', 'Magazine', 'Newspaper', 'Series', 'Collection'])

/**
 * Documents of the Sudoc in RDF/XML, one a file, as `https://www.sudoc.fr/PPN.rdf` gives them: the notice, and what it is about.
 * https://documentation.abes.fr/sudoc/manuels/administration/aidewebservices/index.html#sudocRDF
 *
 * The union catalogue of French universities says nothing of open access.
 */
export const sudoc: Adapter = {
  source: 'sudoc',
  version: 1,
  formats: ['xml'],
  shapes: [{ format: 'xml', uri: RDF, local: 'RDF' }],
  mapping: {
    takes: 'books, theses and articles: RDF/XML, one document a file; journals are refused',
    types: TYPES,
    openAccess: [],
  },
  idOf: parsePpn,
  readXml: readDocument,
}

function readDocument(rdf: XmlElement): AdapterResult {
  const reading = new Reading()
  const [thing, ...others] = elementsOf(rdf).filter((node) => uriOf(node)?.endsWith('/id') === true)
  const notice = elementsOf(rdf).find((node) => node !== thing && node.uri === BIBO && node.local === 'Document')
  if (thing === undefined) reading.refuse('missing_field', '/rdf:RDF', 'there is no document in it')
  if (others.length > 0) reading.refuse('too_many_items', '/rdf:RDF', 'a file of the Sudoc has one document')
  if (thing !== undefined && SERIALS.has(thing.local))
    reading.refuse(
      'invalid_enum',
      `/rdf:RDF/bibo:${thing.local}`,
      'a journal or series is no work: only its parts are taken',
    )
  const ppn = ppnOf(reading, lineOf(childOf(notice, 'identifier', DCTERMS)) ?? uriOf(thing))
  return reading.result(() => {
    const given = typesOf(thing)
    const type = given.map((word) => ourWord(TYPES, word)).findLast((word) => word !== undefined) ?? 'other'
    const languages = resourcesOf(thing, 'language', DCTERMS).flatMap((uri) => languageOf(uri) ?? [])
    return {
      ...blankRecord('sudoc', ppn),
      sourceUpdatedAt: reading.instant(lineOf(childOf(notice, 'modified', DCTERMS)), '/bibo:Document/dcterms:modified'),
      titles: titles(thing, languages),
      abstract: linesOf(thing, 'abstract', DCTERMS)[0] ?? null,
      type,
      typeAsGiven: given.join('/') || null,
      published: reading.date(/\d{4}/.exec(linesOf(thing, 'date', DC)[0] ?? '')?.[0], '/dc:date'),
      language: languages[0] ?? null,
      languages: [...new Set(languages)],
      venue: venue(thing, type),
      identifiers: identifiers(reading, thing, ppn, type),
      authors: sudocAuthors(thing, type),
      subjects: subjects(thing),
      openAccessLocations: places(thing),
    }
  })
}

function ppnOf(reading: Reading, text: string | undefined): string {
  const pointer = '/bibo:Document/dcterms:identifier'
  return reading.ownId(text, pointer, parsePpn, 'this is not a PPN: its check digit is wrong')
}

/** The element, and the type that it has besides: a thesis is a `bibo:Book` with the type `bibo:Thesis`. */
function typesOf(thing: XmlElement | undefined): string[] {
  if (thing === undefined) return []
  const types = resourcesOf(thing, 'type', RDF).flatMap((uri) => (uri.startsWith(BIBO) ? uri.slice(BIBO.length) : []))
  return [...new Set([thing.local, ...types])]
}

/** `http://lexvo.org/id/iso639-3/fra` */
function languageOf(uri: string): string | undefined {
  return parseLanguage(uri.slice(uri.lastIndexOf('/') + 1))
}

/** `Title  : subtitle / who wrote it ; who introduced it`: what is behind the slash are the people, who stand apart. */
function withoutPeople(text: string): string | undefined {
  return plainTextOf(text.split(/\s\/\s/)[0])
}

function titles(thing: XmlElement | undefined, languages: readonly string[]) {
  const [main, ...others] = linesOf(thing, 'title', DC)
  const only = languages.length === 1 ? languages[0] : undefined
  return [
    ...titleOf(main === undefined ? undefined : withoutPeople(main), 'main', only),
    ...others.flatMap((other) => titleOf(withoutPeople(other), 'translated')),
  ]
}

/** `Paris : Editions ESKA , 2016` */
function publisherOf(thing: XmlElement | undefined): string | undefined {
  // A longer line is none: the pattern would be tried at each of its colons.
  const text = linesOf(thing, 'publisher', DC)[0]?.slice(0, 1000)
  return /:\s*(.{1,300}?)\s*,\s*[^,]{0,40}$/.exec(text ?? '')?.[1]
}

/** What it is part of: `Methods in enzymology / edited by … / New York : Academic Press , 1955-`. */
function hosts(thing: XmlElement | undefined) {
  return childrenOf(thing, 'isPartOf', DCTERMS).flatMap((part) => {
    const [host] = elementsOf(part)
    const name = linesOf(host, 'bibliographicCitation', DCTERMS)[0]
    return [
      {
        ppn: parsePpn(uriOf(host ?? part) ?? ''),
        name: name && withoutPeople(name),
        isSeries: host?.local === 'Series',
      },
    ]
  })
}

function venue(thing: XmlElement | undefined, type: string): RecordVenue | null {
  const [host] = hosts(thing)
  const publisher = publisherOf(thing)
  if (host?.name === undefined) return venueOf({ type: 'other', publisher })
  const kind = host.isSeries ? 'book-series' : type === 'article' ? 'journal' : 'other'
  const ids = host.ppn === undefined ? [] : [{ scheme: 'sudoc', value: host.ppn }]
  return venueOf({ name: host.name, type: kind, publisher, identifiers: ids })
}

function identifiers(reading: Reading, thing: XmlElement | undefined, ppn: string, type: string): RecordIdentifier[] {
  const isbns = [...linesOf(thing, 'isbn13', BIBO), ...linesOf(thing, 'isbn10', BIBO)]
  const whole = type === 'article' || type === 'book-chapter' ? 'part_of' : 'self'
  const thesis = resourcesOf(thing, 'P30135', RDAM).find((uri) => uri.includes('theses.fr/'))
  return [
    ...identifierOf('sudoc', ppn),
    ...linesOf(thing, 'doi', BIBO).flatMap((doi) => identifierOf('doi', reading.doi(doi, '/bibo:doi'))),
    ...isbns.flatMap((isbn) => {
      return identifierOf('isbn', reading.parsed(isbn, parseIsbn, 'isbn_unusable', '/bibo:isbn13'), whole)
    }),
    ...identifierOf('nnt', thesis === undefined ? undefined : parseNnt(thesis.replace(/\/id$/, ''))),
    ...linesOf(thing, 'uri', BIBO).flatMap((uri) => identifierOf('hal', parseHalId(uri)?.id, 'identical')),
    ...hosts(thing).flatMap((host) => identifierOf('sudoc', host.ppn, 'part_of')),
  ]
}

/** Of the addresses of a text those of HAL, where it can be read; the others may want a password. */
function places(thing: XmlElement | undefined): RecordOpenAccessLocation[] {
  return linesOf(thing, 'uri', BIBO).flatMap((uri) => {
    return parseHalId(uri) === undefined ? [] : openPlace(uri, { host: 'repository' })
  })
}

/** A heading, behind which its notice in IdRef may stand. */
function subjects(thing: XmlElement | undefined): RecordSubject[] {
  const nodes = elementsOf(thing).filter(({ local }) => local === 'subject')
  return nodes.flatMap((node, at) => {
    const label = node.uri === DC ? plainTextOf(lineOf(node)) : undefined
    if (label === undefined) return []
    const next = nodes[at + 1]
    const id = next?.uri === DCTERMS ? parsePpn(uriOf(next) ?? '') : undefined
    return { scheme: id === undefined ? 'keyword' : 'rameau', id: id ?? null, label, score: null }
  })
}
