import type { Logger, Metrics } from '@atlas/runtime'
import type { Adapter } from '../adapters/adapter.ts'
import { addCounts, type Counts, NOTHING } from '../arriving.ts'
import { fileImported } from '../events.ts'
import { type FileRefusal, type FoundFile, findFiles, STDIN } from './find-files.ts'
import { type FileProgress, type FileResult, importFile } from './import-file.ts'
import { addReading, NOTHING_READ, type Reading } from './reading.ts'
import type { ImportParts, RefusedRecord } from './run-job.ts'

export interface ImportRequest {
  /** Files, folders and patterns, as the caller names them; `-` is standard input. */
  readonly paths: readonly string[]
  /** For all of them; else the topmost folder that is named like a source. */
  readonly source?: string
  readonly fetchedAt?: number | null
  /** Begins at 0, whatever an earlier import has done. */
  readonly restart?: boolean
  /** Says what would become of the records, and keeps nothing. */
  readonly dryRun?: boolean
  /** Goes on after the thousandth refused record of a file. */
  readonly keepGoing?: boolean
  /** What the one file named must be, hex. */
  readonly sha256?: string
  readonly stdin?: AsyncIterable<Uint8Array>
  /** Tells streams apart that come by standard input. */
  readonly stdinName?: string
  /** Where standard input is kept that cannot be read as it comes. */
  readonly spoolDir: string
  /** Nothing outside of it is read. */
  readonly within?: string
  readonly signal: AbortSignal
  readonly onFile?: (result: FileResult | SkippedFile) => void
  readonly onProgress?: (progress: FileProgress) => void
  readonly onRefused?: (refused: RefusedRecord) => void
}

/** A name that gave no file to read. */
export interface SkippedFile {
  readonly name: string
  readonly state: 'skipped'
  readonly code: FileRefusal
  readonly detail: string
}

export interface ImportSummary {
  readonly files: number
  readonly failed: number
  readonly skipped: number
  readonly counts: Counts
  readonly cancelled: boolean
  readonly sources: readonly SourceSummary[]
}

/** What came of one source's files. */
export interface SourceSummary {
  readonly source: string
  readonly files: number
  readonly failed: number
  readonly records: number
  readonly counts: Counts
  readonly reading: Reading
  /** Files that failed, by the reason. */
  readonly failures: Readonly<Record<string, number>>
}

export interface ImportFilesParts extends ImportParts {
  readonly adapters: ReadonlyMap<string, Adapter>
  readonly logger: Logger
  readonly metrics: Metrics
}

/** Imports every file below the paths, one after the other, in the order of their names. */
export async function importFiles(parts: ImportFilesParts, request: ImportRequest): Promise<ImportSummary> {
  const { adapters, logger } = parts
  const { paths, source, within, signal, onFile } = request
  const total = new Total()
  const sources = [...adapters.keys()]
  const where = { ...(source === undefined ? {} : { source }), ...(within === undefined ? {} : { within }) }
  for await (const found of findFiles({ paths, sources, ...where })) {
    if (signal.aborted) return { ...total.summary(), cancelled: true }
    const adapter = found.ok ? adapters.get(found.source) : undefined
    if (!found.ok || !adapter) {
      total.skip(found)
      onFile?.({
        name: found.name,
        state: 'skipped',
        ...(found.ok ? noAdapter(found.source, sources) : faultOf(found)),
      })
      continue
    }
    const result = await importFile(parts, fileOptions(request, found, adapter))
    if (result.importId !== undefined) fileImported(logger, { ...result, importId: result.importId })
    onFile?.(result)
    total.add(result)
  }
  return total.summary()
}

function fileOptions(request: ImportRequest, found: FoundFile & { readonly ok: true }, adapter: Adapter) {
  const { fetchedAt = null, restart = false, dryRun = false, keepGoing = false, signal, spoolDir, sha256 } = request
  const { stdin, stdinName, onProgress = () => undefined, onRefused = () => undefined } = request
  const { path, name } = found
  return {
    ...{ path, adapter, fetchedAt, restart, dryRun, keepGoing, signal, spoolDir, onProgress, onRefused },
    name: stdin !== undefined && path === STDIN ? (stdinName ?? name) : name,
    ...(stdin === undefined ? {} : { stdin }),
    ...(sha256 === undefined ? {} : { sha256 }),
  }
}

/** Adds up what becomes of files. */
class Total {
  private files = 0
  private failed = 0
  private skipped = 0
  private cancelled = false
  private readonly sources = new Map<string, SourceSummary>()

  /** A folder of a source that nobody reads yet is no mistake; a file that is not there is. */
  skip(found: FoundFile): void {
    if (!found.ok && found.code !== 'unknown_source') this.failed += 1
    else this.skipped += 1
  }

  add({ source, state, code, records, counts, reading }: FileResult): void {
    const before = this.sources.get(source) ?? nothingOf(source)
    const failed = state === 'failed' ? 1 : 0
    const { failures } = before
    this.files += 1
    this.failed += failed
    this.cancelled = state === 'cancelled'
    this.sources.set(source, {
      source,
      files: before.files + 1,
      failed: before.failed + failed,
      records: before.records + records,
      counts: addCounts(before.counts, counts),
      reading: addReading(before.reading, reading),
      failures: failed && code ? { ...failures, [code]: (failures[code] ?? 0) + 1 } : failures,
    })
  }

  summary(): ImportSummary {
    const sources = [...this.sources.values()].sort((a, b) => (a.source < b.source ? -1 : 1))
    const counts = sources.reduce((sum, one) => addCounts(sum, one.counts), NOTHING)
    const { files, failed, skipped, cancelled } = this
    return { files, failed, skipped, counts, cancelled, sources }
  }
}

function nothingOf(source: string): SourceSummary {
  return { source, files: 0, failed: 0, records: 0, counts: NOTHING, reading: NOTHING_READ, failures: {} }
}

function noAdapter(source: string, sources: readonly string[]) {
  return { code: 'unknown_source' as const, detail: `"${source}" is none of ${sources.join(', ')}` }
}

function faultOf({ code, detail }: { readonly code: FileRefusal; readonly detail: string }) {
  return { code, detail }
}

/** 0: everything is kept; 3: records were refused; 5: a file could not be read, or not to its end; 130: cut short. */
export function exitCodeOf({ cancelled, files, failed, counts }: ImportSummary): 0 | 3 | 5 | 130 {
  if (cancelled) return 130
  if (failed > 0 || files === 0) return 5
  return counts.refused > 0 ? 3 : 0
}
