import { envelopeOf } from './relay-references.ts'
import { type RelayContext, sendAll } from './relay-round.ts'
import { listParked, listParkedKeys, type Parked, unpark } from './store-parked.ts'

/**
 * Tries again what the broker refused for its size, and what waits behind it: an object may have become smaller, or the
 * limit larger. Ends the waiting of a key when nothing of it is left.
 */
export async function retryParked(context: RelayContext, interrupted: AbortSignal): Promise<void> {
  const { database, metrics, parkedKeys } = context
  const parked = await listParked(database)
  for (const ofKey of Map.groupBy(parked, ({ topic, key }) => `${topic}#${key}`).values())
    for (const item of ofKey) if (!(await sendParked(context, item, interrupted))) break
  const left = await listParkedKeys(database)
  parkedKeys.clear()
  for (const place of left) parkedKeys.add(place)
  metrics.outboxParked.set(left.size)
}

async function sendParked(context: RelayContext, item: Parked, interrupted: AbortSignal): Promise<boolean> {
  const envelope = await stateOf(context, item)
  if (envelope && (await sendAll(context, [envelope], interrupted)).length > 0) return false
  await unpark(context.database, [item.id])
  return true
}

async function stateOf({ sources }: RelayContext, item: Parked) {
  if (item.fact) return item.fact
  if (item.objectId === undefined) return undefined
  const [state] = (await sources[item.topic]?.([item.objectId])) ?? []
  return state && envelopeOf({ ...item, objectId: item.objectId }, state)
}
