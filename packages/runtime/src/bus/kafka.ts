import { Kafka } from 'kafkajs'
import type { Clock } from '../clock.ts'
import type { Logger } from '../log.ts'
import { createAsking } from './kafka-admin.ts'
import type { KafkaConfig } from './kafka-config.ts'
import { subscribeKafka } from './kafka-consumer.ts'
import { prepareLibrary } from './kafka-library.ts'
import { createPublisher } from './kafka-producer.ts'
import { createReader } from './kafka-reader.ts'
import { createSeeds } from './kafka-seeds.ts'
import { settingsOf } from './kafka-settings.ts'
import { leaveSilentBrokers } from './kafka-silence.ts'
import { incompatibilities } from './kafka-versions.ts'
import type { Bus, Subscription } from './port.ts'

// A broker that comes back reads its log of groups first; with millions of commits that takes its time.
const COORDINATOR_CAP_MS = 60_000

/** Connects to the brokers; refuses those this client cannot speak to, with one sentence for each API. */
export async function connectKafka(config: KafkaConfig, logger: Logger, clock: Clock): Promise<Bus> {
  prepareLibrary()
  const seeds = createSeeds(config.brokers)
  const kafka = new Kafka(settingsOf(config, seeds, logger))
  leaveSilentBrokers(kafka, seeds, config.timers.connectionMs)
  const reader = createReader(kafka, config.timers)
  const refusals = incompatibilities(await reader.versions().catch(withHint))
  if (refusals.length > 0) {
    await reader[Symbol.asyncDispose]()
    throw new Error(`cannot speak to this broker: ${refusals.join('; ')}`)
  }
  const publisher = createPublisher(kafka, config.timers)
  const asking = createAsking(kafka, config.timers, clock)
  const members = new Set<Subscription>()
  const close = async () => {
    await Promise.all([...members].map((member) => member.stop()))
    await Promise.all([publisher, asking, reader].map((part) => part[Symbol.asyncDispose]()))
  }
  return {
    admin: asking.admin,
    publish: publisher.publish,
    describe: asking.describe,
    offsets: asking.offsets,
    committedOffsets: asking.committedOffsets,
    readOne: reader.readOne,
    async subscribe(options) {
      await asking.coordinatorAnswers(options.group, options.topic, COORDINATOR_CAP_MS)
      const member = await subscribeKafka(kafka, config, options, logger, clock)
      members.add(member)
      const stop = async () => {
        members.delete(member)
        await member.stop()
      }
      return { ...member, stop, [Symbol.asyncDispose]: stop }
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** A broker that wants TLS or a password closes the connection of whoever talks to it in another way, without a word. */
function withHint(error: unknown): never {
  const closed = error instanceof Error && error.message.endsWith('Closed connection')
  if (!closed) throw error
  throw new Error(`${error.message} (if it asks for TLS or a password: check KAFKA_SECURITY_PROTOCOL)`, {
    cause: error,
  })
}
