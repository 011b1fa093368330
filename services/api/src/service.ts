import { fileURLToPath } from 'node:url'
import {
  createSigner,
  databaseSchemaCache,
  type HostParts,
  type MigrationSet,
  type Overrides,
  startHost,
} from '@atlas/runtime'
import { type Codec, createCodec } from '@atlas/schemas'
import helmet from 'helmet'
import { Redis } from 'ioredis'
import type { Config } from './config.ts'
import { projections, READ_TOPICS } from './consumers.ts'
import { createCursors } from './cursor.ts'
import { ownerAt } from './owners.ts'
import { candidateRoutes } from './routes/candidates.ts'
import { routerOf } from './routes/define-route.ts'
import { describeApi, docsRoutes } from './routes/docs.ts'
import type { RouteParts } from './routes/parts.ts'
import { profileRoutes } from './routes/profile.ts'
import { developmentSignIn, signOut } from './routes/sign-in.ts'
import { createSessions } from './session.ts'

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export const MIGRATIONS: readonly MigrationSet[] = [
  { directory: folder('../../../packages/runtime/migrations'), table: 'runtime_migrations' },
  { directory: folder('../migrations'), table: 'service_migrations' },
]

/** The gateway: sign-in, its own read model, commands forwarded to their owner. No rule of the domain lives here. */
export function startService(config: Config, overrides: Overrides = {}) {
  let codec: Codec
  const redis = new Redis(config.redisUrl, {
    commandTimeout: 500,
    maxRetriesPerRequest: 1,
    enableOfflineQueue: true,
    lazyConnect: true,
  })
  return startHost(
    config,
    {
      migrations: MIGRATIONS,
      topics: READ_TOPICS,
      async prepare({ database, clock, signal, logger }) {
        redis.on('error', (error) => logger.warn({ event: 'redis-unavailable', err: error }))
        codec = await createCodec({
          registryUrl: config.registryUrl,
          cache: databaseSchemaCache(database),
          topics: ['works', 'candidates', 'profiles', 'acts', 'authorships'],
          clock,
          signal,
        })
      },
      consumers: () => projections(codec),
      http: (parts) => ({
        port: config.httpPort,
        host: config.httpHost,
        operators: config.operators,
        before: [helmet({ contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } })],
        routers: routersOf(parts, config, redis),
      }),
      async close() {
        redis.disconnect()
      },
    },
    overrides,
  )
}

function routersOf({ database, clock }: HostParts, config: Config, redis: Redis) {
  if (!config.signer) throw new Error('SERVICE_SECRET and PRINCIPAL_PRIVATE_KEY are needed to forward commands')
  const now = () => clock.now()
  const signer = createSigner(config.signer, now)
  const parts: RouteParts = {
    database,
    sessions: createSessions({ redis, secure: config.secureCookies, now }),
    cursors: createCursors(config.cursorSecret),
    verifier: ownerAt(config.verifierUrl, signer),
    profiles: ownerAt(config.profilesUrl, signer),
  }
  const routes = [
    ...candidateRoutes(parts),
    ...profileRoutes(parts),
    ...signOut(parts),
    ...(config.developmentSignIn ? developmentSignIn(parts) : []),
  ]
  return [routerOf(routes), docsRoutes(describeApi(routes, config.version))]
}
