import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { RawMessage } from '../consumer/contract.ts'
import { until as untilTrue } from '../testing/until.ts'
import { MessageTooLargeError, RetryableError, UnknownTopicError } from './errors.ts'
import type { Batch, Bus, OutgoingMessage, SubscribeOptions, Subscription } from './port.ts'

const aMessage = (text: string, headers: Readonly<Record<string, string>> = {}): OutgoingMessage => ({
  key: 'k',
  value: Buffer.from(text),
  headers: { 'event-id': text, ...headers },
})
const many = (count: number, from = 0) => Array.from({ length: count }, (_, i) => aMessage(`m${from + i}`))
const textOf = (raw: RawMessage) => raw.value?.toString() ?? ''

/** What every adapter of the port has to keep; names of rows of the list of known defects are in the titles. */
export function busContract(open: () => Promise<Bus>): void {
  let bus: Bus
  let topic: string
  let count = 0
  const members: Subscription[] = []

  /** Waits, but not for a member that is dead: what ended it is the better message. */
  const until: typeof untilTrue = (what, look, ...rest) =>
    untilTrue(
      what,
      () => {
        const dead = members.find(({ crashed }) => crashed.aborted)
        if (dead) throw new Error(`${what}: a member ended`, { cause: dead.crashed.reason })
        return look()
      },
      ...rest,
    )

  beforeAll(async () => {
    bus = await open()
  })
  afterAll(() => bus.close())
  beforeEach(async () => {
    await Promise.all(members.splice(0).map((member) => member.stop()))
    topic = `contract-${process.pid}-${Date.now() % 1_000_000}-${count++}`
    await bus.admin.createTopics([{ topic, partitions: 3, replication: 1, config: { 'max.message.bytes': '1048576' } }])
  })

  /** Joins, and keeps what came. */
  async function join(given: Partial<SubscribeOptions> = {}) {
    const seen: string[] = []
    const handled: Batch[] = []
    const member = await bus.subscribe({
      group: `g-${topic}`,
      topic,
      onAssigned: async () => new Map(),
      onBatch: async (batch) => {
        handled.push(batch)
        for (const raw of batch.messages) {
          seen.push(textOf(raw))
          await batch.processed(raw.offset)
        }
      },
      ...given,
    })
    members.push(member)
    return { member, seen, handled }
  }

  describe('publishing', () => {
    it('K1 answers with the offset of the first message, for exactly the partition asked for', async () => {
      expect(await bus.publish(topic, 1, many(3))).toBe(0n)
      expect(await bus.publish(topic, 1, many(1))).toBe(3n)
      expect((await bus.offsets(topic)).map(({ high }) => high)).toEqual([0n, 4n, 0n])
    })

    it('K2 keeps every message of a burst of sends beside each other, in order within a partition', async () => {
      await Promise.all(
        [0, 1, 2].map(async (partition) => {
          for (let round = 0; round < 10; round++) await bus.publish(topic, partition, many(20, round * 20))
        }),
      )
      const { seen } = await join()
      await until(
        'all read',
        () => seen.length,
        (length) => length === 600,
      )
      expect(new Set(seen).size).toBe(200)
    })

    it('K11 an unknown topic is told as such and leaves other topics alone', async () => {
      await expect(bus.publish(`${topic}-absent`, 0, many(1))).rejects.toBeInstanceOf(UnknownTopicError)
      expect(await bus.publish(topic, 0, many(1))).toBe(0n)
    })

    it('K27 a message over the limit is told as such and leaves later ones alone', async () => {
      const large = { ...aMessage('large'), value: randomBytes(1_200_000) }
      await expect(bus.publish(topic, 0, [large])).rejects.toBeInstanceOf(MessageTooLargeError)
      expect(await bus.publish(topic, 0, many(1))).toBe(0n)
    })

    it('carries key, value and headers as they are', async () => {
      await bus.publish(topic, 0, [
        { key: 'clé', value: Buffer.from([0, 255, 1]), headers: { 'event-id': 'x', trace: '' } },
      ])
      const raw = await bus.readOne(topic, 0, 0n)
      expect(raw?.key).toBe('clé')
      expect(raw?.value).toEqual(Buffer.from([0, 255, 1]))
      expect([...(raw?.headers ?? [])]).toEqual([
        ['event-id', 'x'],
        ['trace', ''],
      ])
    })

    it('carries a tombstone', async () => {
      await bus.publish(topic, 0, [{ key: 'k', value: null, headers: {} }])
      expect((await bus.readOne(topic, 0, 0n))?.value).toBeNull()
    })
  })

  describe('asking', () => {
    it('describes a topic, and knows when there is none', async () => {
      expect(await bus.describe(topic)).toMatchObject({
        topic,
        partitions: 3,
        replication: 1,
        compression: 'producer',
        cleanupPolicy: 'delete',
        maxMessageBytes: 1_048_576,
      })
      expect(await bus.describe(`${topic}-absent`)).toBeUndefined()
    })

    it('reads one message, and nothing beyond the ends of the log', async () => {
      await bus.publish(topic, 2, many(5))
      expect(textOf((await bus.readOne(topic, 2, 3n)) as RawMessage)).toBe('m3')
      expect(await bus.readOne(topic, 2, 5n)).toBeUndefined()
      expect(await bus.readOne(topic, 2, 99n)).toBeUndefined()
      await bus.admin.deleteRecords(topic, 2, 2n)
      expect(await bus.readOne(topic, 2, 1n)).toBeUndefined()
      expect((await bus.offsets(topic))[2]).toEqual({ partition: 2, low: 2n, high: 5n })
    })
  })

  describe('commands', () => {
    it('may be given again, but for making a topic', async () => {
      await expect(bus.admin.createTopics([{ topic, partitions: 3, replication: 1 }])).rejects.toThrow(/there already/)
      await bus.admin.addPartitions(topic, 5)
      await bus.admin.addPartitions(topic, 5)
      await bus.admin.addPartitions(topic, 4)
      expect(await bus.offsets(topic)).toHaveLength(5)
      const { member } = await join()
      await member.stop()
      await bus.admin.deleteGroups([`g-${topic}`])
      await bus.admin.deleteGroups([`g-${topic}`])
      await bus.admin.deleteTopics([topic])
      await bus.admin.deleteTopics([topic])
      expect(await bus.describe(topic)).toBeUndefined()
    })

    it('know no topic that is not there', async () => {
      await expect(bus.admin.addPartitions(`${topic}-absent`, 5)).rejects.toThrow(UnknownTopicError)
    })
  })

  describe('consuming', () => {
    it('K22 commits the offset after the last one processed', async () => {
      await bus.publish(topic, 0, many(4))
      const { seen } = await join()
      await until(
        'read',
        () => seen.length,
        (length) => length === 4,
      )
      await until(
        'committed',
        async () => (await bus.committedOffsets(`g-${topic}`, topic)).get(0),
        (at) => at === 4n,
      )
    })

    it('K10 reads from the beginning when the group has no position', async () => {
      await bus.publish(topic, 0, many(3))
      const { seen } = await join()
      await until(
        'read',
        () => seen,
        (texts) => texts.length === 3,
      )
      expect(seen).toEqual(['m0', 'm1', 'm2'])
    })

    it('reads from the positions it is told, whatever is committed', async () => {
      await bus.publish(topic, 0, many(10))
      const first = await join()
      await until(
        'read',
        () => first.seen.length,
        (length) => length === 10,
      )
      await until(
        'committed',
        async () => (await bus.committedOffsets(`g-${topic}`, topic)).get(0),
        (at) => at === 10n,
      )
      await first.member.stop()
      const second = await join({ onAssigned: async () => new Map([[0, 6n]]) })
      await until(
        'read again',
        () => second.seen.length,
        (length) => length >= 4,
      )
      expect(second.seen).toEqual(['m6', 'm7', 'm8', 'm9'])
    })

    it('K7 what was not processed is not resolved: a stop in the middle loses nothing', async () => {
      await bus.publish(topic, 0, many(10))
      let release: () => void = () => undefined
      const { member } = await join({
        onBatch: async (batch) => {
          for (const raw of batch.messages.slice(0, 4)) await batch.processed(raw.offset)
          await new Promise<void>((resolve) => {
            release = resolve
          })
        },
      })
      await until(
        'four done',
        async () => (await bus.committedOffsets(`g-${topic}`, topic)).get(0),
        (at) => at === 4n,
      )
      const stopped = member.stop()
      release()
      await stopped
      expect((await bus.committedOffsets(`g-${topic}`, topic)).get(0)).toBe(4n)
      const second = await join()
      await until(
        'the rest',
        () => second.seen.length,
        (length) => length === 6,
      )
      expect(second.seen).toEqual(['m4', 'm5', 'm6', 'm7', 'm8', 'm9'])
    })

    it('a batch that is not resolved comes again', async () => {
      await bus.publish(topic, 0, many(3))
      let times = 0
      await join({
        onBatch: async (batch) => {
          if (++times === 3) await batch.processed(batch.messages.at(-1)?.offset ?? -1n)
        },
      })
      await until(
        'resolved the third time',
        async () => (await bus.committedOffsets(`g-${topic}`, topic)).get(0),
        (at) => at === 3n,
      )
      expect(times).toBe(3)
    })

    it('K6 a RetryableError makes the batch come again, and ends the member when it goes on', async () => {
      await bus.publish(topic, 0, many(1))
      let times = 0
      const { member } = await join({
        onBatch: async () => {
          times++
          throw new RetryableError('not now')
        },
      })
      await untilTrue('given up', () => member.crashed.aborted)
      expect(times).toBeGreaterThan(1)
      expect(member.joined()).toBe(false)
    })

    it('K5 a TypeError that got through ends the member at once, and says so', async () => {
      await bus.publish(topic, 0, many(1))
      let times = 0
      const { member } = await join({
        onBatch: async () => {
          times++
          throw new TypeError('a defect')
        },
      })
      await untilTrue('crashed', () => member.crashed.aborted)
      expect(times).toBe(1)
    })

    it('seeks while it reads: what was fetched before is stale', async () => {
      await bus.publish(topic, 0, many(5))
      const { member, seen } = await join()
      await until(
        'read',
        () => seen.length,
        (length) => length === 5,
      )
      member.seek(0, 3n)
      await until(
        'read again',
        () => seen.length,
        (length) => length === 7,
      )
      expect(seen.slice(5)).toEqual(['m3', 'm4'])
    })

    it('K10 a position past the end of a log goes back to its beginning, where the reader can see it', async () => {
      await bus.publish(topic, 0, many(3))
      const { seen, handled } = await join({ onAssigned: async () => new Map([[0, 50n]]) })
      await until(
        'read from the start',
        () => seen.length,
        (length) => length >= 3,
      )
      expect(handled[0]?.messages[0]?.offset).toBe(0n)
    })

    it('two members share the partitions, and the one that stays gets those of the one that leaves', async () => {
      const one = await join()
      const two = await join()
      await until(
        'shared',
        () => one.member.assigned().length + two.member.assigned().length,
        (sum) => sum === 3 && one.member.assigned().length < 3,
      )
      for (const partition of [0, 1, 2]) await bus.publish(topic, partition, many(10, partition * 100))
      await until(
        'all read',
        () => new Set([...one.seen, ...two.seen]).size,
        (size) => size === 30,
      )
      await one.member.stop()
      await until(
        'all mine',
        () => two.member.assigned().length,
        (length) => length === 3,
      )
      for (const partition of [0, 1, 2]) await bus.publish(topic, partition, many(5, partition * 100 + 50))
      await until(
        'all read',
        () => new Set([...one.seen, ...two.seen]).size,
        (size) => size === 45,
      )
    })

    it('K13 a batch stops being live when the group is rebalanced', async () => {
      await bus.publish(topic, 0, many(1))
      await bus.publish(topic, 1, many(1))
      await bus.publish(topic, 2, many(1))
      const lived: boolean[] = []
      const one = await join({
        onBatch: async (batch) => {
          if (lived.length > 0) return
          lived.push(batch.live())
          await until('no longer live', async () => {
            await batch.heartbeat().catch(() => undefined)
            return batch.live() === false
          }).then(() => lived.push(batch.live()))
        },
      })
      await until(
        'a batch is held',
        () => lived.length,
        (length) => length === 1,
      )
      await join()
      await until(
        'not live',
        () => lived,
        (seen) => seen.length === 2,
      )
      expect(lived).toEqual([true, false])
      expect(one.member.crashed.aborted).toBe(false)
    })
  })
}

function randomBytes(length: number): Buffer {
  const bytes = Buffer.alloc(length)
  for (let i = 0, x = 1; i < length; i++) {
    x = Math.imul(x, 1_103_515_245) + 12_345
    bytes[i] = x >>> 16
  }
  return bytes
}
