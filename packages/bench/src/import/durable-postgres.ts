import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDatabases, type PostgresAddress, startStack } from '@atlas/devstack'
import { MIGRATIONS } from '@atlas/ingest/migrations'
import { type Database, migrate, openDatabase } from '@atlas/runtime'
import { quiet } from '@atlas/runtime/testing'

/** A PostgreSQL of its own that syncs to the disk, where the bench's other one does not. */
export interface DurablePostgres extends AsyncDisposable {
  readonly postgres: PostgresAddress
  /** An empty database of ingest with every migration, as a superuser sees it; `settings` hold in its sessions. */
  ingest(name: string, settings?: Readonly<Record<string, string>>): Promise<IngestDatabase>
  /** CPU seconds of the server and all its processes, those that ended included. */
  seconds(): number
}

export interface IngestDatabase {
  readonly name: string
  readonly database: Database
}

export async function durablePostgres(progress: (line: string) => void): Promise<DurablePostgres> {
  await using undo = new AsyncDisposableStack()
  const dataDir = await mkdtemp(join(tmpdir(), 'atlas-durable-'))
  undo.defer(() => rm(dataDir, { recursive: true, force: true }))
  const options = { dataDir, persistent: false, durable: true, parts: ['postgres'], env: {} } as const
  const { postgres, pids } = undo.use(await startStack({ ...options, onProgress: progress }))
  const kept = undo.move()
  return {
    postgres,
    async ingest(suffix, settings = {}) {
      const databases = await createDatabases(postgres, { dataDir, names: ['ingest'], suffix: `_${suffix}` })
      await migrate({ ...databases.connection('ingest', 'migrate'), owner: 'ingest_owner', sets: MIGRATIONS })
      const { database: name } = databases.connection('ingest', 'app')
      {
        await using admin = openDatabase(configOf(postgres, name), quiet)
        for (const [key, value] of Object.entries(settings))
          await admin.query(`alter database ${name} set ${key} = ${value}`)
      }
      return { name, database: kept.use(openDatabase(configOf(postgres, name), quiet)) }
    },
    seconds: () => treeSeconds(pids['postgres'] ?? 0),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}

function configOf({ host, port, adminUser, adminPassword }: PostgresAddress, name: string) {
  return {
    ...{ host, port, name, user: adminUser, password: adminPassword, poolMax: 3, poolMin: 0, idleTimeoutMs: 0 },
    ...{ acquireTimeoutMs: 5_000, statementTimeoutMs: 0, lockTimeoutMs: 0, idleInTransactionTimeoutMs: 0 },
    applicationName: 'atlas-bench',
  }
}

/** Of a process, of those of its children that ended, and of those that run (proc(5), stat). */
function treeSeconds(parent: number): number {
  let ticks = 0
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry)
    if (!Number.isInteger(pid)) continue
    const fields = statOf(pid)
    if (pid !== parent && Number(fields[1]) !== parent) continue
    const own = pid === parent ? fields.slice(11, 15) : fields.slice(11, 13)
    ticks += own.reduce((sum, field) => sum + Number(field), 0)
  }
  return ticks / 100
}

/** The fields behind the name, the first of them the state; none of a process that is gone. */
function statOf(pid: number): readonly string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return []
    throw error
  }
}
