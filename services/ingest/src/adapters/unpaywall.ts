import { parseArxivId, parseDoi, parseHalId, parseIssn, parsePmcid } from '@atlas/identifiers'
import type { RecordAffiliation, RecordIdentifier, RecordOpenAccessLocation, RecordVenue } from '@atlas/schemas'
import type { Adapter, AdapterResult, JsonObject, NormalisedAuthor } from './adapter.ts'
import { affiliationNamed, blankAuthor, blankRecord, displayName, venueOf } from './blank.ts'
import { CROSSREF_TYPES } from './crossref.ts'
import { type OpenAccessRule, openAccessBy, ourWord } from './mapping.ts'
import { openPlace } from './open-access.ts'
import { identifierOf, isObject, Reading, titleOf } from './reading.ts'
import { wholeName } from './written-names.ts'

const STATUSES = new Set(['gold', 'green', 'hybrid', 'bronze', 'diamond', 'closed'])

function best({ best_oa_location: place }: JsonObject): JsonObject {
  return isObject(place) ? place : {}
}

// Until 2019 there was no oa_status: https://support.unpaywall.org/support/solutions/articles/44001777288
const OPEN_ACCESS: readonly OpenAccessRule<JsonObject>[] = [
  { when: 'oa_status', status: 'as given', holds: ({ oa_status }) => STATUSES.has(String(oa_status)) },
  { when: 'is_oa is false', status: 'closed', holds: ({ is_oa }) => is_oa !== true },
  { when: 'the best place is a repository', status: 'green', holds: (doi) => best(doi).host_type === 'repository' },
  {
    when: 'the journal is open',
    status: 'gold',
    holds: ({ journal_is_oa, journal_is_in_doaj }) => journal_is_oa === true || journal_is_in_doaj === true,
  },
  { when: 'the best place has a licence', status: 'hybrid', holds: (doi) => typeof best(doi).license === 'string' },
  { when: 'any other', status: 'bronze', holds: () => true },
]

/**
 * What Unpaywall knows of a DOI: objects of the API v2, of its search, and lines of the snapshots since 2018.
 * https://unpaywall.org/data-format
 *
 * It adds free places to a work that others describe, and never makes one; title and authors, taken over from Crossref, are
 * kept to look at.
 */
export const unpaywall: Adapter = {
  source: 'unpaywall',
  version: 1,
  formats: ['json'],
  shapes: [{ format: 'json', path: ['results', '*', 'response'] }],
  mapping: {
    takes: 'where a DOI can be read: objects of the API v2, of its search, and lines of the snapshots since 2018',
    kinds: ['enrichment'],
    types: CROSSREF_TYPES,
    openAccess: OPEN_ACCESS,
  },
  idOf: (text) => parseDoi(text),
  readJson: readDoi,
}

function readDoi(object: JsonObject): AdapterResult {
  const reading = new Reading()
  const doi = reading.ownId(object.doi, '/doi', parseDoi, 'this is not a DOI')
  return reading.result(() => {
    const genre = reading.text(object.genre, '/genre')
    const status = openAccessBy(OPEN_ACCESS, object)
    const places = reading.objects(object.oa_locations, '/oa_locations')
    return {
      ...blankRecord('unpaywall', doi),
      kind: 'enrichment',
      sourceUpdatedAt: reading.instant(reading.text(object.updated, '/updated'), '/updated'),
      titles: titleOf(reading.plain(object.title, '/title'), 'main'),
      type: object.is_paratext === true ? 'other' : (ourWord(CROSSREF_TYPES, genre) ?? 'other'),
      typeAsGiven: genre ?? null,
      published: reading.date(reading.text(object.published_date ?? object.year, '/published_date'), '/published_date'),
      venue: venue(reading, object),
      identifiers: [...identifierOf('doi', doi), ...places.flatMap((place) => copyOf(place))],
      authors: reading.objects(object.z_authors, '/z_authors').map((author, at) => authorOf(reading, author, at)),
      retracted: object.is_retracted === true,
      openAccess: status === 'as given' ? String(object.oa_status) : status,
      openAccessLocations: places.flatMap((place, at) => placeOf(reading, place, at)),
      licence: reading.text(best(object).license, '/best_oa_location/license') ?? null,
    }
  })
}

