import type { ProblemDetail } from '@atlas/runtime'
import { addCounts, type Counts, countsOf, type LineResult, NOTHING } from '../arriving.ts'

/** What a push is answered with. */
export interface PushSummary {
  readonly batchId: string
  /** Nothing was kept: the counts say what would have become of it. */
  readonly dryRun?: true
  /** Lines that are not blank. */
  readonly lines: number
  readonly counts: Counts
  /** The last line, blank ones counted, and the last record that is kept. */
  readonly lastLine: number
  readonly lastRecord: string | null
  /** The first 100 oddities of records that were kept. */
  readonly warnings: readonly { readonly line: number; readonly code: string; readonly pointer: string }[]
  readonly warningsTruncated: boolean
  /** The mistakes of the first 100 refused lines. */
  readonly errors: readonly ProblemDetail[]
  readonly errorsTruncated: boolean
  /** Where all refused lines can be read. */
  readonly refusedLines: string
}

const SHOWN = 100

/** Gathers results without growing: what is shown is bounded, the rest is counted. */
export class Tally {
  counts: Counts = NOTHING
  lines = 0
  /** Where a sender who was interrupted goes on: behind this line, blank ones counted. */
  lastLine = 0
  /** The last record that is kept: its id in the source. */
  lastRecord: string | null = null
  private readonly errors: ProblemDetail[] = []
  private readonly warnings: { line: number; code: string; pointer: string }[] = []
  private refusedShown = 0
  private warningsSeen = 0

  add(results: readonly LineResult[]): void {
    this.counts = addCounts(this.counts, countsOf(results))
    this.lines += results.length
    this.lastLine = results.at(-1)?.line ?? this.lastLine
    this.lastRecord = lastRecordOf(results) ?? this.lastRecord
    for (const { line, errors = [], warnings = [] } of results) {
      if (errors.length > 0 && this.refusedShown++ < SHOWN)
        this.errors.push(...errors.map((error) => ({ line, ...error })))
      for (const warning of warnings) if (this.warningsSeen++ < SHOWN) this.warnings.push({ line, ...warning })
    }
  }

  summary(source: string, batchId: string, dryRun: boolean): PushSummary {
    const { counts, lines, lastLine, lastRecord, errors, warnings } = this
    return {
      batchId,
      ...(dryRun ? { dryRun } : {}),
      lines,
      counts,
      lastLine,
      lastRecord: dryRun ? null : lastRecord,
      warnings,
      warningsTruncated: this.warningsSeen > SHOWN,
      errors,
      errorsTruncated: counts.refused > SHOWN,
      refusedLines: `/v1/sources/${source}/batches/${batchId}/refused`,
    }
  }
}

/** Of some lines, the last that is kept. */
export function lastRecordOf(results: readonly LineResult[]): string | undefined {
  return results.findLast(({ outcome }) => outcome !== 'refused')?.sourceId
}
