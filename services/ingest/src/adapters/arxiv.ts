import { parseArxivId } from '@atlas/identifiers'
import type { RecordIdentifier } from '@atlas/schemas'
import { childOf, childrenOf, elementsOf, lineOf, type XmlElement } from '../formats/xml-tree.ts'
import type { Adapter, AdapterResult, NormalisedAuthor } from './adapter.ts'
import { affiliationNamed, blankAuthor, blankRecord, displayName, isGroupName, venueOf } from './blank.ts'
import { parseLanguage } from './languages.ts'
import { OAI, readOaiRecord } from './oai.ts'
import { openPlace } from './open-access.ts'
import { plainTextOf } from './plain-text.ts'
import { identifierOf, Reading, titleOf } from './reading.ts'
import { saysWithdrawn, WITHDRAWN } from './withdrawn.ts'

const ATOM = 'http://www.w3.org/2005/Atom'
const ARXIV_ATOM = 'http://arxiv.org/schemas/atom'

/** Preprints of arXiv: entries of its API (Atom) and records of OAI-PMH in its own format. */
export const arxiv: Adapter = {
  source: 'arxiv',
  version: 2,
  formats: ['xml'],
  shapes: [
    { format: 'xml', uri: ATOM, local: 'entry' },
    { format: 'xml', uri: OAI, local: 'record' },
  ],
  mapping: {
    takes: 'preprints: entries of the API (Atom) and OAI-PMH in the format arXiv',
    types: { preprint: 'preprint' },
    openAccess: [{ when: 'always', status: 'green' }],
  },
  idOf: (text) => parseArxivId(text)?.id,
  readXml: (element: XmlElement): AdapterResult => (element.local === 'entry' ? readEntry(element) : readOai(element)),
}

/** What every preprint of arXiv is. */
function preprint(id: string) {
  return {
    ...blankRecord('arxiv', id),
    type: 'preprint',
    typeAsGiven: 'preprint',
    venue: venueOf({ name: 'arXiv', type: 'repository' }),
    openAccess: 'green',
    openAccessLocations: openPlace(`https://arxiv.org/abs/${id}`, {
      pdfUrl: `https://arxiv.org/pdf/${id}`,
      host: 'repository',
      best: true,
    }),
  }
}

function idOf(reading: Reading, raw: string | undefined, pointer: string): string {
  return reading.ownId(raw, pointer, (text) => parseArxivId(text)?.id, 'this is not an id of arXiv')
}

/** An entry of the Atom feed. arXiv answers its errors as an entry, too. */
function readEntry(entry: XmlElement): AdapterResult {
  const reading = new Reading()
  const url = lineOf(childOf(entry, 'id'))
  if (url?.includes('/api/errors') === true) {
    reading.refuse('invalid_field', '/entry/id', 'this is an error of the API of arXiv, not a preprint')
    return reading.result(() => preprint(''))
  }
  const id = idOf(reading, url, '/entry/id')
  return reading.result(() => ({
    ...preprint(id),
    sourceUpdatedAt: reading.instant(lineOf(childOf(entry, 'updated')), '/entry/updated'),
    titles: titleOf(plainTextOf(lineOf(childOf(entry, 'title'))), 'main'),
    abstract: plainTextOf(lineOf(childOf(entry, 'summary'))) ?? null,
    published: reading.date(lineOf(childOf(entry, 'published')), '/entry/published'),
    identifiers: identifiers(reading, id, childrenOf(entry, 'doi', ARXIV_ATOM)),
    authors: childrenOf(entry, 'author').map((author, at) => atomAuthor(author, at)),
    subjects: childrenOf(entry, 'category').flatMap(({ attributes }) => category(attributes.term)),
    ...(saysWithdrawn(lineOf(childOf(entry, 'comment', ARXIV_ATOM))) ? WITHDRAWN : {}),
  }))
}

