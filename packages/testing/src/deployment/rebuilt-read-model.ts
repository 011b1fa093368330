import { createDatabases, dropDatabase, type PostgresAddress } from '@atlas/devstack'
import { createLogger, type Database, openDatabase } from '@atlas/runtime'
import { databaseConfig } from '../database-config.ts'
import { migrateAll } from '../templates.ts'
import { runProgram } from './run-program.ts'

/** A read model made from the owners' exports into a database of its own; that is dropped when this is disposed. */
export interface RebuiltReadModel extends AsyncDisposable {
  /** As the api's app role sees it. */
  readonly database: Database
}

export interface RebuildOptions {
  readonly postgres: PostgresAddress
  /** Of the deployment: the passwords of its database roles lie there. */
  readonly dataDir: string
  /** Of the deployment. */
  readonly name: string
  /** The environment of a member of the api. */
  readonly env: Readonly<Record<string, string>>
}

/**
 * Rebuilds the read model beside the one that is running, by the api's own program and with everything the api has but
 * the database: empty, migrated, with the same roles. The running one is not touched: a rebuild joins no group, commits
 * no offset, and only reads the ends of topics and what the owners export.
 */
export async function rebuildBeside({ postgres, dataDir, name, env }: RebuildOptions): Promise<RebuiltReadModel> {
  const databases = await createDatabases(postgres, { dataDir, names: ['api'], suffix: `_${name}_rebuilt` })
  const { host, port, database, user, password } = databases.connection('api', 'app')
  await using undo = new AsyncDisposableStack()
  undo.defer(() => dropDatabase(postgres, database))
  await migrateAll(databases, ['api'])
  const { exitCode, stderr } = await runProgram({
    path: 'services/api/src/rebuild-main.ts',
    env: { ...env, DB_NAME: database },
    onLine: () => undefined,
  })
  if (exitCode !== 0) throw new Error(`the rebuild of the read model ended with ${exitCode}: ${stderr}`)
  const logger = createLogger({ service: 'deployment', version: '0', level: 'silent' })
  const opened = undo.use(openDatabase(databaseConfig({ host, port }, database, user, password), logger))
  const made = undo.move()
  return { database: opened, [Symbol.asyncDispose]: () => made.disposeAsync() }
}
