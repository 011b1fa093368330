import type { Tx } from '@atlas/runtime'
import { TOPICS } from '@atlas/schemas'
import type { Adapter } from '../adapters/adapter.ts'
import type { Admission } from '../admission.ts'
import { addCounts, type Counts, countsOf, type LineResult, NOTHING, type Refusal } from '../arriving.ts'
import { inChunks } from '../chunks.ts'
import { type CommitParts, commitChunk } from '../commit-chunk.ts'
import { fitsMessage } from '../fits-message.ts'
import { CompressionError, decompress } from '../formats/decompress.ts'
import type { Framed } from '../formats/framed.ts'
import { recordsOfFile } from '../formats/records-of-file.ts'
import { prepareChunk } from '../prepare-chunk.ts'
import { runChunks } from '../run-chunks.ts'
import {
  findLastImport,
  finishImport,
  type ImportEnd,
  type ImportJob,
  insertImport,
  lockFile,
  saveProgress,
} from '../store/imports.ts'
import { faultOf, NOT_REGULAR } from './find-files.ts'
import { type OpenFile, openFile, Passed, prefixSha256 } from './read-file.ts'

export interface ImportParts extends CommitParts {
  readonly admission: Admission
}

export interface ImportFileOptions {
  readonly path: string
  readonly name: string
  readonly adapter: Adapter
  /** When the file was fetched, where that is known. */
  readonly fetchedAt: number | null
  /** Begins at 0, whatever an earlier import has done. */
  readonly restart: boolean
  readonly signal: AbortSignal
  readonly onProgress: (progress: FileProgress) => void
  readonly onRefused: (refused: RefusedRecord) => void
}

export interface FileProgress {
  readonly name: string
  readonly bytes: number
  readonly sizeBytes: number
  readonly records: number
  readonly counts: Counts
}

/** A record that was not kept: where it stands and what is wrong with it. */
export interface RefusedRecord {
  readonly file: string
  readonly line: number
  readonly errors: readonly Refusal[]
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
  /** Records that an earlier run had committed already. */
  readonly resumedAt?: number
  /** An earlier import of the very same bytes. */
  readonly sameAs?: number
}

/** Imports one file; goes on where an import that was killed had committed last. */
export async function importFile(parts: ImportParts, options: ImportFileOptions): Promise<FileResult> {
  const { name, adapter } = options
  const failed = (code: string, detail: string): FileResult => ({
    name,
    source: adapter.source,
    state: 'failed',
    code,
    detail,
    records: 0,
    counts: NOTHING,
  })
  const opened = await openFile(options.path).catch((error: unknown) => faultOf(error))
  if (opened === undefined) return failed(NOT_REGULAR.code, NOT_REGULAR.detail)
  if ('code' in opened) return failed(opened.code, opened.detail)
  await using file = opened
  if (file.stats.size === 0) return failed('failed_empty', 'the file is empty')
  await using lock = await lockFile(parts.database, adapter.source, file.identity)
  if (lock === undefined) return failed('import_in_progress', 'this file is being imported already')
  const job = await jobFor(parts, options, file)
  if (job === undefined)
    return failed('file_changed', 'the file is not the one that was imported in part; import it anew with a restart')
  return await runJob(parts, options, file, job)
}

/** The job to go on with, a new one, or undefined when the file is not the one that was begun. */
async function jobFor(
  { database }: ImportParts,
  { path, adapter: { source }, fetchedAt, restart }: ImportFileOptions,
  file: OpenFile,
): Promise<ImportJob | undefined> {
  const last = restart ? undefined : await findLastImport(database, source, path)
  if (last && (last.state === 'importing' || last.state === 'cancelled')) {
    if (last.prefixBytes === 0) return last
    return (await prefixSha256(file, last.prefixBytes)) === last.prefixSha256 ? last : undefined
  }
  const { size: sizeBytes, mtimeMs: modifiedMs } = file.stats
  return insertImport(database, { source, path, sizeBytes, modifiedMs, fetchedAt })
}

