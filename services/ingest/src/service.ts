import { createVerifier, databaseSchemaCache, type HostParts, type Overrides, startHost } from '@atlas/runtime'
import { type Codec, createCodec, TOPICS } from '@atlas/schemas'
import { ADAPTERS } from './adapters/index.ts'
import { createAdmission } from './admission.ts'
import type { Config } from './config.ts'
import { MIGRATIONS } from './migration-sets.ts'
import { transportRules } from './push/transport.ts'
import { internalRoutes } from './routes-internal.ts'
import { pushRoutes } from './routes-push.ts'
import { currentStates, listRecordIds } from './store/snapshots.ts'

/** Takes records in from their sources, keeps each version once, publishes `records`. */
export function startService(config: Config, overrides: Overrides = {}) {
  let codec: Codec
  return startHost(
    config,
    {
      migrations: MIGRATIONS,
      topics: { records: TOPICS.records },
      async prepare({ database, clock, signal }) {
        codec = await createCodec({
          registryUrl: config.registryUrl,
          cache: databaseSchemaCache(database),
          topics: ['records'],
          clock,
          signal,
        })
      },
      sources: ({ database }) => ({ records: (ids) => currentStates(database, ids) }),
      lists: ({ database }) => ({ records: (after, limit) => listRecordIds(database, after, limit) }),
      http: (parts) => ({
        port: config.httpPort,
        host: config.httpHost,
        operators: config.verifier,
        before: [transportRules(config)],
        routers: routersOf(config, parts, codec),
      }),
    },
    overrides,
  )
}

function routersOf(config: Config, parts: HostParts, codec: Codec) {
  const { database, outbox, clock, logger, ids, failpoints, metrics, signal } = parts
  const admission = createAdmission({ database, outbox, clock, maxUnsent: config.maxUnsent })
  const verifier = createVerifier(config.verifier, () => clock.now())
  const shared = { database, outbox, codec, clock, logger, adapters: ADAPTERS }
  return [
    pushRoutes({
      ...shared,
      ids,
      failpoints,
      metrics,
      admission,
      slow: config.slow,
    }),
    internalRoutes({ ...shared, verifier, signal }),
  ]
}
