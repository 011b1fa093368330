import { connectKafka } from '../bus/kafka.ts'
import type { Bus } from '../bus/port.ts'
import { type Clock, type Ids, systemClock, systemIds } from '../clock.ts'
import type { ServiceConfig } from '../config.ts'
import { type Consumer, startConsumer } from '../consumer/start-consumer.ts'
import { armFailpoints } from '../failpoints.ts'
import { createApp, type HttpServer, listen } from '../http/app.ts'
import { startOpsServer } from '../http/ops.ts'
import { createLogger, type Logger } from '../log.ts'
import { createMetrics } from '../metrics.ts'
import { createOutbox } from '../outbox/outbox.ts'
import { type Relay, startRelay } from '../outbox/relay.ts'
import { openDatabase } from '../postgres/database.ts'
import { assertMigrated } from '../postgres/migrate.ts'
import { consumerDefinitionOf } from './consumer-definition.ts'
import type { ConsumerSpec, HostParts, ServiceDefinition } from './definition.ts'
import { createHealth } from './health.ts'
import { operatorRoutes } from './operator-routes.ts'
import type { RunningService } from './run-main.ts'
import { assertTopics } from './topic-check.ts'
import type { Worker } from './worker.ts'

export interface Overrides {
  readonly clock?: Clock
  readonly ids?: Ids
  readonly logger?: Logger
}

export interface StartedService extends RunningService {
  readonly httpPort: number | undefined
  readonly opsPort: number
}

/** Starts a service: checks first, then relay, consumers and workers, and HTTP last. Stops in the order of kafka.md a.5. */
export async function startHost(
  config: ServiceConfig,
  definition: ServiceDefinition,
  overrides: Overrides = {},
): Promise<StartedService> {
  const { clock = systemClock, ids = systemIds } = overrides
  const logger =
    overrides.logger ?? createLogger({ service: config.service, version: config.version, level: config.logLevel })
  const metrics = createMetrics(config.service, true)
  const crashed = new AbortController()
  const stopping = new AbortController()
  const crash = (error: unknown) => {
    if (crashed.signal.aborted) return
    logger.error({ event: 'service-crashed', err: error })
    crashed.abort(error)
  }
  await using undo = new AsyncDisposableStack()

  const database = undo.use(openDatabase(config.database, logger))
  await assertMigrated(database, definition.migrations)
  const bus = undo.use(await connect(config, logger, clock))
  await assertTopics(bus, definition.topics, config.topicPrefix)
  const parts: HostParts = {
    config,
    logger,
    metrics,
    clock,
    ids,
    database,
    outbox: createOutbox(definition.topics),
    bus,
    failpoints: armFailpoints(config.failpoint, () => process.kill(process.pid, 'SIGKILL')),
    signal: stopping.signal,
    crash,
  }
  await definition.prepare?.(parts)

  const relay = await relayOf(parts, definition)
  if (relay) undo.use(relay)
  const consumers: Consumer[] = []
  for (const defined of definition.consumers?.(parts) ?? [])
    consumers.push(undo.use(await defined.visit((spec) => consumerOf(parts, definition, spec))))
  for (const part of [...(relay ? [relay] : []), ...consumers])
    part.crashed.addEventListener('abort', () => crash(part.crashed.reason), { once: true })
  const workers: readonly Worker[] = definition.workers?.(parts) ?? []

  const health = createHealth({ parts, migrations: definition.migrations, relay, consumers })
  const ops = undo.use(
    await startOpsServer({ port: config.opsPort, logger, metrics, live: health.live, ready: health.ready }),
  )
  const http = await serveHttp(parts, definition)
  logger.info({ event: 'service-started', httpPort: http?.port, opsPort: ops.port })

  undo.move()
  let stopped: Promise<void> | undefined
  const stop = async () => {
    health.stop()
    stopping.abort()
    await http?.close()
    await relay?.stop()
    await Promise.all(consumers.map((consumer) => consumer.stop()))
    await Promise.all(workers.map((worker) => worker.stop()))
    await bus.close()
    await ops.close()
    await database.close()
    await definition.close?.()
    logger.info({ event: 'service-stopped' })
  }
  return {
    crashed: crashed.signal,
    httpPort: http?.port,
    opsPort: ops.port,
    [Symbol.asyncDispose]: () => (stopped ??= stop()),
  }
}

function connect(config: ServiceConfig, logger: Logger, clock: Clock): Promise<Bus> {
  return connectKafka(
    {
      brokers: config.brokers,
      ...config.kafkaSecurity,
      clientId: `${config.service}-${config.instance}`,
      timers: config.timers.kafka,
    },
    logger,
    clock,
  )
}

async function relayOf(parts: HostParts, definition: ServiceDefinition): Promise<Relay | undefined> {
  const sources = definition.sources?.(parts) ?? {}
  const facts = definition.facts?.(parts) ?? {}
  if (Object.keys(sources).length + Object.keys(facts).length === 0) return undefined
  const { config, ...rest } = parts
  return startRelay({
    ...rest,
    service: config.service,
    env: config.env,
    topicPrefix: config.topicPrefix,
    topics: definition.topics,
    sources,
    timers: config.timers.relay,
  })
}

function consumerOf<T>(parts: HostParts, definition: ServiceDefinition, spec: ConsumerSpec<T>): Promise<Consumer> {
  const { config, ...rest } = parts
  return startConsumer({
    ...rest,
    ...consumerDefinitionOf(config, definition, spec),
    topicPrefix: config.topicPrefix,
    timers: config.timers.consumer,
    concurrency: config.concurrency,
  })
}

async function serveHttp(parts: HostParts, definition: ServiceDefinition): Promise<HttpServer | undefined> {
  const http = definition.http?.(parts)
  if (!http) return undefined
  const { logger, metrics } = parts
  const operators = http.operators ? [operatorRoutes(parts, definition, http.operators)] : []
  const app = createApp({
    logger,
    metrics,
    routers: [...operators, ...http.routers],
    ...(http.before ? { before: http.before } : {}),
  })
  return listen(app, http.port, http.host)
}