async function runJob(
  parts: ImportParts,
  options: ImportFileOptions,
  file: OpenFile,
  job: ImportJob,
): Promise<FileResult> {
  const { database } = parts
  const progress = new Progress(job)
  const end = await endOf(parts, options, file, progress)
  const sameAs = await finishImport(database, job.importId, end)
  const { state, code, detail } = end
  return {
    name: options.name,
    source: options.adapter.source,
    state,
    importId: job.importId,
    records: progress.records,
    counts: progress.counts,
    ...(code === undefined ? {} : { code }),
    ...(detail === undefined ? {} : { detail }),
    ...(job.records > 0 ? { resumedAt: job.records } : {}),
    ...(sameAs === undefined ? {} : { sameAs }),
  }
}

class Progress {
  readonly passed = new Passed()
  readonly job: ImportJob
  counts: Counts
  records: number
  byteOffset: number

  constructor(job: ImportJob) {
    this.job = job
    this.counts = job.counts
    this.records = job.records
    this.byteOffset = job.byteOffset
  }
}

async function endOf(
  parts: ImportParts,
  options: ImportFileOptions,
  file: OpenFile,
  progress: Progress,
): Promise<ImportEnd> {
  try {
    await take(parts, options, file, progress)
    const { records } = progress
    if (await file.changed())
      return {
        state: 'failed',
        code: 'file_changed_during_import',
        detail: `the file was written to while it was read; ${records} records are kept: import it again`,
      }
    const fileSha256 = progress.passed.sha256()
    return { state: progress.counts.refused > 0 ? 'done_with_rejects' : 'done', fileSha256 }
  } catch (error) {
    if (options.signal.aborted) return { state: 'cancelled', detail: `${progress.records} records are kept` }
    if (error instanceof CompressionError) return { state: 'failed', code: error.code, detail: error.message }
    throw error
  }
}

async function take(parts: ImportParts, options: ImportFileOptions, file: OpenFile, progress: Progress): Promise<void> {
  const { database, clock, codec } = parts
  const { adapter, name, signal, fetchedAt } = options
  const { source } = adapter
  const fits = fitsMessage(codec, TOPICS.records.maxValueBytes)
  const plain = decompress(progress.passed.through(file.read()), 'auto')
  const items = skipped(recordsOfFile(plain, { adapter, fileName: name }), progress.job.records)
  const chunk = { source, batchId: progress.job.batchId, fetchedAt, normaliser: `${source}/${adapter.version}` }
  const offsets: { readonly items: number; readonly byteOffset: number }[] = []
  await runChunks(
    inChunks(items, () => true),
    {
      async prepare(lines) {
        await admitted(parts, signal)
        offsets.push({ items: lines.length, byteOffset: offsetOf(lines.at(-1)) })
        return prepareChunk(lines, { database, clock, adapter, fetchedAt, fits })
      },
      async commit(prepared) {
        const { items = 0, byteOffset = 0 } = offsets.shift() ?? {}
        const { passed, job } = progress
        const at = { records: progress.records + items, byteOffset }
        const read = { prefixBytes: passed.bytes, prefixSha256: passed.sha256() }
        const also = (tx: Tx, results: readonly LineResult[]) =>
          saveProgress(tx, job.importId, { ...at, ...read, counts: addCounts(progress.counts, countsOf(results)) })
        const results = await commitChunk(parts, { ...chunk, also }, prepared)
        Object.assign(progress, at)
        return results
      },
      async committed(results) {
        progress.counts = addCounts(progress.counts, countsOf(results))
        tell(options, file, progress, results)
      },
    },
  )
}

function tell(options: ImportFileOptions, file: OpenFile, progress: Progress, results: readonly LineResult[]): void {
  const { name } = options
  for (const { line, errors } of results) if (errors) options.onRefused({ file: name, line, errors })
  const { records, counts, passed } = progress
  options.onProgress({ name, bytes: passed.bytes, sizeBytes: file.stats.size, records, counts })
}

/** Waits while too much is unsent: an import has time. */
async function admitted({ admission, clock }: ImportParts, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  while (await admission.overloaded()) await clock.sleep(1_000, signal)
}

/** Items are cut out of the same bytes in the same way: what was committed is left out by counting. */
async function* skipped(items: AsyncIterable<Framed>, count: number): AsyncGenerator<Framed> {
  let left = count
  for await (const item of items) {
    if (left > 0) left--
    else yield item
  }
}

function offsetOf(framed: Framed | undefined): number {
  if (framed === undefined) return 0
  return framed.ok ? framed.element.offset + framed.element.bytes.length : framed.error.offset
}
