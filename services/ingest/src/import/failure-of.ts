import { ArchiveError } from '../formats/archive/archive.ts'
import { CompressionError } from '../formats/decompress.ts'
import { OtherFileError } from './meter.ts'
import { ImportStopped } from './stop-early.ts'

/** How an import ends that cannot go on. */
export interface Failure {
  readonly code: string
  readonly detail: string
  /** The code in the report, where the input itself is broken. */
  readonly reported?: string
}

/** What an error means for whoever imports; undefined: nobody expected it. */
export function failureOf(error: unknown, records: number): Failure | undefined {
  if (error instanceof CompressionError) {
    if (!error.checksum) return { code: error.code, detail: error.message, reported: error.code }
    return checksum(error.code, records)
  }
  if (error instanceof ArchiveError) {
    if (error.code === 'failed_checksum') return checksum('bad_compression', records)
    return { code: error.code, detail: error.message, reported: error.code }
  }
  if (error instanceof OtherFileError)
    return { code: 'file_changed', detail: `${OTHER_FILE}; import it anew with a restart` }
  if (error instanceof ImportStopped) return { code: error.code, detail: error.message }
  if (!isStorageFull(error)) return undefined
  return { code: 'failed_storage', detail: `there is no room; ${records} records are kept, a resume goes on there` }
}

const OTHER_FILE = 'the file is not the one that was imported in part'

function checksum(reported: string, records: number): Failure {
  const kept = `the ${records} records before are kept, and may be damaged`
  return { code: 'failed_checksum', detail: `the checksum is not that of the contents: ${kept}`, reported }
}

// EFBIG: a limit on the size of files; 53100: PostgreSQL's disk.
const FULL: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', '53100'])

export function isStorageFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && FULL.has(error.code)
}
