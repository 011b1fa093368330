import type { Queryable } from '@atlas/runtime'
import { TOPICS } from '@atlas/schemas'
import type { Adapter } from '../adapters/adapter.ts'
import type { Admission } from '../admission.ts'
import { addCounts, type Counts, countsOf, type LineResult, type PreparedChunk, type Refusal } from '../arriving.ts'
import { IMPORT_CHUNK, inChunks } from '../chunks.ts'
import { type CommitParts, commitChunk } from '../commit-chunk.ts'
import { dryRun } from '../dry-run.ts'
import type { Framed } from '../formats/framed.ts'
import { prepareChunk } from '../prepare-chunk.ts'
import { runChunks } from '../run-chunks.ts'
import type { ImportEnd, ImportProgress } from '../store/imports.ts'
import { failureOf } from './failure-of.ts'
import type { Input } from './input.ts'
import type { Ledger } from './ledger.ts'
import type { Meter, Prefix } from './meter.ts'
import { openInput, type Warning } from './open-input.ts'
import { addReading, type Reading, readingOf, withRefused } from './reading.ts'
import { assertSource, assertWorthwhile } from './stop-early.ts'

export interface ImportParts extends CommitParts {
  readonly admission: Admission
}

export interface RunOptions {
  readonly adapter: Adapter
  readonly ledger: Ledger
  /** What earlier runs have committed. */
  readonly from: ImportProgress
  /** What they read, where that was not compared yet. */
  readonly expected?: Prefix
  /** When the file was fetched, where that is known. */
  readonly fetchedAt: number | null
  /** Says what would become of the records, and keeps nothing. */
  readonly dryRun: boolean
  /** Goes on after the thousandth refused record. */
  readonly keepGoing: boolean
  readonly signal: AbortSignal
  /** After being aborted: `cancel` ends the job, `leave` lets another run go on with it. */
  readonly whenAborted: () => 'cancel' | 'leave'
  /** True when the input was written to while it was read. */
  readonly changed: () => Promise<boolean>
  readonly onProgress: (progress: RunProgress) => void
  readonly onRefused: (refused: RefusedRecord) => void
  /** Further writes of each chunk's transaction. */
  readonly alongside?: (tx: Queryable, results: readonly LineResult[]) => Promise<void>
}

export interface RunProgress {
  readonly bytes: number
  readonly sizeBytes: number | null
  readonly records: number
  readonly counts: Counts
}

/** A record that was not kept: where it stands and what is wrong with it. */
export interface RefusedRecord {
  readonly file: string
  /** Of an archive: the file in it. */
  readonly entry?: string
  readonly line: number
  readonly errors: readonly Refusal[]
}

export interface RunResult {
  readonly end: ImportEnd | 'left'
  readonly records: number
  readonly counts: Counts
  readonly reading: Reading
  readonly warnings: readonly Warning[]
  /** An earlier import of the very same bytes. */
  readonly sameAs?: number
}

/** Imports an input chunk by chunk, each with its progress in one transaction, and says how it ended. */
export async function runJob(parts: ImportParts, input: Input, options: RunOptions): Promise<RunResult> {
  const run = new Run(parts, input, options)
  const end = await run.toItsEnd()
  const sameAs = end === 'left' ? undefined : await options.ledger.finish(end)
  const { records, counts, reading } = run.progress
  return { end, records, counts, reading, warnings: run.warnings, ...(sameAs === undefined ? {} : { sameAs }) }
}

/** Somebody asked for the end, on another connection. */
class CancelRequested extends Error {
  override readonly name = 'CancelRequested'
}

class Run {
  progress: ImportProgress
  warnings: readonly Warning[] = []
  private readonly parts: ImportParts
  private readonly input: Input
  private readonly options: RunOptions
  private readonly ahead: { readonly last: Framed | undefined; readonly items: number; readonly reading: Reading }[] =
    []
  private cancelRequested = false

  constructor(parts: ImportParts, input: Input, options: RunOptions) {
    this.parts = parts
    this.input = input
    this.options = options
    this.progress = options.from
  }

  async toItsEnd(): Promise<ImportEnd | 'left'> {
    const { options } = this
    try {
      const fileSha256 = await this.take()
      if (!(await options.changed())) return { ...this.taken(), ...(fileSha256 === undefined ? {} : { fileSha256 }) }
      const kept = `${this.progress.records} records are kept: import it again`
      const detail = `the file was written to while it was read; ${kept}`
      return { state: 'failed', code: 'file_changed_during_import', detail }
    } catch (error) {
      if (error instanceof CancelRequested) return this.cancelled()
      if (options.signal.aborted) return options.whenAborted() === 'leave' ? 'left' : this.cancelled()
      return await this.failed(error)
    }
  }

  /** A file that breaks off is not done, however many of its records are kept. */
  private taken(): ImportEnd {
    const { counts, reading, records } = this.progress
    const { brokenOff } = reading
    if (brokenOff === null) return { state: counts.refused > 0 ? 'done_with_rejects' : 'done' }
    const kept = `the ${records - counts.refused} records that could be read are kept`
    const detail = `${brokenOff.detail}; what is behind it was not read, ${kept}: import the file again when it is whole`
    return { state: 'failed', code: brokenOff.code, detail }
  }

  private cancelled(): ImportEnd {
    return { state: 'cancelled', detail: `${this.progress.records} records are kept` }
  }

