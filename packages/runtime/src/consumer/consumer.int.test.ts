import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { createMemoryBus, type MemoryBus } from '../bus/memory.ts'
import { partitionOf } from '../bus/partition.ts'
import { systemClock } from '../clock.ts'
import { noFailpoints } from '../failpoints.ts'
import { createMetrics } from '../metrics.ts'
import { createOutbox } from '../outbox/outbox.ts'
import { aNote, messageOfNote, noteDefinition, type Note } from '../testing/notes.ts'
import { aDeliveryDatabase, quiet, type TestDatabase } from '../testing/servers.ts'
import { until } from '../testing/until.ts'
import type { ConsumerDefinition } from './definition.ts'
import { type Consumer, startConsumer } from './start-consumer.ts'
import { TEST_CONSUMER_TIMERS } from './timers.ts'

let server: TestDatabase
let bus: MemoryBus

beforeAll(async () => {
  server = await aDeliveryDatabase(inject('stack').postgres)
})
afterAll(() => server[Symbol.asyncDispose]())
beforeEach(async () => {
  bus = createMemoryBus()
  await bus.admin.createTopics([{ topic: 'notes', partitions: 4, replication: 1 }])
  for (const table of ['consumer_progress', 'quarantine', 'objects', 'applied_log'])
    await server.asAdmin(`truncate ${table} cascade`)
})

function start(changes: Partial<ConsumerDefinition<Note>> = {}): Promise<Consumer> {
  return startConsumer({
    ...noteDefinition(changes),
    topicPrefix: '',
    bus,
    database: server.database,
    outbox: createOutbox({}),
    clock: systemClock,
    logger: quiet,
    metrics: createMetrics('test'),
    failpoints: noFailpoints,
    timers: TEST_CONSUMER_TIMERS,
  })
}

async function publish(...notes: readonly Note[]): Promise<void> {
  for (const note of notes) await bus.publish('notes', partitionOf(note.key, 4), [messageOfNote(note)])
}

const caughtUp = (consumer: Consumer) =>
  until(
    'caught up',
    async () => {
      const ends = new Map((await bus.offsets('notes')).map(({ partition, high }) => [partition, high]))
      const positions = await consumer.positions()
      return positions.length === 4 && positions.every(({ partition, nextOffset }) => nextOffset === ends.get(partition))
    },
    Boolean,
    5_000,
  )

describe('one consumer', () => {
  it('applies what is in the log, once', async () => {
    await publish(...Array.from({ length: 100 }, (_, i) => aNote(`k${i % 10}`, 1 + Math.floor(i / 10))))
    await using consumer = await start()
    await caughtUp(consumer)
    const { rows } = await server.database.query('select id, revision from objects order by id')
    expect(rows).toHaveLength(10)
    expect(rows.every(({ revision }) => revision === 10)).toBe(true)
  })
})
