import type { FileHandle } from 'node:fs/promises'

/** What an import reads: a file, an upload, or standard input. */
export interface Input {
  /** As it is shown; its ending is looked at where the bytes do not say enough. */
  readonly name: string
  /** Null: it ends when it ends. */
  readonly sizeBytes: number | null
  /** Its bytes from the start. */
  read(): AsyncIterable<Uint8Array>
  /** Where it can be read in any order, which a zip has to be. */
  readonly handle?: FileHandle
}

/** How much of an input earlier runs have committed. */
export interface ReadSoFar {
  /** Things cut out of it, refused ones included. */
  readonly records: number
  /** Of an archive: the file under way, and how much of that. */
  readonly entry: number
  readonly entryRecords: number
}
