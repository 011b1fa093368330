import { parseDoi, parseIsbn, parseIssn } from '@atlas/identifiers'
import type { RecordAffiliation, RecordIdentifier, RecordPartialDate, RecordTitle, RecordVenue } from '@atlas/schemas'
import type { Adapter, AdapterResult, JsonObject, Normalised, NormalisedAuthor } from './adapter.ts'
import { affiliationNamed, blankAuthor, blankRecord, displayName, isGroupName, pagesOf, venueOf } from './blank.ts'
import { dateParts, datesOf, funders, licenceOf, openPlaces, references } from './crossref-details.ts'
import { relations } from './crossref-relations.ts'
import { partialDate } from './dates.ts'
import { parseLanguage } from './languages.ts'
import { keywordOf } from './listed.ts'
import { type OpenAccessRule, openAccessBy, ourWord } from './mapping.ts'
import { count, identifierOf, isObject, Reading, titleOf } from './reading.ts'
import { markOf, WITHDRAWN } from './withdrawn.ts'

// The words of the REST API, and those of citeproc that content negotiation answers with.
export const CROSSREF_TYPES: Readonly<Record<string, string>> = {
  'journal-article': 'article',
  'article-journal': 'article',
  article: 'article',
  'posted-content': 'preprint',
  'proceedings-article': 'conference-paper',
  'paper-conference': 'conference-paper',
  book: 'book',
  monograph: 'book',
  'edited-book': 'book',
  'reference-book': 'book',
  'book-chapter': 'book-chapter',
  'book-section': 'book-chapter',
  'book-part': 'book-chapter',
  chapter: 'book-chapter',
  dissertation: 'thesis',
  thesis: 'thesis',
  report: 'report',
  'report-component': 'report',
  dataset: 'dataset',
  software: 'software',
  'peer-review': 'review',
}
const BOOKS = new Set(['book', 'thesis', 'report'])
// Proceedings and series are of type "other".
const HAS_EDITORS = new Set([...BOOKS, 'other'])
const JOURNALS = new Set(['article', 'review', 'editorial', 'letter', 'erratum'])
const CORRECTIONS = new Set(['erratum', 'corrigendum', 'correction', 'retraction', 'addendum'])

const OPEN_ACCESS: readonly OpenAccessRule<readonly JsonObject[]>[] = [
  {
    when: 'a licence of Creative Commons',
    status: 'hybrid',
    holds: (licences) => licences.some(({ URL: url }) => String(url).includes('creativecommons.org')),
  },
  { when: 'any other', status: 'closed', holds: () => true },
]

/** Works of Crossref: answers of the REST API, lists and lines of its dumps, and citeproc. */
export const crossref: Adapter = {
  source: 'crossref',
  version: 2,
  formats: ['json'],
  shapes: [
    { format: 'json', path: ['message', 'items', '*'] },
    { format: 'json', path: ['message'] },
    { format: 'json', path: ['items', '*'] },
  ],
  mapping: {
    takes: 'works: answers of the REST API, lists and lines of its dumps, and citeproc of content negotiation',
    types: CROSSREF_TYPES,
    openAccess: OPEN_ACCESS,
  },
  readJson: readWork,
  idOf: (text) => parseDoi(text) ?? text.toLowerCase(),
}

function readWork(work: JsonObject): AdapterResult {
  const reading = new Reading()
  const given = reading.sourceId(work.DOI, '/DOI')
  return reading.result(() => {
    const doi = reading.doi(given, '/DOI')
    const type = typeOf(reading, work)
    return {
      ...blankRecord('crossref', doi ?? given.toLowerCase()),
      sourceUpdatedAt: updatedAt(work),
      titles: titles(reading, work),
      abstract: reading.plain(work.abstract, '/abstract') ?? null,
      type,
      typeAsGiven: reading.text(work.type, '/type') ?? null,
      published: published(reading, work),
      language: parseLanguage(reading.text(work.language, '/language')) ?? null,
      venue: venue(reading, work, type),
      identifiers: [...identifierOf('doi', doi), ...isbns(reading, work, type), ...relations(reading, work)],
      authors: authors(reading, work, type),
      subjects: reading.list(work.subject, '/subject').flatMap((label, at) => {
        return keywordOf(reading.plain(label, `/subject/${at}`))
      }),
      ...takenBack(reading, work),
      openAccess: openAccessBy(OPEN_ACCESS, reading.objects(work.license, '/license')),
      openAccessLocations: openPlaces(reading, work, doi),
      licence: licenceOf(reading, work),
      funders: funders(reading, work),
      references: references(reading, work),
      dates: datesOf(work),
      citedByCount: count(work['is-referenced-by-count']),
    }
  })
}

