import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { connectKafka } from '../bus/kafka.ts'
import { TEST_KAFKA_TIMERS } from '../bus/kafka-config.ts'
import { createMemoryBus, type MemoryBus } from '../bus/memory.ts'
import { systemClock } from '../clock.ts'
import { createMetrics } from '../metrics.ts'
import { createOutbox } from '../outbox/outbox.ts'
import { openDatabase } from '../postgres/database.ts'
import { caughtUp, type Given, keysOf, PARTITIONS, publishNotes, startNotes, TEST_TOPICS } from '../testing/harness.ts'
import { aNote, encodeNote, messageOfNote, storeNotes } from '../testing/notes.ts'
import { aDeliveryDatabase, quiet, type TestDatabase } from '../testing/servers.ts'
import { until } from '../testing/until.ts'
import { acceptPosition } from './accept.ts'
import { done, rejected } from './contract.ts'
import type { Consumer } from './start-consumer.ts'
import { TEST_CONSUMER_TIMERS } from './timers.ts'

let server: TestDatabase
let bus: MemoryBus

beforeAll(async () => {
  server = await aDeliveryDatabase(inject('stack').postgres)
})
afterAll(() => server[Symbol.asyncDispose]())
beforeEach(async () => {
  bus = createMemoryBus()
  await bus.admin.createTopics([{ topic: 'notes', partitions: PARTITIONS, replication: 1 }])
  await server.asAdmin(
    `truncate consumer_progress, consumer_accepts, quarantine, quarantine_decisions, objects, outbox_references,
              outbox_facts, relay_pointers`,
  )
})

const start = (given: Given = {}) => startNotes(server, bus, given)
const rows = async <R extends object>(sql: string) => (await server.database.query<R>(sql)).rows
const quarantined = () =>
  rows<{ code: string; n: number }>('select error_code as code, count(*) as n from quarantine group by 1 order by 1')
const objects = () =>
  rows<{ id: string; revision: number; applied: number }>('select id, revision, applied from objects order by id')
const halts = async (consumer: Consumer) =>
  (await consumer.positions()).flatMap(({ partition, halted }) => (halted ? [[partition, halted.code]] : []))
const [key = '', other = ''] = keysOf(0, 2)

describe('one transaction for position, effects, outbox and quarantine', () => {
  it('applies what is in the log, each once', async () => {
    const notes = Array.from({ length: 500 }, (_, i) => aNote(`k${i % 50}`, 1 + Math.floor(i / 50)))
    await publishNotes(bus, notes)
    await using consumer = await start()
    await caughtUp(consumer, bus)
    const found = await objects()
    expect(found).toHaveLength(50)
    expect(found.every(({ revision }) => revision === 10)).toBe(true)
    expect(consumer.ready()).toBe(true)
  })

  it('goes on where it was, in another process', async () => {
    await publishNotes(bus, [aNote(key, 1)])
    const first = await start()
    await caughtUp(first, bus)
    await first.stop()
    await publishNotes(bus, [aNote(key, 2)])
    const seen: number[] = []
    await using second = await start({
      handle: async (tx, messages) => {
        seen.push(...messages.map(({ value }) => value.revision))
        return storeNotes(tx, messages)
      },
    })
    await caughtUp(second, bus)
    expect(seen).toEqual([2])
  })

  it('F53 everything delivered again changes nothing', async () => {
    await publishNotes(
      bus,
      Array.from({ length: 200 }, (_, i) => aNote(`k${i}`, 1)),
    )
    const first = await start()
    await caughtUp(first, bus)
    await first.stop()
    const before = await objects()
    await server.asAdmin('update consumer_progress set next_offset = 0, last_event_id = null')
    await using second = await start()
    await caughtUp(second, bus)
    expect(await objects()).toEqual(before)
  })

  it('M62 what lies below the position is skipped without a transaction of its own', async () => {
    await publishNotes(
      bus,
      Array.from({ length: 20 }, () => aNote(key, 1)),
    )
    let handled = 0
    await using consumer = await start({
      handle: async (_, messages) => {
        handled += messages.length
        return messages.map(() => done())
      },
    })
    await caughtUp(consumer, bus)
    const subscription = bus.committedOffsets(consumer.group, 'notes')
    expect((await subscription).get(0)).toBe(20n)
    expect(handled).toBe(20)
  })

  it('writes the outbox rows a handler asks for, with the trace of their cause', async () => {
    await publishNotes(bus, [aNote(key, 1)])
    await using consumer = await start({
      handle: async (_, messages) =>
        messages.map(() => done([{ kind: 'reference', topic: 'notes', key: 'w', objectId: 'w1' }])),
    })
    await caughtUp(consumer, bus)
    expect(await rows('select topic, key, object_id, traceparent from outbox_references')).toEqual([
      {
        topic: 'notes',
        key: 'w',
        object_id: 'w1',
        traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
      },
    ])
  })

  it('back-pressure: takes no chunk while too much of our own is unsent', async () => {
    const outbox = createOutbox(TEST_TOPICS)
    const wait = Array.from({ length: 11 }, (_, i) => ({
      kind: 'reference' as const,
      topic: 'notes',
      key: 'w',
      objectId: `w${i}`,
    }))
    await server.database.transaction((tx) => outbox.append(tx, wait))
    await publishNotes(bus, [aNote(key, 1)])
    await using consumer = await start({ maxUnsent: 10 })
    await until('positions are there', async () => (await consumer.positions()).length === PARTITIONS)
    expect(await objects()).toEqual([])
    await server.asAdmin('truncate outbox_references')
    await caughtUp(consumer, bus)
    expect(await objects()).toHaveLength(1)
  })
})

