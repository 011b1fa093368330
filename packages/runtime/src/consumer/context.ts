import type { Bus } from '../bus/port.ts'
import type { Clock } from '../clock.ts'
import type { Failpoints } from '../failpoints.ts'
import type { Logger } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { Database } from '../postgres/database.ts'
import type { ConsumerDefinition } from './definition.ts'
import type { ConsumerTimers } from './timers.ts'

/** What the parts of one running consumer share. */
export interface ConsumerContext<T> {
  /** With the order of facts built into its handler. */
  readonly definition: ConsumerDefinition<T>
  readonly group: string
  /** The topic's name in the log. */
  readonly fullTopic: string
  /** Tells this process from others in the attempts it writes down. */
  readonly instance: string
  readonly bus: Bus
  readonly database: Database
  readonly outbox: Outbox
  readonly clock: Clock
  readonly logger: Logger
  readonly metrics: Metrics
  readonly failpoints: Failpoints
  readonly timers: ConsumerTimers
  readonly maxUnsent: number
  readonly maxChunk: number
  /** Transactions at once, where each partition has one of its own. */
  readonly concurrency: number
}
