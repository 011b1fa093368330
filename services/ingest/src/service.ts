import { createVerifier, databaseSchemaCache, type HostParts, type Overrides, startHost } from '@atlas/runtime'
import { type Codec, createCodec, TOPICS } from '@atlas/schemas'
import type { Adapter } from './adapters/adapter.ts'
import { allSources } from './adapters/mapped/load-sources.ts'
import { createAdmission } from './admission.ts'
import type { Config } from './config.ts'
import { workFinder } from './find-work.ts'
import { openSpool } from './import/spool.ts'
import { type ImportWorker, startImportWorker } from './import/worker.ts'
import { MIGRATIONS } from './migration-sets.ts'
import { flagKeyInClear } from './push/authenticate.ts'
import { transportRules } from './push/transport.ts'
import { internalRoutes } from './routes-internal.ts'
import { pushRoutes } from './routes-push.ts'
import { sourceRoutes } from './routes-sources.ts'
import { importRouters } from './routes-uploads.ts'
import { currentStates, listRecordIds } from './store/snapshots.ts'
import { startVolatileWorker } from './volatile-worker.ts'
import type { Work } from './work.ts'

/** Takes records in from their sources, keeps each version once, publishes `records`. */
export function startService(config: Config, overrides: Overrides = {}) {
  let codec: Codec
  let adapters: ReadonlyMap<string, Adapter>
  let imports: ImportWorker | undefined
  return startHost(
    config,
    {
      migrations: MIGRATIONS,
      topics: { records: TOPICS.records },
      async prepare({ database, clock, signal }) {
        adapters = await allSources(config.sourcesDir)
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
      workers(parts) {
        const admission = createAdmission({ ...parts, maxUnsent: config.maxUnsent })
        const shared = { ...parts, codec, admission, adapters }
        imports = startImportWorker({ ...shared, ...importSettings(config) })
        return [startVolatileWorker({ ...shared, sweepMs: config.volatileSweepMs }), imports]
      },
      http: (parts) => ({
        port: config.httpPort,
        host: config.httpHost,
        operators: config.verifier,
        before: [transportRules({ ...config, onClear: (request) => flagKeyInClear(parts, request) })],
        routers: routersOf(config, { ...parts, adapters }, codec, () => imports?.wake()),
      }),
    },
    overrides,
  )
}

function importSettings({ volatileMs, spoolDir, instance }: Config) {
  return { volatileMs, instance, spool: openSpool(spoolDir), leaseSeconds: 60, idleMs: 2_000 }
}

function routersOf(config: Config, parts: HostParts & Pick<Work, 'adapters'>, codec: Codec, wake: () => void) {
  const { database, outbox, clock, logger, ids, failpoints, metrics, signal, adapters } = parts
  const admission = createAdmission({ database, outbox, clock, maxUnsent: config.maxUnsent })
  const verifier = createVerifier(config.verifier, () => clock.now())
  const { limits, keysPerSource, volatileMs } = config
  const shared = { database, outbox, codec, clock, logger, metrics, limits, volatileMs, adapters }
  return [
    pushRoutes({
      ...shared,
      ids,
      failpoints,
      admission,
      slow: config.slow,
    }),
    ...importRouters({
      ...shared,
      ids,
      failpoints,
      verifier,
      wake,
      slow: config.slow,
      spool: openSpool(config.spoolDir),
    }),
    sourceRoutes({ ...shared, verifier, findWork: workFinder(config.matcher) }),
    internalRoutes({ ...shared, keysPerSource, verifier, signal }),
  ]
}
