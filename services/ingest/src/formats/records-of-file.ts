import type { Adapter } from '../adapters/adapter.ts'
import type { Framed } from './framed.ts'

export interface FileOptions {
  readonly adapter: Adapter
  /** Only its ending is looked at: `.jsonl` and `.ndjson` are read line by line whatever the first line looks like. */
  readonly fileName: string
}

/** Cuts a decompressed file into its records, in order, holding one record at a time. */
export declare function recordsOfFile(stream: AsyncIterable<Uint8Array>, options: FileOptions): AsyncIterable<Framed>