describe('poison', () => {
  const bad = aNote(key, 2)

  it('M01 M03 M27 M28 M33 M46 each goes to quarantine with its code, and the good ones through', async () => {
    const good = messageOfNote(aNote(key, 1))
    const variants = [
      { ...good, value: null },
      { ...good, value: Buffer.from('{"plain":"json"}') },
      { ...good, headers: { ...good.headers, 'event-id': 'none' } },
      { ...messageOfNote(bad), headers: good.headers },
      { ...good, headers: { ...good.headers, type: 'other' } },
      { ...good, value: Buffer.from([0, 0, 0, 0, 1, 0x7b]) },
      { ...messageOfNote(aNote('elsewhere', 1)) },
    ]
    for (const variant of variants) await bus.publish('notes', 0, [variant])
    await bus.publish('notes', 0, [good])
    await using consumer = await start()
    await caughtUp(consumer, bus)
    expect(await quarantined()).toEqual(
      [
        'avro_decode',
        'bad_event_id',
        'bad_magic',
        'event_id_mismatch',
        'null_value',
        'unknown_type',
        'wrong_partition',
      ].map((code) => ({ code, n: 1 })),
    )
    expect(await objects()).toMatchObject([{ id: key, revision: 1 }])
  })

  it('keeps the bytes, key and headers of what it puts aside', async () => {
    const message = messageOfNote(aNote(key, 1))
    await bus.publish('notes', 0, [{ ...message, headers: { ...message.headers, type: 'a\u0000b' } }])
    await using consumer = await start()
    await caughtUp(consumer, bus)
    const [row] = await rows<{ value: Buffer; key: string; headers: Record<string, string>; offset: number }>(
      'select value, key, headers, "offset" from quarantine',
    )
    expect(row?.value).toEqual(encodeNote(aNote(key, 1)))
    expect(row).toMatchObject({ key, offset: 0, headers: { env: 'test' } })
  })

  it.each<[string, () => unknown]>([
    ['TypeError', () => new TypeError('defect')],
    ['RangeError', () => new RangeError('defect')],
    ['SyntaxError', () => new SyntaxError('defect')],
    ['a string', () => 'text'],
    ['null', () => null],
    ['undefined', () => undefined],
    ['a frozen object', () => Object.freeze({})],
  ])('K5 M56 a handler that throws %s: only the message it threw for', async (_, thrown) => {
    await publishNotes(bus, [aNote(key, 1), bad, aNote(other, 1)])
    await using consumer = await start({
      handle: async (tx, messages) => {
        if (messages.some(({ value }) => value.eventId === bad.eventId)) throw thrown()
        return storeNotes(tx, messages)
      },
    })
    await caughtUp(consumer, bus)
    expect(await quarantined()).toEqual([{ code: 'handler_defect', n: 1 }])
    expect(await objects()).toMatchObject([{ revision: 1 }, { revision: 1 }])
    expect(consumer.crashed.aborted).toBe(false)
  })

  it.each([
    ['M51 22P02', `select 'x'::uuid`, 'pg_22p02'],
    ['M52 22003', `select 10000000000::int`, 'pg_22003'],
    ['M53 23514', `insert into republish_runs (topic, started_by) values (null, 'x')`, 'constraint'],
    ['M54 23505', `insert into counter (fact_no) values (1)`, 'constraint'],
  ])('%s: quarantine, by class', async (_, sql, code) => {
    await publishNotes(bus, [aNote(key, 1), bad, aNote(other, 1)])
    await using consumer = await start({
      handle: async (tx, messages) => {
        if (messages.some(({ value }) => value.eventId === bad.eventId)) await tx.query(sql)
        return storeNotes(tx, messages)
      },
    })
    await caughtUp(consumer, bus)
    expect(await quarantined()).toEqual([{ code, n: 1 }])
    expect(await objects()).toHaveLength(2)
  })

  it('M55 a wrong schema ends the process and quarantines nothing', async () => {
    await publishNotes(bus, [aNote(key, 1)])
    await using consumer = await start({ handle: (tx) => tx.query('select * from no_such_table').then(() => []) })
    await until('crashed', () => consumer.crashed.aborted)
    expect(String(consumer.crashed.reason)).toContain('no_such_table')
    expect(await quarantined()).toEqual([])
    expect((await consumer.positions())[0]?.nextOffset).toBe(0n)
  })

  it('M57 a handler that never settles for one message: handler_timeout for that one', async () => {
    await publishNotes(bus, [aNote(key, 1), bad, aNote(other, 1)])
    await using consumer = await start({
      timers: { ...TEST_CONSUMER_TIMERS, handlerCapMs: 200 },
      handle: async (tx, messages) => {
        if (messages.some(({ value }) => value.eventId === bad.eventId)) await new Promise(() => undefined)
        return storeNotes(tx, messages)
      },
    })
    await caughtUp(consumer, bus)
    expect(await quarantined()).toEqual([{ code: 'handler_timeout', n: 1 }])
    expect(await objects()).toHaveLength(2)
  })

  it('a handler that answers for too few messages is defective, not silent', async () => {
    await publishNotes(bus, [aNote(key, 1), aNote(other, 1)])
    await using consumer = await start({ handle: async () => [] })
    await caughtUp(consumer, bus)
    expect(await quarantined()).toEqual([{ code: 'handler_defect', n: 2 }])
  })

  it.each([
    ['first', 0],
    ['middle', 5],
    ['last', 9],
  ])('M59 poison at the %s place of a chunk', async (_, place) => {
    const keys = keysOf(0, 10)
    await publishNotes(
      bus,
      keys.map((one) => aNote(one, 1)),
    )
    await using consumer = await start({
      handle: async (tx, messages) => {
        if (messages.some(({ value }) => value.key === keys[place])) throw new TypeError('defect')
        return storeNotes(tx, messages)
      },
    })
    await caughtUp(consumer, bus)
    expect(await quarantined()).toEqual([{ code: 'handler_defect', n: 1 }])
    expect(await objects()).toHaveLength(9)
  })

  it('M59 the brake: 21 in a row stop the partition, 20 are quarantined, accepting goes on', async () => {
    const keys = keysOf(0, 30)
    await publishNotes(
      bus,
      keys.map((one) => aNote(one, 1)),
    )
    let broken = true
    await using consumer = await start({
      handle: async (tx, messages) =>
        broken ? messages.map(() => rejected('no', 'broken')) : storeNotes(tx, messages),
    })
    await until(
      'halted',
      () => halts(consumer),
      (found) => found.length > 0,
    )
    expect(await halts(consumer)).toEqual([[0, 'too_many_poison']])
    expect(await quarantined()).toEqual([{ code: 'no', n: 20 }])
    expect(consumer.ready()).toBe(false)
    broken = false
    await acceptPosition({
      database: server.database,
      bus,
      topicPrefix: '',
      group: consumer.group,
      topic: 'notes',
      reason: 'fixed',
      by: 'op',
    })
    await caughtUp(consumer, bus)
    expect(await objects()).toHaveLength(10)
    expect(consumer.ready()).toBe(true)
  })

  it('F55 poison at 1 % is put aside one by one, and 6 % stops the partition', async () => {
    const notes = Array.from({ length: 1_000 }, (_, i) => aNote(key, i + 1))
    await publishNotes(bus, notes)
    const everyNth = (n: number): Given => ({
      handle: async (_, messages) =>
        messages.map(({ value }) => (value.revision % n === 0 ? rejected('no', '') : done())),
    })
    const first = await start(everyNth(100))
    await caughtUp(first, bus)
    expect(await quarantined()).toEqual([{ code: 'no', n: 10 }])
    await first.stop()
    await publishNotes(bus, notes)
    await using second = await start(everyNth(16))
    await until(
      'halted',
      () => halts(second),
      (found) => found.length > 0,
    )
    expect((await quarantined())[0]?.n).toBeLessThanOrEqual(60)
  })
})

