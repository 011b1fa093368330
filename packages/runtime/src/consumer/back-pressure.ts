import type { ConsumerContext } from './context.ts'
import type { Pulse } from './waiting.ts'

/** Holds chunks back while our own outbox is too full to take what they would cause. */
export interface BackPressure {
  /** Returns when there is room, or the partition is no longer ours. */
  wait(pulse: Pulse, live: () => boolean): Promise<void>
}

// With room for half of the bound an answer holds ten times as long: ten seconds fill it at 10,000 rows a second.
const CALM = 10

export function createBackPressure<T>(context: ConsumerContext<T>): BackPressure {
  const { clock, timers, outbox, database, maxUnsent, logger, definition } = context
  let full = false
  let askAt = Number.NEGATIVE_INFINITY

  const fresh = () => clock.monotonic() < askAt
  const ask = async () => {
    askAt = clock.monotonic() + timers.backPressureMs
    const { rows } = await outbox.unsent(database, maxUnsent + 1)
    if (rows > maxUnsent !== full)
      logger.warn({ event: rows > maxUnsent ? 'back-pressure-on' : 'back-pressure-off', topic: definition.topic, rows })
    full = rows > maxUnsent
    if (rows < maxUnsent / 2) askAt += (CALM - 1) * timers.backPressureMs
    return full
  }
  return {
    async wait(pulse, live) {
      while (live() && (fresh() ? full : await pulse.during(ask()))) await pulse.sleep(timers.backPressureMs)
    },
  }
}
