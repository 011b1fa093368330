import type { Bus } from '../bus/port.ts'
import type { Clock } from '../clock.ts'
import { alarm } from '../consumer/alarms.ts'
import type { SnapshotSource } from '../consumer/contract.ts'
import { describeError, meaningOf } from '../consumer/error-policy.ts'
import { repeat } from '../consumer/repeat.ts'
import type { Failpoints } from '../failpoints.ts'
import type { Logger } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { Database } from '../postgres/database.ts'
import { fillMs } from './fill.ts'
import type { Lease, OpenLease } from './lease.ts'
import { createNap } from './nap.ts'
import { createOutbox } from './outbox.ts'
import { relayFacts } from './relay-facts.ts'
import { retryParked } from './relay-parked.ts'
import { relayReferences } from './relay-references.ts'
import { InterruptedError, type RelayContext } from './relay-round.ts'
import { PRODUCTION_RELAY_TIMERS, type RelayTimers } from './relay-timers.ts'
import { postgresLease } from './store-lease.ts'
import { maintainOutbox, oldestWriter, openPointers } from './store-relay.ts'
import type { OutboxTopics } from './topics.ts'

export interface RelayOptions {
  readonly service: string
  /** The header `env`. */
  readonly env: string
  readonly database: Database
  readonly bus: Bus
  readonly topicPrefix: string
  readonly topics: OutboxTopics
  /** Reads current states, by snapshot topic. */
  readonly sources: Readonly<Record<string, SnapshotSource>>
  readonly clock: Clock
  readonly logger: Logger
  readonly metrics: Metrics
  readonly failpoints: Failpoints
  readonly timers?: RelayTimers
  /** How the right to relay is taken; the default is an advisory lock of a connection of its own. */
  readonly openLease?: OpenLease
}

/** Sends what the outbox holds: at least once, in order per key, one active relay a service. */
export interface Relay extends AsyncDisposable {
  /** True while this process holds the right to send. */
  active(): boolean
  /** Undefined while the last round succeeded; what failed, and since when, otherwise. */
  trouble(): { readonly sinceMs: number; readonly error: unknown } | undefined
  /** Look for rows now. */
  wake(): void
  /** Aborts when the relay cannot go on (a deployment fault): the process must exit. */
  readonly crashed: AbortSignal
  /** Ends after the send under way. */
  stop(): Promise<void>
}

/** Starts the relay, or a standby that takes over when the active one is gone. */
export async function startRelay(options: RelayOptions): Promise<Relay> {
  const { clock, database, logger } = options
  const { service: _, openLease = postgresLease(database), timers = PRODUCTION_RELAY_TIMERS, ...rest } = options
  const stopping = new AbortController()
  const crash = new AbortController()
  const nap = createNap(clock, stopping.signal)
  let active = false
  let trouble: { readonly sinceMs: number; readonly error: unknown } | undefined
  const note = (error: unknown) => {
    trouble = error === undefined ? undefined : { sinceMs: trouble?.sinceMs ?? clock.now(), error }
  }
  const context: RelayContext = { ...rest, timers, parkedKeys: new Set(), note }
  const setActive = (now: boolean) => {
    active = now
    context.metrics.relayActive.set(now ? 1 : 0)
  }
  setActive(false)

  const ended = run()
  const stop = async () => {
    stopping.abort()
    await ended
  }
  return {
    active: () => active,
    trouble: () => trouble,
    wake: nap.wake,
    crashed: crash.signal,
    stop,
    [Symbol.asyncDispose]: stop,
  }

  async function run(): Promise<void> {
    let pauseMs = timers.backOffStartMs
    while (!stopping.signal.aborted) {
      try {
        await using lease = await openLease(nap.wake)
        if (lease) {
          setActive(true)
          await relayWhileHeld(context, lease, nap, stopping.signal, () => {
            pauseMs = timers.backOffStartMs
          })
        } else await nap.sleep(timers.leaseRetryMs)
      } catch (error) {
        if (meaningOf(error).type === 'deployment') {
          alarm(context, 'deployment_fault', { error: describeError(error) })
          return crash.abort(error)
        }
        if (!(error instanceof InterruptedError)) {
          note(error)
          logger.warn({ event: 'relay-round-failed', error: describeError(error) })
        }
        setActive(false)
        await nap.sleep(pauseMs)
        pauseMs = Math.min(pauseMs * 2, timers.backOffMaxMs)
      }
      setActive(false)
    }
  }
}

/** Relays until the lease is lost, somebody asks to stop, or a round fails. */
async function relayWhileHeld(
  context: RelayContext,
  lease: Lease,
  nap: ReturnType<typeof createNap>,
  stopping: AbortSignal,
  succeeded: () => void,
): Promise<void> {
  const { clock, timers, topics, logger, database } = context
  const interrupted = AbortSignal.any([stopping, lease.lost])
  const factTopics = Object.keys(topics).filter((topic) => topics[topic]?.kind === 'fact')
  const reset = await database.transaction((tx) =>
    openPointers(tx, ['references', ...factTopics.map((topic) => `facts:${topic}`)]),
  )
  for (const name of reset) alarm(context, 'relay_pointer_reset', { name })
  logger.info({ event: 'relay-active' })
  await retryParked(context, interrupted)

  const ended = new AbortController()
  const watchEnd = AbortSignal.any([interrupted, ended.signal])
  // What these look after goes on without them for a while; the next look is soon.
  const onError = (error: unknown) => logger.warn({ event: 'relay-watch-failed', error: describeError(error) })
  const watches = [
    repeat(clock, timers.lagAlarmMs / 3, watchEnd, () => watchLag(context), onError),
    repeat(clock, timers.maintainMs, watchEnd, () => maintain(context), onError),
  ]
  try {
    let retryAt = clock.monotonic() + timers.parkedRetryMs
    let lookedAt = clock.monotonic()
    while (!interrupted.aborted) {
      nap.reset()
      const sinceMs = clock.monotonic() - lookedAt
      lookedAt += sinceMs
      let rows = await relayReferences(context, interrupted)
      for (const topic of factTopics) rows += await relayFacts(context, topic, interrupted)
      if (context.parkedKeys.size > 0 && clock.monotonic() >= retryAt) {
        await retryParked(context, interrupted)
        retryAt = clock.monotonic() + timers.parkedRetryMs
      }
      context.note(undefined)
      succeeded()
      // More is on its way: a moment makes fuller sends, here and in every group after. Idle, the first row goes at once.
      const pauseMs = fillMs(rows, sinceMs, timers)
      if (rows === 0) await nap.sleep(timers.pollMs)
      else if (pauseMs > 0) await clock.sleep(pauseMs, interrupted).catch(() => undefined)
    }
  } finally {
    ended.abort()
    await Promise.all(watches)
  }
}

async function watchLag(context: RelayContext): Promise<void> {
  const { database, metrics, timers } = context
  const { rows, oldestMs } = await createOutbox(context.topics).unsent(database)
  metrics.outboxUnsent.set(rows)
  metrics.outboxOldest.set(oldestMs / 1000)
  if (oldestMs > timers.lagAlarmMs)
    alarm(context, 'relay_lag', { rows, oldestMs: Math.round(oldestMs), oldestWriter: await oldestWriter(database) })
}

async function maintain(context: RelayContext): Promise<void> {
  for (const { action, partition_name } of await maintainOutbox(context.database))
    context.logger.info({ event: 'outbox-partition', action, partition: partition_name })
}