function atomAuthor(author: XmlElement, at: number): NormalisedAuthor {
  const name = plainTextOf(lineOf(childOf(author, 'name'))) ?? ''
  const affiliations = childrenOf(author, 'affiliation', ARXIV_ATOM)
  return { ...blankAuthor(at + 1), name, collective: isGroupName(name), affiliations: affiliationsIn(affiliations) }
}

/** A record of OAI-PMH. Its stamp is the envelope's: the dates inside are those of the versions of the text. */
function readOai(record: XmlElement): AdapterResult {
  const reading = new Reading()
  const oai = readOaiRecord(reading, record)
  const { metadata } = oai
  const id = idOf(reading, oai.identifier === '' ? undefined : oai.identifier, '/record/header/identifier')
  if (metadata !== undefined && metadata.local !== 'arXiv') {
    reading.refuse('invalid_enum', '/record/metadata', 'of the formats of arXiv only "arXiv" is taken')
  }
  return reading.result(() => {
    const stamp = reading.instant(oai.datestamp, '/record/header/datestamp')
    if (metadata === undefined) return { ...preprint(id), sourceUpdatedAt: stamp, deleted: true }
    const authors = elementsOf(childOf(metadata, 'authors')).filter(({ local }) => local === 'author')
    return {
      ...preprint(id),
      sourceUpdatedAt: stamp,
      titles: titleOf(plainTextOf(lineOf(childOf(metadata, 'title'))), 'main'),
      abstract: plainTextOf(lineOf(childOf(metadata, 'abstract'))) ?? null,
      published: reading.date(lineOf(childOf(metadata, 'created')), '/record/metadata/arXiv/created'),
      language: parseLanguage(lineOf(childOf(metadata, 'language'))) ?? null,
      licence: lineOf(childOf(metadata, 'license')) ?? null,
      identifiers: identifiers(reading, id, childrenOf(metadata, 'doi')),
      authors: authors.map((author, at) => oaiAuthor(author, at)),
      subjects: (lineOf(childOf(metadata, 'categories')) ?? '').split(' ').flatMap(category),
      ...(saysWithdrawn(lineOf(childOf(metadata, 'comments'))) ? WITHDRAWN : {}),
    }
  })
}

function oaiAuthor(author: XmlElement, at: number): NormalisedAuthor {
  const line = (local: string) => plainTextOf(lineOf(childOf(author, local)))
  const [given, family, suffix] = [line('forenames'), line('keyname'), line('suffix')]
  const name = displayName(given, family, suffix)
  const collective = isGroupName(name)
  return {
    ...blankAuthor(at + 1),
    name,
    given: given ?? null,
    family: collective ? null : (family ?? null),
    suffix: suffix ?? null,
    collective,
    affiliations: affiliationsIn(childrenOf(author, 'affiliation')),
  }
}

function affiliationsIn(elements: readonly XmlElement[]) {
  return elements.flatMap((element) => {
    const name = plainTextOf(lineOf(element))
    return name === undefined ? [] : [affiliationNamed(name)]
  })
}

/**
 * Every preprint has a DOI of arXiv's own, made of its id; the DOIs that authors add are of what was published of it,
 * several in one field with commas, semicolons or spaces between.
 */
function identifiers(reading: Reading, id: string, dois: readonly XmlElement[]): RecordIdentifier[] {
  const published = dois.flatMap((element) => (lineOf(element) ?? '').split(/[,;]?\s+|;(?=10\.)|,(?=10\.)/))
  return [
    ...identifierOf('arxiv', id),
    ...identifierOf('doi', reading.doi(`10.48550/arxiv.${id}`, '/id')),
    ...published.flatMap((doi) => (doi === '' ? [] : identifierOf('doi', reading.doi(doi, '/doi'), 'preprint_of'))),
  ]
}

function category(term: string | undefined) {
  return term === undefined || term === '' ? [] : [{ scheme: 'arxiv', id: term, label: term, score: null }]
}
