import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Stack, startStack } from '@atlas/devstack'
import { Kafka, logLevel } from 'kafkajs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import { quiet } from '../testing/servers.ts'
import { until } from '../testing/until.ts'
import { connectKafka } from './kafka.ts'
import { TEST_KAFKA_TIMERS } from './kafka-config.ts'
import type { Bus, Subscription } from './port.ts'

const PARTITIONS = [0, 1, 2] as const
const BROKERS = ['kafka-1', 'kafka-2', 'kafka-3'] as const
const LONG = 180_000

let dataDir: string
let stack: Stack
let bus: Bus
let topic = ''
let count = 0

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'atlas-brokers-'))
  stack = await startStack({ dataDir, persistent: false, brokers: 3, parts: ['kafka'] })
  bus = await connect('drill')
})
afterAll(async () => {
  await bus?.close()
  await stack?.stop()
  await rm(dataDir, { recursive: true, force: true })
})
beforeEach(async () => {
  // One that a failed test left frozen.
  for (const broker of BROKERS) await stack.kill(broker, 'SIGCONT')
  topic = `brokers-${count++}`
  await bus.admin.createTopics([
    { topic, partitions: PARTITIONS.length, replication: 3, config: { 'min.insync.replicas': '2' } },
  ])
})

const connect = (clientId: string) =>
  connectKafka({ brokers: stack.kafka.brokers, clientId, timers: TEST_KAFKA_TIMERS }, quiet, systemClock)

/** Until then a second fault is one too many: two of three must be in sync for a write, by the topic's setting. */
async function allInSync(): Promise<void> {
  const admin = new Kafka({ brokers: [...stack.kafka.brokers], logLevel: logLevel.NOTHING }).admin()
  await admin.connect()
  try {
    const inSync = async () => {
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic, '__consumer_offsets'] })
      return topics.flatMap(({ partitions }) => partitions.map(({ isr }) => isr.length))
    }
    await until('all replicas are in sync', inSync, (sizes) => sizes.every((size) => size === BROKERS.length), LONG)
  } finally {
    await admin.disconnect()
  }
}

/** One writer for each partition: the next message is sent when the one before is acknowledged, as the relay does. */
function writers() {
  const own = topic
  const acknowledged = new Map<number, string[]>(PARTITIONS.map((partition) => [partition, []]))
  let doubts = 0
  let over = false
  const write = async (partition: number) => {
    for (let no = 0; !over; ) {
      const messages = Array.from({ length: 5 }, (_, i) => `${partition}:${no + i}`)
      const sent = await bus
        .publish(
          own,
          partition,
          messages.map((text) => ({ key: text, value: Buffer.from(text), headers: {} })),
        )
        .then(
          () => true,
          () => false,
        )
      if (sent) {
        acknowledged.get(partition)?.push(...messages)
        no += messages.length
      } else doubts++
    }
  }
  const running = Promise.all(PARTITIONS.map(write))
  const sizes = () => PARTITIONS.map((partition) => acknowledged.get(partition)?.length ?? 0)
  return {
    acknowledged,
    doubts: () => doubts,
    async more(what: string) {
      const before = sizes()
      await until(what, sizes, (now) => now.every((size, at) => size > (before[at] ?? 0) + 20), LONG)
    },
    async stop() {
      over = true
      await running
    },
  }
}

/** A member that is followed by another when it ends, and what they saw; positions are kept outside, as they are in the database. */
function readers() {
  const own = topic
  const positions = new Map<number, bigint>()
  const seen = new Map<number, string[]>(PARTITIONS.map((partition) => [partition, []]))
  let deaths = 0
  let over = false
  const live = async (name: string) => {
    while (!over) {
      let connection: Bus | undefined
      let member: Subscription | undefined
      try {
        connection = await connect(name)
        member = await connection.subscribe({
          group: `g-${own}`,
          topic: own,
          onAssigned: async (partitions) =>
            new Map(partitions.map((partition) => [partition, positions.get(partition) ?? 0n])),
          async onBatch(batch) {
            for (const raw of batch.messages) {
              const next = positions.get(raw.partition) ?? 0n
              // The position is the truth, as in the consumer loop: below it nothing is done again.
              if (raw.offset < next) continue
              if (raw.offset > next) throw new Error(`a gap at ${next}`)
              seen.get(raw.partition)?.push(raw.value?.toString() ?? '')
              positions.set(raw.partition, raw.offset + 1n)
            }
            await batch.processed(batch.messages.at(-1)?.offset ?? -1n)
          },
        })
        const current = member
        await until('ended, or over', () => over || current.crashed.aborted, Boolean, 10 * LONG)
      } catch {
        // A start that failed is a death like another: the next one tries again.
      }
      await member?.stop()
      await connection?.close()
      if (!over) deaths++
    }
  }
  const running = Promise.all([live('one'), live('two')])
  return {
    seen,
    deaths: () => deaths,
    /** Each partition is read on: what is there now, and some more. */
    async more(what: string) {
      const sizes = () => PARTITIONS.map((partition) => seen.get(partition)?.length ?? 0)
      const before = sizes()
      await until(what, sizes, (now) => now.every((size, at) => size > (before[at] ?? 0) + 20), LONG)
    },
    async caughtUp() {
      await until(
        'everything is read',
        async () =>
          (await bus.offsets(own)).map(({ partition, high }) => Number(high - (positions.get(partition) ?? 0n))),
        (left) => left.every((one) => one === 0),
        LONG,
      )
    },
    async stop() {
      over = true
      await running
    },
  }
}

