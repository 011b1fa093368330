import type { Database } from '@atlas/runtime'
import { type DurablePostgres, durablePostgres } from './durable-postgres.ts'

/** A database of ingest, and tables of raw records in it that are made anew for each load. */
export interface LandingPlace extends AsyncDisposable {
  readonly postgres: DurablePostgres['postgres']
  readonly name: string
  readonly database: Database
  /** Makes empty tables of raw records in a schema of this name, with every index and rule of the real ones. */
  tables(schema: string): Promise<void>
  /** Count and digest of what lies in them. */
  contents(schema: string): Promise<string>
  /** CPU seconds of the server, from its start. */
  serverSeconds(): number
  /** Transactions whose statements find those tables. */
  inside(schema: string): Pick<Database, 'transaction'>
}

export const LANDING_TABLES = ['raw_blocks', 'raw_records'] as const

export async function landingPlace(progress: (line: string) => void): Promise<LandingPlace> {
  await using undo = new AsyncDisposableStack()
  const server = undo.use(await durablePostgres(progress))
  const { name, database } = await server.ingest('landing')
  const kept = undo.move()
  const searched = new WeakMap<object, string>()
  return {
    postgres: server.postgres,
    name,
    database,
    async tables(schema) {
      await database.query(`create schema ${schema}`)
      for (const table of LANDING_TABLES)
        await database.query(`create table ${schema}.${table} (like public.${table} including all)`)
    },
    async contents(schema) {
      const of = (table: string) =>
        `select count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) as sum from ${schema}.${table} t`
      const sums = await Promise.all(LANDING_TABLES.map((table) => database.query<{ sum: string }>(of(table))))
      return sums.map(({ rows }) => rows[0]?.sum).join(', ')
    },
    serverSeconds: () => server.seconds(),
    inside: (schema) => ({
      transaction: (work, settings) =>
        database.transaction(async (tx) => {
          // Once a connection: an import has no such statement in its transactions.
          if (searched.get(tx.client) !== schema) await tx.query(`set search_path to ${schema}, public`)
          searched.set(tx.client, schema)
          return work(tx)
        }, settings),
    }),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}
