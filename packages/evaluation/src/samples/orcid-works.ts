import { parseArxivId, parseDoi, parseIssn, parsePmcid, parsePmid } from '@atlas/identifiers'
import type { LinkageIdentifier, PartialDate } from '@atlas/linkage'
import { namedAuthor, type SampleRecord } from './sample-record.ts'

/** Whose works they are: of all authors the only one that a list of works names. */
export interface Owner {
  readonly given: string | null
  readonly family: string | null
}

/**
 * The works of an ORCID record: of its whole form (`activities-summary`), of the answer about works (`group`) or about one.
 * A work that several parties put there is several records. Identifiers keep what they are to the work: an ISBN is mostly
 * that of the book a chapter is part of.
 */
export function orcidWorks(answer: unknown, owner: Owner): readonly SampleRecord[] {
  const activities = at(answer, 'activities-summary', 'works') ?? answer
  const groups = listOf(at(activities, 'group'))
  const summaries = groups.flatMap((group) => listOf(at(group, 'work-summary')))
  return summaries.flatMap((summary) => workOf(summary, owner) ?? [])
}

/** The name in a whole ORCID record or in the answer about its person. */
export function ownerOf(answer: unknown): Owner {
  const name = at(answer, 'person', 'name') ?? at(answer, 'name')
  return { given: textIn(at(name, 'given-names')), family: textIn(at(name, 'family-name')) }
}

function workOf(summary: unknown, owner: Owner): SampleRecord | undefined {
  const title = textIn(at(summary, 'title', 'title'))
  const putCode = at(summary, 'put-code')
  if (typeof putCode !== 'number' || title === null) return undefined
  const externals = listOf(at(summary, 'external-ids', 'external-id'))
  const name = [owner.given, owner.family].filter((part) => part !== null).join(' ')
  return {
    source: 'orcid',
    sourceId: String(putCode),
    deleted: false,
    title,
    titles: titlesOf(summary, title),
    type: typeOf(String(at(summary, 'type') ?? '')),
    published: dateOf(at(summary, 'publication-date')),
    language: null,
    venue: {
      name: textIn(at(summary, 'journal-title')),
      issns: [...new Set(externals.flatMap((external) => issnOf(external) ?? []))],
      type: null,
      publisher: null,
      volume: null,
      issue: null,
      firstPage: null,
      lastPage: null,
    },
    identifiers: externals.flatMap((external) => identifierOf(external) ?? []),
    authors: name === '' ? [] : [namedAuthor(name, owner.given, owner.family, 1)],
    subjects: [],
    retracted: false,
  }
}

function titlesOf(summary: unknown, title: string): SampleRecord['titles'] {
  const translated = textIn(at(summary, 'title', 'translated-title'))
  return [
    { text: title, language: null, kind: 'main' },
    ...(translated === null ? [] : [{ text: translated, language: null, kind: 'translated' }]),
  ]
}

const TYPES: Readonly<Record<string, string>> = {
  'journal-article': 'article',
  'conference-paper': 'conference-paper',
  'book-chapter': 'book-chapter',
  book: 'book',
  'edited-book': 'book',
  'data-set': 'dataset',
  dissertation: 'thesis',
  'dissertation-thesis': 'thesis',
  'supervised-student-publication': 'thesis',
  preprint: 'preprint',
  'working-paper': 'preprint',
  report: 'report',
  software: 'software',
}

// JOURNAL_ARTICLE in v2, journal-article in v3.
function typeOf(type: string): string {
  return TYPES[type.toLowerCase().replaceAll('_', '-')] ?? 'other'
}

const RELATIONS: Readonly<Record<string, string>> = {
  self: 'self',
  'part-of': 'part_of',
  'version-of': 'version_of',
  'funded-by': 'funded_by',
}

const PARSERS: Readonly<Record<string, readonly [scheme: string, parse: (text: string) => string | undefined]>> = {
  doi: ['doi', (text) => parseDoi(text)],
  pmid: ['pmid', (text) => parsePmid(text)?.toString()],
  pmc: ['pmcid', (text) => parsePmcid(text)?.toString()],
  arxiv: ['arxiv', (text) => parseArxivId(text)?.id],
}

/** Of the schemes that the engine knows; what cannot be read is left out, as an adapter would. */
function identifierOf(external: unknown): LinkageIdentifier | undefined {
  const parser = PARSERS[String(at(external, 'external-id-type') ?? '').toLowerCase()]
  const [scheme, parse] = parser ?? []
  const value = parse?.(String(at(external, 'external-id-value') ?? '').trim())
  if (scheme === undefined || value === undefined) return undefined
  const given = at(external, 'external-id-relationship')
  const relation = typeof given === 'string' ? RELATIONS[given.toLowerCase().replaceAll('_', '-')] : 'self'
  return relation === undefined ? undefined : { scheme, value, relation }
}

function issnOf(external: unknown): string | undefined {
  if (String(at(external, 'external-id-type')).toLowerCase() !== 'issn') return undefined
  return parseIssn(String(at(external, 'external-id-value') ?? ''))
}

function dateOf(date: unknown): PartialDate | null {
  const [year, month, day] = ['year', 'month', 'day'].map((part) => Number(textIn(at(date, part)) ?? Number.NaN))
  if (year === undefined || !Number.isInteger(year)) return null
  const whole = (part: number | undefined): number | null => (Number.isInteger(part) ? (part ?? null) : null)
  return { year, month: whole(month), day: whole(day) }
}

/** ORCID wraps every value: `{"value": "2018"}`. */
function textIn(wrapped: unknown): string | null {
  const value = at(wrapped, 'value')
  return typeof value === 'string' && value.trim() !== '' ? value : null
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inside, field) =>
      typeof inside === 'object' && inside !== null ? (inside as Readonly<Record<string, unknown>>)[field] : undefined,
    value,
  )
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