  /** Where the input itself is broken, the report says so behind the last record. */
  private async failed(error: unknown): Promise<ImportEnd> {
    const failure = failureOf(error, this.progress.records)
    if (failure === undefined) throw error
    const { records, byteOffset } = this.progress
    const { code, detail, reported } = failure
    if (reported !== undefined) {
      const errors = [{ code: reported, detail }]
      this.options.onRefused({ file: this.input.name, line: records + 1, errors })
      const line = { type: 'refused', line: records + 1, offset: byteOffset, errors, head: new Uint8Array() } as const
      await this.options.ledger.refuse(this.parts.database, [line])
    }
    return { state: 'failed', code, detail }
  }

  /** Everything that is not committed; returns the SHA-256 of the whole, where all of it was read. */
  private async take(): Promise<string | undefined> {
    const { adapter, expected, ledger, from } = this.options
    const { items, meter, warnings } = await openInput(this.input, {
      adapter,
      from,
      ...(expected === undefined ? {} : { expected }),
    })
    this.warnings = warnings
    await ledger.begin(warnings)
    const keep = this.options.dryRun ? this.rehearser(meter) : this.keeper(meter)
    await runChunks(
      inChunks(items, () => true, IMPORT_CHUNK),
      {
        prepare: (lines) => this.prepare(lines),
        commit: keep,
        committed: async (results) => this.committed(results, meter),
      },
    )
    return meter.sha256()
  }

  private async prepare(lines: readonly Framed[]): Promise<PreparedChunk> {
    const { database, clock, codec, admission } = this.parts
    const { adapter, fetchedAt, signal, keepGoing } = this.options
    signal.throwIfAborted()
    // An import has time: it waits while too much is unsent.
    while (!this.options.dryRun && (await admission.overloaded())) await clock.sleep(1_000, signal)
    const { maxValueBytes } = TOPICS.records
    const prepared = await prepareChunk(lines, { database, clock, codec, adapter, fetchedAt, maxValueBytes })
    const isFirst = this.progress.records === 0 && this.ahead.length === 0
    if (isFirst && !keepGoing) assertSource(adapter.source, prepared.lines)
    this.ahead.push({ last: lines.at(-1), items: lines.length, reading: readingOf(prepared.lines, lines) })
    return prepared
  }

  private keeper(meter: Meter): (prepared: PreparedChunk) => Promise<readonly LineResult[]> {
    const { adapter, ledger, fetchedAt, alongside } = this.options
    const about = aboutChunk(adapter, ledger, fetchedAt)
    return async (prepared) => {
      let next = this.progress
      const also = async (tx: Queryable, results: readonly LineResult[]) => {
        next = this.after(results, meter)
        await alongside?.(tx, results)
        this.cancelRequested = await ledger.save(tx, next)
      }
      const results = await commitChunk(this.parts, { ...about, also }, prepared)
      this.moveTo(next)
      return results
    }
  }

  private rehearser(meter: Meter): (prepared: PreparedChunk) => Promise<readonly LineResult[]> {
    const { adapter, ledger, fetchedAt } = this.options
    const { database } = this.parts
    const rehearse = dryRun(this.parts, aboutChunk(adapter, ledger, fetchedAt))
    return async (prepared) => {
      const results = await rehearse(prepared)
      const next = this.after(results, meter)
      if (ledger.stored)
        await database.transaction(async (tx) => {
          const refused = prepared.lines.filter((line) => line.type === 'refused')
          await ledger.refuse(tx, refused)
          this.cancelRequested = await ledger.save(tx, next)
        })
      this.moveTo(next)
      return results
    }
  }

  /** The progress once these results are committed. */
  private after(results: readonly LineResult[], meter: Meter): ImportProgress {
    const { progress } = this
    const { last, items = 0, reading } = this.ahead[0] ?? {}
    const { bytes: prefixBytes, sha256: prefixSha256 } = meter.prefix()
    const entry = last?.ok ? last.element.entry : last?.error.entry
    return {
      records: progress.records + items,
      byteOffset: endOf(last),
      prefixBytes,
      prefixSha256,
      readBytes: meter.bytes,
      entry: entry?.index ?? 0,
      entryRecords: entry?.nth ?? 0,
      counts: addCounts(progress.counts, countsOf(results)),
      reading: reading ? addReading(progress.reading, withRefused(reading, results)) : progress.reading,
    }
  }

  private moveTo(next: ImportProgress): void {
    this.ahead.shift()
    this.progress = next
  }

  private committed(results: readonly LineResult[], meter: Meter): void {
    const { input, options, progress } = this
    for (const { line, entry, errors } of results)
      if (errors) options.onRefused({ file: input.name, ...(entry === undefined ? {} : { entry }), line, errors })
    const { records, counts } = progress
    options.onProgress({ bytes: meter.bytes, sizeBytes: input.sizeBytes, records, counts })
    if (this.cancelRequested) throw new CancelRequested('the import was cancelled')
    const before = { ...counts, refused: counts.refused - countsOf(results).refused }
    if (!options.keepGoing) assertWorthwhile(before, counts)
  }
}

function aboutChunk({ source, version }: Adapter, { batchId }: Ledger, fetchedAt: number | null) {
  return { source, batchId, fetchedAt, normaliser: `${source}/${version}` }
}

function endOf(framed: Framed | undefined): number {
  if (framed === undefined) return 0
  return framed.ok ? framed.element.offset + framed.element.bytes.length : framed.error.offset
}
