import type { Condense } from '@atlas/runtime'
import type { RecordAuthor, RecordSnapshot } from '@atlas/schemas'
import type { BibtexEntry } from '../formats/bibtex-read.ts'
import type { CsvDialect, CsvRow } from '../formats/csv-row.ts'
import type { RecordFormat } from '../formats/framed.ts'
import type { RisEntry } from '../formats/ris.ts'
import type { Shape } from '../formats/shape.ts'
import type { XmlElement } from '../formats/xml-tree.ts'
import type { SourceMapping } from './mapping.ts'

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
  | 'changed'
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
  | {
      readonly ok: false
      readonly errors: readonly FieldError[]
      /** Where that much could be read: its sender asks for the record by it. */
      readonly sourceId?: string
    }

/** Reads the native records of one source. Pure: same bytes, same result, for as long as `version` stays. */
export interface Adapter {
  /** `openalex` … */
  readonly source: string
  /** Raised when the normaliser is corrected: a snapshot's normaliser is `${source}/${version}`. */
  readonly version: number
  /** What one record may be. */
  readonly formats: readonly RecordFormat[]
  readonly readJson?: (value: JsonObject) => AdapterResult
  /** A shorter text, quicker to parse, of which `readJson` makes the same record. */
  readonly condense?: Condense
  readonly readXml?: (element: XmlElement) => AdapterResult
  readonly readBibtex?: (entry: BibtexEntry) => AdapterResult
  readonly readRis?: (entry: RisEntry) => AdapterResult
  readonly readCsv?: (row: CsvRow) => AdapterResult
  /** How its tables are written; with commas where this is not said. */
  readonly csv?: CsvDialect
  /** Characters that its XML has names for and leaves to a DTD: nothing is fetched. */
  readonly entities?: Readonly<Record<string, string>>
  /** Which of our words its words become. */
  readonly mapping?: SourceMapping
  /** The `sourceId` of the record that somebody names so, in any form the source uses; undefined when there is none. */
  readonly idOf: (text: string) => string | undefined
  /** Where the records are inside bigger documents. */
  readonly shapes: readonly Shape[]
}