/** Dies like a process: nothing after the hit happens, and the lock goes with the connection. */
async function dieAt(name: string, times: number, isDeadly: (keys: readonly string[]) => boolean = () => true) {
  for (let death = 0; death < times; death++) {
    const own = openDatabase(server.config, quiet)
    const died = Promise.withResolvers<void>()
    let handled: readonly string[] = []
    const consumer = await start({
      database: own,
      handle: (tx, messages) => {
        handled = messages.map(({ value }) => value.key)
        return storeNotes(tx, messages)
      },
      failpoints: {
        hit: (at) => {
          if (at !== name || !isDeadly(handled)) return
          died.resolve()
          throw Object.assign(new Error('dead'), { retryable: true })
        },
      },
      timers: { ...TEST_CONSUMER_TIMERS, unavailableCapMs: 60_000, backOffStartMs: 60_000 },
    })
    await died.promise
    // What a dead process would not do: take its attempts back.
    const kept = await rows<{ partition: number; attempts: number }>(
      'select partition, attempts from consumer_progress where attempts > 0',
    )
    void consumer.stop()
    await server.asAdmin(
      'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database() and state = $1',
      ['idle in transaction'],
    )
    await own.close()
    await until(
      'gone',
      async () =>
        (
          await server.asAdmin('select 1 from pg_stat_activity where datname = current_database() and state = $1', [
            'idle in transaction',
          ])
        ).length === 0,
    )
    for (const { partition, attempts } of kept)
      await server.asAdmin(`update consumer_progress set attempts = $2, attempt_by = 'dead' where partition = $1`, [
        partition,
        attempts,
      ])
  }
}

