import type { MigrateOptions } from '@atlas/runtime'
import { DATABASE_OWNERS, type DatabaseOwner, migrationSetsOf } from '@atlas/testing'
import type { Context } from '../context.ts'
import { CliError } from '../exit.ts'

/** Where each database is and who may change it, from the settings; every one that is missing is told at once. */
export function migrateOptionsOf(context: Pick<Context, 'env'>, names: readonly string[]): readonly MigrateOptions[] {
  const unknown = names.filter((name) => !DATABASE_OWNERS.some((owner) => owner === name))
  if (unknown.length > 0)
    throw new CliError(`no database of "${unknown.join('", "')}": there are ${DATABASE_OWNERS.join(', ')}`, 2)
  const missing = new Set<string>()
  const chosen = DATABASE_OWNERS.filter((owner) => names.length === 0 || names.includes(owner))
  const options = chosen.map((owner) => optionsOf(context.env, owner, missing))
  if (missing.size > 0) throw new CliError(`not set: ${[...missing].join(', ')}`, 2)
  return options
}

function optionsOf(env: Context['env'], owner: DatabaseOwner, missing: Set<string>): MigrateOptions {
  const prefix = `${owner.toUpperCase()}_DB`
  const own = (name: string, otherwise: string) => env[`${prefix}_${name}`] ?? otherwise
  const needed = (...keys: readonly string[]) => {
    const value = keys.map((key) => env[key]).find((one) => one !== undefined && one !== '')
    if (value === undefined) missing.add(keys.at(-1) ?? '')
    return value ?? ''
  }
  return {
    host: needed(`${prefix}_HOST`, 'DB_HOST'),
    port: portOf(env[`${prefix}_PORT`] ?? env['DB_PORT'] ?? '5432'),
    database: own('NAME', `${owner}_db`),
    user: own('MIGRATE_USER', `${owner}_migrate`),
    password: needed(`${prefix}_MIGRATE_PASSWORD`),
    owner: own('OWNER', `${owner}_owner`),
    sets: migrationSetsOf(owner),
  }
}

function portOf(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new CliError(`"${text}" is no port`, 2)
  return port
}
