import { expect, it } from 'vitest'
import { kafkaProperties } from './kafka-properties.ts'

const ports = [
  { broker: 1001, controller: 2001 },
  { broker: 1002, controller: 2002 },
  { broker: 1003, controller: 2003 },
]

function properties(nodes: number, nodeId: number): Record<string, string> {
  const text = kafkaProperties({ ports: ports.slice(0, nodes), nodeId, dataDir: '/data', persistent: false })
  return Object.fromEntries(
    text
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/=(.*)/s, 2)),
  )
}

it.each([
  { nodes: 1, replicas: '1', inSync: '1', voters: '1@127.0.0.1:2001' },
  { nodes: 3, replicas: '3', inSync: '2', voters: '1@127.0.0.1:2001,2@127.0.0.1:2002,3@127.0.0.1:2003' },
])('$nodes nodes: $replicas replicas, $inSync in sync', ({ nodes, replicas, inSync, voters }) => {
  expect(properties(nodes, 1)).toMatchObject({
    'controller.quorum.voters': voters,
    'offsets.topic.replication.factor': replicas,
    'transaction.state.log.min.isr': inSync,
    'min.insync.replicas': inSync,
  })
})

it('a node listens on its own ports only', () => {
  expect(properties(3, 2)).toMatchObject({
    'node.id': '2',
    listeners: 'PLAINTEXT://127.0.0.1:1002,CONTROLLER://127.0.0.1:2002',
    'advertised.listeners': 'PLAINTEXT://127.0.0.1:1002',
    'log.dirs': '/data',
  })
})

it('creates no topic by accident and keeps offsets for 30 days', () => {
  expect(properties(1, 1)).toMatchObject({ 'auto.create.topics.enable': 'false', 'offsets.retention.minutes': '43200' })
})

it('accepts messages of 8 MiB with their overhead', () => {
  const { 'message.max.bytes': message, 'replica.fetch.max.bytes': fetch } = properties(1, 1)
  expect(Number(message)).toBeGreaterThan(8 * 2 ** 20)
  expect(fetch).toBe(message)
})
