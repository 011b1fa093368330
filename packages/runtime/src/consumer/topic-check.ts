import type { TopicDescription } from '../bus/port.ts'
import { alarm } from './alarms.ts'
import type { ConsumerContext } from './context.ts'

const READABLE = new Set(['producer', 'uncompressed', 'gzip', 'zstd'])

/** What is wrong with a topic's settings, by alarm. */
export function faultsOf(
  topic: TopicDescription,
  partitions: number,
): readonly { readonly name: string; readonly detail: string }[] {
  const faults = []
  if (topic.partitions !== partitions)
    faults.push({ name: 'partition_count_changed', detail: `${topic.partitions} partitions instead of ${partitions}` })
  if (!READABLE.has(topic.compression))
    faults.push({ name: 'codec_unsupported', detail: `compression.type is "${topic.compression}"` })
  if (topic.cleanupPolicy !== 'delete')
    faults.push({ name: 'cleanup_policy_changed', detail: `cleanup.policy is "${topic.cleanupPolicy}"` })
  return faults
}

/** Looks at the topic's settings and raises an alarm for each fault; throws when there is no such topic. */
export async function checkTopic<T>(context: ConsumerContext<T>): Promise<void> {
  const described = await context.bus.describe(context.fullTopic)
  if (!described) throw new Error(`no topic "${context.fullTopic}": topics are created before services start`)
  for (const { name, detail } of faultsOf(described, context.definition.partitions))
    alarm(context, name, { topic: context.definition.topic, detail })
}
