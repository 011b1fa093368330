import type { RecordId } from '@atlas/identifiers'
import type { DeletedBecause } from './content.ts'
import type { RawElement } from './formats/framed.ts'
import type { PackedContent } from './packed-content.ts'
import type { Block, Place } from './payload.ts'

/** One thing wrong with a line or record: where, and what to do about it. */
export interface Refusal {
  readonly code: string
  readonly detail: string
  readonly pointer?: string
  readonly column?: number
}

/** A line or record that was not kept, with every mistake found in it. */
export interface RefusedLine {
  readonly type: 'refused'
  readonly line: number
  readonly offset: number
  /** Name of the file in its archive. */
  readonly entry?: string
  readonly errors: readonly Refusal[]
  /** Where one could be read. */
  readonly sourceId?: string
  /** The first bytes of it, for the report. */
  readonly head: Uint8Array
}

/** Bytes that are known: nothing was parsed. */
export interface DuplicateLine {
  readonly type: 'duplicate'
  readonly line: number
  readonly sourceId: string
}

/** A record read and normalised, not yet compared with what is stored. */
export interface ArrivingRecord {
  readonly type: 'arriving'
  readonly line: number
  readonly offset: number
  readonly recordId: RecordId
  readonly sourceId: string
  readonly element: Pick<RawElement, 'bytes' | 'format' | 'context'>
  /** SHA-256 of the bytes, hex. */
  readonly checksum: string
  readonly stamp: number | null
  readonly receivedAt: number
  readonly content: PackedContent | 'deletion'
  /** Of a deletion: why. */
  readonly deletedBecause: DeletedBecause | null
  readonly place: Place
}

export type PreparedLine = RefusedLine | DuplicateLine | ArrivingRecord

/** The lines of a chunk in their order, and the bytes of those that may be kept. */
export interface PreparedChunk {
  readonly lines: readonly PreparedLine[]
  /** Being packed while the next lines are read. */
  readonly blocks: Promise<readonly Block[]>
  /** Says that nobody reads the records' contents any more, and so ends their use. */
  readonly release: () => void
}

export const OUTCOMES = ['stored', 'updated', 'duplicate', 'stale', 'refused'] as const
export type LineOutcome = (typeof OUTCOMES)[number]
export type Counts = Readonly<Record<LineOutcome, number>>

/** What became of one line. */
export interface LineResult {
  readonly line: number
  /** Of a refused record of an archive: the file in it. */
  readonly entry?: string
  readonly outcome: LineOutcome
  readonly sourceId?: string
  readonly rawVersion?: number
  /** The snapshot's number, where one is published. */
  readonly version?: number
  readonly warnings?: readonly { readonly code: string; readonly pointer: string }[]
  readonly errors?: readonly Refusal[]
}

export function countsOf(results: Iterable<Pick<LineResult, 'outcome'>>): Counts {
  const counts = { stored: 0, updated: 0, duplicate: 0, stale: 0, refused: 0 }
  for (const { outcome } of results) counts[outcome]++
  return counts
}

export function addCounts(a: Counts, b: Counts): Counts {
  return {
    stored: a.stored + b.stored,
    updated: a.updated + b.updated,
    duplicate: a.duplicate + b.duplicate,
    stale: a.stale + b.stale,
    refused: a.refused + b.refused,
  }
}

export const NOTHING: Counts = { stored: 0, updated: 0, duplicate: 0, stale: 0, refused: 0 }
