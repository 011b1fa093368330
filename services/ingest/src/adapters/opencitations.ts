import { parseDoi } from '@atlas/identifiers'
import type { RecordIdentifier, RecordReference } from '@atlas/schemas'
import type { Adapter, AdapterResult, JsonObject } from './adapter.ts'
import { blankRecord, pagesOf, venueOf } from './blank.ts'
import { referenceAsGiven, referenceTo } from './listed.ts'
import { ourWord } from './mapping.ts'
import { openPlace } from './open-access.ts'
import { named, tokensOf } from './opencitations-ids.ts'
import { peopleOf } from './opencitations-people.ts'
import { TYPES, VENUES } from './opencitations-types.ts'
import { plainText } from './plain-text.ts'
import { identifierOf, Reading, titleOf } from './reading.ts'

const OCI = /^\d+-\d+$/

/**
 * OpenCitations: links between works (answers of the Index API v1 and v2, dumps in CSV: kind citation), and what Meta and
 * COCI know of the works themselves (CSV of Meta, answers of both). After https://opencitations.net/index/api/v2,
 * https://opencitations.net/meta/api/v1 and the README of the dumps.
 */
export const opencitations: Adapter = {
  source: 'opencitations',
  version: 1,
  formats: ['json', 'csv'],
  shapes: [],
  mapping: {
    takes: 'links of the Index (API v1 and v2, CSV dumps), and works of Meta (CSV) and of COCI (JSON)',
    kinds: ['citation', 'work'],
    types: TYPES,
    openAccess: [],
  },
  readJson: read,
  readCsv: read,
  idOf(text) {
    const bare = text.trim().replace(/^oci:/i, '')
    if (OCI.test(bare)) return bare
    const [token] = tokensOf(bare)
    return token && `${token.scheme}:${token.value}`
  },
}

/** Cells and values alike are text; '' is nothing. */
function read(record: JsonObject): AdapterResult {
  const reading = new Reading()
  const text = (key: string) => reading.text(record[key], `/${key}`)?.trim()
  return record['oci'] === undefined ? readWork(reading, text) : readLink(reading, text)
}

type Text = (key: string) => string | undefined

function readLink(reading: Reading, text: Text): AdapterResult {
  const id = reading.sourceId(text('oci')?.replace(/^oci:/i, ''), '/oci')
  if (id !== '' && !OCI.test(id)) reading.refuse('invalid_field', '/oci', 'an OCI is two numbers with a hyphen between')
  const end = (key: 'citing' | 'cited') => {
    const ids = tokensOf(text(key), () => reading.warn('identifier_unusable', `/${key}`))
    if (ids.length === 0) reading.refuse('missing_field', `/${key}`, 'a link has two ends')
    return ids.flatMap(({ scheme, value }) => identifierOf(scheme, value, key))
  }
  const identifiers = [...end('citing'), ...end('cited')]
  return reading.result(() => ({
    ...blankRecord('opencitations', id),
    kind: 'citation',
    typeAsGiven: 'citation',
    published: reading.date(text('creation'), '/creation'),
    identifiers,
  }))
}

function readWork(reading: Reading, text: Text): AdapterResult {
  const own = identifiersOf(reading, text)
  const first = own.find(({ scheme }) => scheme === 'omid') ?? own.find(({ scheme }) => scheme === 'doi') ?? own[0]
  const id = reading.sourceId(first && `${first.scheme}:${first.value}`, '/id')
  return reading.result(() => {
    const type = text('type')
    const authors = peopleOf(reading, text('author'), 'author', 0)
    return {
      ...blankRecord('opencitations', id),
      titles: titleOf(reading.plain(text('title'), '/title'), 'main'),
      type: ourWord(TYPES, type) ?? 'other',
      typeAsGiven: type ?? null,
      published: reading.date(text('pub_date') ?? text('year'), '/pub_date'),
      venue: venue(text),
      identifiers: own,
      authors: [...authors, ...peopleOf(reading, text('editor'), 'editor', authors.length)],
      references: referencesOf(text('reference')),
      citedByCount: counted(text('citation_count')),
      openAccessLocations: openPlace(text('oa_link')),
    }
  })
}

function identifiersOf(reading: Reading, text: Text): RecordIdentifier[] {
  const tokens = tokensOf(text('id'), (token) =>
    reading.warn(token.startsWith('doi:') ? 'doi_unusable' : 'identifier_unusable', '/id'),
  )
  const doi = reading.doi(text('doi'), '/doi')
  return [...tokens.flatMap(({ scheme, value }) => identifierOf(scheme, value)), ...identifierOf('doi', doi)]
}

function venue(text: Text) {
  const { name, inside } = named(text('venue') ?? text('source_title') ?? '')
  const ids = tokensOf(`${inside} ${text('source_id') ?? ''}`)
  const publisher = named(text('publisher') ?? '').name
  return venueOf({
    name: name === '' ? undefined : plainText(name),
    type: ourWord(VENUES, text('type')) ?? 'other',
    publisher: publisher === '' ? undefined : plainText(publisher),
    issns: ids.flatMap(({ scheme, value }) => (scheme === 'issn' ? [value] : [])),
    identifiers: ids.filter(({ scheme }) => scheme !== 'issn'),
    volume: text('volume'),
    issue: text('issue'),
    ...pagesOf(text('page')),
  })
}

/** `10.1/a; 10.1/b`. */
function referencesOf(text: string | undefined): RecordReference[] {
  const given = (text ?? '').split(/;\s*/).filter((one) => one !== '')
  return given.flatMap((one) => {
    const doi = parseDoi(one)
    return doi === undefined ? referenceAsGiven(one) : referenceTo('doi', doi)
  })
}

function counted(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null
}
