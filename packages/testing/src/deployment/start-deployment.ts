import { join } from 'node:path'
import { createDatabases, type Databases, type PostgresAddress } from '@atlas/devstack'
import {
  type Bus,
  type Clock,
  type CommandSigner,
  connectKafka,
  createLogger,
  createSigner,
  type Database,
  openDatabase,
  readEnv,
  readSignerConfig,
  systemClock,
  TEST_KAFKA_TIMERS,
} from '@atlas/runtime'
import { pushSchemas, TOPICS } from '@atlas/schemas'
import { databaseConfig } from '../database-config.ts'
import { migrateAll } from '../templates.ts'
import { DATABASE_OWNERS } from '../test-stack.ts'
import { type DeploymentKeys, makeKeys } from './keys.ts'
import { type RebuiltReadModel, rebuildBeside } from './rebuilt-read-model.ts'
import { type DeploymentAddresses, serviceEnv } from './service-env.ts'
import { type ServiceName, type ServiceProcess, startProcess } from './service-process.ts'
import { settled } from './settled.ts'
import { createSupervisor, type Death } from './supervisor.ts'

export interface DeploymentOptions {
  readonly stack: {
    readonly postgres: PostgresAddress
    readonly brokers: readonly string[]
    readonly registryUrl: string
    readonly redisUrl: string
  }
  /** Logs, checkpoints and the passwords of the database roles lie below it. */
  readonly dataDir: string
  /** Sets this deployment apart from others on the same stack: prefix of topics, suffix of databases. */
  readonly name: string
  /** Members of each service; 1 by default. */
  readonly members?: Readonly<Partial<Record<ServiceName, number>>>
  /** Further environment for a service, such as shorter timers or a fail point. */
  readonly env?: (service: ServiceName, instance: string) => Readonly<Record<string, string>>
  readonly replication?: number
  readonly onProgress?: (line: string) => void
  readonly clock?: Clock
  /** Starts members that end again, as a cluster would; true by default. */
  readonly supervised?: boolean
}

export interface Deployment extends AsyncDisposable {
  readonly addresses: DeploymentAddresses
  readonly keys: DeploymentKeys
  readonly databases: Databases
  /** Every member that was started, dead ones included until they are replaced. */
  readonly members: ReadonlyMap<string, ServiceProcess>
  /** Members that ended without being told to, oldest first. */
  readonly deaths: readonly Death[]
  /** Aborts, with the reason, when a member cannot be started again. */
  readonly gaveUp: AbortSignal
  url(service: ServiceName): string
  /** The environment of a member, as a program of that service beside it needs it. */
  env(service: ServiceName): Readonly<Record<string, string>>
  /** Signs commands as an operator's command line does. */
  readonly operator: CommandSigner
  /** Starts a member (again): on the ports it had, with the environment it had plus `extra`. */
  start(service: ServiceName, index?: number, extra?: Readonly<Record<string, string>>): Promise<ServiceProcess>
  /** Resolves when nothing is under way any more; throws what is left after `timeoutMs`. */
  settled(timeoutMs?: number, onWaiting?: (reason: string) => void): Promise<void>
  /** Makes the read model anew from the owners' exports, beside the running one and in a database of its own. */
  rebuilt(): Promise<RebuiltReadModel>
  /** The services' databases as their app roles see them, for checks. */
  readonly open: Readonly<Record<ServiceName, Database>>
  readonly bus: Bus
  stop(): Promise<void>
}

// Owners of data first: the gateway is told their addresses.
const ORDER: readonly ServiceName[] = ['ingest', 'profiles', 'matcher', 'verifier', 'api']

