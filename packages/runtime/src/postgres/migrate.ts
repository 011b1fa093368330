import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runner } from 'node-pg-migrate'
import pg from 'pg'
import type { Queryable } from './database.ts'

/** Where plain SQL files lie and which table remembers them. */
export interface MigrationSet {
  readonly directory: string
  readonly table: string
}

export interface MigrateOptions {
  readonly host: string
  readonly port: number
  readonly database: string
  /** The migrate role; it becomes `owner` for the run, so that the owner owns what is made. */
  readonly user: string
  readonly password: string
  readonly owner: string
  readonly sets: readonly MigrationSet[]
}

/** Applies what is missing, in order, each file in a transaction; two runs at once wait for each other. */
export async function migrate(options: MigrateOptions): Promise<readonly string[]> {
  const { host, port, database, user, password } = options
  const client = new pg.Client({ host, port, database, user, password, application_name: 'atlas-migrate' })
  await client.connect()
  const applied: string[] = []
  try {
    await client.query(`set role ${pg.escapeIdentifier(options.owner)}`)
    await client.query("set lock_timeout = '5s'")
    for (const { directory, table } of options.sets) {
      const ran = await runner({
        dbClient: client,
        dir: directory,
        migrationsTable: table,
        direction: 'up',
        checkOrder: true,
        ignorePattern: '(?!.*\\.sql$).*',
        log: () => undefined,
      })
      applied.push(...ran.map(({ name }) => name))
      await noteBreaking(client, directory, table)
    }
  } finally {
    await client.end()
  }
  return applied
}

/** Remembers which applied files older builds cannot live with: they look here, since they do not have the file. */
async function noteBreaking(client: pg.Client, directory: string, table: string): Promise<void> {
  const names = pg.escapeIdentifier(`${table}_breaking`)
  await client.query(`create table if not exists ${names} (name text primary key)`)
  await client.query(`grant select on ${names}, ${pg.escapeIdentifier(table)} to public`)
  for (const { name, breaking } of await migrationFiles(directory))
    if (breaking) await client.query(`insert into ${names} values ($1) on conflict do nothing`, [name])
}

/** The files of a set in the order in which they are applied. */
export async function migrationFiles(directory: string): Promise<{ name: string; breaking: boolean }[]> {
  const files = (await readdir(directory)).filter((file) => file.endsWith('.sql')).sort()
  return Promise.all(
    files.map(async (file) => ({
      name: file.replace(/\.sql$/, ''),
      breaking: /^-- breaking:/m.test(await readFile(join(directory, file), 'utf8')),
    })),
  )
}

/** Throws when the database is older than this build, or newer past a migration marked `-- breaking:`. */
export async function assertMigrated(database: Queryable, sets: readonly MigrationSet[]): Promise<void> {
  for (const { directory, table } of sets) {
    const known = (await migrationFiles(directory)).map(({ name }) => name)
    const { rows } = await database.query<{ name: string; breaking: boolean }>(
      `select m.name, b.name is not null as breaking
         from ${pg.escapeIdentifier(table)} m left join ${pg.escapeIdentifier(`${table}_breaking`)} b using (name)`,
    )
    const applied = new Set(rows.map(({ name }) => name))
    const missing = known.filter((name) => !applied.has(name))
    if (missing.length > 0)
      throw new Error(
        `database is older than this build: migration "${missing[0]}" is missing; run the migrations first`,
      )
    const breaking = rows.find((row) => row.breaking && !known.includes(row.name))
    if (breaking)
      throw new Error(`database is newer than this build can live with: migration "${breaking.name}" is breaking`)
  }
}
