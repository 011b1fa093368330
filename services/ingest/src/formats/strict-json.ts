import type { JsonObject } from '../adapters/adapter.ts'

export interface StrictError {
  readonly code: string
  readonly detail: string
  /** JSON pointer of the mistake, where it is inside a value. */
  readonly pointer?: string
  /** 1-based, in characters. */
  readonly column?: number
}

export type StrictResult =
  | { readonly ok: true; readonly value: JsonObject }
  | { readonly ok: false; readonly error: StrictError }

/** One JSON object, or why not: what parsers forgive (duplicate keys, inexact numbers, broken text) is refused. */
export declare function parseStrict(bytes: Uint8Array): StrictResult
