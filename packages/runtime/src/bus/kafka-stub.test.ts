import { createRequire } from 'node:module'
import type { Producer, RecordMetadata } from 'kafkajs'
import { beforeEach, describe, expect, it } from 'vitest'
import { RetryableError } from './errors.ts'
import { publishOnePartition } from './kafka-producer.ts'

const require = createRequire(import.meta.url)
const createSendMessages: (
  parts: object,
) => (batch: object) => Promise<RecordMetadata[]> = require('kafkajs/src/producer/sendMessages')
const createRetry: (settings: object) => unknown = require('kafkajs/src/retry')
const { createErrorFromCode }: { createErrorFromCode(code: number): Error } = require('kafkajs/src/protocol/error')

const NOT_LEADER = 6
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }

interface Sent {
  readonly topicData: readonly {
    readonly topic: string
    readonly partitions: readonly {
      readonly partition: number
      readonly messages: readonly { readonly value: Buffer }[]
    }[]
  }[]
}

/** Two partitions on brokers 1 and 2; broker 2 refuses once, and both partitions are then led by broker 1. */
function aClusterThatMoves(appended: string[]) {
  let leaders: Record<number, number> = { 0: 1, 1: 2 }
  let known = { ...leaders }
  let failed = false
  const broker = (nodeId: number) => ({
    nodeId,
    async produce({ topicData }: Sent) {
      if (nodeId === 2 && !failed) {
        failed = true
        leaders = { 0: 1, 1: 1 }
        throw createErrorFromCode(NOT_LEADER)
      }
      for (const { partitions } of topicData)
        for (const { messages } of partitions) for (const { value } of messages) appended.push(value.toString())
      return {
        topics: topicData.map(({ topic, partitions }) => ({
          topicName: topic,
          partitions: partitions.map(({ partition }) => ({ partition, errorCode: 0, baseOffset: '0' })),
        })),
      }
    },
  })
  const brokers: Record<number, ReturnType<typeof broker>> = { 1: broker(1), 2: broker(2) }
  return {
    isConnected: () => true,
    addMultipleTargetTopics: async () => undefined,
    refreshMetadataIfNecessary: async () => undefined,
    refreshMetadata: async () => {
      known = { ...leaders }
    },
    findTopicPartitionMetadata: () => [0, 1].map((partitionId) => ({ partitionId, leader: known[partitionId] })),
    findLeaderForPartitions(_: string, partitions: readonly (string | number)[]) {
      const byLeader: Record<number, number[]> = {}
      for (const id of partitions.map(Number)) {
        const leader = known[id] ?? 0
        byLeader[leader] = [...(byLeader[leader] ?? []), id]
      }
      return byLeader
    },
    findBroker: async ({ nodeId }: { nodeId: string }) => brokers[Number(nodeId)],
  }
}

function sendThrough(cluster: object): Producer['send'] {
  const sendMessages = createSendMessages({
    logger: silent,
    cluster,
    partitioner: ({ message }: { message: { partition: number } }) => message.partition,
    eosManager: {
      isTransactional: () => false,
      getSequence: () => 0,
      updateSequence: () => undefined,
      acquireBrokerLock: async () => undefined,
      releaseBrokerLock: async () => undefined,
      getProducerId: () => -1,
      getProducerEpoch: () => -1,
    },
    retrier: createRetry({ retries: 3, initialRetryTime: 1, maxRetryTime: 1, factor: 0.2, multiplier: 2 }),
  })
  return ({ topic, messages, ...rest }) => sendMessages({ ...rest, topicMessages: [{ topic, messages }] })
}

describe('K1 send() resolves although messages were never sent', () => {
  let appended: string[]
  let send: Producer['send']
  beforeEach(() => {
    appended = []
    send = sendThrough(aClusterThatMoves(appended))
  })

  it('the library itself loses one: the defect this port exists for', async () => {
    const messages = [
      { partition: 0, value: Buffer.from('a0') },
      { partition: 1, value: Buffer.from('b1') },
    ]
    const answers = await send({ topic: 't', acks: -1, messages })
    expect(answers.map(({ partition }) => partition)).toEqual([0])
    expect(appended).toEqual(['a0'])
  })

  it('one partition a send, and both are in the log', async () => {
    const message = (text: string) => ({ key: 'k', value: Buffer.from(text), headers: {} })
    await publishOnePartition(send, 't', 0, [message('a0')], 100)
    await publishOnePartition(send, 't', 1, [message('b1')], 100)
    expect(appended).toEqual(['a0', 'b1'])
  })

  const whole: RecordMetadata = { topicName: 't', partition: 3, errorCode: 0, baseOffset: '7' }
  it.each<[string, RecordMetadata[]]>([
    ['nothing', []],
    ['another partition', [{ ...whole, partition: 2 }]],
    ['another topic', [{ ...whole, topicName: 'u' }]],
    ['an error', [{ ...whole, errorCode: 6 }]],
    ['no offset', [{ ...whole, baseOffset: '-1' }]],
    ['two partitions', [whole, { ...whole, partition: 4 }]],
  ])('an answer that names %s is no acknowledgement', async (_, answers) => {
    const message = { key: 'k', value: Buffer.from('x'), headers: {} }
    await expect(publishOnePartition(async () => answers, 't', 3, [message], 100)).rejects.toBeInstanceOf(
      RetryableError,
    )
  })

  it('a whole answer gives the offset', async () => {
    const message = { key: 'k', value: Buffer.from('x'), headers: {} }
    expect(await publishOnePartition(async () => [whole], 't', 3, [message], 100)).toBe(7n)
  })
})

describe('K2 an idempotent producer swallows the batch after a failed one', () => {
  /** A broker that drops a sequence it has seen, as brokers do, and whose first answer is lost. */
  function aBrokerThatDeduplicates(idempotent: boolean) {
    const log: string[] = []
    const seen = new Set<number>()
    let sequence = 0
    let lost = false
    return {
      log,
      /** The library rolls its sequence back when a send fails. */
      async send(text: string): Promise<void> {
        const mine = sequence
        sequence++
        if (!idempotent || !seen.has(mine)) log.push(text)
        seen.add(mine)
        if (lost) return
        lost = true
        sequence--
        throw new Error('the answer was lost')
      },
    }
  }

  it('is why ours is not idempotent: a repeated batch doubles, and never replaces another', async () => {
    const dangerous = aBrokerThatDeduplicates(true)
    await expect(dangerous.send('a')).rejects.toThrow('lost')
    await dangerous.send('b')
    expect(dangerous.log).toEqual(['a'])
    const ours = aBrokerThatDeduplicates(false)
    await expect(ours.send('a')).rejects.toThrow('lost')
    await ours.send('a')
    await ours.send('b')
    expect(ours.log).toEqual(['a', 'a', 'b'])
  })
})
