import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { createMemoryBus, type MemoryBus } from '../bus/memory.ts'
import { partitionOf } from '../bus/partition.ts'
import { systemClock } from '../clock.ts'
import type { CurrentState, Fact, RawMessage } from '../consumer/contract.ts'
import { type Failpoints, noFailpoints } from '../failpoints.ts'
import { createMetrics } from '../metrics.ts'
import type { Tx } from '../postgres/database.ts'
import { keysOf, PARTITIONS, TEST_TOPICS } from '../testing/harness.ts'
import { aNote, encodeNote, uuidOf } from '../testing/notes.ts'
import { aDeliveryDatabase, quiet, type TestDatabase } from '../testing/servers.ts'
import { until } from '../testing/until.ts'
import { createOutbox } from './outbox.ts'
import { type Relay, type RelayOptions, startRelay } from './relay.ts'
import { TEST_RELAY_TIMERS } from './relay-timers.ts'

const outbox = createOutbox(TEST_TOPICS)
const [key = '', other = ''] = keysOf(0, 2)

let server: TestDatabase
let bus: MemoryBus
const relays: Relay[] = []

beforeAll(async () => {
  server = await aDeliveryDatabase(inject('stack').postgres)
})
afterAll(() => server[Symbol.asyncDispose]())
beforeEach(async () => {
  bus = createMemoryBus()
  await bus.admin.createTopics(['notes', 'facts'].map((topic) => ({ topic, partitions: PARTITIONS, replication: 1 })))
  await server.asAdmin(
    'truncate objects, facts_made, outbox_references, outbox_facts, relay_pointers, relay_events, outbox_parked; update counter set fact_no = 0',
  )
})
afterEach(async () => {
  await Promise.all(relays.splice(0).map((relay) => relay.stop()))
})

/** States as they are stored at the moment of the call. */
async function notesOf(ids: readonly string[]): Promise<readonly CurrentState[]> {
  const { rows } = await server.database.query<{ id: string; revision: number; text: string }>(
    'select id, revision, text from objects where id = any($1)',
    [ids],
  )
  return rows.map(({ id, revision, text }) => {
    const note = aNote(id, revision, { text })
    return { objectId: id, key: id, revision, eventId: note.eventId, type: 'note', value: encodeNote(note) }
  })
}

async function start(changes: Partial<RelayOptions> = {}): Promise<Relay> {
  const relay = await startRelay({
    service: 'test',
    env: 'test',
    database: server.database,
    bus,
    topicPrefix: '',
    topics: TEST_TOPICS,
    sources: { notes: notesOf },
    clock: systemClock,
    logger: quiet,
    metrics: createMetrics('test'),
    failpoints: noFailpoints,
    timers: TEST_RELAY_TIMERS,
    ...changes,
  })
  relays.push(relay)
  return relay
}

async function change(tx: Tx, id: string, revision: number, text = `${id} at ${revision}`): Promise<void> {
  await tx.query(
    `insert into objects (id, revision, text) values ($1, $2, $3)
     on conflict (id) do update set revision = excluded.revision, text = excluded.text`,
    [id, revision, text],
  )
  await outbox.append(tx, [{ kind: 'reference', topic: 'notes', key: id, objectId: id }])
}
const changed = (id: string, revision: number, text?: string) =>
  server.database.transaction((tx) => change(tx, id, revision, text))

/** A fact with the next number, taken under a lock that is held until the commit. */
async function state(tx: Tx, ofKey: string, seq: number): Promise<void> {
  const { rows } = await tx.query<{ fact_no: number }>('update counter set fact_no = fact_no + 1 returning fact_no')
  const factNo = rows[0]?.fact_no ?? -1
  const eventId = uuidOf(`${ofKey}/${seq}`)
  const value = encodeNote(aNote(ofKey, seq, { eventId }))
  const fact: Fact = { kind: 'fact', topic: 'facts', key: ofKey, factNo, eventId, seq, type: 'note', value }
  await outbox.append(tx, [fact])
}

const unsent = async () => (await outbox.unsent(server.database)).rows
const drained = () => until('everything is sent', unsent, (rows) => rows === 0)
const logOf = (topic: string) =>
  Array.from({ length: PARTITIONS }, (_, partition) => bus.log(topic, partition)).flat() as readonly RawMessage[]
const revisionsOf = (id: string) =>
  logOf('notes')
    .filter((raw) => raw.key === id)
    .map((raw) => Number(raw.headers.get('revision')))

/** Dies at the first pass, as far as a relay in this process can: the round ends, nothing after it happens. */
function dieOnce(name: string): Failpoints & { readonly died: () => boolean } {
  let died = false
  return {
    died: () => died,
    hit(at) {
      if (at !== name || died) return
      died = true
      throw Object.assign(new Error('dead'), { retryable: true })
    },
  }
}

