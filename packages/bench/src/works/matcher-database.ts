import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDatabases, dropDatabase, type PostgresAddress } from '@atlas/devstack'
import { matchRecord } from '@atlas/matcher/handlers/match-record'
import { MIGRATIONS } from '@atlas/matcher/service'
import { createOutbox, type Database, migrate, type Outcome, openDatabase } from '@atlas/runtime'
import { quiet } from '@atlas/runtime/testing'
import { type RecordSnapshot, TOPICS } from '@atlas/schemas'
import { patientConfig } from '../patient-database.ts'

/** A matcher's database of its own, with every migration, and the step of its consumer that takes records. */
export interface MatcherDatabase extends AsyncDisposable {
  readonly database: Database
  /** The same as the superuser sees it. */
  readonly admin: Database
  /** What the consumer does with a chunk, in one transaction: handler and outbox. */
  add(records: readonly RecordSnapshot[]): Promise<readonly Outcome[]>
  /** The process that serves `database`: it has one connection. */
  backend(): Promise<number>
}

const { records, profiles, acts, works, candidates } = TOPICS
const outbox = createOutbox({ records, profiles, acts, works, candidates })

export async function createMatcherDatabase(postgres: PostgresAddress, name: string): Promise<MatcherDatabase> {
  const dataDir = join(tmpdir(), `atlas-bench-${process.pid}`)
  const databases = await createDatabases(postgres, { dataDir, names: ['matcher'], suffix: `_${name}` })
  await migrate({ ...databases.connection('matcher', 'migrate'), owner: 'matcher_owner', sets: MIGRATIONS })
  const { database: databaseName, user, password } = databases.connection('matcher', 'app')
  const at = { host: postgres.host, port: postgres.port, name: databaseName }
  const database = openDatabase(patientConfig({ ...at, user, password }), quiet)
  const admin = openDatabase(
    patientConfig({ ...at, user: postgres.adminUser, password: postgres.adminPassword }),
    quiet,
  )
  return {
    database,
    admin,
    add: (values) =>
      database.transaction(async (tx) => {
        const outcomes = await matchRecord(tx, values.map(received))
        const entries = outcomes.flatMap((outcome) => (outcome.type === 'done' ? outcome.outbox : []))
        await outbox.append(tx, entries)
        return outcomes
      }),
    async backend() {
      const { rows } = await database.query<{ pid: number }>('select pg_backend_pid() as pid')
      return rows[0]?.pid ?? 0
    },
    async [Symbol.asyncDispose]() {
      await database.close()
      await admin.close()
      await dropDatabase(postgres, databaseName)
    },
  }
}

function received(value: RecordSnapshot) {
  const raw = {
    topic: 'records',
    partition: 0,
    offset: 0n,
    key: null,
    value: null,
    headers: new Map<string, string>(),
    timestampMs: 0,
  }
  return { value, raw }
}
