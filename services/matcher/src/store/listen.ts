import type { Database } from '@atlas/runtime'
import { COMPARE_CHANNEL } from './queue.ts'

/**
 * Calls `onWake` whenever somebody left work for the second step, on a connection of its own. Resolves when the
 * connection ends; nothing is lost then, because the workers also look by themselves.
 */
export async function listenForWork(database: Database, onWake: () => void, signal: AbortSignal): Promise<void> {
  const client = await database.pool.connect()
  const ended = new Promise<Error | undefined>((resolve) => {
    client.on('error', resolve)
    client.on('end', () => resolve(undefined))
    signal.addEventListener('abort', () => resolve(undefined), { once: true })
  })
  client.on('notification', onWake)
  try {
    await client.query(`listen ${COMPARE_CHANNEL}`)
    // What was left before we listened.
    onWake()
    const error = await ended
    if (error) throw error
  } finally {
    client.release(true)
  }
}
