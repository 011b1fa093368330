import type { PartitionOffsets } from '../bus/port.ts'
import type { ConsumerContext } from './context.ts'
import { identityOf } from './frame-rules.ts'
import type { Halt } from './halt.ts'
import type { Progress } from './store-progress.ts'

/** What shows that the log is not the one we read before, or has lost what we have not read. */
export async function breachOf<T>(
  { bus, fullTopic }: ConsumerContext<T>,
  { partition, low, high }: PartitionOffsets,
  { nextOffset, lastEventId }: Progress,
): Promise<Halt | undefined> {
  if (high < nextOffset)
    return {
      code: 'offset_regressed',
      detail: `the log ends at ${high}, we were at ${nextOffset}`,
      found: high.toString(),
    }
  if (nextOffset < low)
    return { code: 'offset_gap', detail: `offsets ${nextOffset} to ${low - 1n} are missing`, found: low.toString() }
  if (nextOffset === low || lastEventId === undefined) return undefined
  const before = await bus.readOne(fullTopic, partition, nextOffset - 1n)
  const found = before ? identityOf(before) : 'nothing'
  if (found === lastEventId) return undefined
  const detail = `offset ${nextOffset - 1n} holds ${found}, it was ${lastEventId}`
  return { code: 'offset_regressed', detail, found: low.toString() }
}

/**
 * Looks at the log because it gave us offsets below our position. After a rebalance that is nothing; it is also what
 * the client does by itself when our position is beyond the end of a log that was cut or made anew.
 */
export async function breachBelow<T>(
  context: ConsumerContext<T>,
  partition: number,
  progress: Progress,
): Promise<Halt | undefined> {
  const end = (await context.bus.offsets(context.fullTopic)).find((one) => one.partition === partition)
  return end && breachOf(context, end, progress)
}
