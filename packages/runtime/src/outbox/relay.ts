import type { Bus } from '../bus/port.ts'
import type { Clock } from '../clock.ts'
import type { SnapshotSource } from '../consumer/contract.ts'
import type { Failpoints } from '../failpoints.ts'
import type { Logger } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { Database } from '../postgres/database.ts'
import type { OpenLease } from './lease.ts'
import type { OutboxTopics } from './topics.ts'

/** Every timer and bound of the relay. */
export interface RelayTimers {
  /** The safety net under NOTIFY. */
  readonly pollMs: number
  /** While busy: how long to wait for more rows before a send that is not full. */
  readonly fillMs: number
  readonly backOffStartMs: number
  readonly backOffMaxMs: number
  /** A standby tries to become the active relay this often. */
  readonly leaseRetryMs: number
  readonly maintainMs: number
  readonly lagAlarmMs: number
  /** How often what the broker refused for its size is tried again. */
  readonly parkedRetryMs: number
}

export const PRODUCTION_RELAY_TIMERS: RelayTimers = {
  pollMs: 1_000,
  fillMs: 20,
  backOffStartMs: 200,
  backOffMaxMs: 30_000,
  leaseRetryMs: 2_000,
  maintainMs: 600_000,
  lagAlarmMs: 30_000,
  parkedRetryMs: 60_000,
}

export const TEST_RELAY_TIMERS: RelayTimers = {
  pollMs: 200,
  fillMs: 5,
  backOffStartMs: 30,
  backOffMaxMs: 1_000,
  leaseRetryMs: 200,
  maintainMs: 600_000,
  lagAlarmMs: 4_000,
  parkedRetryMs: 300,
}

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

export function startRelay(_options: RelayOptions): Promise<Relay> {
  throw new Error('not built')
}
