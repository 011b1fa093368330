import type { Logger, Metrics } from '@atlas/runtime'
import type { Adapter } from '../adapters/adapter.ts'
import { addCounts, type Counts, NOTHING } from '../arriving.ts'
import { fileImported } from '../events.ts'
import { type FileRefusal, findFiles } from './find-files.ts'
import { type FileProgress, type FileResult, type ImportParts, importFile, type RefusedRecord } from './import-file.ts'

export interface ImportRequest {
  /** Files and folders, as the caller names them. */
  readonly paths: readonly string[]
  /** For all of them; else the topmost folder that is named like a source. */
  readonly source?: string
  readonly fetchedAt?: number | null
  /** Begins at 0, whatever an earlier import has done. */
  readonly restart?: boolean
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
}

export interface ImportFilesParts extends ImportParts {
  readonly adapters: ReadonlyMap<string, Adapter>
  readonly logger: Logger
  readonly metrics: Metrics
}

/** Imports every file below the paths, one after the other, in the order of their names. */
export async function importFiles(parts: ImportFilesParts, request: ImportRequest): Promise<ImportSummary> {
  const { adapters, logger } = parts
  const { paths, source, signal, onFile, onProgress = () => undefined, onRefused = () => undefined } = request
  const { fetchedAt = null, restart = false } = request
  let summary: ImportSummary = { files: 0, failed: 0, skipped: 0, counts: NOTHING, cancelled: false }
  const sources = [...adapters.keys()]
  for await (const found of findFiles({ paths, sources, ...(source === undefined ? {} : { source }) })) {
    if (signal.aborted) return { ...summary, cancelled: true }
    const adapter = found.ok ? adapters.get(found.source) : undefined
    if (!found.ok || !adapter) {
      // A folder of a source that nobody reads yet is no mistake; a file that is not there is.
      const wrong = !found.ok && found.code !== 'unknown_source'
      summary = wrong ? { ...summary, failed: summary.failed + 1 } : { ...summary, skipped: summary.skipped + 1 }
      onFile?.({
        name: found.name,
        state: 'skipped',
        ...(found.ok ? noAdapter(found.source, sources) : faultOf(found)),
      })
      continue
    }
    const { name, path } = found
    const result = await importFile(parts, { name, path, adapter, fetchedAt, restart, signal, onProgress, onRefused })
    if (result.importId !== undefined) fileImported(logger, { ...result, importId: result.importId })
    onFile?.(result)
    summary = {
      ...summary,
      files: summary.files + 1,
      failed: summary.failed + (result.state === 'failed' ? 1 : 0),
      counts: addCounts(summary.counts, result.counts),
      cancelled: result.state === 'cancelled',
    }
  }
  return summary
}

function noAdapter(source: string, sources: readonly string[]) {
  return { code: 'unknown_source' as const, detail: `"${source}" is none of ${sources.join(', ')}` }
}

function faultOf({ code, detail }: { readonly code: FileRefusal; readonly detail: string }) {
  return { code, detail }
}

/** 0: everything is kept; 3: something was refused, could not be read, or nothing was found; 130: cut short. */
export function exitCodeOf({ cancelled, files, failed, counts }: ImportSummary): 0 | 3 | 130 {
  if (cancelled) return 130
  return failed > 0 || counts.refused > 0 || files === 0 ? 3 : 0
}