describe('a message that kills the process', () => {
  it('M60 is put aside as crash_loop at the third attempt, without being decoded', async () => {
    await publishNotes(bus, [aNote(key, 1), aNote(other, 1)])
    await dieAt('consume.mid_tx', 2)
    let decoded = 0
    await using consumer = await start({
      decode: async (raw) => {
        decoded++
        return { ok: true, value: JSON.parse((raw.value ?? Buffer.alloc(0)).subarray(5).toString()) }
      },
    })
    await caughtUp(consumer, bus)
    expect(await quarantined()).toEqual([{ code: 'crash_loop', n: 1 }])
    expect(await objects()).toMatchObject([{ id: other }])
    expect(decoded).toBe(1)
  })

  it('one death is no reason: the chunk is worked through one by one', async () => {
    await publishNotes(bus, [aNote(key, 1), aNote(other, 1)])
    await dieAt('consume.mid_tx', 1)
    const sizes: number[] = []
    await using consumer = await start({
      handle: async (tx, messages) => {
        sizes.push(messages.length)
        return storeNotes(tx, messages)
      },
    })
    await caughtUp(consumer, bus)
    expect(sizes).toEqual([1, 1])
    expect(await quarantined()).toEqual([])
  })
})

describe('partitions that are fetched together', () => {
  const ofEach = Array.from({ length: PARTITIONS }, (_, partition) => keysOf(partition, 5)).flat()

  // On the real broker: the bus in memory hands over one batch after the other.
  it('share a transaction, and each its own order', async () => {
    const { brokers } = inject('stack')
    await using real = await connectKafka(
      { brokers, clientId: 'together', timers: TEST_KAFKA_TIMERS },
      quiet,
      systemClock,
    )
    const topicPrefix = `together-${process.pid}.`
    await real.admin.createTopics([{ topic: `${topicPrefix}notes`, partitions: PARTITIONS, replication: 1 }])
    const notes = [1, 2, 3].flatMap((revision) => ofEach.map((one) => aNote(one, revision)))
    await publishNotes(real, notes, `${topicPrefix}notes`)
    const chunks: string[][] = []
    await using consumer = await startNotes(server, real, {
      topicPrefix,
      handle: async (tx, messages) => {
        chunks.push(messages.map(({ raw, value }) => `${raw.partition} ${value.key}#${value.revision}`))
        return storeNotes(tx, messages)
      },
    })
    await caughtUp(consumer, real, `${topicPrefix}notes`)
    expect(Math.max(...chunks.map((chunk) => new Set(chunk.map((text) => text[0])).size))).toBeGreaterThan(1)
    for (const one of ofEach) {
      const revisions = chunks.flat().filter((text) => text.includes(` ${one}#`))
      expect(revisions.map((text) => text.split('#')[1])).toEqual(['1', '2', '3'])
    }
  })

  it('one message that is refused, by us or by the handler, keeps nobody else back', async () => {
    const [bad = '', worse = ''] = [keysOf(1, 1)[0], keysOf(2, 1)[0]]
    await publishNotes(
      bus,
      ofEach.map((one) => aNote(one, 1)),
    )
    await using consumer = await start({
      checkBody: ({ value }) => (value.key === bad ? rejected('bad', 'on purpose') : undefined),
      handle: async (tx, messages) => {
        const outcomes = await storeNotes(tx, messages)
        if (messages.some(({ value }) => value.key === worse)) throw new Error('on purpose')
        return outcomes
      },
    })
    await caughtUp(consumer, bus)
    expect((await quarantined()).map(({ n }) => n)).toEqual([1, 1])
    expect((await objects()).map(({ id }) => id)).toEqual(ofEach.filter((one) => one !== bad && one !== worse).sort())
  })

  it('what is beside a message that kills is not blamed for it', async () => {
    await publishNotes(
      bus,
      ofEach.map((one) => aNote(one, 1)),
    )
    await dieAt('consume.mid_tx', 2, (keys) => keys.includes(key))
    await using consumer = await start()
    await caughtUp(consumer, bus)
    expect(await quarantined()).toEqual([{ code: 'crash_loop', n: 1 }])
    expect((await objects()).map(({ id }) => id)).toEqual(ofEach.filter((one) => one !== key).sort())
  })
})

