import { parseArxivId, parseDoi, parseIsbn, parseIssn } from '@atlas/identifiers'
import type { RecordIdentifier, RecordPartialDate } from '@atlas/schemas'
import type { AdapterResult, NormalisedAuthor } from './adapter.ts'
import { blankAuthor, blankRecord, isGroupName, pagesOf, venueOf } from './blank.ts'
import { partialDate } from './dates.ts'
import { dblpType } from './dblp-types.ts'
import { ourWord } from './mapping.ts'
import { openPlace } from './open-access.ts'
import { identifierOf, type Reading, titleOf } from './reading.ts'

/** What dblp says of a work, in XML and in BibTeX alike, as text without markup. */
export interface DblpWork {
  readonly key: string
  readonly stamp: number | null
  readonly element: string
  readonly publtype: string
  readonly title: string | undefined
  readonly people: readonly DblpPerson[]
  readonly year: string | undefined
  readonly month: string | undefined
  readonly journal: string | undefined
  readonly booktitle: string | undefined
  readonly series: string | undefined
  readonly publisher: string | undefined
  readonly volume: string | undefined
  readonly number: string | undefined
  readonly pages: string | undefined
  readonly isbns: readonly string[]
  readonly issns: readonly string[]
  readonly streams: readonly string[]
  /** Electronic editions, and DOIs where they stand by themselves. */
  readonly links: readonly { readonly url: string; readonly open: boolean }[]
  /** The key of the volume that it is in. */
  readonly inside: string | undefined
  readonly cites: readonly string[]
}

export interface DblpPerson {
  readonly name: string
  readonly orcid: string | undefined
  readonly role: 'author' | 'editor'
}

const KEY = /^[a-z]+\/\S+$/
const PLACES =
  /^(?:https?:\/\/)?(?:www\.)?dblp\.(?:org|uni-trier\.de|dagstuhl\.de)\/(?:rec\/)?(?:(?:bib|xml|rdf)[0-2]?\/)?/i

export const NO_KEY = 'this is not a key of dblp'

/** The key of a record, `journals/cacm/Codd70`, in whatever form it is written. */
export function dblpKey(text: string): string | undefined {
  const key = text
    .trim()
    .replace(PLACES, '')
    .replace(/^dblp:/i, '')
    .replace(/\.(?:html|bib|xml|rdf)$/, '')
  return KEY.test(key) ? key : undefined
}

/** `Jun Zhang 0001`: the number tells people of one name apart, and is of no name. */
export function withoutNumber(name: string): string {
  return name.replace(/\s\d{4}$/, '')
}

/** The record of a work. */
export function workOf(reading: Reading, work: DblpWork): AdapterResult {
  const { key, element, publtype } = work
  return reading.result(() => ({
    ...blankRecord('dblp', key),
    sourceUpdatedAt: work.stamp,
    ...(/\bwithdrawn\b/.test(publtype) ? { deleted: true, deletedBecause: 'withdrawn' } : {}),
    titles: titleOf(work.title?.replace(/(?<![.\s])\.$/, ''), 'main'),
    type: work.journal === 'CoRR' ? 'preprint' : dblpType(element, publtype),
    typeAsGiven: publtype === '' ? element : `${element} ${publtype}`,
    published: publishedOf(reading, work),
    venue: venue(work),
    identifiers: identifiers(reading, work),
    authors: work.people.map((person, at) => authorOf(reading, person, at)),
    references: work.cites.map((cited) => ({ scheme: 'dblp', value: cited, raw: null })),
    openAccessLocations: work.links.flatMap(({ url, open }) => (open ? openPlace(url) : [])),
  }))
}

function authorOf(reading: Reading, { name, orcid, role }: DblpPerson, at: number): NormalisedAuthor {
  const bare = withoutNumber(name)
  return {
    ...blankAuthor(at + 1),
    name: bare,
    collective: isGroupName(bare),
    orcid: reading.orcid(orcid, `/${role}[${at + 1}]/@orcid`),
    // A name without a number may be that of several people, whom nobody has told apart yet.
    sourceIds: bare === name ? [] : [{ scheme: 'dblp_author', value: name }],
    role,
  }
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

function publishedOf(reading: Reading, { year, month }: DblpWork): RecordPartialDate | null {
  if (year === undefined) return null
  const at = MONTHS.indexOf(month?.slice(0, 3).toLowerCase() ?? '')
  const date = partialDate(Number(year), at === -1 ? null : at + 1)
  if (date === undefined) reading.warn('date_unusable', '/year')
  return date ?? null
}

const VENUES: Readonly<Record<string, string>> = { inproceedings: 'conference', proceedings: 'conference' }

function venue(work: DblpWork) {
  const { element, journal, booktitle, series, publisher, volume, number, pages, streams } = work
  const isVolume = element === 'proceedings' || element === 'book'
  const name = journal ?? (isVolume ? (series ?? booktitle) : (booktitle ?? series))
  const type =
    journal === 'CoRR' ? 'repository' : journal !== undefined ? 'journal' : (ourWord(VENUES, element) ?? 'other')
  return venueOf({
    name,
    type: name !== undefined && name === series ? 'book-series' : type,
    publisher,
    volume,
    issue: number,
    issns: work.issns.flatMap((issn) => parseIssn(issn) ?? []),
    ...pagesOf(pages),
    identifiers: streams.map((stream) => ({ scheme: 'dblp', value: stream })),
  })
}

const OWN_ISBN = new Set(['book', 'proceedings', 'phdthesis', 'mastersthesis'])
// Publishers ran resolvers of their own: http://doi.acm.org/10.1145/…, http://doi.ieeecomputersociety.org/10.1109/…
const RESOLVERS = /^https?:\/\/(?:dx\.)?doi\.[a-z.-]+\/(10\..+)$/i

function identifiers(reading: Reading, work: DblpWork): RecordIdentifier[] {
  return [
    ...identifierOf('dblp', work.key),
    ...work.links.flatMap(({ url }, at) => linkIdentifier(reading, url, at)),
    ...work.isbns.flatMap((isbn) =>
      identifierOf('isbn', parseIsbn(isbn), OWN_ISBN.has(work.element) ? 'self' : 'part_of'),
    ),
    ...identifierOf('dblp', work.inside, 'part_of'),
  ]
}

function linkIdentifier(reading: Reading, url: string, at: number): RecordIdentifier[] {
  const doi = RESOLVERS.exec(url)?.[1] ?? (url.startsWith('10.') ? url : undefined)
  if (doi !== undefined) {
    const parsed = reading.parsed(doi, parseDoi, 'doi_unusable', `/ee[${at + 1}]`)
    return [...identifierOf('doi', parsed), ...identifierOf('arxiv', parseArxivId(doi)?.id)]
  }
  if (/^https?:\/\/(?:www\.)?arxiv\.org\//i.test(url) || /^arxiv:/i.test(url))
    return identifierOf('arxiv', parseArxivId(url)?.id)
  const wikidata = /^https?:\/\/www\.wikidata\.org\/(?:entity|wiki)\/(Q\d+)$/.exec(url)?.[1]
  return identifierOf('wikidata', wikidata)
}
