import { join } from 'node:path'
import type pg from 'pg'
import { withAdmin } from './admin-connection.ts'
import type { PostgresAddress } from './options.ts'
import { secretsFor } from './secrets.ts'
import { DATABASES } from './service-names.ts'

export interface DatabasesOptions {
  /** The stack's data folder: the roles' passwords are kept in its env.json. */
  readonly dataDir: string
  /** Services by name; each gets `<prefix><name>_db<suffix>`. All of them by default. */
  readonly names?: readonly string[]
  readonly prefix?: string
  readonly suffix?: string
}

/** `migrate` may act as the owner of the tables, `app` has what the migrations grant it. */
export type Role = 'migrate' | 'app'

export interface Connection {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  readonly password: string
}

export interface Databases {
  readonly names: readonly string[]
  /** `database` names a clone of the service's database; by default it is the database made here. */
  connection(name: string, role: Role, database?: string): Connection
}

/**
 * One database per service with three roles each, and no way from one service into another's database. May be repeated:
 * what is there is kept and put right.
 */
export async function createDatabases(postgres: PostgresAddress, options: DatabasesOptions): Promise<Databases> {
  const { dataDir, names = DATABASES, prefix = '', suffix = '' } = options
  for (const word of [...names, prefix, suffix]) requireSimpleName(word)
  const databaseOf = (name: string): string => `${prefix}${name}_db${suffix}`

  const secrets = await withAdmin(postgres, 'postgres', async (client) => {
    // Test workers may get here at the same time, and `create role` knows no "if not exists".
    await client.query("select pg_advisory_lock(hashtext('atlas devstack'))")
    const logins = names.flatMap((name) => [`${name}_migrate`, `${name}_app`])
    const secrets = await secretsFor(join(dataDir, 'env.json'), logins)
    for (const database of ['postgres', 'template1']) await closeToPublic(client, database)
    for (const name of names) await createRoles(client, name, secrets)
    for (const name of names) await createDatabase(client, databaseOf(name), name)
    return secrets
  })
  await Promise.all(
    names.map((name) => withAdmin(postgres, databaseOf(name), (client) => handOverSchema(client, name))),
  )

  return {
    names,
    connection(name, role, database = databaseOf(name)) {
      const user = `${name}_${role}`
      const password = secrets[user]
      if (password === undefined) throw new Error(`no role "${user}"`)
      return { host: postgres.host, port: postgres.port, database, user, password }
    },
  }
}

async function createRoles(client: pg.Client, name: string, secrets: Readonly<Record<string, string>>): Promise<void> {
  const { rows } = await client.query<{ rolname: string }>('select rolname from pg_roles where rolname = any($1)', [
    [`${name}_owner`, `${name}_migrate`, `${name}_app`],
  ])
  const known = new Set(rows.map(({ rolname }) => rolname))
  if (!known.has(`${name}_owner`)) await client.query(`create role ${name}_owner nologin`)
  for (const login of [`${name}_migrate`, `${name}_app`]) {
    const verb = known.has(login) ? 'alter' : 'create'
    await client.query(`${verb} role ${login} login password ${client.escapeLiteral(secrets[login] ?? '')}`)
  }
  await client.query(`grant ${name}_owner to ${name}_migrate`)
}

async function createDatabase(client: pg.Client, database: string, name: string): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database])
  if (rowCount === 0) await client.query(`create database ${database} strategy file_copy`)
  await closeToPublic(client, database)
  // temporary: bulk loads go through temporary tables. create: the migrations make their extensions.
  await client.query(`grant connect, temporary on database ${database} to ${name}_owner, ${name}_migrate, ${name}_app`)
  await client.query(`grant create on database ${database} to ${name}_owner`)
}

async function closeToPublic(client: pg.Client, database: string): Promise<void> {
  await client.query(`revoke connect, temporary on database ${database} from public`)
}

async function handOverSchema(client: pg.Client, name: string): Promise<void> {
  await client.query(`alter schema public owner to ${name}_owner`)
  await client.query('revoke create on schema public from public')
}

/** Names become part of statements, where they cannot be parameters. */
export function requireSimpleName(word: string): void {
  if (!/^[a-z0-9_]{0,40}$/.test(word)) throw new Error(`"${word}" cannot be part of a database name`)
}