describe('a log that is not the one we read', () => {
  const accept = (group: string) =>
    acceptPosition({ database: server.database, bus, topicPrefix: '', group, topic: 'notes', reason: 'seen', by: 'op' })

  it('M61 a gap halts the partition; accepted, it goes on, and the acceptance is recorded', async () => {
    await publishNotes(bus, [aNote(key, 1)])
    bus.inject('notes', 0, { ...rawOf(aNote(other, 1)), offset: 5n })
    await using consumer = await start()
    await until(
      'halted',
      () => halts(consumer),
      (found) => found.length > 0,
    )
    expect(await halts(consumer)).toEqual([[0, 'offset_gap']])
    expect(consumer.ready()).toBe(false)
    expect(await objects()).toHaveLength(1)
    expect(await accept(consumer.group)).toMatchObject([{ partition: 0, from: 1n, to: 5n }])
    await caughtUp(consumer, bus)
    expect(await objects()).toHaveLength(2)
    expect(await rows('select reason, accepted_by, from_offset, to_offset from consumer_accepts')).toEqual([
      { reason: 'seen', accepted_by: 'op', from_offset: 1, to_offset: 5 },
    ])
  })

  it('F18 a log whose start has passed us halts at the join', async () => {
    await publishNotes(bus, [aNote(key, 1)])
    const first = await start()
    await caughtUp(first, bus)
    await first.stop()
    await publishNotes(bus, [aNote(key, 2), aNote(key, 3)])
    await bus.admin.deleteRecords('notes', 0, 2n)
    await using second = await start()
    await until(
      'halted',
      () => halts(second),
      (found) => found.length > 0,
    )
    expect(await halts(second)).toEqual([[0, 'offset_gap']])
    await accept(second.group)
    await caughtUp(second, bus)
    expect(await objects()).toMatchObject([{ revision: 3 }])
  })

  it.each([
    ['shorter than our position', 1],
    ['filled again past our position', 3],
  ])('M63 a recreated log, %s, halts', async (_, count) => {
    await publishNotes(bus, [aNote(key, 1), aNote(key, 2)])
    const first = await start()
    await caughtUp(first, bus)
    await first.stop()
    await bus.admin.deleteTopics(['notes'])
    await bus.admin.createTopics([{ topic: 'notes', partitions: PARTITIONS, replication: 1 }])
    await publishNotes(
      bus,
      Array.from({ length: count }, (_, i) => aNote(other, i + 1)),
    )
    await using second = await start()
    await until(
      'halted',
      () => halts(second),
      (found) => found.length > 0,
    )
    expect(await halts(second)).toEqual([[0, 'offset_regressed']])
    await accept(second.group)
    await caughtUp(second, bus)
    expect(await objects()).toMatchObject(
      [{ id: key }, { id: other, revision: count }].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    )
  })

  it('a log that was cut while we read gives us old offsets, and halts', async () => {
    await publishNotes(bus, [aNote(key, 1), aNote(key, 2)])
    await using consumer = await start()
    await caughtUp(consumer, bus)
    // In one breath: a reader that sees no topic at all would end.
    void bus.admin.deleteTopics(['notes'])
    void bus.admin.createTopics([{ topic: 'notes', partitions: PARTITIONS, replication: 1 }])
    await publishNotes(bus, [aNote(other, 1)])
    await until(
      'halted',
      () => halts(consumer),
      (found) => found.length > 0,
    )
    expect(await halts(consumer)).toEqual([[0, 'offset_regressed']])
    expect(await objects()).toHaveLength(1)
  })

  it('other partitions go on beside a halted one', async () => {
    bus.inject('notes', 0, { ...rawOf(aNote(key, 1)), offset: 3n })
    await server.asAdmin(
      `insert into consumer_progress (consumer_group, topic, partition, next_offset) values ('test.notes.v1', 'notes', 0, 0)`,
    )
    const [elsewhere = ''] = keysOf(1, 1)
    await publishNotes(bus, [aNote(elsewhere, 1)])
    await using consumer = await start()
    await until('the other is done', objects, (found) => found.length === 1)
    await until(
      'halted',
      () => halts(consumer),
      (found) => found.length > 0,
    )
    expect(await objects()).toMatchObject([{ id: elsewhere }])
  })

  it('K9 F19 F20 faults of the topic raise alarms', async () => {
    await bus.admin.deleteTopics(['notes'])
    await bus.admin.createTopics([
      { topic: 'notes', partitions: 8, replication: 1, config: { 'compression.type': 'lz4' } },
    ])
    const metrics = createMetrics('test')
    await using consumer = await start({ metrics })
    const alarms = (await metrics.alarms.get()).values.map(({ labels }) => labels['alarm'])
    expect(alarms).toEqual(expect.arrayContaining(['partition_count_changed', 'codec_unsupported']))
    expect(consumer.topic).toBe('notes')
  })

  it('a topic that is not there refuses to start', async () => {
    await bus.admin.deleteTopics(['notes'])
    await expect(start()).rejects.toThrow('no topic "notes"')
  })
})

