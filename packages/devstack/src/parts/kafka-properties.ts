import type { SecuredListener } from '../options.ts'

export interface BrokerPorts {
  readonly broker: number
  readonly controller: number
  /** Of the listener that asks for TLS and a password. */
  readonly secured?: number | undefined
}

export interface KafkaProperties {
  /** One entry for each node, in order of their numbers from 1. */
  readonly ports: readonly BrokerPorts[]
  readonly nodeId: number
  readonly dataDir: string
  readonly persistent: boolean
  readonly secured?: SecuredListener | undefined
}

// A message may have 8 MiB (topics `records` and `works`); batch overhead comes on top.
const MESSAGE_MAX_BYTES = 9 * 2 ** 20
const SEGMENT_BYTES = 16 * 2 ** 20

/** The server.properties of one node; each node is broker and controller. */
export function kafkaProperties({ ports, nodeId, dataDir, persistent, secured }: KafkaProperties): string {
  const own = ports[nodeId - 1]
  if (own === undefined) throw new Error(`no ports for Kafka node ${nodeId} of ${ports.length}`)
  const replicas = Math.min(3, ports.length)
  const inSync = Math.max(1, replicas - 1)
  const clients = secured && own.secured !== undefined ? `,SECURED://127.0.0.1:${own.secured}` : ''
  const properties: Readonly<Record<string, string | number | boolean>> = {
    'process.roles': 'broker,controller',
    'node.id': nodeId,
    listeners: `PLAINTEXT://127.0.0.1:${own.broker},CONTROLLER://127.0.0.1:${own.controller}${clients}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${own.broker}${clients}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    'listener.security.protocol.map': `PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT${clients ? ',SECURED:SASL_SSL' : ''}`,
    ...(secured && clients ? securedProperties(secured) : {}),
    // Static voters: the addresses are in this file only, so that the data survives a change of ports.
    'controller.quorum.voters': ports.map(({ controller }, i) => `${i + 1}@127.0.0.1:${controller}`).join(','),
    'log.dirs': dataDir,
    'auto.create.topics.enable': false,
    'default.replication.factor': replicas,
    'min.insync.replicas': inSync,
    'offsets.topic.replication.factor': replicas,
    'offsets.topic.num.partitions': 4,
    'offsets.retention.minutes': 43_200,
    'transaction.state.log.replication.factor': replicas,
    'transaction.state.log.min.isr': inSync,
    'share.coordinator.state.topic.replication.factor': replicas,
    'share.coordinator.state.topic.min.isr': inSync,
    'group.initial.rebalance.delay.ms': 0,
    'log.segment.bytes': SEGMENT_BYTES,
    'message.max.bytes': MESSAGE_MAX_BYTES,
    'replica.fetch.max.bytes': MESSAGE_MAX_BYTES,
    // A killed broker may come back only when its former self has timed out: 12 s with the default of 9 s.
    ...(persistent ? {} : { 'broker.session.timeout.ms': 5_000, 'broker.heartbeat.interval.ms': 500 }),
  }
  return `${Object.entries(properties)
    .map(([key, value]) => `${key}=${value}`)
    .join('\n')}\n`
}

function securedProperties({ keystore, keystorePassword }: SecuredListener): Readonly<Record<string, string>> {
  const listener = 'listener.name.secured'
  return {
    [`${listener}.ssl.keystore.type`]: 'PKCS12',
    [`${listener}.ssl.keystore.location`]: keystore,
    [`${listener}.ssl.keystore.password`]: keystorePassword,
    [`${listener}.ssl.key.password`]: keystorePassword,
    [`${listener}.sasl.enabled.mechanisms`]: 'SCRAM-SHA-512',
    [`${listener}.scram-sha-512.sasl.jaas.config`]: 'org.apache.kafka.common.security.scram.ScramLoginModule required;',
  }
}
