import { partitionOf } from '../bus/partition.ts'
import type { Bus } from '../bus/port.ts'
import { systemClock } from '../clock.ts'
import type { ConsumerDefinition } from '../consumer/definition.ts'
import { type Consumer, type ConsumerOptions, startConsumer } from '../consumer/start-consumer.ts'
import { TEST_CONSUMER_TIMERS } from '../consumer/timers.ts'
import { noFailpoints } from '../failpoints.ts'
import { createMetrics } from '../metrics.ts'
import { createOutbox } from '../outbox/outbox.ts'
import type { OutboxTopics } from '../outbox/topics.ts'
import { messageOfNote, type Note, noteDefinition } from './notes.ts'
import { quiet, type TestDatabase } from './servers.ts'
import { until } from './until.ts'

export const PARTITIONS = 4
export const TEST_TOPICS: OutboxTopics = {
  notes: { partitions: PARTITIONS, kind: 'snapshot', maxValueBytes: 900 * 1024 },
  facts: { partitions: PARTITIONS, kind: 'fact', maxValueBytes: 900 * 1024 },
}

export type Given = Partial<ConsumerDefinition<Note>> &
  Partial<
    Pick<
      ConsumerOptions<Note>,
      'timers' | 'failpoints' | 'maxUnsent' | 'metrics' | 'logger' | 'topicPrefix' | 'database'
    >
  >

/** A consumer of notes, as a service would have one. */
export function startNotes(server: Pick<TestDatabase, 'database'>, bus: Bus, given: Given = {}): Promise<Consumer> {
  return startConsumer({
    ...noteDefinition(),
    topicPrefix: '',
    bus,
    database: server.database,
    outbox: createOutbox(TEST_TOPICS),
    clock: systemClock,
    logger: quiet,
    metrics: createMetrics('test'),
    failpoints: noFailpoints,
    timers: TEST_CONSUMER_TIMERS,
    ...given,
  })
}

/** Puts notes into the log, each where its key belongs. */
export async function publishNotes(bus: Bus, notes: readonly Note[], topic = 'notes'): Promise<void> {
  for (const [partition, ofPartition] of Map.groupBy(notes, ({ key }) => partitionOf(key, PARTITIONS)))
    for (let at = 0; at < ofPartition.length; at += 500)
      await bus.publish(
        topic,
        partition,
        ofPartition.slice(at, at + 500).map((note) => messageOfNote(note)),
      )
}

/** Waits until the group's positions are the ends of the log. */
export async function caughtUp(
  consumer: Consumer,
  bus: Bus,
  fullTopic = consumer.topic,
  withinMs = 30_000,
): Promise<void> {
  await until(
    `${consumer.group} has caught up`,
    async () => {
      const ends = await bus.offsets(fullTopic)
      const positions = new Map(
        (await consumer.positions()).map(({ partition, nextOffset }) => [partition, nextOffset]),
      )
      return ends.map(({ partition, high }) => ({ partition, left: high - (positions.get(partition) ?? -1n) }))
    },
    (lags) => lags.every(({ left }) => left === 0n),
    withinMs,
  )
}

/** Keys that all belong to one partition. */
export function keysOf(partition: number, count: number): readonly string[] {
  const keys: string[] = []
  for (let no = 0; keys.length < count; no++)
    if (partitionOf(`key${no}`, PARTITIONS) === partition) keys.push(`key${no}`)
  return keys
}
