import { fileURLToPath } from 'node:url'
import { createVerifier, databaseSchemaCache, type MigrationSet, type Overrides, startHost } from '@atlas/runtime'
import { type Codec, createCodec, TOPICS } from '@atlas/schemas'
import { profileCommands } from './commands.ts'
import type { Config } from './config.ts'
import { profileRoutes } from './routes/profiles.ts'
import { currentState } from './snapshot.ts'
import { findProfiles, listProfileIds } from './store/read-profiles.ts'

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export const MIGRATIONS: readonly MigrationSet[] = [
  { directory: folder('../../../packages/runtime/migrations'), table: 'runtime_migrations' },
  { directory: folder('../migrations'), table: 'service_migrations' },
]

/** Owns people: takes commands, publishes `profiles`. */
export function startService(config: Config, overrides: Overrides = {}) {
  let codec: Codec
  return startHost(
    config,
    {
      migrations: MIGRATIONS,
      topics: { profiles: TOPICS.profiles },
      async prepare({ database, clock, signal }) {
        codec = await createCodec({
          registryUrl: config.registryUrl,
          cache: databaseSchemaCache(database),
          topics: ['profiles'],
          clock,
          signal,
        })
      },
      sources: ({ database }) => ({
        profiles: async (ids) => (await findProfiles(database, ids)).map((profile) => currentState(codec, profile)),
      }),
      lists: ({ database }) => ({ profiles: (after, limit) => listProfileIds(database, after ?? null, limit) }),
      http: ({ database, outbox, ids, clock }) => ({
        port: config.httpPort,
        host: config.httpHost,
        operators: config.verifier,
        routers: [
          profileRoutes({
            database,
            ids,
            commands: profileCommands(database, outbox),
            verifier: createVerifier(config.verifier, () => clock.now()),
          }),
        ],
      }),
    },
    overrides,
  )
}
