import {
  type HalId,
  parseArxivId,
  parseHalId,
  parseIssn,
  parsePmcid,
  parsePmid,
  type Versioned,
} from '@atlas/identifiers'
import type { RecordIdentifier, RecordSubject } from '@atlas/schemas'
import { childrenOf, lineOf, type XmlElement } from '../formats/xml-tree.ts'
import type { AdapterResult, NormalisedAuthor } from './adapter.ts'
import { blankAuthor, blankRecord, displayName, isGroupName, venueOf } from './blank.ts'
import { readTei, TEI } from './hal-tei.ts'
import { HAL_OPEN_ACCESS, halType } from './hal-types.ts'
import { parseLanguage } from './languages.ts'
import { openAccessBy, ourWord } from './mapping.ts'
import { type OaiRecord, readOaiRecord } from './oai.ts'
import { openPlace } from './open-access.ts'
import { plainTextOf } from './plain-text.ts'
import { identifierOf, Reading, titleOf } from './reading.ts'

const DC = 'http://purl.org/dc/elements/1.1/'

/** A record of OAI-PMH: HAL's own Dublin Core, that of BASE about HAL, or TEI. */
export function readOai(record: XmlElement): AdapterResult {
  const reading = new Reading()
  const oai = readOaiRecord(reading, record)
  if (oai.metadata?.uri === TEI) return readTei(oai.metadata)
  const id = halIdIn(oai.identifier)
  if (id === undefined && oai.identifier !== '') {
    reading.refuse('invalid_field', '/record/header/identifier', 'this is not an identifier of HAL')
  }
  return reading.result(() => {
    const stamp = reading.instant(oai.datestamp, '/record/header/datestamp')
    const blank = { ...blankRecord('hal', id?.id ?? ''), sourceUpdatedAt: stamp }
    if (oai.metadata === undefined) return { ...blank, deleted: true }
    return { ...blank, ...dublinCore(reading, oai.metadata, oai), identifiers: identifiers(reading, oai.metadata, id) }
  })
}

/** BASE puts a name of its own before HAL's: `ftunivsavoie:oai:HAL:hal-01062339v1`. */
function halIdIn(identifier: string): Versioned<HalId> | undefined {
  return parseHalId(identifier) ?? parseHalId(identifier.slice(identifier.lastIndexOf(':') + 1))
}

// The words of info:eu-repo, for where no set names HAL's own.
const EU_REPO: Readonly<Record<string, string>> = {
  article: 'article',
  conferenceObject: 'conference-paper',
  conferencePoster: 'conference-paper',
  book: 'book',
  bookPart: 'book-chapter',
  doctoralThesis: 'thesis',
  masterThesis: 'dissertation',
  bachelorThesis: 'dissertation',
  report: 'report',
  preprint: 'preprint',
  workingPaper: 'preprint',
  review: 'review',
}

// What HAL and BASE write beside them, or instead.
const WORDS: Readonly<Record<string, string>> = {
  'Journal articles': 'article',
  'Conference papers': 'conference-paper',
  'conference proceeding': 'conference-paper',
  'Book sections': 'book-chapter',
  Books: 'book',
  Theses: 'thesis',
  Reports: 'report',
}

const OPEN = /^info:eu-repo\/semantics\/openAccess$/i

function dublinCore(reading: Reading, metadata: XmlElement, { sets }: OaiRecord) {
  const dc = (local: string) => childrenOf(metadata, local, DC)
  const lines = (local: string) => dc(local).flatMap((element) => plainTextOf(lineOf(element)) ?? [])
  const set = sets.find((name) => name.startsWith('type:'))?.slice(5)
  const euRepo = lines('type')
    .find((type) => type.startsWith('info:eu-repo/semantics/'))
    ?.slice(23)
  const types = lines('type').filter((type) => !type.startsWith('info:eu-repo/semantics/'))
  const [main, ...others] = dc('title')
  const isOpen = lines('rights').some((line) => OPEN.test(line))
  const licence = lines('rights').find((line) => /^https?:/.test(line))
  const languages = lines('language').flatMap((line) => parseLanguage(line) ?? [])
  return {
    titles: [...titleIn(main, 'main'), ...others.flatMap((title) => titleIn(title, 'translated'))],
    abstract: abstractIn(lines('description')),
    type: set === undefined ? (ourWord(EU_REPO, euRepo) ?? ourWord(WORDS, types[0]) ?? 'other') : halType(set),
    typeAsGiven: set ?? euRepo ?? types[0] ?? null,
    published: reading.date(lines('date')[0], '/record/metadata/date'),
    language: languages[0] ?? null,
    languages,
    venue: venueIn(lines),
    authors: dc('creator').map((creator, at) => author(creator, at)),
    subjects: subjectsIn(lines('subject')),
    openAccess: openAccessBy(HAL_OPEN_ACCESS, isOpen ? true : undefined),
    openAccessLocations: isOpen ? placeIn(lines('identifier'), licence) : [],
    licence: licence ?? null,
  }
}

