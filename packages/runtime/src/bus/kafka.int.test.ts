import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { systemClock } from '../clock.ts'
import { quiet } from '../testing/servers.ts'
import { until } from '../testing/until.ts'
import { busContract } from './bus.contract.ts'
import { connectKafka } from './kafka.ts'
import { TEST_KAFKA_TIMERS } from './kafka-config.ts'
import type { Bus } from './port.ts'

const connect = () =>
  connectKafka(
    {
      brokers: inject('stack').brokers,
      clientId: 'contract',
      timers: TEST_KAFKA_TIMERS,
    },
    quiet,
    systemClock,
  )

describe('the bus on kafkajs', () => busContract(connect))

describe('only the real broker can', () => {
  let bus: Bus
  beforeAll(async () => {
    bus = await connect()
  })
  afterAll(() => bus.close())

  const aTopic = async (name: string, config: Readonly<Record<string, string>> = {}) => {
    const topic = `${name}-${process.pid}`
    await bus.admin.createTopics([{ topic, partitions: 1, replication: 1, config }])
    return topic
  }
  const message = (text: string) => ({ key: 'k', value: Buffer.from(text), headers: {} })

  it('a topic that was made takes messages in its last partition at once, and so does one that grew', async () => {
    // Topics that go would disturb who has sent to them, and who has sent before has not heard that they grew.
    await using own = await connect()
    await using later = await connect()
    const topics = [1, 2, 3, 4].map((n) => `many-${n}-${process.pid}`)
    await Promise.all(
      topics.map(async (topic) => {
        await own.admin.createTopics([{ topic, partitions: 100, replication: 1 }])
        expect(await own.publish(topic, 99, [message('first')])).toBe(0n)
        await own.admin.addPartitions(topic, 150)
        expect(await own.offsets(topic)).toHaveLength(150)
        expect(await later.publish(topic, 149, [message('first')])).toBe(0n)
      }),
    )
    await own.admin.deleteTopics(topics)
  })

  it('K9 F20 recompress: a batch in a codec we do not have ends the member with that reason, and is not skipped', async () => {
    const topic = await aTopic('lz4', { 'compression.type': 'lz4' })
    await bus.publish(topic, 0, [message('x'.repeat(1_000))])
    let handled = 0
    const member = await bus.subscribe({
      group: `g-${topic}`,
      topic,
      onAssigned: async () => new Map(),
      onBatch: async () => {
        handled++
      },
    })
    await until('ended', () => member.crashed.aborted)
    await member.stop()
    expect(String(member.crashed.reason)).toContain('codec_unsupported')
    expect(handled).toBe(0)
    expect((await bus.committedOffsets(`g-${topic}`, topic)).size).toBe(0)
  })

  it('K9 what we send lies in the log as zstd', async () => {
    const topic = await aTopic('zstd')
    const large = message('y'.repeat(2_000_000))
    // 2 MB of one letter pass a limit of 1 MiB only when compressed.
    expect(await bus.publish(topic, 0, [large])).toBe(0n)
    expect((await bus.readOne(topic, 0, 0n))?.value).toEqual(large.value)
  })

  it('K23 a fetch smaller than a message brings it whole', async () => {
    const topic = await aTopic('large', { 'max.message.bytes': String(8 * 2 ** 20) })
    const noise = Buffer.from(Array.from({ length: 3_000_000 }, (_, i) => (i * i * 31 + (i >> 8)) & 0xff))
    await bus.publish(topic, 0, [{ ...message(''), value: noise }])
    await bus.publish(topic, 0, [message('after')])
    const sizes: number[] = []
    const member = await bus.subscribe({
      group: `g-${topic}`,
      topic,
      onAssigned: async () => new Map(),
      onBatch: async (batch) => {
        for (const raw of batch.messages) {
          sizes.push(raw.value?.length ?? 0)
          await batch.processed(raw.offset)
        }
      },
    })
    await until('both read', () => sizes.length === 2)
    await member.stop()
    expect(sizes).toEqual([3_000_000, 5])
  })
})
