import { at, childOf, elementsOf, lineOf, type XmlElement } from '../formats/xml-tree.ts'
import type { Reading } from './reading.ts'

export const OAI = 'http://www.openarchives.org/OAI/2.0/'

/** What the header of an OAI-PMH record says, and the metadata in it. */
export interface OaiRecord {
  readonly identifier: string
  readonly datestamp: string | undefined
  readonly deleted: boolean
  readonly sets: readonly string[]
  readonly metadata: XmlElement | undefined
}

/** Reads the envelope; a record without an identifier is refused. The metadata of a deleted record is not looked at. */
export function readOaiRecord(reading: Reading, record: XmlElement): OaiRecord {
  const header = childOf(record, 'header')
  const identifier = reading.sourceId(lineOf(childOf(header, 'identifier')), '/record/header/identifier')
  const deleted = header?.attributes.status === 'deleted'
  const [metadata] = elementsOf(at(record, 'metadata'))
  if (!deleted && metadata === undefined)
    reading.refuse('missing_field', '/record/metadata', 'the record has no metadata')
  return {
    identifier,
    datestamp: lineOf(childOf(header, 'datestamp')),
    deleted,
    sets: elementsOf(header).flatMap((child) => (child.local === 'setSpec' ? (lineOf(child) ?? []) : [])),
    metadata: deleted ? undefined : metadata,
  }
}
