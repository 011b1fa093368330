/** A file in an archive, or why it is not read. `index` counts all entries but folders, from 0. */
export type ArchiveEntry =
  | { readonly ok: true; readonly index: number; readonly name: string; bytes(): AsyncIterable<Uint8Array> }
  | {
      readonly ok: false
      readonly index: number
      readonly name: string
      readonly code: string
      readonly detail: string
    }

/** Nothing more of the archive is read: it could mean different things to different readers, or hurt. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError'
  readonly code:
    | 'archive_unsupported'
    | 'archive_nested'
    | 'archive_overlap'
    | 'archive_encrypted'
    | 'not_an_archive'
    | 'too_many_entries'
    | 'decompressed_too_large'
    | 'bad_compression'
    | 'failed_checksum'
    | 'failed_empty'
  constructor(code: ArchiveError['code'], detail: string) {
    super(detail)
    this.code = code
  }
}

/** Files of a few kilobytes may shrink more than that; they cannot hurt. */
export const MAX_RATIO = 100
export const FREE_BYTES = 1 << 20
