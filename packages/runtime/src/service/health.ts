import type { Consumer } from '../consumer/start-consumer.ts'
import type { Readiness } from '../http/ops.ts'
import type { Relay } from '../outbox/relay.ts'
import { assertMigrated, type MigrationSet } from '../postgres/migrate.ts'
import type { HostParts } from './definition.ts'

export interface Health {
  live(): boolean
  ready(): Promise<Readiness>
  /** From now on not ready, so that nothing new is sent here. */
  stop(): void
}

const TURN_MS = 1_000
const STUCK_MS = 5_000

/** Live: the event loop turns and no consumer hangs. Ready: own database answers and every consumer has joined. */
export function createHealth(options: {
  readonly parts: HostParts
  readonly migrations: readonly MigrationSet[]
  readonly relay: Relay | undefined
  readonly consumers: readonly Consumer[]
}): Health {
  const { parts, migrations, relay, consumers } = options
  const { clock, database, logger, signal } = parts
  let turned = clock.monotonic()
  const timer = setInterval(() => {
    turned = clock.monotonic()
  }, TURN_MS)
  timer.unref()
  signal.addEventListener('abort', () => clearInterval(timer), { once: true })
  let stopped = false

  const databaseAnswers = async (): Promise<boolean> => {
    const limit = new AbortController()
    try {
      return await Promise.race([
        assertMigrated(database, migrations).then(() => true),
        clock.sleep(1_000, limit.signal).then(() => false),
      ])
    } catch (error) {
      logger.warn({ event: 'not-ready', err: error })
      return false
    } finally {
      limit.abort()
    }
  }

  return {
    live: () => clock.monotonic() - turned < STUCK_MS && !consumers.some((consumer) => consumer.crashed.aborted),
    async ready() {
      const ready = !stopped && consumers.every((consumer) => consumer.ready()) && (await databaseAnswers())
      return { ready, degraded: relay?.trouble() ? ['kafka'] : [] }
    },
    stop() {
      stopped = true
    },
  }
}
