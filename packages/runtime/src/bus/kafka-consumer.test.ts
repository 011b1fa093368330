import type { ConsumerConfig, ConsumerRunConfig, Kafka } from 'kafkajs'
import { describe, expect, it, vi } from 'vitest'
import type { Clock } from '../clock.ts'
import { groupOf } from '../consumer/definition.ts'
import { quiet } from '../testing/servers.ts'
import { until } from '../testing/until.ts'
import { RetryableError } from './errors.ts'
import { type KafkaConfig, PRODUCTION_KAFKA_TIMERS } from './kafka-config.ts'
import { subscribeKafka } from './kafka-consumer.ts'

const EVENTS = ['REBALANCING', 'GROUP_JOIN', 'FETCH', 'HEARTBEAT', 'END_BATCH_PROCESS', 'CRASH'] as const
type EventName = (typeof EVENTS)[number]
const never = new Promise<never>(() => undefined)

/** The library's consumer, whose events the test sends; it has nothing that ours must not use. */
function aLibrary(changes: { readonly run?: Promise<void>; readonly stop?: Promise<void> } = {}) {
  const listeners = new Map<EventName, ((event: object) => void)[]>()
  const seen = { config: {} as ConsumerConfig, run: {} as ConsumerRunConfig, subscribed: {} as object, stops: 0 }
  const commits: object[] = []
  const seeks: object[] = []
  const consumer = {
    events: Object.fromEntries(EVENTS.map((name) => [name, name])),
    on: (name: EventName, listener: (event: object) => void) => {
      listeners.set(name, [...(listeners.get(name) ?? []), listener])
    },
    connect: async () => undefined,
    async subscribe(topics: object) {
      seen.subscribed = topics
    },
    run: (run: ConsumerRunConfig) => {
      seen.run = run
      return changes.run ?? Promise.resolve()
    },
    seek: (where: object) => seeks.push(where),
    commitOffsets: async (offsets: object[]) => {
      commits.push(...offsets)
    },
    stop: () => {
      seen.stops++
      return changes.stop ?? Promise.resolve()
    },
    disconnect: async () => undefined,
  }
  const kafka = {
    consumer(config: ConsumerConfig) {
      seen.config = config
      return consumer
    },
  }
  const emit = (name: EventName, payload: object = {}) => {
    for (const listener of listeners.get(name) ?? []) listener({ payload })
  }
  const join = (...partitions: number[]) => emit('GROUP_JOIN', { memberAssignment: { t: partitions } })
  return { kafka: kafka as object as Kafka, seen, commits, seeks, emit, join }
}

/** Time that passes when told: sleepers wake when their time has come. */
function aClock(): Clock & { pass(ms: number): Promise<void> } {
  let now = 0
  const sleepers = new Set<{ readonly at: number; readonly wake: () => void }>()
  return {
    now: () => now,
    monotonic: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const sleeper = { at: now + ms, wake: resolve }
        sleepers.add(sleeper)
        signal?.addEventListener('abort', () => {
          sleepers.delete(sleeper)
          reject(signal.reason)
        })
      }),
    async pass(ms) {
      for (const end = now + ms; now < end; ) {
        now = Math.min(end, ...[...sleepers].map(({ at }) => Math.max(at, now + 1)))
        for (const sleeper of [...sleepers].filter(({ at }) => at <= now)) {
          sleepers.delete(sleeper)
          sleeper.wake()
        }
        await new Promise((resolve) => setImmediate(resolve))
      }
    },
  }
}

const timers = { ...PRODUCTION_KAFKA_TIMERS, stopCapMs: 50, disconnectCapMs: 50 }
const config: KafkaConfig = { brokers: [], clientId: 'c', timers }
const anEmptyBatch = {
  batch: { partition: 0, messages: [{ offset: '0', key: null, value: null, headers: {}, timestamp: '0' }] },
  isRunning: () => true,
  isStale: () => false,
  resolveOffset: () => undefined,
  heartbeat: async () => undefined,
}

function subscribe(library: ReturnType<typeof aLibrary>, clock: Clock = aClock(), onBatch = async () => undefined) {
  const options = { group: 'g', topic: 't', onAssigned: async () => new Map([[0, 5n]]), onBatch }
  return subscribeKafka(library.kafka, config, options, quiet, clock)
}