describe('references', () => {
  it('many changes of one object become one message: its state of the moment, where its key belongs', async () => {
    for (let revision = 1; revision <= 10; revision++) await changed(key, revision)
    await start()
    await drained()
    expect(revisionsOf(key)).toEqual([10])
    const [raw] = logOf('notes')
    expect(raw?.partition).toBe(partitionOf(key, PARTITIONS))
    expect(raw?.headers.get('event-id')).toBe(aNote(key, 10).eventId)
  })

  it('a transaction that began earlier and commits later is not passed over', async () => {
    await start()
    const late = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<void>()
    const slow = server.database.transaction(async (tx) => {
      await change(tx, key, 1)
      begun.resolve()
      await late.promise
    })
    await begun.promise
    await changed(other, 1)
    expect(await unsent()).toBeGreaterThan(0)
    late.resolve()
    await slow
    await drained()
    expect([revisionsOf(key), revisionsOf(other)]).toEqual([[1], [1]])
  })

  it('an object that is gone is left out', async () => {
    await changed(key, 1)
    await server.asAdmin('delete from objects')
    await start()
    await drained()
    expect(logOf('notes')).toEqual([])
  })

  it('per key the revision never goes down, whatever the writers and the broker do', async () => {
    bus.failPublish(3, true)
    await start()
    await Promise.all(
      keysOf(1, 5).map(async (id) => {
        for (let revision = 1; revision <= 20; revision++) await changed(id, revision)
      }),
    )
    await drained()
    for (const id of keysOf(1, 5)) {
      const revisions = revisionsOf(id)
      expect(revisions).toEqual(revisions.toSorted((a, b) => a - b))
      expect(revisions.at(-1)).toBe(20)
    }
  })
})

describe('facts', () => {
  it('each goes, in the order of its number, though transactions commit in another', async () => {
    await start()
    await Promise.all(
      Array.from({ length: 8 }, async (_, writer) => {
        for (let seq = 1; seq <= 25; seq++)
          await server.database.transaction((tx) => state(tx, keysOf(writer % PARTITIONS, 9)[writer] ?? '', seq))
      }),
    )
    await drained()
    const log = logOf('facts')
    expect(log).toHaveLength(200)
    for (const [, ofKey] of Map.groupBy(log, (raw) => raw.key))
      expect(ofKey.map((raw) => Number(raw.headers.get('revision')))).toEqual(
        Array.from({ length: 25 }, (_, i) => i + 1),
      )
  })
})

describe('a relay that dies', () => {
  it.each([
    ['F02 before the send', 'relay.before_send', 1],
    ['F03 after the answer', 'relay.after_ack', 2],
  ])('%s: nothing is lost', async (_, point, times) => {
    await changed(key, 1)
    const failpoints = dieOnce(point)
    await start({ failpoints })
    await drained()
    expect(failpoints.died()).toBe(true)
    expect(revisionsOf(key)).toEqual(Array.from({ length: times }, () => 1))
  })

  it('an answer that was lost is a message twice, and never another instead of it', async () => {
    for (let seq = 1; seq <= 3; seq++) await server.database.transaction((tx) => state(tx, key, seq))
    bus.failPublish(1, true)
    await start()
    await drained()
    expect(logOf('facts').map((raw) => Number(raw.headers.get('revision')))).toEqual([1, 2, 3, 1, 2, 3])
  })

  it('is followed by the one that stands by; two are never active', async () => {
    const one = await start()
    await until('active', () => one.active())
    const two = await start()
    await changed(key, 1)
    await drained()
    expect(two.active()).toBe(false)
    await one.stop()
    await until('the other is active', () => two.active())
    await changed(key, 2)
    await drained()
    expect(revisionsOf(key)).toEqual([1, 2])
  })

  it('a pointer of another database is set back, and everything kept is sent again', async () => {
    await changed(key, 1)
    const first = await start()
    await drained()
    await first.stop()
    await server.asAdmin(`update relay_pointers set system_identifier = '1'`)
    const metrics = createMetrics('test')
    await start({ metrics })
    await until('sent again', () => revisionsOf(key).length === 2)
    expect(await server.asAdmin('select distinct name from relay_events')).toEqual([{ name: 'pointer_reset' }])
  })
})

describe('F21 a state that the broker refuses for its size', () => {
  it('waits with an alarm and its key with it; others go on; smaller, it is sent', async () => {
    const metrics = createMetrics('test')
    await changed(key, 1, 'x'.repeat(1_200_000))
    await changed(other, 1)
    await start({ metrics })
    await until('the other is there', () => revisionsOf(other).length === 1)
    await drained()
    expect(revisionsOf(key)).toEqual([])
    const alarms = (await metrics.alarms.get()).values.map(({ labels }) => labels['alarm'])
    expect(alarms).toContain('message_too_large')
    await changed(other, 2)
    await until('the other goes on', () => revisionsOf(other).length === 2)
    await changed(key, 2, 'small')
    await until('it is there', () => revisionsOf(key).length > 0)
    expect(new Set(revisionsOf(key))).toEqual(new Set([2]))
  })

  it('a fact over the limit is refused where it is written', async () => {
    const large: Fact = {
      kind: 'fact',
      topic: 'facts',
      key,
      factNo: 1,
      eventId: uuidOf('large'),
      seq: 1,
      type: 'note',
      value: Buffer.alloc(901 * 1024),
    }
    await expect(server.database.transaction((tx) => outbox.append(tx, [large]))).rejects.toThrow('does not fit')
    expect(await unsent()).toBe(0)
  })
})
