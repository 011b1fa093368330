import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { RetryableError } from '../bus/errors.ts'
import { connectKafka } from '../bus/kafka.ts'
import { TEST_KAFKA_TIMERS } from '../bus/kafka-config.ts'
import type { Bus } from '../bus/port.ts'
import { systemClock } from '../clock.ts'
import { createMetrics } from '../metrics.ts'
import { createOutbox } from '../outbox/outbox.ts'
import { replayQuarantine } from '../quarantine/quarantine.ts'
import { caughtUp, type Given, keysOf, PARTITIONS, publishNotes, startNotes, TEST_TOPICS } from '../testing/harness.ts'
import { aNote, messageOfNote, noteDefinition, storeNotes } from '../testing/notes.ts'
import { aDeliveryDatabase, quiet, type TestDatabase } from '../testing/servers.ts'
import { until } from '../testing/until.ts'
import { acceptPosition } from './accept.ts'
import { rejected } from './contract.ts'
import type { Consumer } from './start-consumer.ts'
import { TEST_CONSUMER_TIMERS } from './timers.ts'

let server: TestDatabase
let bus: Bus
let prefix = ''
let topic = ''
let count = 0

beforeAll(async () => {
  const { postgres, brokers } = inject('stack')
  server = await aDeliveryDatabase(postgres)
  bus = await connectKafka({ brokers, clientId: 'loop', timers: TEST_KAFKA_TIMERS }, quiet, systemClock)
})
afterAll(async () => {
  await bus.close()
  await server[Symbol.asyncDispose]()
})
beforeEach(async () => {
  prefix = `loop-${process.pid}-${count++}-`
  topic = `${prefix}notes`
  await createTopic()
  await server.asAdmin('truncate consumer_progress, consumer_accepts, quarantine, quarantine_decisions, objects')
})

const createTopic = () => bus.admin.createTopics([{ topic, partitions: PARTITIONS, replication: 1 }])
const group = () => `${prefix}test.notes.v1`
const start = (given: Given = {}) => startNotes(server, bus, { topicPrefix: prefix, group: group(), ...given })
const publish = (...notes: ReturnType<typeof aNote>[]) => publishNotes(bus, notes, topic)
const goneThrough = (consumer: Consumer) => caughtUp(consumer, bus, topic)
const rows = async <R extends object>(sql: string) => (await server.database.query<R>(sql)).rows
const objects = () => rows<{ id: string; revision: number; applied: number }>('select * from objects order by id')
const quarantined = () =>
  rows<{ id: number; code: string }>('select id, error_code as code from quarantine order by id')
const halts = async (consumer: Consumer) =>
  (await consumer.positions()).flatMap(({ partition, halted }) => (halted ? [[partition, halted.code]] : []))
const halted = (consumer: Consumer) =>
  until(
    'halted',
    () => halts(consumer),
    (found) => found.length > 0,
  )
const accept = () =>
  acceptPosition({
    database: server.database,
    bus,
    topicPrefix: prefix,
    group: group(),
    topic: 'notes',
    reason: 'seen',
    by: 'op',
  })
const [key = '', other = ''] = keysOf(0, 2)
const [elsewhere = ''] = keysOf(1, 1)

/** What a process manager does: a member that died, or could not start, is followed by another. */
async function withRestarts(work: (current: () => Consumer) => Promise<void>): Promise<void> {
  let current = await start()
  let over = false
  const keep = async () => {
    for (;;) {
      await until('dead, or over', () => over || current.crashed.aborted, Boolean, 120_000)
      if (over) return
      await current.stop()
      current = await until(
        'started again',
        () => start().catch(() => undefined),
        (started) => started !== undefined,
      ).then((started) => started ?? current)
    }
  }
  const keeping = keep()
  try {
    await work(() => current)
  } finally {
    over = true
    await keeping
    await current.stop()
  }
}

