import { classOf, type HostParts, startWorker, type Worker } from '@atlas/runtime'
import { RegistryUnavailableError } from '@atlas/schemas'
import { type CheckpointOptions, writeCheckpoint } from './checkpoint-worker.ts'
import { MAX_WAITING, type Settling, settleSome } from './settle.ts'

/** Follows what consumers have stored. */
export function settleWorker(parts: HostParts, settling: Settling): Worker {
  return startWorker({
    name: 'settle',
    clock: parts.clock,
    // An empty look takes 0.2 ms: five a second are a thousandth of a core.
    idleMs: 200,
    step: async () => {
      const stop = parts.metrics.stepSeconds.startTimer({ step: 'settle' })
      const taken = await settleSome(settling)
      if (taken > 0) stop()
      // A stream that is taken as it comes costs a transaction for a few rows each: it is left to gather meanwhile.
      return taken > MAX_WAITING / 2
    },
    onError: (error, failures) => patience(parts, 'settle', error, failures),
    crash: parts.crash,
  })
}

/** Says outside the database how far the chain has come. */
export function checkpointWorker(parts: HostParts, options: CheckpointOptions): Worker {
  return startWorker({
    name: 'checkpoint',
    clock: parts.clock,
    idleMs: Math.min(1_000, options.everyMs),
    step: async () => {
      await writeCheckpoint(options)
      return false
    },
    onError: (error, failures) => patience(parts, 'checkpoint', error, failures),
    crash: parts.crash,
  })
}

const TRIES = 8

/** What can pass is waited for; what cannot ends the process, which starts again in a state it knows. */
function patience({ logger }: HostParts, name: string, error: unknown, failures: number): number | 'crash' {
  const kind = classOf(error)
  if (kind === 'contention') return 10
  logger.warn({ event: 'worker-failed', worker: name, failures, class: kind, err: error })
  const passing = kind === 'unavailable' || kind === 'demoted' || error instanceof RegistryUnavailableError
  if (!passing && failures >= TRIES) return 'crash'
  return Math.min(100 * 2 ** failures, 5_000)
}
