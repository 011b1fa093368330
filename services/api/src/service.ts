import { fileURLToPath } from 'node:url'
import { databaseSchemaCache, type MigrationSet, type Overrides, startHost } from '@atlas/runtime'
import { type Codec, createCodec } from '@atlas/schemas'
import { Redis } from 'ioredis'
import type { Config } from './config.ts'
import { projections, READ_TOPICS, TOPICS_READ } from './consumers.ts'
import { createGateway } from './routes/gateway.ts'

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export const MIGRATIONS: readonly MigrationSet[] = [
  { directory: folder('../../../packages/runtime/migrations'), table: 'runtime_migrations' },
  { directory: folder('../migrations'), table: 'service_migrations' },
]

/** The gateway: sign-in, its own read model, commands forwarded to their owner. No rule of the domain lives here. */
export function startService(config: Config, overrides: Overrides = {}) {
  let codec: Codec
  const redis = openRedis(config.redisUrl, config.redisTimeoutMs)
  return startHost(
    config,
    {
      migrations: MIGRATIONS,
      topics: TOPICS_READ,
      async prepare({ database, clock, signal, logger }) {
        redis.on('error', (error) => logger.warn({ event: 'redis-unavailable', err: error }))
        codec = await createCodec({
          registryUrl: config.registryUrl,
          cache: databaseSchemaCache(database),
          topics: READ_TOPICS,
          clock,
          signal,
        })
      },
      consumers: () => Object.values(projections(codec)),
      http(parts) {
        const { before, routers } = createGateway({ ...parts, redis }, config)
        return { port: config.httpPort, host: config.httpHost, operators: config.operators, before, routers }
      },
      async close() {
        redis.disconnect()
      },
    },
    overrides,
  )
}

/** Answers or fails in time: whoever waits for a session must not wait for its store. */
export function openRedis(url: string, timeoutMs: number): Redis {
  return new Redis(url, {
    commandTimeout: timeoutMs,
    connectTimeout: timeoutMs,
    maxRetriesPerRequest: 1,
    lazyConnect: true,
  })
}
