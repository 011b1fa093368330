import type { RawMessage } from '../consumer/contract.ts'
import { MessageTooLargeError, RetryableError, UnknownTopicError } from './errors.ts'
import { createMemoryGroups } from './memory-groups.ts'
import type { MemoryLog, MemoryTopic } from './memory-log.ts'
import type { Bus, BusAdmin, NewTopic } from './port.ts'

export interface MemoryBus extends Bus {
  /** Puts a message into the log as a foreign producer would: whatever is given, at whatever offset. */
  inject(topic: string, partition: number, raw: Partial<RawMessage>): bigint
  /** The next `times` publishes fail; those that are `lost` have been appended all the same. */
  failPublish(times: number, lost?: boolean): void
  log(topic: string, partition: number): readonly RawMessage[]
}

/** The log in memory: for unit tests only, and held to the same contract suite as the real one. */
export function createMemoryBus(): MemoryBus {
  const topics = new Map<string, MemoryTopic>()
  const groups = createMemoryGroups(logOf)
  let failures = 0
  let lost = false

  const append = (topic: string, partition: number, raw: Partial<RawMessage>): bigint => {
    const log = logOf(topic, partition)
    const offset = raw.offset ?? highOf(log)
    log.messages.push({
      key: null,
      value: null,
      headers: new Map(),
      timestampMs: 0,
      ...raw,
      topic,
      partition,
      offset,
    })
    groups.wake()
    return offset
  }

  const bus: MemoryBus = {
    admin: adminOf(topics, logOf),
    inject: append,
    failPublish(times, appended = false) {
      failures = times
      lost = appended
    },
    log: (topic, partition) => logOf(topic, partition).messages,
    async publish(topic, partition, messages) {
      const limit = Number(topicOf(topic).config['max.message.bytes'] ?? 1_048_588)
      if (messages.some(({ value }) => (value?.length ?? 0) > limit)) throw new MessageTooLargeError('too large')
      const fails = failures-- > 0
      if (fails && !lost) throw new RetryableError('the broker did not answer')
      const offsets = messages.map(({ key, value, headers }) =>
        append(topic, partition, {
          key,
          value,
          headers: new Map(Object.entries(headers)),
          timestampMs: Date.now(),
        }),
      )
      if (fails) throw new RetryableError('the answer was lost')
      return offsets[0] ?? -1n
    },
    async describe(topic) {
      const found = topics.get(topic)
      if (!found) return undefined
      return {
        topic,
        partitions: found.logs.length,
        replication: 1,
        compression: found.config['compression.type'] ?? 'producer',
        cleanupPolicy: found.config['cleanup.policy'] ?? 'delete',
        maxMessageBytes: Number(found.config['max.message.bytes'] ?? 1_048_588),
      }
    },
    async offsets(topic) {
      return topicOf(topic).logs.map((log, partition) => ({ partition, low: log.low, high: highOf(log) }))
    },
    async committedOffsets(group, topic) {
      return groups.committed(group, topic)
    },
    async readOne(topic, partition, offset) {
      return logOf(topic, partition).messages.find((message) => message.offset === offset)
    },
    async subscribe(options) {
      return groups.join(options, topicOf(options.topic).logs.length)
    },
    close: () => groups.close(),
    [Symbol.asyncDispose]: () => groups.close(),
  }
  return bus

  function topicOf(name: string): MemoryTopic {
    const topic = topics.get(name)
    if (!topic) throw new UnknownTopicError(`no topic "${name}"`)
    return topic
  }

  function logOf(topic: string, partition: number): MemoryLog {
    const log = topicOf(topic).logs[partition]
    if (!log) throw new UnknownTopicError(`no partition ${partition} of "${topic}"`)
    return log
  }
}

function highOf(log: MemoryLog): bigint {
  const last = log.messages.at(-1)
  return last ? last.offset + 1n : log.low
}

function adminOf(topics: Map<string, MemoryTopic>, logOf: (topic: string, partition: number) => MemoryLog): BusAdmin {
  const emptyLog = (): MemoryLog => ({ low: 0n, messages: [] })
  return {
    async createTopics(wanted: readonly NewTopic[]) {
      for (const { topic, partitions, config = {} } of wanted) {
        if (topics.has(topic)) throw new Error(`topic "${topic}" is there already`)
        topics.set(topic, { topic, config, logs: Array.from({ length: partitions }, emptyLog) })
      }
    },
    async deleteTopics(names) {
      for (const name of names) topics.delete(name)
    },
    async listTopics() {
      return [...topics.keys()]
    },
    async addPartitions(topic, partitions) {
      const logs = topics.get(topic)?.logs
      if (!logs) throw new UnknownTopicError(`no topic "${topic}"`)
      while (logs.length < partitions) logs.push(emptyLog())
    },
    async deleteRecords(topic, partition, before) {
      const log = logOf(topic, partition)
      log.low = before
      log.messages = log.messages.filter(({ offset }) => offset >= before)
    },
    async deleteGroups() {
      // Groups in memory end with their members.
    },
  }
}
