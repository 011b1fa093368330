import type { XmlElement } from './xml-tree.ts'

/** One native record, cut out of its file, and where it stood. */
export interface RawElement {
  /** Line number in NDJSON (blank lines count), else the n-th record of the file; from 1. */
  readonly ordinal: number
  /** Of the record's first byte in the decompressed file. */
  readonly offset: number
  readonly format: 'json' | 'xml'
  /** The record's bytes exactly as they stand: what the checksum is of, and what is stored. */
  readonly bytes: Uint8Array
  /** XML: the namespace declarations in scope, `xmlns:a="…" …`; needed with the bytes to read them again. '' for JSON. */
  readonly context: string
  /** XML: the element, already read while it was cut out. */
  readonly tree?: XmlElement
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
}

export type Framed =
  | { readonly ok: true; readonly element: RawElement }
  | { readonly ok: false; readonly error: FrameError }
