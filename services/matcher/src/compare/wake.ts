import { type Clock, type Database, type Logger, type Metrics, startWorker, type Worker } from '@atlas/runtime'
import { compareLagMeasured, listenerLost } from '../events.ts'
import { listenForWork } from '../store/listen.ts'
import { countWaiting } from '../store/queue.ts'

export interface WakeParts {
  readonly database: Database
  readonly clock: Clock
  readonly logger: Logger
  readonly metrics: Metrics
}

const RETRY_MS = 5_000
const MEASURE_MS = 15_000

/** Wakes the comparing worker at every commit that left work for it, on any member; listens again when cut off. */
export function startListener({ database, clock, logger }: WakeParts, wake: () => void): Worker {
  const stopping = new AbortController()
  const worker = startWorker({
    name: 'compare-listener',
    clock,
    idleMs: RETRY_MS,
    step: async () => {
      await listenForWork(database, wake, stopping.signal)
      return false
    },
    onError: (error) => {
      listenerLost(logger, error)
      return RETRY_MS
    },
    crash: () => undefined,
  })
  return {
    name: worker.name,
    async stop() {
      stopping.abort()
      await worker.stop()
    },
  }
}

/** Keeps the metrics of the queue current. */
export function startLagMeter({ database, clock, logger, metrics }: WakeParts): Worker {
  return startWorker({
    name: 'compare-lag',
    clock,
    idleMs: MEASURE_MS,
    step: async () => {
      const { rows, oldestMs } = await countWaiting(database)
      compareLagMeasured(metrics, rows, oldestMs)
      return false
    },
    onError: (error) => {
      listenerLost(logger, error)
      return MEASURE_MS
    },
    crash: () => undefined,
  })
}
