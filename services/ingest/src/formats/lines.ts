import type { Framed } from './framed.ts'

/** Cuts a pushed NDJSON body into its lines: one element a line that is not blank, numbered with the blank ones. */
export declare function linesOf(stream: AsyncIterable<Uint8Array>): AsyncIterable<Framed>
