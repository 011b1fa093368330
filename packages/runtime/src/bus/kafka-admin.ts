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

interface Asker extends AsyncDisposable {
  /** A question is asked up to three times, so one that changes something must bear that an answer was lost. */
  ask<R>(what: string, question: (admin: Admin) => Promise<R>): Promise<R>
}

/** Asks through one connection, replaced when a question fails: one topic that is gone poisons it for all others. */
function createAsker(kafka: Kafka, timers: KafkaTimers): Asker {
  const admins = createReplaceable(
    async () => {
      const admin = kafka.admin()
      await admin.connect()
      return admin
    },
    (admin) => withCap(admin.disconnect(), timers.disconnectCapMs),
  )
  return {
    async ask(what, question) {
      for (let tries = 1; ; tries++) {
        let admin: Admin | undefined
        try {
          admin = await admins.get()
          return await question(admin)
        } catch (error) {
          if (admin) admins.drop(admin)
          const translated = translate(error, `cannot ${what}`)
          // A connection that has been used may speak of another topic, which is gone; a new one does not.
          if (tries >= TRIES || (translated instanceof UnknownTopicError && tries > 1)) throw translated
        }
      }
    },
    [Symbol.asyncDispose]: () => admins[Symbol.asyncDispose](),
  }
}

/** What can be asked about topics and groups goes through one connection; each command has its own. */
export function createAsking(kafka: Kafka, timers: KafkaTimers, clock: Clock): Asking {
  const asker = createAsker(kafka, timers)
  const { ask } = asker

  const committedOffsets: Asking['committedOffsets'] = async (group, topic) => {
    const [found] = await ask(`read the offsets of group "${group}"`, (admin) =>
      admin.fetchOffsets({ groupId: group, topics: [topic] }),
    )
    const committed = found?.partitions.filter(({ offset }) => Number(offset) >= 0) ?? []
    return new Map(committed.map(({ partition, offset }) => [partition, BigInt(offset)]))
  }

  return {
    admin: commandsOf(kafka, timers, clock),
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
        (error) => error instanceof UnknownTopicError,
        { clock, capMs, everyMs: timers.retryStartMs },
      ),
    [Symbol.asyncDispose]: () => asker[Symbol.asyncDispose](),
  }
}

/** Asks until there is an answer, or an error that lasts; after `capMs` throws what it heard. */
async function answered(
  question: () => Promise<void>,
  lasts: (error: unknown) => boolean,
  { clock, capMs, everyMs }: { readonly clock: Clock; readonly capMs: number; readonly everyMs: number },
): Promise<void> {
  const giveUpAt = clock.monotonic() + capMs
  for (;;) {
    try {
      return await question()
    } catch (error) {
      if (lasts(error) || clock.monotonic() > giveUpAt) throw error
      await clock.sleep(everyMs)
    }
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

/**
 * Each command has a connection to itself: the library gives up on what is under way when one is replaced, and a
 * command given up on may have been obeyed. Given again, it finds its work done, and that is no error.
 */
function commandsOf(kafka: Kafka, timers: KafkaTimers, clock: Clock): BusAdmin {
  async function command<R>(work: (ask: Asker['ask']) => Promise<R>): Promise<R> {
    await using asker = createAsker(kafka, timers)
    return await work(asker.ask)
  }

  // That a topic is made is said before all brokers know of it, and its leaders that they are.
  const ledEverywhere = (ask: Asker['ask'], topic: string, partitions: number) =>
    answered(
      () =>
        // What it throws replaces the connection, which has heard of fewer and would not ask again.
        ask(`find the leaders of "${topic}"`, async (admin) => {
          const led = (await admin.fetchTopicOffsets(topic)).length
          if (led < partitions) throw new Error(`${led} of ${partitions} partitions are known`)
        }),
      () => false,
      { clock, capMs: LEADERS_CAP_MS, everyMs: timers.retryStartMs },
    )

  return {
    createTopics: (topics) =>
      command(async (ask) => {
        const wanted = topics.map(({ topic, partitions, replication, config = {} }) => ({
          topic,
          numPartitions: partitions,
          replicationFactor: replication,
          configEntries: Object.entries(config).map(([name, value]) => ({ name, value })),
        }))
        let tries = 0
        const created = await ask('create topics', async (admin) => {
          tries++
          // The library's own waiting ends with an error where a broker has not heard of the topic yet.
          return await admin.createTopics({ topics: wanted, waitForLeaders: false })
        })
        // After a try without an answer it was that try which made them.
        if (!created && tries === 1)
          throw new Error(`topics are there already: "${topics.map(({ topic }) => topic).join('", "')}"`)
        for (const { topic, partitions } of topics) await ledEverywhere(ask, topic, partitions)
      }),
    deleteTopics: (topics) =>
      command((ask) =>
        ask('delete topics', async (admin) => {
          const there = new Set(await admin.listTopics())
          const left = topics.filter((topic) => there.has(topic))
          if (left.length > 0) await admin.deleteTopics({ topics: left })
        }),
      ),
    listTopics: () => command((ask) => ask('list topics', (admin) => admin.listTopics())),
    addPartitions: (topic, partitions) =>
      command(async (ask) => {
        await ask('add partitions', async (admin) => {
          try {
            await admin.createPartitions({ topicPartitions: [{ topic, count: partitions }] })
          } catch (error) {
            // There are as many, or more: whether that is so is asked below.
            if (protocolTypeOf(error) !== 'INVALID_PARTITIONS') throw error
          }
        })
        await ledEverywhere(ask, topic, partitions)
      }),
    deleteRecords: (topic, partition, before) =>
      command((ask) =>
        ask('delete records', async (admin) => {
          // The library looks the leader up in metadata it loads for other questions only.
          await admin.fetchTopicOffsets(topic)
          await admin.deleteTopicRecords({ topic, partitions: [{ partition, offset: before.toString() }] })
        }),
      ),
    deleteGroups: (groups) =>
      command((ask) =>
        ask('delete groups', async (admin) => {
          try {
            await admin.deleteGroups([...groups])
          } catch (error) {
            if (!(error instanceof kafkajs.KafkaJSDeleteGroupsError) || !error.groups.every(isGone)) throw error
          }
        }),
      ),
  }
}

const isGone = ({ error }: { readonly error?: Error }) => protocolTypeOf(error) === 'GROUP_ID_NOT_FOUND'
