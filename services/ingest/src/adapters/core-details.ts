import { parseArxivId, parseDoi, parseIssn, parsePmid } from '@atlas/identifiers'
import type {
  RecordDatedEvent,
  RecordIdentifier,
  RecordOpenAccessLocation,
  RecordReference,
  RecordSubject,
  RecordVenue,
} from '@atlas/schemas'
import type { JsonObject, NormalisedAuthor } from './adapter.ts'
import { blankAuthor, venueOf } from './blank.ts'
import { parsePartialDate } from './dates.ts'
import { keywordOf, referenceAsGiven, referenceTo, subjectOf } from './listed.ts'
import { openPlace } from './open-access.ts'
import { identifierOf, isObject, type Reading } from './reading.ts'
import { invertedName } from './written-names.ts'

/** Names alone in v2 (`orcidAuthors` beside them), objects in v3. `contributors` are mostly repositories, and no people. */
export function coreAuthors(reading: Reading, work: JsonObject): NormalisedAuthor[] {
  return reading.list(work.authors, '/authors').map((author, at) => {
    const pointer = `/authors/${at}`
    const entry = isObject(author) ? author : { name: author }
    const orcid = reading.text(entry.orcid ?? entry.orcidId, `${pointer}/orcid`)
    return {
      ...blankAuthor(at + 1),
      ...invertedName(reading.plain(entry.name, `${pointer}/name`) ?? ''),
      orcid: reading.orcid(orcid, `${pointer}/orcid`),
    }
  })
}

/** Its own number, the DOI, those of other services, and under which names repositories have it. */
export function coreIdentifiers(reading: Reading, work: JsonObject, id: string): RecordIdentifier[] {
  const text = (key: string) => reading.text(work[key], `/${key}`)
  const mag = reading.object(work.magDocument, '/magDocument').magId ?? work.magId
  const oais = [...reading.oneOrMore(work.oai), ...reading.oneOrMore(work.oaiIds)]
  const arxiv = text('arxivId')
  return [
    ...identifierOf('core', id),
    ...identifierOf('doi', reading.doi(text('doi'), '/doi')),
    ...identifierOf('pmid', reading.parsed(text('pubmedId'), parsePmid, 'pmid_unusable', '/pubmedId')),
    ...identifierOf('arxiv', arxiv === undefined ? undefined : parseArxivId(arxiv)?.id),
    ...identifierOf('mag', reading.text(mag, '/magId')),
    ...oais.flatMap((oai) => identifierOf('oai', reading.text(oai, '/oai')?.trim())),
  ]
}

/** The journal, by name (v3) or by ISSN alone (v2); else the repository that it comes from. */
export function coreVenue(reading: Reading, work: JsonObject): RecordVenue | null {
  const [journal] = reading.objects(work.journals, '/journals')
  const ids = journal === undefined ? [] : reading.oneOrMore(journal.identifiers)
  const issns = [...ids, work.issn].flatMap((issn) => {
    const text = typeof issn === 'string' ? issn.replace(/^issn:/i, '') : undefined
    return reading.parsed(text, parseIssn, 'issn_unusable', '/issn') ?? []
  })
  const publisher = reading.plain(work.publisher, '/publisher')
  const name = reading.plain(journal?.title, '/journals/0/title')
  if (name !== undefined || issns.length > 0)
    return venueOf({ name, issns: [...new Set<string>(issns)], type: 'journal', publisher })
  return venueOf({ name: provider(reading, work), type: 'repository', publisher })
}

function provider(reading: Reading, work: JsonObject): string | undefined {
  const [repository] = reading.oneOrMore(work.repositories ?? work.dataProviders)
  return isObject(repository) ? reading.plain(repository.name, '/repositories/0/name') : undefined
}

// Milliseconds in v2; in v3 a date and time.
const EVENTS = [
  ['acceptedDate', 'accepted'],
  ['depositedDate', 'deposited'],
] as const

export function coreDates(work: JsonObject): RecordDatedEvent[] {
  return EVENTS.flatMap(([key, kind]) => {
    const date = dayOf(work[key])
    return date === undefined ? [] : { kind, ...date }
  })
}

/** The day of a number of milliseconds, or of a text. */
export function dayOf(value: JsonObject[string]) {
  if (typeof value === 'string') return parsePartialDate(value)
  if (typeof value !== 'number' || !Number.isInteger(value) || Math.abs(value) > 8.64e15) return undefined
  return parsePartialDate(new Date(value).toISOString())
}

/** The copy that CORE has or knows. */
export function corePlaces(reading: Reading, work: JsonObject): RecordOpenAccessLocation[] {
  const url = reading.text(work.downloadUrl, '/downloadUrl')
  const known = reading.text(work.fullTextIdentifier, '/fullTextIdentifier')
  const sources = reading.oneOrMore(work.sourceFulltextUrls).map((one) => reading.text(one, '/sourceFulltextUrls'))
  const all = [url, known, ...sources].flatMap((one) => (one !== undefined && /^https?:/i.test(one) ? one : []))
  return [...new Set(all)].flatMap((one, at) => {
    return openPlace(one, { host: /^https?:\/\/core\.ac\.uk\//i.test(one) ? 'repository' : undefined, best: at === 0 })
  })
}

/** References of v3, and the raw `citations` of v2. */
export function coreReferences(reading: Reading, work: JsonObject): RecordReference[] {
  return reading.oneOrMore(work.references ?? work.citations).flatMap((entry, at) => {
    if (!isObject(entry)) return []
    const text = (key: string) => reading.plain(entry[key], `/references/${at}/${key}`)
    const doi = text('doi')
    const parsed = doi === undefined ? undefined : parseDoi(doi)
    const raw = text('raw') ?? text('title')
    return parsed === undefined ? referenceAsGiven(raw) : referenceTo('doi', parsed)
  })
}

/** Topics; what v2 calls subjects are the types of the document, as far as they are known. */
export function coreSubjects(reading: Reading, work: JsonObject, isType: (word: string) => boolean): RecordSubject[] {
  const subjects = reading.oneOrMore(work.subjects).filter((word) => typeof word === 'string' && !isType(word))
  const all = [...reading.oneOrMore(work.topics), ...subjects].flatMap((label) => reading.plain(label, '/topics') ?? [])
  const field = reading.plain(work.fieldOfStudy, '/fieldOfStudy')
  return [...all.flatMap(keywordOf), ...subjectOf('core_field', field)]
}
