import {
  createMetrics,
  createOutbox,
  databaseSchemaCache,
  type Failpoints,
  noFailpoints,
  openDatabase,
  systemClock,
  systemIds,
} from '@atlas/runtime'
import { createCodec, pushSchemas, TOPICS } from '@atlas/schemas'
import { aDatabaseConfig, asAdmin, quiet } from '@atlas/testing/vitest'
import { afterAll, inject } from 'vitest'
import type { Adapter } from '../adapters/adapter.ts'
import { createAdmission } from '../admission.ts'
import type { LineResult } from '../arriving.ts'
import { commitChunk } from '../commit-chunk.ts'
import { linesOf } from '../formats/lines.ts'
import { prepareChunk } from '../prepare-chunk.ts'
import { plainSource } from './plain-source.ts'

export type TestIngest = Awaited<ReturnType<typeof anIngest>>

/** Everything of ingest but its process, over a database of its own. */
export async function anIngest(
  options: { volatileMs?: number; failpoints?: Failpoints; maxUnsent?: number; adapters?: readonly Adapter[] } = {},
) {
  const { registryUrl } = inject('stack')
  const config = await aDatabaseConfig('ingest')
  const database = openDatabase(config, quiet)
  afterAll(() => database.close())
  await pushSchemas({ registryUrl })
  const clock = systemClock
  const codec = await createCodec({ registryUrl, cache: databaseSchemaCache(database), topics: ['records'], clock })
  const outbox = createOutbox({ records: TOPICS.records })
  const admission = createAdmission({ database, outbox, clock, maxUnsent: options.maxUnsent ?? 200_000 })
  return {
    config,
    database,
    admin: asAdmin(config),
    /** The superuser, in another database. */
    outside: asAdmin({ name: 'postgres' }),
    codec,
    volatileMs: options.volatileMs ?? 7 * 86_400_000,
    outbox,
    clock,
    admission,
    ids: systemIds,
    logger: quiet,
    metrics: createMetrics('ingest'),
    failpoints: options.failpoints ?? noFailpoints,
    adapters: new Map((options.adapters ?? [plainSource()]).map((adapter) => [adapter.source, adapter])),
  }
}

export interface SendOptions {
  readonly fetchedAt?: number
  readonly adapter?: Adapter
}

/** Takes lines in as one chunk. */
export async function send(
  ingest: TestIngest,
  lines: readonly (string | object)[],
  { fetchedAt, adapter = plainSource() }: SendOptions = {},
): Promise<LineResult[]> {
  const body = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')
  const framed = (await Array.fromAsync(linesOf(bytesOf(body)))).flat()
  const { maxValueBytes } = TOPICS.records
  const prepared = await prepareChunk(framed, { ...ingest, adapter, fetchedAt: fetchedAt ?? null, maxValueBytes })
  const { source, version } = adapter
  const chunk = { source, batchId: 'test', fetchedAt: fetchedAt ?? null, normaliser: `${source}/${version}` }
  return commitChunk(ingest, chunk, prepared)
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}

export const outcomesOf = (results: readonly LineResult[]) => results.map(({ outcome }) => outcome)
