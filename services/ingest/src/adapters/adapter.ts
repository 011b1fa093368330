import type { RecordAuthor, RecordSnapshot } from '@atlas/schemas'
import type { Shape } from '../formats/shape.ts'
import type { XmlElement } from '../formats/xml-tree.ts'

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined
}

/** One author entry as the source has it; its mention key and aliases come from `mentionsOf`. */
export type NormalisedAuthor = Omit<RecordAuthor, 'mentionKey' | 'aliases' | 'ambiguousAlias'>

/** What an adapter makes of one native record; ids, keys, fingerprints and version are added by ingest. */
export type Normalised = Omit<
  RecordSnapshot,
  | 'eventId'
  | 'version'
  | 'recordId'
  | 'rawVersion'
  | 'checksum'
  | 'fetchedAt'
  | 'fingerprints'
  | 'normaliser'
  | 'authors'
  | 'suppressed'
> & { readonly authors: readonly NormalisedAuthor[] }

/** Why a record is refused: a stable code, where in the record, and what to do. */
export interface FieldError {
  readonly code: string
  readonly pointer: string
  readonly detail: string
}

/** The record, or all of its mistakes at once. */
export type AdapterResult =
  | { readonly ok: true; readonly record: Normalised }
  | { readonly ok: false; readonly errors: readonly FieldError[] }

/** Reads the native records of one source. Pure: same bytes, same result, for as long as `version` stays. */
export interface Adapter {
  /** `openalex` … */
  readonly source: string
  /** Raised when the normaliser is corrected: a snapshot's normaliser is `${source}/${version}`. */
  readonly version: number
  /** What one record may be. */
  readonly formats: readonly ('json' | 'xml')[]
  readonly readJson?: (value: JsonObject) => AdapterResult
  readonly readXml?: (element: XmlElement) => AdapterResult
  /** The `sourceId` of the record that somebody names so, in any form the source uses; undefined when there is none. */
  readonly idOf: (text: string) => string | undefined
  /** Where the records are inside bigger documents. */
  readonly shapes: readonly Shape[]
}
