import type { LinkageRecord } from '@atlas/linkage'
import type { RecordSnapshot, RecordSubject } from '@atlas/schemas'

/** What the matcher keeps of a record: all that clusters, slots and canonical metadata are made from. */
export interface StoredRecord extends LinkageRecord {
  readonly subjects: readonly RecordSubject[]
  readonly openAccess: string | null
}

/** Leaves out what no rule reads (abstracts above all). */
export function storedRecordOf(record: RecordSnapshot): StoredRecord {
  return {
    recordId: record.recordId,
    source: record.source,
    sourceId: record.sourceId,
    version: record.version,
    deleted: record.deleted,
    suppressed: record.suppressed,
    title: record.title,
    titles: record.titles,
    type: record.type,
    published: record.published,
    language: record.language,
    venue: record.venue,
    identifiers: record.identifiers,
    authors: record.authors,
    subjects: record.subjects,
    retracted: record.retracted,
    openAccess: record.openAccess,
  }
}

/** Nothing is matched through a record that its source deleted or that somebody objected to. */
export function isLive(record: StoredRecord): boolean {
  return !record.deleted && !record.suppressed
}

/** Equal for equal content: an equal version with another content is a defect of its owner. */
export function contentKeyOf(record: RecordSnapshot): string {
  const { identity, bibliographic, cosmetic } = record.fingerprints
  return `${identity}:${bibliographic}:${cosmetic}:${record.deleted ? 'd' : ''}${record.suppressed ? 's' : ''}`
}
