import { createHash } from 'node:crypto'
import { citedKeys, type LinkageRecord, termsOf } from '@atlas/linkage'
import type { RecordSnapshot, RecordSubject } from '@atlas/schemas'
import { type SaidBeside, saidBeside } from './kept/said-beside.ts'

/** What the matcher keeps of a record: all that clusters, slots and canonical metadata are made from. */
export interface StoredRecord extends LinkageRecord, SaidBeside {
  readonly subjects: readonly RecordSubject[]
  /** Absent from what an earlier build kept, both; the second also where nothing is cited. */
  readonly terms?: readonly string[]
  readonly cites?: readonly number[]
}

/**
 * Leaves out what no rule reads; of an abstract its words are kept. A record that has come to describe something else than a
 * work is to works what a deleted one is.
 */
export function storedRecordOf(record: RecordSnapshot): StoredRecord {
  const cites = citedKeys(record.references)
  return {
    recordId: record.recordId,
    source: record.source,
    sourceId: record.sourceId,
    version: record.version,
    deleted: isTakenBack(record) || !describesWork(record),
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
    ...saidBeside(record),
    terms: termsOf({ title: record.title, abstract: record.abstract, keywords: keywordsOf(record) }),
    ...(cites.length === 0 ? {} : { cites }),
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

/** Whether the record describes a work. Of a kind that this build does not know nobody can say so. */
export function describesWork({ kind }: Pick<RecordSnapshot, 'kind'>): boolean {
  return kind === 'work'
}

/** Deleted by its source, or withdrawn by whoever is responsible for it. */
export function isTakenBack({ deleted, deletedBecause }: Pick<RecordSnapshot, 'deleted' | 'deletedBecause'>): boolean {
  return deleted || deletedBecause !== null
}

/** Whether two states of a record differ in nothing but what is volatile or cosmetic, told by their content keys. */
export function saysTheSame(one: string, other: string): boolean {
  const [a, b] = [one.split(':'), other.split(':')]
  // Identity, bibliographic, flags, why it is taken back. Of what describes no work the key is short, and equal or not.
  return [0, 1, 3, 5].every((part) => (a[part] ?? '') === (b[part] ?? ''))
}

/**
 * Equal for equal content: an equal version with another content is a defect of its owner. Short for what describes no
 * work: there are many links, and each keeps it.
 */
export function contentKeyOf(record: RecordSnapshot): string {
  const { identity, bibliographic, cosmetic, volatile } = record.fingerprints
  const flags = `${record.deleted ? 'd' : ''}${record.suppressed ? 's' : ''}`
  // Builds that know nothing of volatile fields and of withdrawals wrote the same key without them.
  const later = volatile === '' && record.deletedBecause === null ? '' : `:${volatile}:${record.deletedBecause ?? ''}`
  const key = `${identity}:${bibliographic}:${cosmetic}:${flags}${later}`
  if (describesWork(record)) return key
  return createHash('sha256').update(`${record.kind}:${key}`).digest('base64url').slice(0, 22)
}
