import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { PostgresAddress } from '@atlas/devstack'
import { findProgram } from './find-program.ts'

/** PostgreSQL's own client, the yardstick of loading. */
export interface Psql {
  /** Runs commands one after the other in one session; returns what they print. The first that fails ends it. */
  run(...commands: readonly string[]): Promise<string>
}

export const PSQL_MISSING = 'psql is not installed: apt-get install postgresql-client'

/** Undefined when it is not installed. */
export function psqlOf(path: string, postgres: PostgresAddress, database: string): Psql | undefined {
  const program = findProgram(path, ['psql'])
  if (program === undefined) return undefined
  const env = {
    PATH: path,
    PGHOST: postgres.host,
    PGPORT: String(postgres.port),
    PGUSER: postgres.adminUser,
    PGPASSWORD: postgres.adminPassword,
    PGDATABASE: database,
  }
  const always = ['--no-psqlrc', '--quiet', '--tuples-only', '--no-align', '--set=ON_ERROR_STOP=1']
  return {
    async run(...commands) {
      const args = [...always, ...commands.flatMap((command) => ['--command', command])]
      return (await promisify(execFile)(program, args, { env })).stdout.trim()
    },
  }
}
