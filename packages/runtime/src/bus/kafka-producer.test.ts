import type { Kafka, ProducerConfig } from 'kafkajs'
import { describe, expect, it } from 'vitest'
import { RetryableError } from './errors.ts'
import { TEST_KAFKA_TIMERS } from './kafka-config.ts'
import { createPublisher, explicitPartitionOnly } from './kafka-producer.ts'

/** Producers that count their makers and fail as often as told. */
function aLibrary(failures: number, error: () => Error, dead: (partition: number) => boolean = () => false) {
  const made: ProducerConfig[] = []
  let disconnected = 0
  let left = failures
  const kafka = {
    producer(config: ProducerConfig) {
      made.push(config)
      return {
        connect: async () => undefined,
        disconnect: async () => {
          disconnected++
        },
        async send({ topic, messages }: { topic: string; messages: { partition: number }[] }) {
          if (left-- > 0 || dead(messages[0]?.partition ?? -1)) throw error()
          return [{ topicName: topic, partition: messages[0]?.partition, errorCode: 0, baseOffset: '0' }]
        },
      }
    },
  }
  return { kafka: kafka as object as Kafka, made, disconnected: () => disconnected }
}
const message = { key: 'k', value: Buffer.from('x'), headers: {} }
const ofType = (type: string) => () => Object.assign(new Error(type), { type })

describe('the producer', () => {
  it('K2 K4 K24 is not idempotent, has one request under way, and takes no partition but the one given', async () => {
    const { kafka, made } = aLibrary(0, ofType(''))
    await createPublisher(kafka, TEST_KAFKA_TIMERS).publish('t', 0, [message])
    expect(made[0]).toMatchObject({ idempotent: false, maxInFlightRequests: 1, allowAutoTopicCreation: false })
    expect(made[0]).not.toHaveProperty('transactionalId')
    expect(() => explicitPartitionOnly()({ message: {} })).toThrow('without a partition')
  })

  it('K3 K17 is replaced after three failures in a row', async () => {
    const { kafka, made, disconnected } = aLibrary(3, ofType('UNKNOWN_PRODUCER_ID'))
    const publisher = createPublisher(kafka, TEST_KAFKA_TIMERS)
    for (let i = 0; i < 3; i++)
      await expect(publisher.publish('t', 0, [message])).rejects.toBeInstanceOf(RetryableError)
    await publisher.publish('t', 0, [message])
    expect(made).toHaveLength(2)
    expect(disconnected()).toBe(1)
  })

  it('is kept when failures are not in a row', async () => {
    const { kafka, made } = aLibrary(2, ofType('NOT_LEADER_FOR_PARTITION'))
    const publisher = createPublisher(kafka, TEST_KAFKA_TIMERS)
    for (let i = 0; i < 2; i++) await expect(publisher.publish('t', 0, [message])).rejects.toThrow()
    await publisher.publish('t', 0, [message])
    expect(made).toHaveLength(1)
  })

  it('K16 is replaced after three failures of one partition, whatever the others say', async () => {
    const { kafka, made } = aLibrary(0, ofType('UNKNOWN_PRODUCER_ID'), (partition) => partition === 1)
    const publisher = createPublisher(kafka, TEST_KAFKA_TIMERS)
    for (let i = 0; i < 3; i++) {
      expect(made).toHaveLength(i === 0 ? 0 : 1)
      await expect(publisher.publish('t', 1, [message])).rejects.toThrow()
      await publisher.publish('t', 0, [message])
    }
    expect(made).toHaveLength(2)
  })

  it('K11 is replaced at once when a topic is unknown', async () => {
    const { kafka, made } = aLibrary(1, ofType('UNKNOWN_TOPIC_OR_PARTITION'))
    const publisher = createPublisher(kafka, TEST_KAFKA_TIMERS)
    await expect(publisher.publish('t', 0, [message])).rejects.toThrow()
    await publisher.publish('u', 0, [message])
    expect(made).toHaveLength(2)
  })
})
