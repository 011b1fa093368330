import kafkajs, { type Admin, type Kafka } from 'kafkajs'
import type { Clock } from '../clock.ts'
import { UnknownTopicError } from './errors.ts'
import type { KafkaTimers } from './kafka-config.ts'
import { protocolTypeOf, translate } from './kafka-errors.ts'
import type { Bus, BusAdmin } from './port.ts'
import { createReplaceable } from './replaceable.ts'
import { withCap } from './with-cap.ts'

const TRIES = 3
// A broker that knows of a topic leads it within a second; one that has just come up has more to do.
const LEADERS_CAP_MS = 60_000

/** What can be asked about topics and groups, and the commands for the command line and tests. */
export interface Asking extends Pick<Bus, 'admin' | 'describe' | 'offsets' | 'committedOffsets'>, AsyncDisposable {
  /**
   * Waits until the group has a coordinator that answers: a broker that has just come up is still making or reading
   * the log of groups, and the library's members give up on that after a second. After `capMs` throws what it heard.
   */
  coordinatorAnswers(group: string, topic: string, capMs: number): Promise<void>
}

/** Asks through one connection, replaced when a question fails: one topic that is gone poisons it for all others. */
export function createAsking(kafka: Kafka, timers: KafkaTimers, clock: Clock): Asking {
  const admins = createReplaceable(
    async () => {
      const admin = kafka.admin()
      await admin.connect()
      return admin
    },
    (admin) => withCap(admin.disconnect(), timers.disconnectCapMs),
  )

  async function ask<R>(what: string, question: (admin: Admin) => Promise<R>): Promise<R> {
    for (let tries = 1; ; tries++) {
      let admin: Admin | undefined
      try {
        admin = await admins.get()
        return await question(admin)
      } catch (error) {
        if (admin) admins.drop(admin)
        const translated = translate(error, `cannot ${what}`)
        if (tries >= TRIES || translated instanceof UnknownTopicError) throw translated
      }
    }
  }

  const committedOffsets: Asking['committedOffsets'] = async (group, topic) => {
    const [found] = await ask(`read the offsets of group "${group}"`, (admin) =>
      admin.fetchOffsets({ groupId: group, topics: [topic] }),
    )
    const committed = found?.partitions.filter(({ offset }) => Number(offset) >= 0) ?? []
    return new Map(committed.map(({ partition, offset }) => [partition, BigInt(offset)]))
  }

  /** Asks until there is an answer, or an error that lasts; after `capMs` throws what it heard. */
  async function answered(question: () => Promise<void>, capMs: number, lasts: (error: unknown) => boolean) {
    const giveUpAt = clock.monotonic() + capMs
    for (;;) {
      try {
        return await question()
      } catch (error) {
        if (lasts(error) || clock.monotonic() > giveUpAt) throw error
        await clock.sleep(timers.retryStartMs)
      }
    }
  }

  // That a topic is made is said before all brokers know of it, and its leaders that they are.
  const ledEverywhere = (topic: string, partitions: number) =>
    answered(
      () =>
        // What it throws replaces the connection, which has heard of fewer and would not ask again.
        ask(`find the leaders of "${topic}"`, async (admin) => {
          const led = (await admin.fetchTopicOffsets(topic)).length
          if (led < partitions) throw new Error(`${led} of ${partitions} partitions are known`)
        }),
      LEADERS_CAP_MS,
      () => false,
    )

  return {
    admin: commandsOf(ask, ledEverywhere),
    async describe(topic) {
      const found = await ask(`describe "${topic}"`, (admin) => metadataOf(admin, topic))
      if (!found) return undefined
      const { resources } = await ask(`describe "${topic}"`, (admin) =>
        admin.describeConfigs({
          includeSynonyms: false,
          resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic }],
        }),
      )
      const settings = new Map(
        resources[0]?.configEntries.map(({ configName, configValue }) => [configName, configValue]),
      )
      return {
        topic,
        partitions: found.partitions.length,
        replication: Math.min(...found.partitions.map(({ replicas }) => replicas.length)),
        compression: settings.get('compression.type') ?? '',
        cleanupPolicy: settings.get('cleanup.policy') ?? '',
        maxMessageBytes: Number(settings.get('max.message.bytes')),
      }
    },
    async offsets(topic) {
      const offsets = await ask(`read the offsets of "${topic}"`, (admin) => admin.fetchTopicOffsets(topic))
      return offsets
        .map(({ partition, low, high }) => ({ partition, low: BigInt(low), high: BigInt(high) }))
        .sort((left, right) => left.partition - right.partition)
    },
    committedOffsets,
    coordinatorAnswers: (group, topic, capMs) =>
      answered(
        async () => void (await committedOffsets(group, topic)),
        capMs,
        (error) => error instanceof UnknownTopicError,
      ),
    [Symbol.asyncDispose]: () => admins[Symbol.asyncDispose](),
  }
}

async function metadataOf(admin: Admin, topic: string) {
  try {
    return (await admin.fetchTopicMetadata({ topics: [topic] })).topics[0]
  } catch (error) {
    if (protocolTypeOf(error) === 'UNKNOWN_TOPIC_OR_PARTITION') return undefined
    throw error
  }
}

function commandsOf(
  ask: <R>(what: string, question: (admin: Admin) => Promise<R>) => Promise<R>,
  ledEverywhere: (topic: string, partitions: number) => Promise<void>,
): BusAdmin {
  return {
    async createTopics(topics) {
      const wanted = topics.map(({ topic, partitions, replication, config = {} }) => ({
        topic,
        numPartitions: partitions,
        replicationFactor: replication,
        configEntries: Object.entries(config).map(([name, value]) => ({ name, value })),
      }))
      // The library's own waiting ends with an error where a broker has not heard of the topic yet.
      const created = await ask('create topics', (admin) =>
        admin.createTopics({ topics: wanted, waitForLeaders: false }),
      )
      if (!created) throw new Error(`topics are there already: "${topics.map(({ topic }) => topic).join('", "')}"`)
      for (const { topic, partitions } of topics) await ledEverywhere(topic, partitions)
    },
    deleteTopics: (topics) => ask('delete topics', (admin) => admin.deleteTopics({ topics: [...topics] })),
    listTopics: () => ask('list topics', (admin) => admin.listTopics()),
    async addPartitions(topic, partitions) {
      await ask('add partitions', (admin) =>
        admin.createPartitions({ topicPartitions: [{ topic, count: partitions }] }),
      )
      await ledEverywhere(topic, partitions)
    },
    deleteRecords: (topic, partition, before) =>
      ask('delete records', async (admin) => {
        // The library looks the leader up in metadata it loads for other questions only.
        await admin.fetchTopicOffsets(topic)
        await admin.deleteTopicRecords({ topic, partitions: [{ partition, offset: before.toString() }] })
      }),
    async deleteGroups(groups) {
      await ask('delete groups', (admin) => admin.deleteGroups([...groups]))
    },
  }
}