/** What was acknowledged is in the log, and the first time of each message is in the order it was sent. */
function expectNothingLost(
  { acknowledged }: ReturnType<typeof writers>,
  seen: ReadonlyMap<number, readonly string[]>,
): void {
  for (const partition of PARTITIONS) {
    const firsts = [...new Set(seen.get(partition))]
    const sent = acknowledged.get(partition) ?? []
    // What was never acknowledged may be there as well, at the very end.
    expect(firsts.slice(0, sent.length)).toEqual(sent)
    expect(firsts.length - sent.length).toBeLessThanOrEqual(5)
  }
}

describe('three brokers', () => {
  it('K1 K13 K17 K18 F12 each is killed in turn, leader and coordinator with it: no acknowledged message is lost, and the order stays', async () => {
    const writing = writers()
    const reading = readers()
    for (const broker of BROKERS) {
      await writing.more('before the death')
      await stack.kill(broker, 'SIGKILL')
      await writing.more('with two of three')
      await reading.caughtUp()
      await stack.start(broker)
    }
    await writing.more('all back')
    await writing.stop()
    await reading.caughtUp()
    await reading.stop()
    expectNothingLost(writing, reading.seen)
  })

  it('K16 F11 each is frozen in turn: sends, members and newcomers go on elsewhere, and the thawed one adds nothing but duplicates', async () => {
    const writing = writers()
    const reading = readers()
    for (const broker of BROKERS) {
      await writing.more('before the frost')
      await reading.more('before the frost')
      await allInSync()
      await stack.kill(broker, 'SIGSTOP')
      const began = performance.now()
      const seconds = () => ((performance.now() - began) / 1000).toFixed(1)
      const deaths = reading.deaths()
      const writers = writing.more('with two of three').then(seconds)
      const readers = reading.more('with two of three').then(seconds)
      const told = `writers of all partitions go on after ${await writers} s, readers after ${await readers} s`
      await reading.caughtUp()
      // The frozen one is the first in the list of one of these.
      const newcomer = await connect('newcomer')
      await newcomer.offsets(topic)
      await newcomer.close()
      console.info(
        `F11 ${broker} frozen: ${told}, all is read after ${seconds()} s, ${reading.deaths() - deaths} members ended`,
      )
      await stack.kill(broker, 'SIGCONT')
    }
    await writing.more('all back')
    await writing.stop()
    await reading.caughtUp()
    await reading.stop()
    expectNothingLost(writing, reading.seen)
  })

  it('F13 ended in good order and started again, one after the other, under load', async () => {
    const writing = writers()
    const reading = readers()
    for (const broker of BROKERS) {
      await stack.kill(broker, 'SIGTERM')
      await stack.start(broker)
      await writing.more('after the restart')
    }
    await writing.stop()
    await reading.caughtUp()
    await reading.stop()
    expectNothingLost(writing, reading.seen)
  })

  it('K19 F14 all gone and back: the same producer goes on', async () => {
    const writing = writers()
    await writing.more('before')
    for (const broker of BROKERS) await stack.kill(broker, 'SIGKILL')
    const reading = readers()
    await Promise.all(BROKERS.map((broker) => stack.start(broker)))
    await writing.more('after')
    await writing.stop()
    await reading.caughtUp()
    await reading.stop()
    expectNothingLost(writing, reading.seen)
  })

  it('K19 members that come while all are away wait for their coordinator, and not one of them dies', async () => {
    await bus.publish(topic, 0, [{ key: 'k', value: Buffer.from('x'), headers: {} }])
    for (const broker of BROKERS) await stack.kill(broker, 'SIGKILL')
    const read = new Set<string>()
    // Nobody starts these again: what a member cannot wait for, the test sees.
    const joining = Promise.all(
      Array.from({ length: 6 }, (_, no) =>
        bus.subscribe({
          group: `early-${no}-${topic}`,
          topic,
          onAssigned: async () => new Map(),
          async onBatch(batch) {
            read.add(`early-${no}`)
            await batch.processed(batch.messages.at(-1)?.offset ?? -1n)
          },
        }),
      ),
    )
    const [members] = await Promise.all([joining, ...BROKERS.map((broker) => stack.start(broker))])
    await until(
      'each has read, or died',
      () => ({
        read: read.size,
        dead: members.flatMap(({ crashed }) => (crashed.aborted ? [String(crashed.reason)] : [])),
      }),
      ({ read: sofar, dead }) => sofar === members.length || dead.length > 0,
      LONG,
    )
    expect(members.map(({ crashed }) => crashed.aborted)).toEqual(members.map(() => false))
    await Promise.all(members.map((member) => member.stop()))
  })
})
