import { RetryableError } from '../bus/errors.ts'
import type { ConsumerContext } from './context.ts'
import { describeError, meaningOf } from './error-policy.ts'
import { MembershipLostError, type Pulse } from './waiting.ts'

const CONTENTION_TRIES = 5

/** Runs something until it works. Rethrows what waiting cannot cure; after the cap, `RetryableError`. */
export type Patience = <R>(run: () => Promise<R>, options?: { readonly rethrowContention?: boolean }) => Promise<R>

/**
 * Lost races are tried again at once, five times; what is away is waited for with back-off. Heartbeats go on all the
 * time, and when one fails the waiting is over.
 */
export function createPatience<T>(context: ConsumerContext<T>, pulse: Pulse, live: () => boolean): Patience {
  const { clock, timers, definition, logger, metrics } = context
  return async (run, { rethrowContention = false } = {}) => {
    let races = 0
    let awaySince: number | undefined
    let pauseMs = timers.backOffStartMs
    for (;;) {
      try {
        return await pulse.during(run())
      } catch (error) {
        if (error instanceof MembershipLostError) throw error
        const { type } = meaningOf(error)
        if (type !== 'contention' && type !== 'unavailable') throw error
        metrics.retries.inc({ topic: definition.topic, class: type })
        if (type === 'contention' && ++races <= CONTENTION_TRIES) {
          await pulse.sleep(jitter(timers.raceMs))
          continue
        }
        if (type === 'contention' && rethrowContention) throw error
        awaySince ??= clock.monotonic()
        if (clock.monotonic() - awaySince > timers.unavailableCapMs || !live())
          throw new RetryableError(`gave up waiting: ${describeError(error)}`, { cause: error })
        logger.warn({ event: 'chunk-waits', topic: definition.topic, class: type, error: describeError(error) })
        await pulse.sleep(jitter(pauseMs))
        pauseMs = Math.min(pauseMs * 2, timers.backOffMaxMs)
      }
    }
  }
}

// Two members that lost the same race must not meet again.
function jitter(ms: number): number {
  return ms * (0.5 + Math.random() / 2)
}
