import { parseIssn, parseOpenAlexId, parsePmcid, parsePmid } from '@atlas/identifiers'
import type { RecordAffiliation, RecordIdentifier, RecordSubject, RecordVenue } from '@atlas/schemas'
import type { Adapter, AdapterResult, JsonObject, NormalisedAuthor } from './adapter.ts'
import { affiliationNamed, blankAuthor, blankRecord, isGroupName, venueOf } from './blank.ts'
import { parseLanguage } from './languages.ts'
import { openAccessBy, ourWord } from './mapping.ts'
import { funders, linesByInstitution, locationIdentifiers, openPlaces, references } from './openalex-details.ts'
import { readMergedId } from './openalex-merged.ts'
import { count, identifierOf, isObject, Reading, titleOf } from './reading.ts'
import { MAX_PLACE, withWordsInOrder } from './word-index.ts'

// The words of OpenAlex, and those of Crossref that its older snapshots use.
const TYPES: Readonly<Record<string, string>> = {
  article: 'article',
  'journal-article': 'article',
  preprint: 'preprint',
  'posted-content': 'preprint',
  'conference-paper': 'conference-paper',
  'proceedings-article': 'conference-paper',
  book: 'book',
  monograph: 'book',
  'edited-book': 'book',
  'reference-book': 'book',
  'book-chapter': 'book-chapter',
  'book-section': 'book-chapter',
  'book-part': 'book-chapter',
  dissertation: 'thesis',
  report: 'report',
  'report-component': 'report',
  dataset: 'dataset',
  software: 'software',
  review: 'review',
  'peer-review': 'review',
  editorial: 'editorial',
  letter: 'letter',
  erratum: 'erratum',
}

const VENUES: Readonly<Record<string, string>> = {
  journal: 'journal',
  conference: 'conference',
  repository: 'repository',
  'book series': 'book-series',
}

const OPEN_ACCESS = ['gold', 'green', 'hybrid', 'bronze', 'diamond', 'closed'].map((status) => ({
  when: `open_access.oa_status is "${status}"`,
  status,
  holds: (given: unknown) => given === status,
}))

/** Works of OpenAlex: answers of the API, old and new, and lines of its snapshot. */
export const openalex: Adapter = {
  source: 'openalex',
  version: 1,
  formats: ['json', 'csv'],
  shapes: [{ format: 'json', path: ['results', '*'] }],
  mapping: {
    takes: 'works: answers of the API, old and new, lines of the snapshot, and its tables of merged ids',
    types: TYPES,
    openAccess: OPEN_ACCESS,
  },
  readJson: readWork,
  readCsv: readMergedId,
  condense: (text) => withWordsInOrder(text, 'abstract_inverted_index'),
  idOf(text) {
    const id = parseOpenAlexId(text)
    return id?.startsWith('W') ? id : undefined
  },
}

function readWork(work: JsonObject): AdapterResult {
  const reading = new Reading()
  const given = reading.sourceId(work.id, '/id')
  const sourceId = given === '' ? undefined : parseOpenAlexId(given)
  if (given !== '' && sourceId === undefined) reading.refuse('invalid_field', '/id', 'this is not an id of OpenAlex')
  else if (sourceId !== undefined && !sourceId.startsWith('W')) {
    reading.refuse('invalid_enum', '/id', `only works (W…) are taken, this is ${sourceId.slice(0, 1)}…`)
  }
  // Lists give the first hundred authors only; the work alone has all.
  if (work.is_authors_truncated === true) reading.warn('authors_truncated', '/authorships')
  return reading.result(() => {
    const type = reading.text(work.type, '/type')
    const openAccess = reading.object(work.open_access, '/open_access').oa_status
    return {
      ...blankRecord('openalex', sourceId ?? ''),
      sourceUpdatedAt: reading.instant(
        reading.text(work.updated_date ?? work.updated, '/updated_date'),
        '/updated_date',
      ),
      titles: titlesOf(reading, work),
      abstract: abstractOf(reading, work),
      type: ourWord(TYPES, type) ?? 'other',
      typeAsGiven: type ?? null,
      published: reading.date(
        reading.text(work.publication_date ?? work.publication_year, '/publication_date'),
        '/publication_date',
      ),
      language: parseLanguage(reading.text(work.language, '/language')) ?? null,
      venue: venue(reading, work),
      identifiers: [...ownIdentifiers(reading, work, sourceId ?? ''), ...locationIdentifiers(reading, work)],
      references: references(reading, work),
      funders: funders(reading, work),
      openAccessLocations: openPlaces(reading, work),
      licence: licence(reading, work),
      citedByCount: count(work.cited_by_count),
      authors: reading.objects(work.authorships, '/authorships').map((entry, at) => author(reading, entry, at)),
      subjects: subjects(reading, work),
      retracted: work.is_retracted === true,
      openAccess: openAccessBy(OPEN_ACCESS, openAccess),
    }
  })
}

