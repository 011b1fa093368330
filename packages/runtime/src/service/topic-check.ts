import type { Bus } from '../bus/port.ts'
import type { OutboxTopics } from '../outbox/topics.ts'

/** Throws one sentence for a topic that is missing or is not as our rules need it. */
export async function assertTopics(bus: Bus, topics: OutboxTopics, prefix: string): Promise<void> {
  for (const [name, topic] of Object.entries(topics)) {
    const found = await bus.describe(prefix + name)
    if (!found) throw new Error(`topic "${prefix}${name}" does not exist; create the topics first`)
    if (found.partitions !== topic.partitions)
      throw new Error(
        `topic "${prefix}${name}" has ${found.partitions} partitions and must have ${topic.partitions} for life`,
      )
    if (found.cleanupPolicy !== 'delete')
      throw new Error(
        `topic "${prefix}${name}" has cleanup.policy=${found.cleanupPolicy}; offsets must be dense, so it must be delete`,
      )
    if (!['producer', 'zstd', 'uncompressed'].includes(found.compression))
      throw new Error(
        `topic "${prefix}${name}" has compression.type=${found.compression}, which consumers cannot read; set it to producer`,
      )
  }
}
