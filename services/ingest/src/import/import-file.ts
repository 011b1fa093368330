import type { Adapter } from '../adapters/adapter.ts'
import { type Counts, NOTHING } from '../arriving.ts'
import {
  findLastImport,
  type ImportJob,
  type ImportProgress,
  insertImport,
  lockFile,
  type NewImport,
} from '../store/imports.ts'
import { isStorageFull } from './failure-of.ts'
import { faultOf, NOT_REGULAR, STDIN } from './find-files.ts'
import { nowhere, storedLedger } from './ledger.ts'
import type { Prefix } from './meter.ts'
import type { Warning } from './open-input.ts'
import { type OpenFile, openFile, prefixSha256 } from './read-file.ts'
import { openStdin } from './read-stdin.ts'
import { NOTHING_READ, type Reading } from './reading.ts'
import { type ImportParts, type RefusedRecord, type RunProgress, runJob } from './run-job.ts'

export interface ImportFileOptions {
  /** `-` is standard input. */
  readonly path: string
  readonly name: string
  readonly adapter: Adapter
  /** When the file was fetched, where that is known. */
  readonly fetchedAt: number | null
  /** Begins at 0, whatever an earlier import has done. */
  readonly restart: boolean
  /** Says what would become of the records, and keeps nothing. */
  readonly dryRun: boolean
  readonly keepGoing: boolean
  /** What the file must be, hex: else nothing of it is imported. */
  readonly sha256?: string
  /** What stands for `-`: bytes that come once. */
  readonly stdin?: AsyncIterable<Uint8Array>
  /** Where standard input is kept that cannot be read as it comes. */
  readonly spoolDir: string
  readonly signal: AbortSignal
  readonly onProgress: (progress: FileProgress) => void
  readonly onRefused: (refused: RefusedRecord) => void
}

export interface FileProgress extends RunProgress {
  readonly name: string
}

/** What became of one file. */
export interface FileResult {
  readonly name: string
  readonly source: string
  readonly state: 'done' | 'done_with_rejects' | 'cancelled' | 'failed'
  readonly code?: string
  readonly detail?: string
  readonly importId?: number
  /** What the file was cut into, earlier runs that were cut short included: the sum of the counts. */
  readonly records: number
  readonly counts: Counts
  readonly reading: Reading
  readonly warnings: readonly Warning[]
  /** Records that an earlier run had committed already. */
  readonly resumedAt?: number
  /** An earlier import of the very same bytes. */
  readonly sameAs?: number
}

/** Imports one file; goes on where an import that was killed had committed last. */
export async function importFile(parts: ImportParts, options: ImportFileOptions): Promise<FileResult> {
  const opened = await open(options).catch((error: unknown) =>
    isStorageFull(error) ? { code: 'failed_storage', detail: 'there is no room to keep the input' } : faultOf(error),
  )
  if (opened === undefined) return failed(options, NOT_REGULAR)
  if ('code' in opened) return failed(options, opened)
  await using file = opened
  if (file.sizeBytes === 0) return failed(options, { code: 'failed_empty', detail: 'the file is empty' })
  if (options.sha256 !== undefined && (await prefixSha256(file, file.sizeBytes ?? 0)) !== options.sha256)
    return failed(options, { code: 'checksum_mismatch', detail: 'the file is not the one whose SHA-256 was given' })
  if (options.dryRun) return await run(parts, options, file, undefined)
  await using lock = await lockFile(parts.database, options.adapter.source, file.identity)
  if (lock === undefined)
    return failed(options, { code: 'import_in_progress', detail: 'this file is being imported already' })
  const job = await jobFor(parts, options, file)
  if (job !== undefined) return await run(parts, options, file, job)
  const detail = 'the file is not the one that was imported in part; import it anew with a restart'
  return failed(options, { code: 'file_changed', detail })
}

