import type { Queryable } from '@atlas/runtime'
import type { Adapter } from '../adapters/adapter.ts'
import { type Counts, countsOf, type LineResult, NOTHING } from '../arriving.ts'
import { chunkCommitted, fileImported } from '../events.ts'
import { extendLease, forgetSpool, releaseLease } from '../store/import-queue.ts'
import { finishImport, type ImportJob, type Lease, LeaseLostError } from '../store/imports.ts'
import { addUsage } from '../store/key-usage.ts'
import { isResumable } from './import-file.ts'
import { storedLedger } from './ledger.ts'
import { openFile, prefixSha256 } from './read-file.ts'
import { type RunResult, runJob } from './run-job.ts'
import type { ImportWorkerParts } from './worker-parts.ts'

export interface ClaimedUpload {
  readonly job: ImportJob
  readonly adapter: Adapter
  readonly lease: Lease
  /** Aborted when the service stops: another member goes on then. */
  readonly signal: AbortSignal
}

/** Imports one upload from where it stands; its bytes go when they are imported. */
export async function runUpload(
  parts: ImportWorkerParts,
  { job, adapter, lease, signal }: ClaimedUpload,
): Promise<void> {
  const { database, logger, spool } = parts
  const { importId, source, name } = job
  await using file = await openFile(spool.path(job.spool ?? ''), name)
  if (file === undefined) throw new Error(`upload of import ${importId} is no regular file`)
  if (job.prefixBytes > 0 && (await prefixSha256(file, job.prefixBytes)) !== job.prefixSha256) {
    const detail = 'the upload is not the one that was imported in part; restart it'
    return void (await finishImport(database, importId, { state: 'failed', code: 'file_changed', detail }, lease))
  }
  await using beat = keepLease(parts, importId, lease)
  const result = await runJob(parts, file, {
    adapter,
    from: job,
    ledger: storedLedger(database, job, lease),
    fetchedAt: job.fetchedAt,
    dryRun: job.dryRun,
    keepGoing: job.keepGoing,
    signal: AbortSignal.any([signal, beat.signal]),
    whenAborted: () => (beat.cancelRequested() ? 'cancel' : 'leave'),
    changed: async () => false,
    onProgress: counted(parts, job),
    onRefused: () => undefined,
    alongside: usageOf(job),
  })
  if (beat.lost()) throw new LeaseLostError(`import ${importId} is another's now`)
  if (result.end === 'left') return await releaseLease(database, importId, lease.owner)
  fileImported(logger, { importId, source, state: result.end.state, counts: result.counts })
  if (isSpent(result)) await forget(parts, job)
}

/** Nobody can go on with it. */
function isSpent({ end }: RunResult): boolean {
  return end !== 'left' && !isResumable({ state: end.state, code: end.code ?? null })
}

/** First the row: a name that leads nowhere is worse than a file that the next sweep finds. */
async function forget({ database, spool }: ImportWorkerParts, { importId, spool: name }: ImportJob): Promise<void> {
  await forgetSpool(database, [importId])
  if (name !== null) await spool.remove(name)
}

function counted({ metrics }: ImportWorkerParts, { counts: from, dryRun }: ImportJob) {
  let before: Counts = from
  return ({ counts }: { readonly counts: Counts }) => {
    const more: Record<keyof Counts, number> = { ...NOTHING }
    for (const outcome of Object.keys(more) as (keyof Counts)[]) more[outcome] = counts[outcome] - before[outcome]
    before = counts
    if (!dryRun) chunkCommitted(metrics, more)
  }
}

/** What an upload brings counts for its key as a push does. */
function usageOf({ keyId }: ImportJob) {
  return async (tx: Queryable, results: readonly LineResult[]) => {
    if (keyId !== null) await addUsage(tx, keyId, countsOf(results), 0)
  }
}

/** Says again and again that we work on it: between two chunks more time may pass than the lease has. */
function keepLease({ database, clock }: ImportWorkerParts, importId: number, lease: Lease) {
  const over = new AbortController()
  const stop = new AbortController()
  let cancelRequested = false
  let lost = false
  const beating = (async () => {
    for (;;) {
      // Being stopped is the normal end of it.
      await clock.sleep((lease.seconds * 1_000) / 3, over.signal).catch(() => undefined)
      if (over.signal.aborted) return
      const held = await extendLease(database, importId, lease)
      lost = held === undefined
      cancelRequested = held?.cancelRequested ?? false
      if (lost || cancelRequested) return stop.abort()
    }
  })()
  // A database that is away: the lease runs out, and the next chunk meets the same fault.
  const settled = beating.catch(() => undefined)
  return {
    signal: stop.signal,
    cancelRequested: () => cancelRequested,
    lost: () => lost,
    async [Symbol.asyncDispose]() {
      over.abort()
      await settled
    },
  }
}