function venue(reading: Reading, object: JsonObject): RecordVenue | null {
  const listed = (reading.text(object.journal_issns, '/journal_issns') ?? '').split(',')
  const linking = reading.text(object.journal_issn_l, '/journal_issn_l')
  const issns = [...(linking === undefined ? [] : [linking]), ...listed].flatMap((issn) => {
    return issn.trim() === '' ? [] : (reading.parsed(issn, parseIssn, 'issn_unusable', '/journal_issns') ?? [])
  })
  return venueOf({
    name: reading.plain(object.journal_name, '/journal_name'),
    issns: [...new Set<string>(issns)],
    type: 'journal',
    publisher: reading.plain(object.publisher, '/publisher'),
  })
}

/** Crossref's parts of the name until 2024, the name as a whole since. */
function authorOf(reading: Reading, author: JsonObject, at: number): NormalisedAuthor {
  const pointer = `/z_authors/${at}`
  const part = (key: string) => reading.plain(author[key], `${pointer}/${key}`)
  const [given, family, suffix] = [part('given'), part('family'), part('suffix')]
  const whole = part('raw_author_name') ?? part('name')
  const split = given !== undefined || family !== undefined
  const named = wholeName(split ? displayName(given, family, suffix) : (whole ?? ''))
  return {
    ...blankAuthor(at + 1),
    ...named,
    given: given ?? null,
    family: family ?? null,
    suffix: suffix ?? null,
    collective: named.collective || (!split && author.name !== undefined),
    orcid: reading.orcid(reading.text(author.ORCID, `${pointer}/ORCID`), `${pointer}/ORCID`),
    orcidAuthenticated: typeof author['authenticated-orcid'] === 'boolean' ? author['authenticated-orcid'] : null,
    corresponding: typeof author.is_corresponding === 'boolean' ? author.is_corresponding : null,
    affiliations: affiliations(reading, author, pointer),
  }
}

function affiliations(reading: Reading, author: JsonObject, pointer: string): RecordAffiliation[] {
  const named = reading.objects(author.affiliation, `${pointer}/affiliation`).map(({ name }) => name)
  const raw = reading.list(author.raw_affiliation_strings, `${pointer}/raw_affiliation_strings`)
  return [...named, ...raw].flatMap((line) => {
    const name = reading.plain(line, `${pointer}/affiliation`)
    return name === undefined ? [] : affiliationNamed(name)
  })
}

function placeOf(reading: Reading, place: JsonObject, at: number): RecordOpenAccessLocation[] {
  const text = (key: string) => reading.text(place[key], `/oa_locations/${at}/${key}`)
  return openPlace(text('url_for_landing_page') ?? text('url'), {
    pdfUrl: text('url_for_pdf'),
    host: text('host_type'),
    version: text('version'),
    licence: text('license'),
    best: place.is_best === true,
  })
}

/** What a copy is called where it lies; those that were found by title and first author may be of something else. */
function copyOf({ pmh_id: oai, evidence }: JsonObject): RecordIdentifier[] {
  if (typeof oai !== 'string' || /title/i.test(String(evidence))) return []
  const pmc = /^oai:pubmedcentral\.nih\.gov:(\d{1,9})$/.exec(oai)?.[1]
  return [
    ...identifierOf('pmcid', pmc === undefined ? undefined : parsePmcid(`PMC${pmc}`), 'has_version'),
    ...identifierOf('hal', /^oai:hal:/i.test(oai) ? parseHalId(oai)?.id : undefined, 'has_version'),
    ...identifierOf('arxiv', /^oai:arxiv/i.test(oai) ? parseArxivId(oai)?.id : undefined, 'has_version'),
  ]
}
