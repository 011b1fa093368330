import { type LinkageRecord, termsOf } from '@atlas/linkage'
import type { RecordSnapshot, RecordSubject } from '@atlas/schemas'

/** What the matcher keeps of a record: all that clusters, slots and canonical metadata are made from. */
export interface StoredRecord extends LinkageRecord {
  readonly subjects: readonly RecordSubject[]
  readonly openAccess: string | null
  /** Absent from what an earlier build kept. */
  readonly terms?: readonly string[]
}

/** Leaves out what no rule reads; of an abstract its words are kept. */
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
    terms: termsOf({ title: record.title, abstract: record.abstract, keywords: keywordsOf(record) }),
  }
}

/** What authors themselves say a work is about; classes given by a source are the same for thousands of works. */
function keywordsOf({ subjects }: RecordSnapshot): readonly string[] {
  return subjects.flatMap(({ scheme, label }) => (scheme === 'keyword' ? [label] : []))
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
