import { alarm } from './alarms.ts'
import type { ConsumerContext } from './context.ts'
import { countHeld } from './store-facts.ts'

/** Raises `version_gap` while a fact has waited too long for the one before it. Nobody waits for it meanwhile. */
export async function watchHeldFacts<T>(context: ConsumerContext<T>): Promise<void> {
  const { database, group, definition, timers, metrics } = context
  const { topic } = definition
  const { held, late, example } = await countHeld(database, { group, topic }, timers.gapAlarmMs)
  metrics.versionGaps.set({ topic }, held)
  if (late > 0) alarm(context, 'version_gap', { topic, held, late, example })
}