describe('two members', () => {
  it('F09 a zombie that wakes after its partition moved writes nothing', async () => {
    await publishNotes(bus, [aNote(key, 1)])
    const frozen = Promise.withResolvers<void>()
    const entered = Promise.withResolvers<void>()
    const ran: string[] = []
    const zombie = await start({
      decode: async (raw) => {
        entered.resolve()
        await frozen.promise
        return { ok: true, value: JSON.parse((raw.value ?? Buffer.alloc(0)).subarray(5).toString()) }
      },
      handle: async (tx, messages) => {
        ran.push('zombie')
        return storeNotes(tx, messages)
      },
    })
    await entered.promise
    await using second = await start({
      handle: async (tx, messages) => {
        ran.push('second')
        return storeNotes(tx, messages)
      },
    })
    const leaving = zombie.stop()
    await caughtUp(second, bus)
    frozen.resolve()
    await leaving
    expect(ran).toEqual(['second'])
    expect(await objects()).toMatchObject([{ applied: 1 }])
  })

  it('members that come and go lose and double nothing', async () => {
    const count = 2_000
    const writeOnce: Given = {
      maxChunk: 50,
      handle: async (tx, messages) => {
        await tx.query(
          'insert into objects (id, revision, text) select * from unnest($1::text[], $2::bigint[], $3::text[])',
          [
            messages.map(({ value }) => value.id),
            messages.map(({ value }) => value.revision),
            messages.map(({ value }) => value.text),
          ],
        )
        return messages.map(() => done())
      },
    }
    await using one = await start(writeOnce)
    const publishing = publishNotes(
      bus,
      Array.from({ length: count }, (_, i) => aNote(`once${i}`, 1)),
    )
    const two = await start(writeOnce)
    const three = await start(writeOnce)
    await two.stop()
    await publishing
    await three.stop()
    await caughtUp(one, bus)
    expect(await rows('select count(*) as n from objects')).toEqual([{ n: count }])
    expect(await quarantined()).toEqual([])
  })
})

