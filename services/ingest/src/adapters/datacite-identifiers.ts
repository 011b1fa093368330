import { parseArxivId, parseHalId, parseIsbn, parseIssn, parsePmcid, parsePmid } from '@atlas/identifiers'
import type { RecordIdentifier } from '@atlas/schemas'
import type { JsonObject } from './adapter.ts'
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

/** What else the thing itself is called. */
export function ownIdentifiers(reading: Reading, attributes: JsonObject): RecordIdentifier[] {
  const of = (key: string, valueKey: string, typeKey: string) =>
    reading.objects(attributes[key], `/attributes/${key}`).flatMap((item, at) => {
      const pointer = `/attributes/${key}/${at}/${valueKey}`
      return parsed(reading, reading.text(item[valueKey], pointer), String(item[typeKey]), 'self', pointer)
    })
  return [
    ...of('identifiers', 'identifier', 'identifierType'),
    ...of('alternateIdentifiers', 'alternateIdentifier', 'alternateIdentifierType'),
  ]
}

/** What it relates to; the words of DataCite that have none of ours are kept in small letters (`is_derived_from`). */
export function relatedIdentifiers(reading: Reading, attributes: JsonObject): RecordIdentifier[] {
  return reading.objects(attributes.relatedIdentifiers, '/attributes/relatedIdentifiers').flatMap((item, at) => {
    const pointer = `/attributes/relatedIdentifiers/${at}/relatedIdentifier`
    const word = String(item.relationType ?? '')
    const relation = RELATIONS[word] ?? word.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase()
    const value = reading.text(item.relatedIdentifier, pointer)
    return relation === '' ? [] : parsed(reading, value, String(item.relatedIdentifierType), relation, pointer)
  })
}

function parsed(
  reading: Reading,
  value: string | undefined,
  type: string,
  relation: string,
  pointer: string,
): RecordIdentifier[] {
  if (value === undefined) return []
  const scheme = type.toLowerCase()
  if (scheme === 'doi') return identifierOf('doi', reading.doi(value, pointer), relation)
  const parser = PARSERS[scheme]
  if (parser !== undefined) return identifierOf(parser[0], parser[1](value), relation)
  // Of the thing itself unknown schemes are kept as given; of others only what can be looked up.
  if (scheme === 'url' || scheme === 'handle' || relation === 'self')
    return identifierOf(scheme, value.trim(), relation)
  return []
}