describe('poison', () => {
  it('goes to quarantine and the rest goes on; replayed after the repair it has its effect, once', async () => {
    const bad = aNote(other, 1)
    let repaired = false
    const handle: NonNullable<Given['handle']> = async (tx, messages) => {
      if (!repaired && messages.some(({ value }) => value.id === bad.id)) throw new TypeError('cannot read "name"')
      return storeNotes(tx, messages)
    }
    await publish(aNote(key, 1), bad, aNote(key, 2), aNote(elsewhere, 1))
    await bus.publish(topic, 0, [{ ...messageOfNote(aNote(key, 3)), value: Buffer.from('<html>') }])
    await publish(aNote(key, 4))
    await using consumer = await start({ handle })
    await goneThrough(consumer)
    expect((await quarantined()).map(({ code }) => code)).toEqual(['handler_defect', 'bad_magic'])
    expect(await objects()).toMatchObject([{ id: key, revision: 4 }, { id: elsewhere }].toSorted(byId))

    const [row] = await quarantined()
    const replay = () =>
      replayQuarantine({
        database: server.database,
        outbox: createOutbox(TEST_TOPICS),
        definition: noteDefinition({ handle, group: group() }),
        id: row?.id ?? -1,
        by: 'op',
      })
    expect(await replay()).toMatchObject({ type: 'failed', code: 'handler_defect' })
    repaired = true
    expect(await replay()).toEqual({ type: 'replayed', followed: [] })
    expect(await replay()).toMatchObject({ type: 'refused' })
    expect((await objects()).find(({ id }) => id === other)).toMatchObject({ revision: 1, applied: 1 })
  })

  it('a run of it stops the partition and not the others', async () => {
    await publish(...Array.from({ length: 30 }, (_, i) => aNote(key, i + 1)), aNote(elsewhere, 1))
    await using consumer = await start({
      handle: async (tx, messages) => {
        const good = await storeNotes(tx, messages)
        return messages.map(({ value }, at) =>
          value.id === key ? rejected('no', '') : (good[at] ?? rejected('no', '')),
        )
      },
    })
    await halted(consumer)
    await until('the other partition is done', objects, (found) => found.some(({ id }) => id === elsewhere))
    expect(await halts(consumer)).toEqual([[0, 'too_many_poison']])
    expect(await quarantined()).toHaveLength(20)
  })
})

describe('a log that lost what was not read yet', () => {
  it('F18 while nobody read: halts at the join, the others go on, accepting is recorded', async () => {
    await publish(aNote(key, 1))
    const first = await start()
    await goneThrough(first)
    await first.stop()
    await publish(aNote(key, 2), aNote(key, 3), aNote(elsewhere, 1))
    await bus.admin.deleteRecords(topic, 0, 2n)
    await using second = await start()
    await halted(second)
    await until('the other partition is done', objects, (found) => found.length === 2)
    expect(await halts(second)).toEqual([[0, 'offset_gap']])
    expect(second.ready()).toBe(false)
    expect(await accept()).toMatchObject([{ partition: 0, from: 1n, to: 2n }])
    await goneThrough(second)
    expect((await objects()).find(({ id }) => id === key)).toMatchObject({ revision: 3 })
    await until('ready again', () => second.ready())
    expect(await rows('select from_offset, to_offset, reason from consumer_accepts')).toEqual([
      { from_offset: 1, to_offset: 2, reason: 'seen' },
    ])
  })

  it('K10 while a member reads: the client jumps over the hole by itself, and the partition halts', async () => {
    const held = Promise.withResolvers<void>()
    const entered = Promise.withResolvers<void>()
    await publish(aNote(key, 1))
    await using consumer = await start({
      handle: async (tx, messages) => {
        entered.resolve()
        await held.promise
        return storeNotes(tx, messages)
      },
    })
    await entered.promise
    await publish(...[2, 3, 4, 5].map((revision) => aNote(key, revision)))
    await bus.admin.deleteRecords(topic, 0, 4n)
    held.resolve()
    await halted(consumer)
    expect(await halts(consumer)).toEqual([[0, 'offset_gap']])
    expect(await objects()).toMatchObject([{ id: key, revision: 1 }])
    await accept()
    await goneThrough(consumer)
    expect(await objects()).toMatchObject([{ id: key, revision: 5 }])
  })
})

