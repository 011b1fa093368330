import { parseDoajId, parseDoi, parseIssn } from '@atlas/identifiers'
import type { RecordSubject } from '@atlas/schemas'
import { childrenOf, lineOf, type XmlElement } from '../formats/xml-tree.ts'
import type { AdapterResult, NormalisedAuthor } from './adapter.ts'
import { blankAuthor, blankRecord, venueOf } from './blank.ts'
import { parseLanguage } from './languages.ts'
import { keywordOf, subjectOf } from './listed.ts'
import { readOaiRecord } from './oai.ts'
import { openPlace } from './open-access.ts'
import { plainTextOf } from './plain-text.ts'
import { identifierOf, Reading, titleOf } from './reading.ts'
import { invertedName } from './written-names.ts'

const DC = 'http://purl.org/dc/elements/1.1/'

/** A record of OAI-PMH in Dublin Core: https://doaj.org/docs/oai-pmh/ */
export function readOai(record: XmlElement): AdapterResult {
  const reading = new Reading()
  const { identifier, datestamp, metadata } = readOaiRecord(reading, record)
  const id = identifier === '' ? undefined : parseDoajId(identifier)
  if (id === undefined && identifier !== '')
    reading.refuse('invalid_field', '/record/header/identifier', 'this is not an article of the DOAJ')
  return reading.result(() => {
    const sourceUpdatedAt = reading.instant(datestamp, '/record/header/datestamp')
    const blank = { ...blankRecord('doaj', id ?? ''), sourceUpdatedAt }
    if (metadata === undefined) return { ...blank, deleted: true, deletedBecause: 'deleted' }
    const dc = (local: string) => childrenOf(metadata, local, DC)
    const lines = (local: string) => dc(local).flatMap((element) => plainTextOf(lineOf(element)) ?? [])
    // The journal's, where it has one only: of the article nothing is said.
    const [only, ...otherLanguages] = lines('language')
    const language = otherLanguages.length > 0 ? undefined : parseLanguage(only)
    const licence = licenceOf(lines('provenance'))
    const identifiers = lines('identifier')
    const source = sourceOf(lines('source')[0])
    return {
      ...blank,
      titles: titleOf(lines('title')[0], 'main', language),
      abstract: lines('description')[0] ?? null,
      type: 'article',
      // The DOAJ knows the month; Dublin Core has its first day.
      published: reading.date(lines('date')[0]?.slice(0, 7), '/record/metadata/dc/date'),
      language: language ?? null,
      languages: language === undefined ? [] : [language],
      venue: venueOf({
        ...source,
        issns: [...new Set(identifiers.flatMap((text) => parseIssn(text) ?? []))],
        type: 'journal',
        publisher: lines('publisher')[0],
      }),
      identifiers: [
        ...identifierOf('doaj', id),
        ...identifierOf(
          'doi',
          identifiers.map((text) => parseDoi(text)).find((doi) => doi !== undefined),
        ),
      ],
      authors: dc('creator').map((creator, at) => authorOf(reading, creator, at)),
      subjects: subjects(dc('subject')),
      openAccess: 'gold',
      openAccessLocations: lines('relation').flatMap((url) => {
        return /^https?:/.test(url) && !url.includes('doaj.org/toc/')
          ? openPlace(url, { host: 'publisher', version: 'published', licence })
          : []
      }),
      licence: licence ?? null,
    }
  })
}

/** The attribute holds an ORCID iD. */
function authorOf(reading: Reading, creator: XmlElement, at: number): NormalisedAuthor {
  return {
    ...blankAuthor(at + 1),
    ...invertedName(plainTextOf(lineOf(creator)) ?? ''),
    orcid: reading.orcid(creator.attributes.id, `/record/metadata/dc/creator[${at + 1}]/@id`),
  }
}

/** `Journal Licence(s): CC BY, CC BY-NC`: the first, as in the API. */
function licenceOf(lines: readonly string[]): string | undefined {
  return lines.flatMap((line) => /^Journal Licence\(s\): ([^,]{1,100})/.exec(line)?.[1]?.trim() ?? [])[0]
}

// Classes of the Library of Congress: `Q`, `QK900-989`, `QP1-(981)`, `T55.4-60.8`.
const CLASS = /^[A-Z]{1,3}(?:\d[\d.()-]*)?$/

/** Keywords; then the journal's classes, each as its term and, in an element of its own behind it, its code. */
function subjects(elements: readonly XmlElement[]): RecordSubject[] {
  return elements.flatMap((element, at): RecordSubject[] => {
    const label = plainTextOf(lineOf(element))
    if (label === undefined) return []
    if (!isClassed(element)) return keywordOf(label)
    if (CLASS.test(label) && isClassed(elements[at - 1])) return []
    const code = isClassed(elements[at + 1]) ? lineOf(elements[at + 1]) : undefined
    return subjectOf('lcc', label, code !== undefined && CLASS.test(code) ? code : null)
  })
}

/** The DOAJ writes "LCSH" for the classes of the API, whose scheme is "LCC". */
function isClassed(element: XmlElement | undefined): boolean {
  return element?.attributes['xsi:type'] === 'dcterms:LCSH'
}

/** `Journal of Bogs, Vol 12, Iss 3, Pp 103-117 (2021)` */
function sourceOf(text: string | undefined) {
  const part = (pattern: RegExp) => pattern.exec(text ?? '')?.[1]
  const [, firstPage, lastPage] = /, Pp? ([^\s,()-]{1,20})(?:-([^\s,()-]{1,20}))?/i.exec(text ?? '') ?? []
  return {
    name: part(/^(.{1,500}?)(?:, (?:Vol|Iss|Pp?) |\s\(\d{4}\)|$)/i),
    volume: part(/, Vol ([^,()]{1,40})/i)?.trim(),
    issue: part(/, Iss ([^,()]{1,40})/i)?.trim(),
    firstPage,
    lastPage,
  }
}