function open({ path, name, stdin, sha256, spoolDir }: ImportFileOptions): Promise<OpenFile | undefined> {
  if (path !== STDIN) return openFile(path, name)
  if (stdin === undefined) throw new Error('there is no standard input')
  return openStdin(stdin, { name, spoolDir, whole: sha256 !== undefined })
}

function failed({ name, adapter }: ImportFileOptions, why: { readonly code: string; readonly detail: string }) {
  const nothing = { records: 0, counts: NOTHING, reading: NOTHING_READ, warnings: [] }
  return { name, source: adapter.source, state: 'failed', ...why, ...nothing } as const
}

/** Ends that another run may go on from. A file that was broken and is whole now begins anew. */
const GOES_ON: ReadonlySet<string> = new Set([
  ...['file_changed_during_import', 'failed_storage', 'too_many_bad_lines', 'file_changed', 'internal_error'],
])

export function isResumable({ state, code }: Pick<ImportJob, 'state' | 'code'>): boolean {
  if (state === 'failed') return GOES_ON.has(code ?? '')
  return state !== 'done' && state !== 'done_with_rejects'
}

/** The job to go on with, a new one, or undefined when the file is not the one that was begun. */
async function jobFor(
  { database }: ImportParts,
  { path, name, adapter: { source }, fetchedAt, restart, keepGoing }: ImportFileOptions,
  file: OpenFile,
): Promise<ImportJob | undefined> {
  const last = restart ? undefined : await findLastImport(database, source, jobPath(path, name))
  if (last && isResumable(last)) {
    const goesOn = { ...last, keepGoing }
    // What comes once is compared while it comes.
    if (last.prefixBytes === 0 || file.once) return goesOn
    return (await prefixSha256(file, last.prefixBytes)) === last.prefixSha256 ? goesOn : undefined
  }
  const job: NewImport = {
    source,
    path: jobPath(path, name),
    name,
    origin: path === STDIN ? 'stdin' : 'file',
    state: 'scanning',
    sizeBytes: file.sizeBytes,
    modifiedMs: file.modifiedMs,
    fetchedAt,
    keepGoing,
  }
  return insertImport(database, job)
}

/** Several streams of one source may have names of their own. */
function jobPath(path: string, name: string): string {
  return path === STDIN ? `-:${name}` : path
}

const NOT_BEGUN: ImportProgress = {
  records: 0,
  byteOffset: 0,
  prefixBytes: 0,
  prefixSha256: '',
  readBytes: 0,
  entry: 0,
  entryRecords: 0,
  counts: NOTHING,
  reading: NOTHING_READ,
}

async function run(
  parts: ImportParts,
  options: ImportFileOptions,
  file: OpenFile,
  job: ImportJob | undefined,
): Promise<FileResult> {
  const { name, adapter, fetchedAt, dryRun, keepGoing, signal, onProgress, onRefused } = options
  const from = job ?? NOT_BEGUN
  const { end, sameAs, ...rest } = await runJob(parts, file, {
    ...{ adapter, from, fetchedAt, dryRun, keepGoing, signal, onRefused },
    ledger: job === undefined ? nowhere : storedLedger(parts.database, job),
    ...(file.once ? { expected: expectedOf(from) } : {}),
    whenAborted: () => 'cancel',
    changed: () => file.changed(),
    onProgress: (progress) => onProgress({ name, ...progress }),
  })
  if (end === 'left') throw new Error('an import of a file is never left')
  const { state, code, detail } = end
  return {
    name,
    source: adapter.source,
    state,
    ...rest,
    ...(job === undefined ? {} : { importId: job.importId }),
    ...(code === undefined ? {} : { code }),
    ...(detail === undefined ? {} : { detail }),
    ...(from.records > 0 ? { resumedAt: from.records } : {}),
    ...(sameAs === undefined ? {} : { sameAs }),
  }
}

function expectedOf({ prefixBytes, prefixSha256 }: ImportProgress): Prefix {
  return { bytes: prefixBytes, sha256: prefixSha256 }
}
