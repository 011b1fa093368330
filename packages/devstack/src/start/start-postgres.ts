import { join } from 'node:path'
import { withAdmin } from '../admin-connection.ts'
import type { PostgresAddress } from '../options.ts'
import { initPostgres, postgresCommand } from '../parts/postgres.ts'
import { postgresFiles } from '../parts/postgres-files.ts'
import { secretsFor } from '../secrets.ts'
import { waitUntil } from '../wait-until.ts'
import { beginPart, withOtherPorts } from './begin-part.ts'
import { onePort } from './one-port.ts'
import type { Starting } from './starting.ts'

const ADMIN = 'postgres'

export async function startPostgres(starting: Starting): Promise<PostgresAddress> {
  const { options, guard, logsDir, elsewhere } = starting
  const given = givenPostgres(options.env)
  if (given !== undefined) return given.address && (await answers(given.address))

  const { dataDir, persistent, durable } = options
  const secrets = await secretsFor(join(dataDir, 'env.json'), [ADMIN])
  const files = await postgresFiles(dataDir, persistent)
  if (files.elsewhere !== undefined && !persistent) {
    elsewhere.push(files.elsewhere)
    await guard.removeWhenOrphaned(files.elsewhere)
  }
  const adminPassword = secrets[ADMIN] ?? ''
  await initPostgres(files, adminPassword, durable)
  return withOtherPorts(starting, 'postgres', async (retry) => {
    const port = await onePort(starting, 'postgres', retry)
    const address = { host: '127.0.0.1', port, adminUser: ADMIN, adminPassword }
    const logFile = join(logsDir, 'postgres.log')
    await beginPart(starting, postgresCommand({ files, address, logFile, persistent, fsync: durable }))
    return address
  })
}

function givenPostgres(env: Starting['options']['env']): { readonly address: PostgresAddress } | undefined {
  const { DB_HOST, DB_PORT, DB_ADMIN_USER, DB_ADMIN_PASSWORD } = env
  if (!DB_HOST) return undefined
  if (!DB_ADMIN_USER || DB_ADMIN_PASSWORD === undefined) {
    throw new Error('DB_HOST is given without DB_ADMIN_USER and DB_ADMIN_PASSWORD, who creates databases and roles')
  }
  const port = Number(DB_PORT || 5432)
  return { address: { host: DB_HOST, port, adminUser: DB_ADMIN_USER, adminPassword: DB_ADMIN_PASSWORD } }
}

async function answers(address: PostgresAddress): Promise<PostgresAddress> {
  const ask = () => withAdmin(address, 'postgres', (client) => client.query('select 1'))
  await waitUntil(ask, { what: `PostgreSQL at "${address.host}:${address.port}"`, timeoutMs: 10_000, everyMs: 200 })
  return address
}
