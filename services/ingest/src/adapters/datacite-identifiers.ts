import { parseArxivId, parseHalId, parseIsbn, parseIssn, parsePmcid, parsePmid } from '@atlas/identifiers'
import type { RecordIdentifier } from '@atlas/schemas'
import type { JsonObject } from './adapter.ts'
import { ourWord } from './mapping.ts'
import { identifierOf, type Reading } from './reading.ts'

const RELATIONS: Readonly<Record<string, string>> = {
  IsIdenticalTo: 'identical',
  IsVersionOf: 'version_of',
  IsNewVersionOf: 'version_of',
  IsPreviousVersionOf: 'has_version',
  HasVersion: 'has_version',
  IsVariantFormOf: 'version_of',
  IsOriginalFormOf: 'has_version',
  IsPartOf: 'part_of',
  IsPublishedIn: 'part_of',
  HasPart: 'has_part',
  IsSupplementTo: 'supplement_to',
  IsSupplementedBy: 'has_supplement',
  IsTranslationOf: 'translation_of',
  HasTranslation: 'has_translation',
  Reviews: 'review_of',
  IsReviewedBy: 'has_review',
  Cites: 'cites',
  References: 'cites',
  IsCitedBy: 'cited_by',
  IsReferencedBy: 'cited_by',
}

const PARSERS: Readonly<Record<string, readonly [string, (text: string) => string | undefined]>> = {
  arxiv: ['arxiv', (text) => parseArxivId(text)?.id],
  hal: ['hal', (text) => parseHalId(text)?.id],
  pmid: ['pmid', parsePmid],
  pmcid: ['pmcid', parsePmcid],
  isbn: ['isbn', parseIsbn],
  issn: ['issn', parseIssn],
  lissn: ['issn', parseIssn],
  eissn: ['issn', parseIssn],
}

// What has an ISBN of its host.
const INSIDE_BOOKS = new Set(['book-chapter', 'conference-paper', 'article'])

/**
 * What else the thing itself is called. Depositors enter there the ISSN of its journal as well, and the DOI of the article that a
 * copy or dataset belongs to: a thing has one DOI of its own.
 */
export function ownIdentifiers(
  reading: Reading,
  attributes: JsonObject,
  own: { readonly doi: string | undefined; readonly type: string },
): RecordIdentifier[] {
  const of = (key: string, valueKey: string, typeKey: string) =>
    reading.objects(attributes[key], `/attributes/${key}`).flatMap((item, at) => {
      const pointer = `/attributes/${key}/${at}/${valueKey}`
      return identifierOfType(reading, reading.text(item[valueKey], pointer), String(item[typeKey]), 'self', pointer)
    })
  return [
    ...of('identifiers', 'identifier', 'identifierType'),
    ...of('alternateIdentifiers', 'alternateIdentifier', 'alternateIdentifierType'),
  ].map((identifier) => ({ ...identifier, relation: relationToOwn(identifier, own) }))
}

function relationToOwn(
  { scheme, value }: RecordIdentifier,
  { doi, type }: { readonly doi: string | undefined; readonly type: string },
): string {
  if (scheme === 'doi' && doi !== undefined && value !== doi) return 'alternate'
  return scheme === 'issn' || (scheme === 'isbn' && INSIDE_BOOKS.has(type)) ? 'part_of' : 'self'
}

/** What it relates to; the words of DataCite that have none of ours are kept in small letters (`is_derived_from`). */
export function relatedIdentifiers(reading: Reading, attributes: JsonObject): RecordIdentifier[] {
  return reading.objects(attributes.relatedIdentifiers, '/attributes/relatedIdentifiers').flatMap((item, at) => {
    const pointer = `/attributes/relatedIdentifiers/${at}/relatedIdentifier`
    const word = String(item.relationType ?? '')
    const relation = relationOf(word)
    const value = reading.text(item.relatedIdentifier, pointer)
    return relation === ''
      ? []
      : identifierOfType(reading, value, String(item.relatedIdentifierType), relation, pointer)
  })
}

/** Our word for a relation of DataCite's; what has none is kept in small letters. */
export function relationOf(word: string): string {
  return ourWord(RELATIONS, word) ?? word.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase()
}

/** An identifier in the scheme that DataCite names `type`. */
export function identifierOfType(
  reading: Reading,
  value: string | undefined,
  type: string,
  relation: string,
  pointer: string,
): RecordIdentifier[] {
  if (value === undefined) return []
  const scheme = type.toLowerCase()
  if (scheme === 'doi') return identifierOf('doi', reading.doi(value, pointer), relation)
  const parser = Object.hasOwn(PARSERS, scheme) ? PARSERS[scheme] : undefined
  if (parser !== undefined) return identifierOf(parser[0], parser[1](value), relation)
  // Of the thing itself unknown schemes are kept as given; of others only what can be looked up.
  if (scheme === 'url' || scheme === 'handle' || relation === 'self')
    return identifierOf(scheme, value.trim(), relation)
  return []
}
