import pg from 'pg'
import { type MigrateOptions, type MigrationSet, migrationFiles } from './migrate.ts'

/** How a database stands to the migrations of this build. */
export interface MigrationState {
  /** Applied by `migrate`, in this order. */
  readonly pending: readonly string[]
  /** Applied to the database by a later build; this one does not know them. */
  readonly unknown: readonly { readonly name: string; readonly breaking: boolean }[]
}

/** Looks, and changes nothing; an empty database lacks every migration. */
export async function readMigrationState(options: MigrateOptions): Promise<MigrationState> {
  const { host, port, database, user, password } = options
  const client = new pg.Client({ host, port, database, user, password, application_name: 'atlas-migrate' })
  await client.connect()
  try {
    await client.query(`set role ${pg.escapeIdentifier(options.owner)}`)
    const states: MigrationState[] = []
    for (const set of options.sets) states.push(await stateOf(client, set))
    return { pending: states.flatMap(({ pending }) => pending), unknown: states.flatMap(({ unknown }) => unknown) }
  } finally {
    await client.end()
  }
}

async function stateOf(client: pg.Client, { directory, table }: MigrationSet): Promise<MigrationState> {
  const applied = await namesIn(client, table)
  const breaking = await namesIn(client, `${table}_breaking`)
  const known = new Set((await migrationFiles(directory)).map(({ name }) => name))
  return {
    pending: [...known].filter((name) => !applied.has(name)),
    unknown: [...applied].filter((name) => !known.has(name)).map((name) => ({ name, breaking: breaking.has(name) })),
  }
}

async function namesIn(client: pg.Client, table: string): Promise<ReadonlySet<string>> {
  const { rows: found } = await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [
    pg.escapeIdentifier(table),
  ])
  if (found[0]?.there !== true) return new Set()
  const { rows } = await client.query<{ name: string }>(`select name from ${pg.escapeIdentifier(table)} order by name`)
  return new Set(rows.map(({ name }) => name))
}
