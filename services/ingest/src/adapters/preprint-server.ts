import { compatibleNames, parseDoi, parsePersonalName } from '@atlas/identifiers'
import type { RecordFunder } from '@atlas/schemas'
import type { XmlElement } from '../formats/xml-tree.ts'
import type { Adapter, AdapterResult, JsonObject, NormalisedAuthor } from './adapter.ts'
import { affiliationNamed, blankAuthor, displayName } from './blank.ts'
import { categories, DETAILS, preprintDoi, preprintOf, takenBack, versionStamp } from './preprint.ts'
import { RSS, readItem } from './preprint-server-rss.ts'
import { identifierOf, isObject, Reading, titleOf } from './reading.ts'
import { invertedName } from './written-names.ts'

const TYPES: Readonly<Record<string, string>> = {
  'new results': 'preprint',
  'confirmatory results': 'preprint',
  'contradictory results': 'preprint',
  publishaheadofprint: 'preprint',
  withdrawn: 'preprint',
}

/**
 * bioRxiv or medRxiv: `collection` of the details API (https://api.biorxiv.org/ and https://api.medrxiv.org/), that of the
 * list of published preprints (`pubs`), and the RSS feeds.
 *
 * A record is a preprint, by its DOI; its versions are versions of the record, stamped with their day and number.
 */
export function preprintServer(source: 'biorxiv' | 'medrxiv', title: string): Adapter {
  return {
    source,
    version: 2,
    formats: ['json', 'xml'],
    shapes: [
      { format: 'json', path: ['collection', '*'] },
      { format: 'xml', uri: RSS, local: 'item' },
    ],
    mapping: {
      takes: 'preprints: the details API, the list of those that were published, and RSS',
      types: TYPES,
      openAccess: [{ when: 'always', status: 'green' }],
    },
    idOf: preprintDoi,
    readJson: (entry: JsonObject) => readEntry(source, title, entry),
    readXml: (item: XmlElement) => readItem(source, title, item),
  }
}

/** The entry's own fields, under the names of the details API. */
function detailsOf(entry: JsonObject): JsonObject {
  if (entry.preprint_title === undefined) return entry
  const details = Object.fromEntries(
    Object.entries(entry).map(([key, value]) => [key.replace(/^preprint_/, ''), value]),
  )
  return {
    ...details,
    doi: entry.biorxiv_doi ?? entry.medrxiv_doi ?? entry.preprint_doi,
    published: entry.published_doi,
    server: entry.preprint_platform,
  }
}

function readEntry(source: string, title: string, entry: JsonObject): AdapterResult {
  const reading = new Reading()
  const details = detailsOf(entry)
  const text = (key: string) => reading.text(details[key], `/${key}`)
  const doi = reading.ownId(details.doi, '/doi', preprintDoi, 'this is not a DOI')
  const server = text('server')
  if (server !== undefined && server.toLowerCase() !== source)
    reading.refuse('invalid_enum', '/server', `only preprints of ${title} are taken here, this is of ${server}`)
  return reading.result(() => {
    const version = text('version')
    const licence = text('license')
    const preprint = preprintOf(source, title, doi, version)
    return {
      ...preprint,
      ...takenBack(reading.plain(details.title, '/title'), text('type')),
      sourceUpdatedAt: versionStamp(reading, text('date'), version, DETAILS),
      titles: titleOf(reading.plain(details.title, '/title'), 'main'),
      abstract: reading.plain(details.abstract, '/abstract') ?? null,
      typeAsGiven: text('type') ?? null,
      published: reading.date(text('date'), '/date'),
      identifiers: [...identifierOf('doi', doi), ...identifierOf('doi', publishedAs(reading, details), 'preprint_of')],
      authors: authors(reading, details),
      subjects: categories(source, text('category')),
      funders: funders(reading, details),
      licence: licence ?? null,
      openAccessLocations: preprint.openAccessLocations.map((place) => ({ ...place, licence: licence ?? null })),
    }
  })
}

/** `NA` as long as it is not published. */
function publishedAs(reading: Reading, details: JsonObject): string | undefined {
  const doi = reading.text(details.published, '/published')
  return doi === undefined || doi.toUpperCase() === 'NA' ? undefined : reading.doi(doi, '/published')
}

/** `Fern, A.; van der Moss, B.`; the corresponding author's whole name and institution stand apart. */
function authors(reading: Reading, details: JsonObject): NormalisedAuthor[] {
  const names = (reading.plain(details.authors, '/authors') ?? '').split(';')
  const list = names.flatMap((name) => (/[^\s,]/.test(name) ? [name.trim()] : []))
  return withCorresponding(
    reading,
    list.map((name, at) => ({ ...blankAuthor(at + 1), ...invertedName(name) })),
    details,
  )
}

function withCorresponding(
  reading: Reading,
  authors: readonly NormalisedAuthor[],
  details: JsonObject,
): NormalisedAuthor[] {
  const name = reading.plain(details.author_corresponding, '/author_corresponding')
  const institution = reading.plain(details.author_corresponding_institution, '/author_corresponding_institution')
  if (name === undefined || name === 'NA') return [...authors]
  const whole = parsePersonalName({ name })
  const same = authors.filter((author) => isNamed(author, whole))
  const [only] = same
  if (only === undefined || same.length > 1) {
    reading.warn('corresponding_author_unknown', '/author_corresponding')
    return [...authors]
  }
  return authors.map((author) => {
    if (author !== only) return author
    return {
      ...author,
      corresponding: true,
      nameForms: name === author.name ? author.nameForms : [...author.nameForms, name],
      affiliations: institution === undefined || institution === 'NA' ? [] : [affiliationNamed(institution)],
    }
  })
}

const SAME = new Set(['identical', 'same_full_given', 'initials_match'])

function isNamed(author: NormalisedAuthor, whole: ReturnType<typeof parsePersonalName>): boolean {
  const { given, family, name } = author
  const own = given === null || family === null ? { name } : { name: displayName(given, family), given, family }
  return SAME.has(compatibleNames(parsePersonalName(own), whole))
}

/** Funders, since 2025: `NA`, or a list with their ROR ids and awards. */
function funders(reading: Reading, details: JsonObject): RecordFunder[] {
  const given = details.funder ?? details.funders
  if (!Array.isArray(given)) return []
  return given.flatMap((funder, at) => {
    if (!isObject(funder)) return []
    const text = (key: string) => reading.plain(funder[key], `/funder/${at}/${key}`)
    const [name, id] = [text('name'), text('id')]
    const ror =
      id?.includes('ror.org') || text('id-type')?.toUpperCase() === 'ROR' ? reading.ror(id, `/funder/${at}/id`) : null
    const doi = ror === null && id !== undefined ? parseDoi(id) : undefined
    const award = text('award')
    const identifiers = [
      ...(ror === null ? [] : [{ scheme: 'ror', value: ror }]),
      ...(doi === undefined ? [] : [{ scheme: 'doi', value: doi }]),
    ]
    if (name === undefined && identifiers.length === 0) return []
    return { name: name ?? null, identifiers, awards: award === undefined || award === 'NA' ? [] : [award] }
  })
}
