import type { XmlElement } from './xml-tree.ts'

export type RecordFormat = 'json' | 'xml' | 'bibtex' | 'ris' | 'csv'

/** The file of an archive that a record stands in. */
export interface EntryPlace {
  readonly name: string
  /** Of the entries that are files, from 0. */
  readonly index: number
  /** Counts what is cut out of the entry, from 1: a resume leaves out so many. */
  readonly nth: number
}

/** One native record, cut out of its file, and where it stood. */
export interface RawElement {
  /** Line number in NDJSON (blank lines count), else the n-th record of the file; from 1. */
  readonly ordinal: number
  /** Of the record's first byte in the decompressed file. */
  readonly offset: number
  readonly format: RecordFormat
  /** The record's bytes exactly as they stand: what the checksum is of, and what is stored. */
  readonly bytes: Uint8Array
  /**
   * What is needed with the bytes to read them again. XML: the encoding where it is not UTF-8, and the namespace
   * declarations in scope, `encoding="…" xmlns:a="…" …`; CSV: dialect and header, BibTeX: the abbreviations it uses,
   * both as JSON; '' where nothing is.
   */
  readonly context: string
  /** XML: the element, already read while it was cut out. */
  readonly tree?: XmlElement
  readonly entry?: EntryPlace
}

/** A mistake of the file or of one record's framing. */
export interface FrameError {
  readonly code: string
  readonly detail: string
  readonly ordinal: number
  readonly offset: number
  readonly line?: number
  readonly column?: number
  /** Nothing of the file can be read after it. */
  readonly fatal: boolean
  readonly entry?: EntryPlace
}

export type Framed =
  | { readonly ok: true; readonly element: RawElement }
  | { readonly ok: false; readonly error: FrameError }
