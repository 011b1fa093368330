import type { Batch } from '../bus/port.ts'
import { alarm } from './alarms.ts'
import type { BackPressure } from './back-pressure.ts'
import type { ConsumerContext } from './context.ts'
import { describeError, meaningOf } from './error-policy.ts'
import type { HaltBoard } from './halt-board.ts'
import { createPatience } from './patience.ts'
import { haltPartition, type Place, withdrawAttempt } from './store-progress.ts'
import { createTogether } from './together.ts'
import { createHeart, MembershipLostError } from './waiting.ts'
import type { Stop } from './work-through.ts'

/**
 * Takes one fetched batch through the handler, chunk after chunk, while the partition is ours. What leaves this function
 * as an error is what the client may see: its own errors, `RetryableError`, and `DeploymentError`, which ends us.
 */
export function createOnBatch<T>(context: ConsumerContext<T>, halts: HaltBoard, backPressure: BackPressure) {
  let chunkSize = context.maxChunk
  const together = createTogether(context, () => chunkSize)
  const { clock, timers, definition } = context
  const heart = createHeart(clock, timers.heartbeatMs)

  return async function onBatch(batch: Batch): Promise<void> {
    const place = { group: context.group, topic: definition.topic, partition: batch.partition }
    const pulse = heart.pulse(() => batch.heartbeat())
    const patience = createPatience(context, pulse, () => batch.live())
    try {
      let at = 0
      while (at < batch.messages.length && batch.live()) {
        await pulse.check()
        if (halts.get(batch.partition)) return await pulse.sleep(timers.haltedPollMs)
        await backPressure.wait(pulse, () => batch.live())
        const chunk = batch.messages.slice(at, at + chunkSize)
        const more = at + chunk.length < batch.messages.length
        const { stop, tookMs } = await pulse.during(
          together.work({ place, messages: chunk, more, patience, live: () => batch.live() }),
        )
        if (stop) return await standStill(place, stop)
        if (!batch.live()) return
        await batch.processed(chunk.at(-1)?.offset ?? -1n)
        context.metrics.chunkSeconds.observe({ topic: definition.topic }, tookMs / 1000)
        context.metrics.lag.set(
          { topic: definition.topic, partition: batch.partition },
          batch.messages.length - at - chunk.length,
        )
        at += chunk.length
        chunkSize = nextSize(tookMs)
      }
      // The client sends a heartbeat after each batch by itself.
      pulse.rethrow()
    } catch (error) {
      await withdraw(place, error)
      throw error instanceof MembershipLostError ? error.cause : error
    }

    async function standStill(place: Place, stop: Stop): Promise<void> {
      if (!stop.stored) await patience(() => haltPartition(context.database, place, stop.at, stop.halt))
      if (!halts.get(place.partition))
        alarm(context, stop.halt.code, { ...place, offset: stop.at.toString(), detail: stop.halt.detail })
      halts.set(place.partition, stop.halt)
      await pulse.sleep(timers.haltedPollMs)
    }
  }

  /** Bounds the time of a chunk: the heartbeat, the lock and the redone work are bounded by it. */
  function nextSize(tookMs: number): number {
    if (tookMs > timers.chunkMs) return Math.max(1, Math.floor(chunkSize / 2))
    return tookMs < timers.chunkMs / 4 ? Math.min(context.maxChunk, chunkSize * 2) : chunkSize
  }

  /** We end in good order: the message must not pass for one that kills. One whose cause was a race may. */
  async function withdraw(place: Place, error: unknown): Promise<void> {
    const cause = error instanceof Error ? error.cause : undefined
    if (meaningOf(cause).type === 'contention') return
    await withdrawAttempt(context.database, place, context.instance).catch((failed: unknown) =>
      context.logger.warn({ event: 'attempt-not-withdrawn', ...place, error: describeError(failed) }),
    )
  }
}