describe('a member of a group', () => {
  it('K7 K10 K22 K23 leaves the library no freedom: nothing is committed, resolved or skipped by itself', async () => {
    const library = aLibrary()
    await subscribe(library)
    expect(library.seen.run).toMatchObject({ autoCommit: false, eachBatchAutoResolve: false })
    expect(library.seen.subscribed).toEqual({ topics: ['t'], fromBeginning: true })
    expect(library.seen.config).toMatchObject({
      allowAutoTopicCreation: false,
      sessionTimeout: 45_000,
      maxBytes: 2 * 2 ** 20,
      maxBytesPerPartition: 512 * 1024,
    })
  })

  it('K15 one group for each service and topic', () => {
    expect(groupOf({ service: 'matcher', topic: 'records' })).toBe('matcher.records.v1')
    expect(groupOf({ service: 'matcher', topic: 'acts' })).toBe('matcher.acts.v1')
  })

  it('K16 one that hears nothing for three session timeouts is dead', async () => {
    const library = aLibrary()
    const clock = aClock()
    const member = await subscribe(library, clock)
    library.join(0)
    for (let i = 0; i < 5; i++) {
      await clock.pass(timers.watchdogMs * 0.9)
      library.emit('HEARTBEAT')
    }
    expect(member.crashed.aborted).toBe(false)
    await clock.pass(timers.watchdogMs * 1.3)
    expect(String(member.crashed.reason)).toContain(`for ${timers.watchdogMs} ms`)
    expect(member.joined()).toBe(false)
  })

  it('K19 a crash without restart ends it, with the reason; one with restart does not', async () => {
    const library = aLibrary()
    const member = await subscribe(library)
    library.emit('CRASH', { restart: true, error: new Error('later') })
    expect(member.crashed.aborted).toBe(false)
    library.emit('CRASH', { restart: false, error: new Error('no coordinator') })
    expect(String(member.crashed.reason)).toContain('no coordinator')
  })

  it('K9 a crash for want of a codec says so', async () => {
    const library = aLibrary()
    const member = await subscribe(library)
    const cause = Object.assign(new Error('LZ4 compression not implemented'), { name: 'KafkaJSNotImplemented' })
    library.emit('CRASH', { restart: false, error: new Error('outer', { cause }) })
    expect(String(member.crashed.reason)).toContain('codec_unsupported')
  })

  it('K19 K20 one that cannot join, or whose stopping hangs, can be stopped all the same', async () => {
    for (const changes of [{ run: never }, { stop: never }]) await (await subscribe(aLibrary(changes))).stop()
  })

  it('K13 a heartbeat that fails is thrown on as it is, and no batch of this generation is live any more', async () => {
    const library = aLibrary()
    const lost = new Error('REBALANCE_IN_PROGRESS')
    let times = 0
    const handled = vi.fn(async () => undefined)
    await subscribe(library, aClock(), handled)
    library.join(0)
    const batch = { ...anEmptyBatch, heartbeat: async () => Promise.reject(times++ === 0 ? lost : undefined) }
    await expect(library.seen.run.eachBatch?.(batch as never)).rejects.toBe(lost)
    expect(handled).not.toHaveBeenCalled()
  })

  it('K22 commits the offset after the last, and nothing of a generation that is over', async () => {
    const library = aLibrary()
    const resolved: string[] = []
    let left = false
    await subscribeKafka(
      library.kafka,
      config,
      {
        group: 'g',
        topic: 't',
        onAssigned: async () => new Map(),
        onBatch: async (batch) => {
          if (left) library.emit('REBALANCING')
          await batch.processed(9n)
        },
      },
      quiet,
      aClock(),
    )
    library.join(0)
    const batch = { ...anEmptyBatch, resolveOffset: (offset: string) => resolved.push(offset) }
    await library.seen.run.eachBatch?.(batch as never)
    await until('committed', () => library.commits.length === 1)
    expect(library.commits).toEqual([{ topic: 't', partition: 0, offset: '10' }])
    left = true
    await library.seen.run.eachBatch?.(batch as never)
    expect(resolved).toEqual(['9'])
    expect(library.commits).toHaveLength(1)
  })

  it('K10 seeks to the stored positions at each join, before any batch came', async () => {
    const library = aLibrary()
    await subscribe(library)
    library.join(0)
    await until('sought', () => library.seeks.length === 1)
    library.join(0)
    await until('sought again', () => library.seeks.length === 2)
    expect(library.seeks[1]).toEqual({ topic: 't', partition: 0, offset: '5' })
  })

  it('one whose positions cannot be read ends: reading from anywhere else would be a guess', async () => {
    const library = aLibrary()
    const options = {
      group: 'g',
      topic: 't',
      onAssigned: async () => Promise.reject(new RetryableError('no database')),
      onBatch: async () => undefined,
    }
    const member = await subscribeKafka(library.kafka, config, options, quiet, aClock())
    library.join(0)
    await until('ended', () => member.crashed.aborted)
    expect(String(member.crashed.reason)).toContain('no database')
  })
})
