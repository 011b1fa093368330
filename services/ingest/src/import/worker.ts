import { classOf, startWorker, type Worker } from '@atlas/runtime'
import { importFailed } from '../events.ts'
import { claimImport, failImport, listWaiting, releaseLease } from '../store/import-queue.ts'
import { type ImportJob, JOB_VERSION, type Lease, LeaseLostError, lockFile } from '../store/imports.ts'
import { runUpload } from './run-upload.ts'
import { sweepSpool } from './sweep-spool.ts'
import type { ImportWorkerParts } from './worker-parts.ts'

export interface ImportWorker extends Worker {
  wake(): void
}

const SWEEP_MS = 5 * 60_000

/** Takes uploads one after the other, the oldest first; what a member that died had begun is gone on with. */
export function startImportWorker(parts: ImportWorkerParts): ImportWorker {
  const { clock, idleMs, crash } = parts
  let swept = Number.NEGATIVE_INFINITY
  return startWorker({
    name: 'imports',
    clock,
    idleMs,
    async step(signal) {
      if (clock.monotonic() - swept > SWEEP_MS) {
        await sweepSpool(parts)
        swept = clock.monotonic()
      }
      return await importNext(parts, signal)
    },
    onError: waitAfter,
    crash,
  })
}

/** How many are looked at for one whose bytes are here and whose twin is not under way. */
const LOOKED_AT = 50
/** A job that ends the process each time it is begun is not begun for ever. */
const MAX_ATTEMPTS = 5

/** True when a job was worked on. */
export async function importNext(parts: ImportWorkerParts, signal: AbortSignal): Promise<boolean> {
  const { database, spool, instance: owner, leaseSeconds: seconds } = parts
  const lease = { owner, seconds }
  for (const { importId, spool: name } of await listWaiting(database, LOOKED_AT)) {
    signal.throwIfAborted()
    // Each member may have a folder of its own.
    if (!(await spool.has(name))) continue
    const job = await claimImport(database, importId, lease)
    if (job === undefined) continue
    // Of two with the same bytes the second waits: it finds duplicates then.
    await using lock = await lockFile(database, job.source, `sha256:${job.sha256}`)
    if (lock === undefined) await releaseLease(database, importId, owner)
    else {
      await workOn(parts, job, lease, signal)
      return true
    }
  }
  return false
}

async function workOn(parts: ImportWorkerParts, job: ImportJob, lease: Lease, signal: AbortSignal): Promise<void> {
  const { database, logger, adapters } = parts
  const { importId, source, jobVersion, attempts } = job
  const adapter = adapters.get(source)
  const fail = async (code: string, detail: string, error?: unknown) => {
    await failImport(database, importId, lease.owner, { code, detail })
    importFailed(logger, { importId, source, code }, error)
  }
  if (jobVersion !== JOB_VERSION) return fail('job_version_unsupported', 'another version made this job; restart it')
  if (adapter === undefined) return fail('unknown_source', 'this source is not read any more')
  if (attempts > MAX_ATTEMPTS)
    return fail('crash_loop', `the process ended ${attempts - 1} times while it was imported`)
  try {
    await runUpload(parts, { job, adapter, lease, signal })
  } catch (error) {
    // Another member has it, and will say how it ended.
    if (error instanceof LeaseLostError) return
    if (isPassing(error)) {
      await releaseLease(database, importId, lease.owner)
      throw error
    }
    await fail('internal_error', 'something is wrong with us; what is committed is kept', error)
  }
}

function isPassing(error: unknown): boolean {
  const kind = classOf(error)
  return kind === 'unavailable' || kind === 'demoted' || kind === 'contention'
}

const MAX_WAIT_MS = 30_000

/** A database that is away is waited for; what nobody expected is tried three times. */
function waitAfter(error: unknown, failures: number): number | 'crash' {
  if (isPassing(error)) return Math.min(200 * 2 ** failures, MAX_WAIT_MS)
  return failures < 3 ? 200 * failures : 'crash'
}
