import pg from 'pg'
import type { Database } from '../postgres/database.ts'
import type { Lease, OpenLease } from './lease.ts'

/**
 * The right to relay is an advisory lock of a connection of its own, which also listens for new rows: when the
 * connection breaks, the lock is free and the lease is lost, in whatever order the two sides notice.
 */
export function postgresLease(database: Database): OpenLease {
  const { options } = database.pool
  return async (onWake) => {
    // The pool keeps its password where a spread does not find it.
    const client = new pg.Client({ ...options, password: options.password, keepAlive: true })
    const lost = new AbortController()
    client.on('error', (error) => lost.abort(error))
    client.on('end', () => lost.abort(new Error('the connection that holds the relay lock has ended')))
    client.on('notification', onWake)
    try {
      await client.connect()
      const { rows } = await client.query<{ locked: boolean }>(
        `select pg_try_advisory_lock(hashtext('outbox relay')) as locked`,
      )
      if (rows[0]?.locked) {
        await client.query('listen outbox')
        return leaseOf(client, lost)
      }
    } catch (error) {
      await end(client)
      throw error
    }
    await end(client)
    return undefined
  }
}

function leaseOf(client: pg.Client, lost: AbortController): Lease {
  return {
    lost: lost.signal,
    async [Symbol.asyncDispose]() {
      await end(client)
    },
  }
}

/** A broken connection is as closed as we want it. */
async function end(client: pg.Client): Promise<void> {
  await client.end().catch(() => undefined)
}
