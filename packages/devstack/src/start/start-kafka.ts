import { kafkaJars } from '../jars.ts'
import { askApiVersions } from '../kafka-protocol.ts'
import type { Stack } from '../options.ts'
import { brokerAddress, type KafkaOptions, kafkaClusterId, kafkaCommand, prepareKafka } from '../parts/kafka.ts'
import { waitUntil } from '../wait-until.ts'
import { beginPart, withOtherPorts } from './begin-part.ts'
import { portsOf } from './ports.ts'
import type { Starting } from './starting.ts'

export async function startKafka(starting: Starting): Promise<Stack['kafka']> {
  const { options, programs, logsDir, begun } = starting
  const given = options.env['KAFKA_BROKERS']
  if (given) {
    const brokers = given.split(',').map((broker) => broker.trim())
    const any = () => Promise.any(brokers.map(askApiVersions))
    await waitUntil(any, { what: 'Kafka at KAFKA_BROKERS', timeoutMs: 15_000, everyMs: 200 })
    return { brokers, secured: [] }
  }
  const { dataDir, persistent, brokers, env, onProgress, secured } = options
  const java = programs.kafkaJava?.path ?? 'java'
  const jars = await kafkaJars(env, programs, onProgress)
  const nodeIds = Array.from({ length: brokers }, (_, i) => i + 1)
  const clusterId = await kafkaClusterId(dataDir)
  return withOtherPorts(starting, 'kafka', async (retry) => {
    const numbers = await portsOf(starting, 'kafka', (secured ? 3 : 2) * brokers, retry)
    const ports = nodeIds.map((id) => ({
      broker: numbers[2 * id - 2] ?? 0,
      controller: numbers[2 * id - 1] ?? 0,
      secured: numbers[2 * brokers + id - 1],
    }))
    const expected = () =>
      nodeIds.filter((id) => begun.some(({ name, pid }) => name === `kafka-${id}` && pid !== undefined))
    const kafka: KafkaOptions = { java, jars, ports, dataDir, logsDir, persistent, expected, clusterId, secured }
    await prepareKafka(kafka)
    const started = await Promise.allSettled(nodeIds.map((id) => beginPart(starting, kafkaCommand(kafka, id))))
    for (const result of started) if (result.status === 'rejected') throw result.reason
    return {
      brokers: nodeIds.map((id) => brokerAddress(ports, id)),
      secured: ports.flatMap(({ secured: port }) => (port === undefined ? [] : [`127.0.0.1:${port}`])),
    }
  })
}