/** Domains of HAL, `[SDV.BV] Life Sciences [q-bio]/Vegetal Biology`, and keywords behind them. */
function subjectsIn(labels: readonly string[]): RecordSubject[] {
  const domain = (label: string) => /^\[([A-Z]{2,10}(?:[.:][A-Z_-]{1,20}){0,5})\]\s?(.+)$/.exec(label)
  const read = labels.map((given) => {
    const [, code, label = given] = domain(given) ?? []
    const id = code?.toLowerCase() ?? null
    return { scheme: id === null ? 'keyword' : 'hal_domain', id, label, score: null }
  })
  return [...read.filter(({ id }) => id !== null), ...read.filter(({ id }) => id === null)]
}

/** The page of the deposit, and its file. */
function placeIn(identifiers: readonly string[], licence: string | undefined) {
  const urls = identifiers.filter((line) => /^https?:/.test(line))
  const file = urls.find((url) => /\/file\/|\.pdf$/i.test(url))
  const page = urls.find((url) => url !== file && !url.endsWith('/document'))
  return openPlace(page, { pdfUrl: file, host: 'repository', licence, best: true })
}

function titleIn(title: XmlElement | undefined, kind: string) {
  return titleOf(plainTextOf(lineOf(title)), kind, parseLanguage(title?.attributes['xml:lang']))
}

/** Remarks such as "International audience" are descriptions too; an abstract has sentences. */
function abstractIn(descriptions: readonly string[]): string | null {
  return descriptions.find((text) => text.length > 80) ?? null
}

/** Sources are, in no order: ISSNs, the journal's name, a link, and the whole citation. */
function venueIn(lines: (local: string) => string[]) {
  const sources = lines('source')
  const issns = sources.flatMap((source) => parseIssn(source.replace(/^E?ISSN\s*:\s*/i, '')) ?? [])
  const name = sources.find((source) => !/^(?:E?ISSN|https?:|ISBN)/i.test(source))
  const publisher = lines('publisher').find((text) => text !== 'HAL CCSD')
  return venueOf({ name, issns, type: issns.length > 0 ? 'journal' : 'other', publisher })
}

/** "Pereira , Rodrigo M.": HAL breaks the line at the comma. */
function author(creator: XmlElement, at: number): NormalisedAuthor {
  const text = plainTextOf(lineOf(creator)) ?? ''
  const comma = text.indexOf(',')
  const family = comma === -1 ? undefined : text.slice(0, comma).trim()
  const given = comma === -1 ? undefined : text.slice(comma + 1).trim()
  const split = family !== undefined && family !== '' && given !== undefined && given !== ''
  const name = split ? displayName(given, family) : text
  return {
    ...blankAuthor(at + 1),
    name,
    given: split ? given : null,
    family: split ? family : null,
    collective: isGroupName(name),
  }
}

function identifiers(reading: Reading, metadata: XmlElement, id: Versioned<HalId> | undefined): RecordIdentifier[] {
  const pointer = '/record/metadata/identifier'
  const named = childrenOf(metadata, 'identifier', DC).flatMap((element) => {
    const [, scheme = '', value = ''] = /^([A-Z]{3,15})\s*:\s*(.+)$/i.exec(lineOf(element) ?? '') ?? []
    switch (scheme.toUpperCase()) {
      case 'DOI':
        return identifierOf('doi', reading.doi(value, pointer))
      case 'ARXIV':
        return identifierOf('arxiv', parseArxivId(value)?.id)
      case 'PUBMED':
        return identifierOf('pmid', parsePmid(value))
      case 'PUBMEDCENTRAL':
        return identifierOf('pmcid', parsePmcid(value))
      default:
        return []
    }
  })
  const altered = childrenOf(metadata, 'relation', DC).flatMap((element) => {
    const [, scheme = '', value = ''] =
      /^info:eu-repo\/semantics\/altIdentifier\/(doi|arxiv)\/(.+)$/i.exec(lineOf(element) ?? '') ?? []
    if (scheme === 'doi') return identifierOf('doi', reading.doi(value, pointer))
    return identifierOf('arxiv', parseArxivId(value)?.id)
  })
  return [...identifierOf('hal', id?.id), ...named, ...altered]
}