function licence(reading: Reading, work: JsonObject): string | null {
  const { license } = reading.object(work.primary_location, '/primary_location')
  return reading.text(license, '/primary_location/license') ?? null
}

function titlesOf(reading: Reading, work: JsonObject) {
  return titleOf(
    reading.plain(work.title ?? work.display_name, '/title'),
    'main',
    parseLanguage(reading.text(work.language, '/language')),
  )
}

/** The abstract out of its inverted index, or out of the text that it was condensed to. */
function abstractOf(reading: Reading, work: JsonObject): string | null {
  const index = work.abstract_inverted_index
  if (Array.isArray(index) && typeof index[0] === 'string')
    return reading.plain(index[0], '/abstract_inverted_index') ?? null
  if (!isObject(index)) return null
  const words: string[] = []
  for (const word in index) {
    const places = index[word]
    if (!Array.isArray(places)) continue
    for (const place of places) if (typeof place === 'number' && place >= 0 && place < MAX_PLACE) words[place] = word
  }
  return reading.plain(words.join(' '), '/abstract_inverted_index') ?? null
}

function venue(reading: Reading, work: JsonObject): RecordVenue | null {
  const location = reading.object(work.primary_location, '/primary_location')
  const source = reading.object(location.source, '/primary_location/source')
  const biblio = reading.object(work.biblio, '/biblio')
  const id = reading.text(source.id, '/primary_location/source/id')
  const openalexId = id === undefined ? undefined : parseOpenAlexId(id)
  const type = reading.text(source.type, '/primary_location/source/type')
  return venueOf({
    name: reading.plain(source.display_name ?? location.raw_source_name, '/primary_location/source/display_name'),
    issns: reading.list(source.issn, '/primary_location/source/issn').flatMap((issn) => parseIssn(String(issn)) ?? []),
    type: type === undefined ? undefined : (ourWord(VENUES, type) ?? 'other'),
    publisher: reading.plain(
      source.host_organization_name ?? source.publisher,
      '/primary_location/source/host_organization_name',
    ),
    volume: reading.text(biblio.volume, '/biblio/volume'),
    issue: reading.text(biblio.issue, '/biblio/issue'),
    firstPage: reading.text(biblio.first_page, '/biblio/first_page'),
    lastPage: reading.text(biblio.last_page, '/biblio/last_page'),
    identifiers: openalexId === undefined ? [] : [{ scheme: 'openalex', value: openalexId }],
  })
}

function ownIdentifiers(reading: Reading, work: JsonObject, id: string): RecordIdentifier[] {
  const ids = reading.object(work.ids, '/ids')
  const text = (key: string) => reading.text(ids[key], `/ids/${key}`)
  return [
    ...identifierOf('openalex', id),
    ...identifierOf('doi', reading.doi(reading.text(work.doi, '/doi') ?? text('doi'), '/doi')),
    ...identifierOf('pmid', reading.parsed(text('pmid'), parsePmid, 'pmid_unusable', '/ids/pmid')),
    ...identifierOf('pmcid', reading.parsed(text('pmcid'), parsePmcid, 'pmcid_unusable', '/ids/pmcid')),
    ...identifierOf('mag', text('mag')),
  ]
}