/** A retraction marks the work, a withdrawal or removal takes it back: as Crossref was told, or as the title is marked. */
function takenBack(
  reading: Reading,
  work: JsonObject,
): Partial<Pick<Normalised, 'retracted' | 'deleted' | 'deletedBecause'>> {
  const kinds = [
    ...updates(reading, work, 'updated-by'),
    ...updates(reading, work, 'update-to').filter((update) => isAbout(work, update)),
  ].map(({ type }) => type)
  const mark = reading.oneOrMore(work.title).map((title) => markOf(reading.plain(title, '/title')))[0]
  if (mark === 'withdrawn' || kinds.some((kind) => kind === 'withdrawal' || kind === 'removal')) return WITHDRAWN
  return { retracted: mark === 'retracted' || kinds.includes('retraction') }
}

function typeOf(reading: Reading, work: JsonObject): string {
  const corrects = updates(reading, work, 'update-to').filter((update) => !isAbout(work, update))
  if (corrects.some(({ type }) => CORRECTIONS.has(String(type)))) return 'erratum'
  if (work.subtype === 'preprint') return 'preprint'
  return ourWord(CROSSREF_TYPES, reading.text(work.type, '/type')) ?? 'other'
}

/** Whether an update names the DOI that it stands under: the text was corrected, or taken back, in its place. */
function isAbout(work: JsonObject, { DOI: doi }: JsonObject): boolean {
  return typeof doi === 'string' && typeof work.DOI === 'string' && doi.toLowerCase() === work.DOI.trim().toLowerCase()
}

export function updates(reading: Reading, work: JsonObject, key: 'update-to' | 'updated-by'): JsonObject[] {
  return reading.objects(work[key], `/${key}`)
}

/** When Crossref last indexed the record: unlike `deposited` it moves whenever anything of the answer may have changed. */
function updatedAt(work: JsonObject): number | null {
  for (const key of ['indexed', 'deposited', 'created']) {
    const stamp = work[key]
    if (isObject(stamp) && typeof stamp.timestamp === 'number') return stamp.timestamp
  }
  return null
}

function titles(reading: Reading, work: JsonObject): RecordTitle[] {
  const of = (key: string, kind: string) =>
    reading.oneOrMore(work[key]).flatMap((title, at) => titleOf(reading.plain(title, `/${key}/${at}`), kind))
  const [main = [], ...others] = of('title', 'main').map((title) => [title])
  return [
    ...main,
    ...others.flat().map((title) => ({ ...title, kind: 'translated' })),
    ...of('subtitle', 'subtitle'),
    ...of('original-title', 'original'),
    ...of('short-title', 'short'),
  ]
}

const DATES = [
  'issued',
  'published',
  'published-online',
  'published-print',
  'posted',
  'published-other',
  'created',
] as const

/** The earliest publication as Crossref reckons it; parts that are missing stay missing. */
function published(reading: Reading, work: JsonObject): RecordPartialDate | null {
  for (const key of DATES) {
    const parts = dateParts(work[key])
    if (parts === undefined) continue
    const date = partialDate(...parts)
    if (date !== undefined) return date
    if (parts[0] !== 0) reading.warn('date_unusable', `/${key}`)
  }
  return null
}

