import { fileURLToPath } from 'node:url'
import { ATTRIBUTION_2 } from '@atlas/linkage'
import {
  createVerifier,
  databaseSchemaCache,
  defineConsumer,
  type HostParts,
  type MigrationSet,
  type Overrides,
  startHost,
} from '@atlas/runtime'
import { type Codec, createCodec, TOPICS } from '@atlas/schemas'
import { COMPARE_LIMITS } from './compare/limits.ts'
import { createScorer } from './compare/scorer.ts'
import { startLagMeter, startListener } from './compare/wake.ts'
import { startCompareWorker } from './compare/worker.ts'
import type { Config } from './config.ts'
import { matchAct } from './handlers/match-act.ts'
import { matchProfile } from './handlers/match-profile.ts'
import { matchRecord } from './handlers/match-record.ts'
import { adoptModel, startRematchWorker } from './rematch.ts'
import { matcherRoutes } from './routes.ts'
import { identifierRoutes } from './routes-identifiers.ts'
import { rulingRoutes } from './routes-rulings.ts'
import { adoptRules } from './rules.ts'
import { startShadowWorker } from './shadow/shadow.ts'
import { candidatesSource, worksSource } from './snapshots.ts'
import { listCandidateIds, listWorkIds } from './store/published.ts'

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export const MIGRATIONS: readonly MigrationSet[] = [
  { directory: folder('../../../packages/runtime/migrations'), table: 'runtime_migrations' },
  { directory: folder('../migrations'), table: 'service_migrations' },
]

/** `records`, `profiles`, `acts` in; `works` and `candidates` out. */
export function startService(config: Config, overrides: Overrides = {}) {
  const { records, profiles, acts, works, candidates } = TOPICS
  let codec: Codec
  return startHost(
    config,
    {
      migrations: MIGRATIONS,
      topics: { records, profiles, acts, works, candidates },
      async prepare({ database, clock, ids, signal, logger }) {
        codec = await createCodec({
          registryUrl: config.registryUrl,
          cache: databaseSchemaCache(database),
          topics: ['records', 'profiles', 'acts', 'works', 'candidates'],
          clock,
          signal,
        })
        await adoptModel(database, ATTRIBUTION_2, ids.next())
        const rematch = { runId: ids.next(), modelVersion: ATTRIBUTION_2.version, logger }
        await adoptRules(database, { change: config.newRules }, rematch)
      },
      sources: ({ database }) => ({
        works: worksSource(database, codec),
        candidates: candidatesSource(database, codec),
      }),
      lists: ({ database }) => ({
        works: (after, limit) => listWorkIds(database, after ?? null, limit),
        candidates: (after, limit) => listCandidateIds(database, after ?? null, limit),
      }),
      consumers: () => consumersOf(config, codec),
      workers: (parts) => workersOf(config, parts),
      http: ({ database, clock, ids, logger, outbox, failpoints }) => {
        const verifier = createVerifier(config.verifier, () => clock.now())
        return {
          port: config.httpPort,
          host: config.httpHost,
          operators: config.verifier,
          routers: [
            matcherRoutes({ database, ids, logger, verifier, blockCap: config.blockCap }),
            identifierRoutes(database, verifier),
            rulingRoutes({ database, outbox, clock, ids, failpoints }, verifier),
          ],
        }
      },
    },
    overrides,
  )
}

function consumersOf(config: Config, codec: Codec) {
  return [
    defineConsumer({
      topic: 'records',
      decode: ({ value }) => codec.decode('records', value),
      describe: ({ eventId, source, sourceId, version }) => ({
        eventId,
        key: `${source}:${sourceId}`,
        revision: version,
      }),
      handle: matchRecord,
      maxChunk: config.maxRecords,
    }),
    defineConsumer({
      topic: 'profiles',
      decode: ({ value }) => codec.decode('profiles', value),
      describe: ({ eventId, profileId, revision }) => ({ eventId, key: profileId, revision }),
      handle: matchProfile,
      maxChunk: 200,
    }),
    defineConsumer({
      topic: 'acts',
      decode: ({ value }) => codec.decode('acts', value),
      describe: ({ eventId, profileId, seq }) => ({ eventId, key: profileId, revision: seq }),
      handle: matchAct,
      maxChunk: 500,
    }),
  ]
}

function workersOf(config: Config, parts: HostParts) {
  const worker = startCompareWorker({
    ...parts,
    scorer: createScorer(ATTRIBUTION_2),
    limits: COMPARE_LIMITS,
    blockCap: config.blockCap,
    idleMs: config.compareIdleMs,
    paceMs: config.comparePaceMs,
  })
  return [
    startListener(parts, () => worker.wake()),
    startLagMeter(parts),
    startRematchWorker(parts),
    startShadowWorker(parts),
    worker,
  ]
}