function author(reading: Reading, entry: JsonObject, at: number): NormalisedAuthor {
  const pointer = `/authorships/${at}`
  const person = reading.object(entry.author, `${pointer}/author`)
  const known = reading.plain(person.display_name, `${pointer}/author/display_name`)
  const name = reading.plain(entry.raw_author_name, `${pointer}/raw_author_name`) ?? known ?? ''
  const id = reading.text(person.id, `${pointer}/author/id`)
  const sourceId = id === undefined ? undefined : parseOpenAlexId(id)
  return {
    ...blankAuthor(at + 1),
    name,
    nameForms: known === undefined || known === name ? [] : [known],
    collective: isGroupName(name),
    orcid: reading.orcid(
      reading.text(person.orcid ?? entry.raw_orcid, `${pointer}/author/orcid`),
      `${pointer}/author/orcid`,
    ),
    sourceIds: sourceId === undefined ? [] : [{ scheme: 'openalex_author', value: sourceId }],
    corresponding: typeof entry.is_corresponding === 'boolean' ? entry.is_corresponding : null,
    affiliations: affiliations(reading, entry, pointer),
  }
}

/** Institutions with their ids; an affiliation string only where it led to none of them. */
function affiliations(reading: Reading, entry: JsonObject, pointer: string): RecordAffiliation[] {
  const institutions = reading.objects(entry.institutions, `${pointer}/institutions`)
  const lines = institutions.length === 0 ? undefined : linesByInstitution(reading, entry, pointer)
  const known = institutions.flatMap((institution, at) => {
    const place = `${pointer}/institutions/${at}`
    const name = reading.plain(institution.display_name, `${place}/display_name`)
    if (name === undefined) return []
    const id = reading.text(institution.id, `${place}/id`)
    const openalexId = id === undefined ? undefined : parseOpenAlexId(id)
    return affiliationNamed(name, {
      ror: reading.ror(reading.text(institution.ror, `${place}/ror`), `${place}/ror`),
      country: reading.text(institution.country_code, `${place}/country_code`) ?? null,
      identifiers: openalexId === undefined ? [] : [{ scheme: 'openalex', value: openalexId }],
      raw: id === undefined ? null : (lines?.get(id) ?? null),
    })
  })
  return [...known, ...rawAffiliations(reading, entry, pointer, known.length > 0)]
}

function rawAffiliations(
  reading: Reading,
  entry: JsonObject,
  pointer: string,
  someAreKnown: boolean,
): RecordAffiliation[] {
  const strings = Array.isArray(entry.affiliations)
    ? reading
        .objects(entry.affiliations, `${pointer}/affiliations`)
        .filter((one) => !Array.isArray(one.institution_ids) || one.institution_ids.length === 0)
        .map((one) => one.raw_affiliation_string)
    : someAreKnown
      ? []
      : reading.list(
          entry.raw_affiliation_strings ?? toList(entry.raw_affiliation_string),
          `${pointer}/raw_affiliation_strings`,
        )
  return strings.flatMap((raw) => {
    const name = reading.plain(raw, `${pointer}/raw_affiliation_strings`)
    return name === undefined ? [] : affiliationNamed(name)
  })
}

function toList(value: JsonObject[string]) {
  return value === undefined || value === null ? value : [value]
}

function subjects(reading: Reading, work: JsonObject): RecordSubject[] {
  const of = (key: string, scheme: string): RecordSubject[] =>
    reading.objects(work[key], `/${key}`).flatMap((item, at) => {
      const label = reading.plain(item.display_name ?? item.keyword, `/${key}/${at}/display_name`)
      if (label === undefined) return []
      const id = reading.text(item.id, `/${key}/${at}/id`)
      return {
        scheme,
        id: id?.slice(id.lastIndexOf('/') + 1) ?? null,
        label,
        score: typeof item.score === 'number' ? item.score : null,
      }
    })
  return [...of('topics', 'openalex_topic'), ...of('keywords', 'keyword'), ...headings(reading, work)]
}

/** Subject headings of MeSH, each once: OpenAlex repeats them for every qualifier. */
function headings(reading: Reading, work: JsonObject): RecordSubject[] {
  const found = new Map<string, RecordSubject>()
  for (const [at, item] of reading.objects(work.mesh, '/mesh').entries()) {
    const label = reading.plain(item.descriptor_name, `/mesh/${at}/descriptor_name`)
    const id = reading.text(item.descriptor_ui, `/mesh/${at}/descriptor_ui`)
    if (label !== undefined && !found.has(label))
      found.set(label, { scheme: 'mesh', id: id ?? null, label, score: null })
  }
  return [...found.values()]
}
