import pg from 'pg'
import type { PostgresAddress } from './options.ts'

/** Runs `work` on a connection of the administrator's, closed afterwards whatever happened. */
export async function withAdmin<T>(
  { host, port, adminUser, adminPassword }: PostgresAddress,
  database: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    host,
    port,
    database,
    user: adminUser,
    password: adminPassword,
    connectionTimeoutMillis: 5_000,
    application_name: 'devstack',
  })
  // Without a listener a server that dies while we are connected would end our process; the query in hand fails anyway.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end()
  }
}