/** A whole deployment on one machine: databases, topics, schemas, and every service as a process of its own. */
export async function startDeployment(options: DeploymentOptions): Promise<Deployment> {
  const { stack, dataDir, name, members = {}, onProgress = () => undefined, clock = systemClock } = options
  onProgress('making databases')
  const databases = await createDatabases(stack.postgres, { dataDir, names: DATABASE_OWNERS, suffix: `_${name}` })
  await migrateAll(databases)
  onProgress('making topics and registering schemas')
  const topicPrefix = `${name}.`
  await createTopics(stack.brokers, topicPrefix, options.replication ?? 1, clock)
  await pushSchemas({ registryUrl: stack.registryUrl })

  const keys = makeKeys()
  const urls: Partial<Record<ServiceName, string>> = {}
  const addresses: DeploymentAddresses = {
    brokers: stack.brokers,
    topicPrefix,
    registryUrl: stack.registryUrl,
    redisUrl: stack.redisUrl,
    database: (owner) => databases.connection(owner, 'app'),
    checkpointDir: join(dataDir, 'checkpoints'),
    urls,
  }
  const running = new Map<string, ServiceProcess>()
  const supervisor = createSupervisor(clock, onProgress)
  const start = async (
    service: ServiceName,
    index = 1,
    extra: Readonly<Record<string, string>> = {},
  ): Promise<ServiceProcess> => {
    const instance = `${service}-${index}`
    const before = running.get(instance)?.ports
    const process = await startProcess({
      service,
      instance,
      logFile: join(dataDir, 'logs', `${instance}.log`),
      env: serviceEnv(service, addresses, keys, {
        ...options.env?.(service, instance),
        ...(before ? { HTTP_PORT: String(before.httpPort ?? 0), OPS_PORT: String(before.opsPort) } : {}),
        ...extra,
      }),
    })
    running.set(instance, process)
    if (options.supervised ?? true) supervisor.watch(process, () => start(service, index))
    if (index === 1 && process.ports.httpPort !== undefined)
      urls[service] = `http://127.0.0.1:${process.ports.httpPort}`
    return process
  }

  const logger = createLogger({ service: 'deployment', version: '0', level: 'silent' })
  const bus = await connect(stack.brokers, clock)
  const open = Object.fromEntries(
    ORDER.map((service) => {
      const { host, port, database, user, password } = databases.connection(service, 'app')
      return [service, openDatabase(databaseConfig({ host, port }, database, user, password), logger)]
    }),
  ) as Record<ServiceName, Database>
  let stopped: Promise<void> | undefined
  const stopAll = async () => {
    await supervisor.stop()
    const left = [...running.values()].reverse()
    for (const member of left) member.kill('SIGTERM')
    await Promise.all(left.map((member) => member.exited))
    await Promise.all([bus.close(), ...Object.values(open).map((database) => database.close())])
  }
  const stop = () => (stopped ??= stopAll())
  try {
    // The first member of each service tells its address; the rest may start together.
    for (const service of ORDER.filter((candidate) => candidate !== 'api')) onProgress(`starting ${service}`)
    const first = async (...services: readonly ServiceName[]) => {
      for (const service of services) if (members[service] !== 0) await start(service)
    }
    // Ingest is told where the matcher is.
    await Promise.all([first('profiles'), first('verifier'), first('matcher', 'ingest')])
    if (members.api !== 0) await start('api')
    await Promise.all(
      ORDER.flatMap((service) =>
        Array.from({ length: Math.max(0, (members[service] ?? 1) - 1) }, (_, i) => start(service, i + 2)),
      ),
    )
  } catch (error) {
    await stop()
    throw error
  }
  const signer = readEnv({ SERVICE_SECRET: keys.services.cli, PRINCIPAL_PRIVATE_KEY: keys.principalPrivate }, (from) =>
    readSignerConfig(from, 'cli'),
  )
  if (!signer) throw new Error('the keys of the deployment cannot sign')
  const env: Deployment['env'] = (service) =>
    serviceEnv(service, addresses, keys, options.env?.(service, `${service}-0`))
  return {
    addresses,
    keys,
    databases,
    members: running,
    deaths: supervisor.deaths,
    gaveUp: supervisor.gaveUp,
    operator: createSigner(signer, () => clock.now()),
    url(service) {
      const url = urls[service]
      if (!url) throw new Error(`${service} has no HTTP address`)
      return url
    },
    env,
    start,
    open,
    bus,
    settled: (timeoutMs = 120_000, onWaiting = () => undefined) =>
      settled({ bus, topicPrefix, databases: open, clock, timeoutMs, onWaiting, signal: supervisor.gaveUp }),
    rebuilt: () => rebuildBeside({ postgres: stack.postgres, dataDir, name, env: env('api') }),
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

function connect(brokers: readonly string[], clock: Clock): Promise<Bus> {
  const logger = createLogger({ service: 'deployment', version: '0', level: 'silent' })
  const config = { brokers, clientId: 'atlas-deployment', timers: TEST_KAFKA_TIMERS }
  return connectKafka(config, logger, clock)
}

async function createTopics(
  brokers: readonly string[],
  prefix: string,
  replication: number,
  clock: Clock,
): Promise<void> {
  await using bus = await connect(brokers, clock)
  const there = new Set(await bus.admin.listTopics())
  const missing = Object.values(TOPICS).filter((topic) => !there.has(prefix + topic.name))
  await bus.admin.createTopics(
    missing.map((topic) => ({
      topic: prefix + topic.name,
      partitions: topic.partitions,
      replication,
      config: {
        'cleanup.policy': 'delete',
        'retention.ms': String(topic.retentionMs),
        'compression.type': 'producer',
        'max.message.bytes': String(topic.maxMessageBytes),
        'min.insync.replicas': String(Math.max(1, replication - 1)),
      },
    })),
  )
}
