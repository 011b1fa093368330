import type { TestIngest } from '../../services/ingest/src/testing/an-ingest.ts'

const TABLES = [
  ...['raw_records', 'heads', 'outbox_references', 'refused_lines'],
  ...['batches', 'imports', 'uploads', 'suppressed', 'api_keys', 'renormalise_runs'],
] as const

/** Rows of every table that an input may reach. */
export type Traces = Readonly<Record<(typeof TABLES)[number], number>>

const SQL = `select ${TABLES.map((name) => `(select count(*) from ${name}) as ${name}`).join(', ')}`

export async function tracesOf({ database }: Pick<TestIngest, 'database'>): Promise<Traces> {
  const { rows } = await database.query<Traces>(SQL)
  if (!rows[0]) throw new Error('no counts')
  return rows[0]
}

/** What came to be between the two: tables that nothing happened to are left out. */
export function grownBy(before: Traces, after: Traces): Partial<Traces> {
  const grown = TABLES.map((name) => [name, after[name] - before[name]] as const)
  return Object.fromEntries(grown.filter(([, rows]) => rows !== 0))
}

/** The same form for what is expected. */
export function rows(expected: Partial<Traces>): Partial<Traces> {
  return Object.fromEntries(Object.entries(expected).filter(([, count]) => count !== 0))
}