describe('a topic that was made anew', () => {
  const recreate = async () => {
    await bus.admin.deleteTopics([topic])
    // The broker forgets a topic in steps: it may still be there, or be there in part.
    await until('it is gone', async () => (await bus.describe(topic)) === undefined)
    await until('it is there again', async () => {
      await createTopic().catch(() => undefined)
      return (await bus.describe(topic)) !== undefined
    })
  }

  it.each([
    ['shorter than our position', 1],
    ['filled again past our position', 3],
  ])('M63 while nobody read, %s: halts, and goes on when accepted', async (_, again) => {
    await publish(aNote(key, 1), aNote(key, 2))
    const first = await start()
    await goneThrough(first)
    await first.stop()
    await recreate()
    await publish(...Array.from({ length: again }, (_, i) => aNote(other, i + 1)))
    await using second = await start()
    await halted(second)
    expect(await halts(second)).toEqual([[0, 'offset_regressed']])
    await accept()
    await goneThrough(second)
    expect((await objects()).find(({ id }) => id === other)).toMatchObject({ revision: again })
  })

  it.each([
    ['shorter than our position', 1],
    ['filled again past our position', 5],
  ])('F17 while a member reads, %s: halts, and nothing of it is skipped', async (_, again) => {
    await publish(aNote(key, 1), aNote(key, 2), aNote(key, 3))
    await withRestarts(async (current) => {
      await goneThrough(current())
      await recreate()
      await publish(...Array.from({ length: again }, (_, i) => aNote(other, i + 1)))
      await until(
        'halted',
        () => halts(current()),
        (found) => found.length > 0,
        60_000,
      )
      expect(await halts(current())).toEqual([[0, 'offset_regressed']])
      expect(await objects()).toMatchObject([{ id: key, revision: 3 }])
      await accept()
      await until('read from its start', objects, (found) =>
        found.some(({ id, revision }) => id === other && revision === again),
      )
    })
  })
})

describe('a partition count that was changed', () => {
  it('F19 raises an alarm; stored partition numbers and the order of every key stay', async () => {
    const metrics = createMetrics('test')
    await publish(aNote(key, 1))
    const first = await start({ metrics, timers: { ...TEST_CONSUMER_TIMERS, topicCheckMs: 200 } })
    await goneThrough(first)
    await bus.admin.addPartitions(topic, 2 * PARTITIONS)
    await until(
      'the alarm',
      async () => (await metrics.alarms.get()).values.map(({ labels }) => labels['alarm']),
      (alarms) => alarms.includes('partition_count_changed'),
    )
    await publish(aNote(key, 2), aNote(key, 3))
    await until('read on', objects, ([found]) => found?.revision === 3)
    await first.stop()

    // Somebody hashes by the new count: refused, since its order against the old partition is lost.
    const astray = messageOfNote(aNote(key, 4))
    const taken = () => bus.publish(topic, 2 * PARTITIONS - 1, [astray]).then(() => true, retryLater)
    await until('the new partition takes messages', taken)
    await using second = await start()
    await goneThrough(second)
    expect(await quarantined()).toMatchObject([{ code: 'wrong_partition' }])
    expect(await objects()).toMatchObject([{ revision: 3 }])
  })
})

describe('a slow handler', () => {
  it('K12 slower than the session: heartbeats go on beside it, and the member stays one', async () => {
    const began = Promise.withResolvers<number>()
    let handled = 0
    const timers = { ...TEST_CONSUMER_TIMERS, handlerCapMs: 60_000 }
    await using slow = await start({
      timers,
      handle: async (tx, messages) => {
        handled++
        began.resolve(performance.now())
        await until('longer than a session', async () => performance.now() - (await began.promise) > 7_500)
        return storeNotes(tx, messages)
      },
    })
    await publish(aNote(key, 1))
    await began.promise
    await goneThrough(slow)
    expect(handled).toBe(1)
    expect(slow.crashed.aborted).toBe(false)
    expect(await objects()).toMatchObject([{ id: key, applied: 1 }])
  })
})

describe('a zombie', () => {
  it('F09 whose position another process has moved writes nothing, and reads on from there', async () => {
    const held = Promise.withResolvers<void>()
    const entered = Promise.withResolvers<void>()
    const handled: number[] = []
    await publish(aNote(key, 1), aNote(key, 2))
    await using zombie = await start({
      decode: async (raw) => {
        entered.resolve()
        await held.promise
        return { ok: true, value: JSON.parse((raw.value ?? Buffer.alloc(0)).subarray(5).toString()) }
      },
      handle: async (tx, messages) => {
        handled.push(...messages.map(({ value }) => value.revision))
        return storeNotes(tx, messages)
      },
    })
    await entered.promise
    await server.asAdmin(
      `update consumer_progress set next_offset = 2, last_event_id = '${aNote(key, 2).eventId}' where partition = 0`,
    )
    held.resolve()
    await publish(aNote(key, 3))
    await goneThrough(zombie)
    expect(handled).toEqual([3])
  })
})

function byId(left: { readonly id: string }, right: { readonly id: string }): number {
  return left.id < right.id ? -1 : 1
}

function retryLater(error: unknown): boolean {
  if (error instanceof RetryableError) return false
  throw error
}