function venue(reading: Reading, work: JsonObject, type: string): RecordVenue | null {
  const first = (key: string) => reading.plain(reading.oneOrMore(work[key])[0], `/${key}`)
  const event = isObject(work.event)
    ? reading.plain(work.event.name, '/event/name')
    : reading.plain(work.event, '/event')
  const [institution] = reading.oneOrMore(work.institution)
  const host = isObject(institution) ? reading.plain(institution.name, '/institution/0/name') : undefined
  return venueOf({
    name: first('container-title') ?? event ?? (type === 'preprint' ? host : undefined),
    issns: reading
      .list(work.ISSN, '/ISSN')
      .flatMap((issn, at) => reading.parsed(String(issn), parseIssn, 'issn_unusable', `/ISSN/${at}`) ?? []),
    type: JOURNALS.has(type)
      ? 'journal'
      : type === 'conference-paper'
        ? 'conference'
        : type === 'preprint'
          ? 'repository'
          : 'other',
    publisher: reading.plain(work.publisher, '/publisher'),
    abbreviation: first('short-container-title') ?? first('container-title-short'),
    volume: reading.text(work.volume, '/volume'),
    issue: reading.text(work.issue, '/issue'),
    ...pagesOf(reading.text(work.page ?? work['article-number'], '/page')),
  })
}

/** A chapter's ISBN is its book's. */
function isbns(reading: Reading, work: JsonObject, type: string): RecordIdentifier[] {
  return reading.list(work.ISBN, '/ISBN').flatMap((isbn, at) => {
    const value = reading.parsed(String(isbn), parseIsbn, 'isbn_unusable', `/ISBN/${at}`)
    return identifierOf('isbn', value, BOOKS.has(type) ? 'self' : 'part_of')
  })
}

/** The authors; where a book has none, its editors. A chapter's or article's editors are its host's, and are not asked about. */
function authors(reading: Reading, work: JsonObject, type: string): NormalisedAuthor[] {
  const entries = reading.objects(work.author, '/author')
  if (entries.length > 0 || !HAS_EDITORS.has(type))
    return entries.map((entry, at) => author(reading, entry, at, 'author'))
  return reading.objects(work.editor, '/editor').map((entry, at) => author(reading, entry, at, 'editor'))
}

function author(reading: Reading, entry: JsonObject, at: number, role: string): NormalisedAuthor {
  const pointer = `/${role}/${at}`
  const part = (key: string) => reading.plain(entry[key], `${pointer}/${key}`)
  const whole = part('name') ?? part('literal')
  const [given, family, suffix] = [part('given'), part('family'), part('suffix')]
  const name = whole ?? displayName(given, family, suffix)
  return {
    ...blankAuthor(at + 1),
    name,
    given: given ?? null,
    family: family ?? null,
    suffix: suffix ?? null,
    // Crossref's `name` is an organisation's; citeproc's `literal` is whatever could not be split.
    collective: entry.name !== undefined || isGroupName(name),
    orcid: reading.orcid(reading.text(entry.ORCID, `${pointer}/ORCID`), `${pointer}/ORCID`),
    orcidAuthenticated: typeof entry['authenticated-orcid'] === 'boolean' ? entry['authenticated-orcid'] : null,
    role,
    affiliations: affiliations(reading, entry, pointer),
  }
}

function affiliations(reading: Reading, entry: JsonObject, pointer: string): RecordAffiliation[] {
  return reading.objects(entry.affiliation, `${pointer}/affiliation`).flatMap((affiliation, at) => {
    const place = `${pointer}/affiliation/${at}`
    const ids = reading.objects(affiliation.id, `${place}/id`)
    const ror = ids.find((id) => String(id['id-type']).toUpperCase() === 'ROR')
    const name = reading.plain(affiliation.name, `${place}/name`)
    const found = ror === undefined ? null : reading.ror(reading.text(ror.id, `${place}/id`), `${place}/id`)
    if (name === undefined && found === null) return []
    return affiliationNamed(name ?? found ?? '', { ror: found })
  })
}
