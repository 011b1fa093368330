import kafkajs, { type Kafka, type Producer } from 'kafkajs'
import { MessageTooLargeError, RetryableError, UnknownTopicError } from './errors.ts'
import type { KafkaTimers } from './kafka-config.ts'
import { translate } from './kafka-errors.ts'
import type { OutgoingMessage } from './port.ts'
import { createReplaceable } from './replaceable.ts'
import { withCap } from './with-cap.ts'

const TRIES_PER_PRODUCER = 3
// For whoever leads after the one that was left; what takes longer is the business of the caller's loop.
const RETRIES = 1

export interface Publisher extends AsyncDisposable {
  publish(topic: string, partition: number, messages: readonly OutgoingMessage[]): Promise<bigint>
}

/** Publishes through one long-lived producer, which is replaced after three failures in a row of one partition. */
export function createPublisher(kafka: Kafka, timers: KafkaTimers): Publisher {
  const producers = createReplaceable(
    async () => {
      const producer = kafka.producer({
        allowAutoTopicCreation: false,
        idempotent: false,
        maxInFlightRequests: 1,
        createPartitioner: explicitPartitionOnly,
        retry: { retries: RETRIES },
      })
      await producer.connect()
      return producer
    },
    (producer) => withCap(producer.disconnect(), timers.disconnectCapMs),
  )
  // By partition: that others succeed says nothing about the leader of this one.
  const failures = new Map<string, number>()
  return {
    async publish(topic, partition, messages) {
      const place = `${topic}#${partition}`
      const producer = await producers.get().catch((error: unknown) => {
        throw translate(error, 'cannot connect the producer')
      })
      try {
        const offset = await publishOnePartition(producer.send, topic, partition, messages, timers.produceMs)
        failures.delete(place)
        return offset
      } catch (error) {
        if (error instanceof MessageTooLargeError) throw error
        const inARow = (failures.get(place) ?? 0) + 1
        // A topic that is gone poisons the producer's metadata for all others.
        if (inARow >= TRIES_PER_PRODUCER || error instanceof UnknownTopicError) {
          failures.clear()
          producers.drop(producer)
        } else failures.set(place, inARow)
        throw error
      }
    },
    [Symbol.asyncDispose]: () => producers[Symbol.asyncDispose](),
  }
}

/** Every message names its partition: the library would ask again, and differently, on a retry. */
export function explicitPartitionOnly() {
  return ({ message }: { message: { partition?: number } }): number => {
    if (message.partition === undefined) throw new Error('a message without a partition')
    return message.partition
  }
}

/**
 * One partition a call, and its answer checked: the library may resolve without having sent when a leader moved. Any
 * doubt is an error.
 */
export async function publishOnePartition(
  send: Producer['send'],
  topic: string,
  partition: number,
  messages: readonly OutgoingMessage[],
  timeoutMs: number,
): Promise<bigint> {
  if (messages.length === 0) throw new Error('nothing to publish')
  const answers = await send({
    topic,
    acks: -1,
    timeout: timeoutMs,
    compression: kafkajs.CompressionTypes.ZSTD,
    messages: messages.map(({ key, value, headers }) => ({ key, value, headers: { ...headers }, partition })),
  }).catch((error: unknown) => {
    throw translate(error, `cannot send to "${topic}" partition ${partition}`)
  })
  const [answer] = answers
  const offset = answer?.baseOffset === undefined ? -1n : BigInt(answer.baseOffset)
  const whole =
    answers.length === 1 &&
    answer?.topicName === topic &&
    answer.partition === partition &&
    answer.errorCode === 0 &&
    offset >= 0n
  if (!whole)
    throw new RetryableError(`no acknowledgement for "${topic}" partition ${partition}: ${JSON.stringify(answers)}`)
  return offset
}
