import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { createMemoryBus } from '../bus/memory.ts'
import { type Clock, systemClock } from '../clock.ts'
import { noFailpoints } from '../failpoints.ts'
import { createMetrics } from '../metrics.ts'
import { createOutbox } from '../outbox/outbox.ts'
import { keysOf, PARTITIONS, TEST_TOPICS } from '../testing/harness.ts'
import { aNote, messageOfNote, type Note, noteDefinition, storeNotes } from '../testing/notes.ts'
import { aDeliveryDatabase, quiet, type TestDatabase } from '../testing/servers.ts'
import type { ConsumerContext } from './context.ts'
import { done, type Handler, type RawMessage } from './contract.ts'
import { createProgress } from './store-progress.ts'
import { TEST_CONSUMER_TIMERS } from './timers.ts'
import { createTogether } from './together.ts'

let server: TestDatabase

beforeAll(async () => {
  server = await aDeliveryDatabase(inject('stack').postgres)
})
afterAll(() => server[Symbol.asyncDispose]())

const GROUP = 'test.notes.v1'
const PACE_MS = 5_000
const partitions = Array.from({ length: PARTITIONS }, (_, partition) => partition)

function contextWith(handle: Handler<Note>): ConsumerContext<Note> {
  return {
    definition: { ...noteDefinition(), handle },
    group: GROUP,
    fullTopic: 'notes',
    instance: 'a new process',
    bus: createMemoryBus(),
    database: server.database,
    outbox: createOutbox(TEST_TOPICS),
    clock: systemClock,
    logger: quiet,
    metrics: createMetrics('test'),
    failpoints: noFailpoints,
    timers: { ...TEST_CONSUMER_TIMERS, handlerCapMs: 60_000 },
    maxUnsent: 1_000,
    maxChunk: 100,
    concurrency: 3,
  }
}

function rawNote(partition: number, text = ''): RawMessage {
  const { key, value, headers } = messageOfNote(aNote(keysOf(partition, 1)[0] ?? '', 1, { text }))
  return {
    topic: 'notes',
    partition,
    offset: 0n,
    timestampMs: 0,
    key,
    value: value === null ? null : Buffer.from(value),
    headers: new Map(Object.entries(headers ?? {}).map(([name, text]) => [name, String(text)])),
  }
}

it('a partition that waits behind a suspect is not counted as begun, and is not to blame when we die meanwhile', async () => {
  await createProgress(
    server.database,
    GROUP,
    'notes',
    partitions.map((partition) => ({ partition, nextOffset: 0n })),
  )
  await server.asAdmin(`update consumer_progress set attempts = 1, attempt_by = 'a dead process', attempt_until = 0`)
  const inHand = Promise.withResolvers<number>()
  const goOn = Promise.withResolvers<void>()
  const together = createTogether(
    contextWith(async (tx, messages) => {
      inHand.resolve(messages[0]?.raw.partition ?? -1)
      await goOn.promise
      return storeNotes(tx, messages)
    }),
    () => 100,
  )
  const works = partitions.map((partition) =>
    together.work({
      place: { group: GROUP, topic: 'notes', partition },
      messages: [rawNote(partition)],
      patience: (run) => run(),
      live: () => true,
    }),
  )
  const first = await inHand.promise
  const attempts = await server.database.query<{ partition: number; attempts: number }>(
    'select partition, attempts from consumer_progress order by partition',
  )
  expect(attempts.rows).toEqual(partitions.map((partition) => ({ partition, attempts: partition === first ? 2 : 1 })))
  goOn.resolve()
  await Promise.all(works)
  const left = await server.database.query('select 1 from consumer_progress where attempts > 0 or next_offset <> 1')
  expect(left.rows).toEqual([])
})

it('of a stream, what comes while the next transaction waits shares it; a full one does not wait', async () => {
  const group = 'paced.notes.v1'
  const [first, second, third] = partitions
  await createProgress(
    server.database,
    group,
    'notes',
    partitions.map((partition) => ({ partition, nextOffset: 0n })),
  )
  const waits = Promise.withResolvers<void>()
  const goOn = Promise.withResolvers<void>()
  let released = false
  const sleep: Clock['sleep'] = (ms, signal) => {
    if (ms !== PACE_MS) return systemClock.sleep(ms, signal)
    waits.resolve()
    return released ? new Promise(() => undefined) : goOn.promise
  }
  const transactions: number[][] = []
  const context = contextWith(async (tx, messages) => {
    transactions.push(messages.map(({ raw }) => raw.partition).sort())
    return storeNotes(tx, messages)
  })
  const together = createTogether(
    {
      ...context,
      group,
      // Time stands still: what follows, follows at once.
      clock: { ...systemClock, monotonic: () => 0, sleep },
      timers: { ...context.timers, paceMs: PACE_MS },
    },
    () => 3,
  )
  const work = (partition = 0, offset = 0n) =>
    together.work({
      place: { group, topic: 'notes', partition },
      messages: [{ ...rawNote(partition), offset }],
      patience: (run) => run(),
      live: () => true,
    })
  await work(first)
  const waiting = work(second)
  await waits.promise
  const joining = work(third)
  goOn.resolve()
  await Promise.all([waiting, joining])
  expect(transactions).toEqual([[first], [second, third]])

  // Nobody lets this one go on: it goes because it is full.
  released = true
  await Promise.all([work(first, 1n), work(second, 1n), work(third, 1n)])
  expect(transactions.at(-1)).toEqual([first, second, third])
})

it.each([
  { what: 'a few messages', messages: 49, bytes: 0, more: false, held: false },
  { what: 'a stream', messages: 50, bytes: 40_000, more: false, held: true },
  { what: 'a backlog', messages: 1_000, bytes: 0, more: false, held: false },
  { what: 'a backlog of large messages', messages: 50, bytes: 42_000, more: false, held: false },
  { what: 'a part of what was fetched', messages: 50, bytes: 0, more: true, held: false },
])('$what: whether the next fetch waits for the rest of them: $held', async ({ what, messages, bytes, more, held }) => {
  const group = `${what}.notes.v1`
  const [first = 0] = partitions
  await createProgress(server.database, group, 'notes', [{ partition: first, nextOffset: 0n }])
  const waits = Promise.withResolvers<void>()
  const goOn = Promise.withResolvers<void>()
  const sleep: Clock['sleep'] = (ms, signal) => {
    if (ms !== PACE_MS) return systemClock.sleep(ms, signal)
    waits.resolve()
    return goOn.promise
  }
  const context = contextWith(async (_tx, received) => received.map(() => done()))
  const together = createTogether(
    {
      ...context,
      group,
      clock: { ...systemClock, monotonic: () => 0, sleep },
      timers: { ...context.timers, streamPaceMs: PACE_MS },
    },
    () => 1_000,
  )
  const one = rawNote(first, 'x'.repeat(bytes))
  const worked = together.work({
    place: { group, topic: 'notes', partition: first },
    messages: Array.from({ length: messages }, (_, offset) => ({ ...one, offset: BigInt(offset) })),
    more,
    patience: (run) => run(),
    live: () => true,
  })
  expect(await Promise.race([worked.then(() => false), waits.promise.then(() => true)])).toBe(held)
  // What it brought is committed meanwhile.
  const { rows } = await server.database.query<{ next_offset: number }>(
    'select next_offset from consumer_progress where consumer_group = $1',
    [group],
  )
  expect(rows).toEqual([{ next_offset: messages }])
  goOn.resolve()
  expect(await worked).toMatchObject({ stop: undefined })
})
