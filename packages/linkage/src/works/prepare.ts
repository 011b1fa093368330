import { foldText } from '@atlas/identifiers'
import { noted } from '../noted.ts'
import type { LinkageRecord } from '../types.ts'
import { type AuthorSet, authorSetOf } from './author-set.ts'
import { onlyDeposited, type PreparedIdentifiers, prepareIdentifiers } from './identifiers.ts'
import { type PreparedTitle, parallelTitles, prepareTitle } from './title.ts'
import { type PreparedVenue, prepareVenue } from './venue.ts'

/** text: an article, a chapter …; container: the book or volume others are parts of. */
export type Kind = 'text' | 'preprint' | 'container' | 'thesis' | 'data' | 'software' | 'review' | 'other'

/** A record with what comparing needs, computed once. */
export interface PreparedRecord {
  readonly record: LinkageRecord
  readonly kind: Kind
  /** The main title first; empty when the source has none. */
  readonly titles: readonly PreparedTitle[]
  readonly notice: string | null
  readonly authors: AuthorSet
  readonly identifiers: PreparedIdentifiers
  readonly year: number | null
  readonly venue: PreparedVenue
  readonly volume: string
  readonly issue: string
  readonly firstPage: string
  /** A repository holds it: a preprint or a copy, whose article has another DOI. */
  readonly deposited: boolean
  /** It stands in the list of one person and names nobody else, whoever wrote it. */
  readonly personal: boolean
}

const KINDS: Readonly<Record<string, Kind>> = {
  article: 'text',
  'conference-paper': 'text',
  'book-chapter': 'text',
  editorial: 'text',
  letter: 'text',
  erratum: 'text',
  preprint: 'preprint',
  book: 'container',
  thesis: 'thesis',
  dissertation: 'thesis',
  dataset: 'data',
  software: 'software',
  review: 'review',
}

const PERSONAL_LISTS: ReadonlySet<string> = new Set(['orcid'])

// A record is asked for its keys, compared and clustered: the same object in the same step. Records are never changed.
export const prepareRecord = noted((record: LinkageRecord): PreparedRecord => {
  const titles = titlesOf(record)
  const identifiers = prepareIdentifiers(record)
  const kind = KINDS[record.type] ?? 'other'
  const authors = authorSetOf(record)
  return {
    record,
    kind,
    titles,
    notice: record.type === 'erratum' ? (titles[0]?.notice ?? 'erratum') : (titles[0]?.notice ?? null),
    authors,
    identifiers,
    year: record.published?.year ?? null,
    venue: prepareVenue(record.venue?.name ?? ''),
    volume: foldText(record.venue?.volume ?? ''),
    issue: foldText(record.venue?.issue ?? ''),
    firstPage: pageOf(record.venue?.firstPage ?? ''),
    deposited: kind === 'preprint' || onlyDeposited(identifiers.dois),
    personal: PERSONAL_LISTS.has(record.source) && authors.size === 1,
  }
})

function titlesOf(record: LinkageRecord): PreparedTitle[] {
  const texts = record.titles.filter(({ kind }) => kind === 'main' || kind === 'translated' || kind === 'original')
  const given = [record.title ?? '', ...texts.map(({ text }) => text)]
  const distinct = new Set([...given, ...given.flatMap(parallelTitles)])
  const prepared = [...distinct].filter((text) => text.trim() !== '').map(prepareTitle)
  // A title in another language counts only where it says enough by itself.
  return prepared.filter((title, at) => title.compact !== '' && (at === 0 || !title.short))
}

// S12–S15 and 12 are two pages; 0012 and 12 are one.
function pageOf(page: string): string {
  return foldText(page)
    .replaceAll(' ', '')
    .replace(/^0+(?=\d)/, '')
}
