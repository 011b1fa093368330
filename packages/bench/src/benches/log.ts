import { randomBytes } from 'node:crypto'
import { type Bus, connectKafka, createLogger, PRODUCTION_KAFKA_TIMERS, systemClock } from '@atlas/runtime'

export const PARTITIONS = 4
/** The relay's own bound of one send. */
export const MESSAGES_A_SEND = 1_000

/** Our client, as services have it. */
export function openBus(brokers: readonly string[]): Promise<Bus> {
  return connectKafka(
    { brokers, clientId: 'bench', timers: PRODUCTION_KAFKA_TIMERS },
    createLogger({ service: 'bench', version: '0', level: 'silent' }),
    systemClock,
  )
}

let made = 0

/** A new topic with the settings of ours. */
export async function newTopic(bus: Bus, partitions = PARTITIONS): Promise<string> {
  const topic = `bench-${process.pid}-${made++}`
  const config = { 'compression.type': 'producer', 'max.message.bytes': '1048576' }
  await bus.admin.createTopics([{ topic, partitions, replication: 1, config }])
  return topic
}

/** One line of about this many bytes: half of it compresses, as text does. */
export function lineOf(bytes: number): string {
  const half = Math.floor(bytes / 2)
  return randomBytes(half).toString('base64').slice(0, half).padEnd(bytes, 'abstract of a work on mosses ')
}

/** Publishes in full sends, one lane a partition, as the relay does; returns the seconds it took. */
export async function timePublish(bus: Bus, topic: string, values: readonly Buffer[]): Promise<number> {
  const share = Math.ceil(values.length / PARTITIONS)
  const start = performance.now()
  await Promise.all(
    Array.from({ length: PARTITIONS }, async (_, partition) => {
      const own = values.slice(partition * share, (partition + 1) * share)
      for (let at = 0; at < own.length; at += MESSAGES_A_SEND)
        await bus.publish(
          topic,
          partition,
          own.slice(at, at + MESSAGES_A_SEND).map((value, i) => ({ key: `k${at + i}`, value, headers: {} })),
        )
    }),
  )
  return (performance.now() - start) / 1000
}

/** Reads a topic from its beginning until `count` messages have come; returns seconds from the first batch on. */
export async function timeConsume(
  bus: Bus,
  topic: string,
  count: number,
  handle: (values: readonly (Buffer | null)[], partition: number) => Promise<void>,
): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  let start: number | undefined
  let seen = 0
  const member = await bus.subscribe({
    group: `${topic}-${made++}`,
    topic,
    onAssigned: async (partitions) => new Map(partitions.map((partition) => [partition, 0n])),
    async onBatch(batch) {
      start ??= performance.now()
      await handle(
        batch.messages.map(({ value }) => value),
        batch.partition,
      )
      const last = batch.messages.at(-1)
      if (last) await batch.processed(last.offset)
      seen += batch.messages.length
      if (seen >= count) resolve((performance.now() - start) / 1000)
    },
  })
  member.crashed.addEventListener('abort', () => reject(member.crashed.reason), { once: true })
  try {
    return await promise
  } finally {
    await member.stop()
  }
}
