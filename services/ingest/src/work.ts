import {
  assertMigrated,
  type Clock,
  createMetrics,
  createOutbox,
  databaseSchemaCache,
  type Failpoints,
  type Logger,
  type Metrics,
  openDatabase,
} from '@atlas/runtime'
import { createCodec, TOPICS } from '@atlas/schemas'
import type { Adapter } from './adapters/adapter.ts'
import { allSources } from './adapters/mapped/load-sources.ts'
import { createAdmission } from './admission.ts'
import type { WorkConfig } from './config.ts'
import type { ImportParts } from './import/run-job.ts'
import { MIGRATIONS } from './migration-sets.ts'

export interface Work extends ImportParts, AsyncDisposable {
  readonly adapters: ReadonlyMap<string, Adapter>
  readonly logger: Logger
  readonly metrics: Metrics
}

export interface WorkOutside {
  readonly clock: Clock
  readonly logger: Logger
  readonly failpoints: Failpoints
  readonly signal: AbortSignal
}

/** What a process needs that writes into ingest's own database beside the service: the running service's relay sends. */
export async function openWork(config: WorkConfig, outside: WorkOutside): Promise<Work> {
  const { clock, logger, signal } = outside
  const adapters = await allSources(config.sourcesDir)
  await using undo = new AsyncDisposableStack()
  const database = undo.use(openDatabase(config.database, logger))
  await assertMigrated(database, MIGRATIONS)
  const outbox = createOutbox({ records: TOPICS.records })
  const codec = await createCodec({
    registryUrl: config.registryUrl,
    cache: databaseSchemaCache(database),
    topics: ['records'],
    clock,
    signal,
  })
  const admission = createAdmission({ database, outbox, clock, maxUnsent: config.maxUnsent })
  undo.move()
  return {
    ...outside,
    database,
    outbox,
    codec,
    admission,
    volatileMs: config.volatileMs,
    adapters,
    metrics: createMetrics('ingest'),
    [Symbol.asyncDispose]: () => database.close(),
  }
}
