import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { jvmFile } from '../jars.ts'
import { askApiVersions, clusterMetadata } from '../kafka-protocol.ts'
import type { SecuredListener } from '../options.ts'
import type { PartCommand } from '../part-process.ts'
import { type BrokerPorts, kafkaProperties } from './kafka-properties.ts'

export interface KafkaOptions {
  readonly java: string
  readonly jars: string
  readonly ports: readonly BrokerPorts[]
  readonly dataDir: string
  readonly logsDir: string
  readonly persistent: boolean
  /** Numbers of the nodes that are meant to run now; a node is ready when it sees them all. */
  readonly expected: () => readonly number[]
  readonly clusterId: string
  readonly secured?: SecuredListener | undefined
}

const LOGGING = `-Dlog4j2.configurationFile=${jvmFile('kafka/log4j2.xml')}`
// 1.5 s instead of 2.4 s from start to answer, half the CPU time: a throw-away broker ends before the second compiler pays.
const SHORT_LIVED = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC']

/** Writes each node's properties and formats the storage of nodes that are new; all nodes of a cluster at once. */
export async function prepareKafka(options: KafkaOptions): Promise<void> {
  const { java, jars, ports, dataDir, persistent, clusterId, secured } = options
  await Promise.all(
    ports.map(async (_, i) => {
      const folder = nodeFolder(dataDir, i + 1)
      await mkdir(folder, { recursive: true })
      const config = join(folder, 'server.properties')
      const own = { ports, nodeId: i + 1, dataDir: join(folder, 'data'), persistent, secured }
      await writeFile(config, kafkaProperties(own))
      if (existsSync(join(folder, 'data/meta.properties'))) return
      const user = secured
        ? ['--add-scram', `SCRAM-SHA-512=[name=${secured.username},password=${secured.password}]`]
        : []
      const format = ['kafka.tools.StorageTool', 'format', '--cluster-id', clusterId, '--config', config, ...user]
      await promisify(execFile)(java, ['-Xmx256m', ...SHORT_LIVED, LOGGING, '-cp', join(jars, '*'), ...format])
    }),
  )
}

export function kafkaCommand(options: KafkaOptions, nodeId: number): PartCommand {
  const { java, jars, dataDir, logsDir, persistent } = options
  const name = `kafka-${nodeId}`
  const jvm = ['-Xms128m', '-Xmx384m', ...(persistent ? [] : SHORT_LIVED), LOGGING, '-cp', join(jars, '*')]
  return {
    name,
    command: java,
    args: [...jvm, 'kafka.Kafka', join(nodeFolder(dataDir, nodeId), 'server.properties')],
    env: process.env,
    cwd: '/',
    logFile: join(logsDir, `${name}.log`),
    // Nothing of a throw-away broker is read again: leaving the cluster in good order would be time lost.
    stopSignal: persistent ? 'SIGTERM' : 'SIGKILL',
    graceMs: 20_000,
    ask: () => askNode(options, nodeId),
  }
}

export function brokerAddress(ports: readonly BrokerPorts[], nodeId: number): string {
  const own = ports[nodeId - 1]
  if (own === undefined) throw new Error(`no Kafka node ${nodeId}`)
  return `127.0.0.1:${own.broker}`
}

/** A broker answers before it has joined its cluster, and would then refuse to create a topic: hence the metadata. */
async function askNode({ ports, expected, clusterId }: KafkaOptions, nodeId: number): Promise<void> {
  const address = brokerAddress(ports, nodeId)
  await askApiVersions(address)
  const { brokers, ...answer } = await clusterMetadata(address)
  if (answer.clusterId !== clusterId) throw new Error(`broker "${address}" belongs to another stack`)
  const absent = [...new Set([nodeId, ...expected()])]
    .map((id) => brokerAddress(ports, id))
    .filter((a) => !brokers.includes(a))
  if (absent.length > 0) throw new Error(`broker "${address}" does not see "${absent.join('", "')}" yet`)
}

/** The name the cluster was formatted with, or a new one. */
export async function kafkaClusterId(dataDir: string): Promise<string> {
  const file = join(nodeFolder(dataDir, 1), 'data/meta.properties')
  const known = existsSync(file) ? /^cluster\.id=(.*)$/m.exec(await readFile(file, 'utf8'))?.[1] : undefined
  // A leading hyphen would be read as an option by the program that formats the storage.
  return known ?? `A${randomBytes(16).toString('base64url').slice(1)}`
}

function nodeFolder(dataDir: string, nodeId: number): string {
  return join(dataDir, `kafka-${nodeId}`)
}
