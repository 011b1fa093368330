import type { Kafka, KafkaMessage } from 'kafkajs'
import type { RawMessage } from '../consumer/contract.ts'
import type { KafkaTimers } from './kafka-config.ts'
import { protocolTypeOf, translate } from './kafka-errors.ts'
import { rawOf } from './kafka-message.ts'
import type { BrokerVersions } from './kafka-versions.ts'
import { createReplaceable } from './replaceable.ts'
import { withCap } from './with-cap.ts'

const TRIES = 3
const MAX_BYTES = 1024 * 1024

/** The part of the library's own connection to a cluster that is used here; it is not in its public types. */
interface Cluster {
  connect(): Promise<void>
  disconnect(): Promise<void>
  addTargetTopic(topic: string): Promise<void>
  findLeaderForPartitions(topic: string, partitions: number[]): Record<string, number[]>
  findBroker(node: { nodeId: string }): Promise<{ fetch(request: object): Promise<FetchResponse> }>
  readonly brokerPool: { readonly seedBroker: { readonly versions: BrokerVersions } }
}

interface FetchResponse {
  readonly responses: readonly {
    readonly partitions: readonly { readonly partition: number; readonly messages: readonly KafkaMessage[] }[]
  }[]
}

export interface Reader extends AsyncDisposable {
  /** Which versions of its APIs the broker speaks. */
  versions(): Promise<BrokerVersions>
  readOne(topic: string, partition: number, offset: bigint): Promise<RawMessage | undefined>
}

/** Reads single messages without a group: one fetch, no membership. */
export function createReader(kafka: Kafka, timers: KafkaTimers): Reader {
  const clusters = createReplaceable(
    async () => {
      const cluster = openCluster(kafka)
      await cluster.connect()
      return cluster
    },
    (cluster) => withCap(cluster.disconnect(), timers.disconnectCapMs),
  )

  async function ask<R>(what: string, question: (cluster: Cluster) => Promise<R>): Promise<R> {
    for (let tries = 1; ; tries++) {
      let cluster: Cluster | undefined
      try {
        cluster = await clusters.get()
        return await question(cluster)
      } catch (error) {
        // Leaders move and topics come back: fresh metadata answers both.
        if (cluster) clusters.drop(cluster)
        if (tries >= TRIES) throw translate(error, `cannot ${what}`)
      }
    }
  }
  return {
    versions: () => ask('ask the broker for its versions', async (cluster) => cluster.brokerPool.seedBroker.versions),
    readOne: (topic, partition, offset) =>
      ask(`read offset ${offset} of "${topic}" partition ${partition}`, (cluster) =>
        fetchOne(cluster, topic, partition, offset, timers.maxWaitMs),
      ),
    [Symbol.asyncDispose]: () => clusters[Symbol.asyncDispose](),
  }
}

async function fetchOne(
  cluster: Cluster,
  topic: string,
  partition: number,
  offset: bigint,
  maxWaitTime: number,
): Promise<RawMessage | undefined> {
  await cluster.addTargetTopic(topic)
  const [nodeId] = Object.keys(cluster.findLeaderForPartitions(topic, [partition]))
  if (nodeId === undefined) throw new Error(`no leader for "${topic}" partition ${partition}`)
  const broker = await cluster.findBroker({ nodeId })
  try {
    const { responses } = await broker.fetch({
      maxWaitTime,
      minBytes: 1,
      maxBytes: MAX_BYTES,
      isolationLevel: 1,
      topics: [{ topic, partitions: [{ partition, fetchOffset: offset.toString(), maxBytes: MAX_BYTES }] }],
    })
    const messages = responses[0]?.partitions[0]?.messages ?? []
    const found = messages.find((message) => BigInt(message.offset) === offset)
    return found && rawOf(topic, partition, found)
  } catch (error) {
    if (protocolTypeOf(error) === 'OFFSET_OUT_OF_RANGE') return undefined
    throw error
  }
}

/** The library makes its own connections through a method whose name is a symbol. */
function openCluster(kafka: Kafka): Cluster {
  const name = Object.getOwnPropertySymbols(kafka).find(
    ({ description }) => description === 'private:Kafka:createCluster',
  )
  const create: unknown = name && Reflect.get(kafka, name)
  if (typeof create !== 'function') throw new Error('this version of kafkajs has no createCluster')
  return create.call(kafka, { metadataMaxAge: 300_000, allowAutoTopicCreation: false })
}
