import type { ProblemDetail } from '@atlas/runtime'
import { addCounts, type Counts, countsOf, type LineResult, NOTHING } from '../arriving.ts'

/** What a push is answered with. */
export interface PushSummary {
  readonly batchId: string
  /** Lines that are not blank. */
  readonly lines: number
  readonly counts: Counts
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
  private readonly errors: ProblemDetail[] = []
  private readonly warnings: { line: number; code: string; pointer: string }[] = []
  private refusedShown = 0
  private warningsSeen = 0

  add(results: readonly LineResult[]): void {
    this.counts = addCounts(this.counts, countsOf(results))
    this.lines += results.length
    for (const { line, errors = [], warnings = [] } of results) {
      if (errors.length > 0 && this.refusedShown++ < SHOWN)
        this.errors.push(...errors.map((error) => ({ line, ...error })))
      for (const warning of warnings) if (this.warningsSeen++ < SHOWN) this.warnings.push({ line, ...warning })
    }
  }

  summary(source: string, batchId: string): PushSummary {
    const { counts, lines, errors, warnings } = this
    return {
      batchId,
      lines,
      counts,
      warnings,
      warningsTruncated: this.warningsSeen > SHOWN,
      errors,
      errorsTruncated: counts.refused > SHOWN,
      refusedLines: `/v1/sources/${source}/batches/${batchId}/refused`,
    }
  }
}
