import type { ConsumerContext } from './context.ts'
import type { Pulse } from './waiting.ts'

/** Holds chunks back while our own outbox is too full to take what they would cause. */
export interface BackPressure {
  /** Returns when there is room, or the partition is no longer ours. */
  wait(pulse: Pulse, live: () => boolean): Promise<void>
}

export function createBackPressure<T>(context: ConsumerContext<T>): BackPressure {
  const { clock, timers, outbox, database, maxUnsent, logger, definition } = context
  let full = false
  let askedAt = Number.NEGATIVE_INFINITY

  const ask = async () => {
    if (clock.monotonic() - askedAt < timers.backPressureMs) return full
    askedAt = clock.monotonic()
    const { rows } = await outbox.unsent(database, maxUnsent + 1)
    if (rows > maxUnsent !== full)
      logger.warn({ event: rows > maxUnsent ? 'back-pressure-on' : 'back-pressure-off', topic: definition.topic, rows })
    full = rows > maxUnsent
    return full
  }
  return {
    async wait(pulse, live) {
      while (live() && (await pulse.during(ask()))) await pulse.sleep(timers.backPressureMs)
    },
  }
}
