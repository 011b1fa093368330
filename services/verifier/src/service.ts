import { createPublicKey } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import {
  createVerifier,
  databaseSchemaCache,
  defineConsumer,
  type HostParts,
  type MigrationSet,
  type Overrides,
  openDatabase,
  type RawMessage,
  startHost,
} from '@atlas/runtime'
import { type Codec, createCodec, type MessageTypes, TOPICS, type TopicName } from '@atlas/schemas'
import { readCheckpoints } from './checkpoint-files.ts'
import type { Config } from './config.ts'
import { handleCandidates } from './handlers/candidates.ts'
import { handleProfiles } from './handlers/profiles.ts'
import { handleWorks } from './handlers/works.ts'
import { actFact, authorshipState } from './messages.ts'
import { auditRoutes } from './routes-audit.ts'
import { decisionRoutes } from './routes-decisions.ts'
import { internalRoutes } from './routes-internal.ts'
import { listActs } from './store/acts.ts'
import { findAuthorships, listAuthorshipIds } from './store/read-authorships.ts'
import { subjectKeys } from './store/subject-keys.ts'
import { checkpointWorker, settleWorker } from './workers.ts'

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export const MIGRATIONS: readonly MigrationSet[] = [
  { directory: folder('../../../packages/runtime/migrations'), table: 'runtime_migrations' },
  { directory: folder('../migrations'), table: 'service_migrations' },
]

/** Owns decisions: reads `works`, `candidates`, `profiles` and commands; publishes `acts` and `authorships`. */
export function startService(config: Config, overrides: Overrides = {}) {
  let codec: Codec
  let keysDatabase: ReturnType<typeof openDatabase> | undefined
  const parts = (host: HostParts) => {
    keysDatabase ??= openDatabase(config.keysDatabase, host.logger)
    return { ...host, codec, keys: subjectKeys(keysDatabase, config.masterKey, host) }
  }
  const { works, candidates, profiles, acts, authorships } = TOPICS
  return startHost(
    config,
    {
      migrations: MIGRATIONS,
      topics: { works, candidates, profiles, acts, authorships },
      async prepare({ database, clock, signal }) {
        codec = await createCodec({
          registryUrl: config.registryUrl,
          cache: databaseSchemaCache(database),
          topics: ['acts', 'authorships', 'works', 'candidates', 'profiles'],
          clock,
          signal,
        })
      },
      sources: ({ database }) => ({
        authorships: async (ids) =>
          (await findAuthorships(database, ids)).map((authorship) => authorshipState(codec, authorship)),
      }),
      lists: ({ database }) => ({ authorships: (after, limit) => listAuthorshipIds(database, after, limit) }),
      facts: (host) => ({
        acts: async (after, limit) => {
          const { keys, database } = parts(host)
          const chained = await listActs(database, after, limit)
          const found = await keys.find(chained.map(({ keyId }) => keyId))
          return chained.map((act) => actFact(codec, act, found))
        },
      }),
      consumers: ({ ids }) => [
        defineConsumer({
          ...reads('works', (work) => work.workId),
          handle: handleWorks,
          // A byline of thousands is one message.
          maxChunk: 200,
        }),
        defineConsumer({
          ...reads('candidates', (candidate) => candidate.profileId),
          handle: handleCandidates(ids),
          maxChunk: 500,
        }),
        defineConsumer({
          ...reads('profiles', (profile) => profile.profileId),
          handle: handleProfiles,
        }),
      ],
      workers: (host) => [
        settleWorker(host, parts(host)),
        checkpointWorker(host, { ...config.checkpoints, database: host.database, clock: host.clock }),
      ],
      http(host) {
        const { database, clock } = host
        const { keys, ...rest } = parts(host)
        const verifier = createVerifier(config.verifier, () => clock.now())
        const { directory, privateKey } = config.checkpoints
        const publicKey = createPublicKey(privateKey)
        const pem = publicKey.export({ format: 'pem', type: 'spki' }).toString()
        return {
          port: config.httpPort,
          host: config.httpHost,
          operators: config.verifier,
          routers: [
            decisionRoutes({ ...rest, keys }, verifier),
            auditRoutes(() => readCheckpoints(directory), pem),
            internalRoutes({ database, keys, verifier, checkpointDir: directory, publicKey }),
          ],
        }
      },
      close: async () => keysDatabase?.close(),
    },
    overrides,
  )

  function reads<T extends TopicName>(topic: T, keyOf: (value: MessageTypes[T]) => string) {
    return {
      topic,
      decode: (raw: RawMessage) => codec.decode(topic, raw.value),
      describe: (value: MessageTypes[T]) => ({
        eventId: value.eventId,
        key: keyOf(value),
        revision: 'revision' in value ? value.revision : 0,
      }),
    }
  }
}