describe('the database away', () => {
  it('waits, and goes on when it is back', async () => {
    let away = true
    await publishNotes(bus, [aNote(key, 1)])
    let tries = 0
    await using consumer = await start({
      handle: async (tx, messages) => {
        tries++
        if (away) throw Object.assign(new Error('terminating connection'), { code: '57P01' })
        return storeNotes(tx, messages)
      },
    })
    await until('tried twice', () => tries >= 2)
    expect(await quarantined()).toEqual([])
    away = false
    await caughtUp(consumer, bus)
    expect(await objects()).toHaveLength(1)
  })

  it('for too long: gives up, so that the process is started again, and the message is not blamed', async () => {
    await publishNotes(bus, [aNote(key, 1)])
    await using consumer = await start({
      timers: { ...TEST_CONSUMER_TIMERS, unavailableCapMs: 50 },
      handle: async () => {
        throw Object.assign(new Error('too many connections'), { code: '53300' })
      },
    })
    await until('crashed', () => consumer.crashed.aborted)
    expect(await quarantined()).toEqual([])
    expect(await rows('select attempts from consumer_progress where partition = 0')).toEqual([{ attempts: 0 }])
  })

  it('a lost race is run again at once', async () => {
    await publishNotes(bus, [aNote(key, 1)])
    let tries = 0
    await using consumer = await start({
      handle: async (tx, messages) => {
        if (++tries <= 3) throw Object.assign(new Error('deadlock detected'), { code: '40P01' })
        return storeNotes(tx, messages)
      },
    })
    await caughtUp(consumer, bus)
    expect(tries).toBe(4)
  })
})

function rawOf(note: ReturnType<typeof aNote>) {
  const { key: ofNote, value, headers } = messageOfNote(note)
  return { key: ofNote, value, headers: new Map(Object.entries(headers)), timestampMs: systemClock.now() }
}
