import type { Bus } from '../bus/port.ts'
import type { Clock } from '../clock.ts'
import type { Failpoints } from '../failpoints.ts'
import type { Logger } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { Database } from '../postgres/database.ts'
import type { ConsumerDefinition } from './definition.ts'
import type { ConsumerTimers } from './timers.ts'

export interface ConsumerOptions<T> extends ConsumerDefinition<T> {
  readonly topicPrefix: string
  readonly bus: Bus
  readonly database: Database
  readonly outbox: Outbox
  readonly clock: Clock
  readonly logger: Logger
  readonly metrics: Metrics
  readonly failpoints: Failpoints
  readonly timers?: ConsumerTimers
  /** No chunk is taken while our own outbox holds more unsent rows. Default 200,000. */
  readonly maxUnsent?: number
}

/** Why a partition stands still. */
export interface Halt {
  readonly code: 'offset_gap' | 'offset_regressed' | 'too_many_poison' | 'schema_id_changed'
  readonly detail: string
  /** The offset that was met instead of the one expected. */
  readonly found?: string
}

export interface ConsumerPosition {
  readonly partition: number
  readonly nextOffset: bigint
  readonly halted: Halt | undefined
}

/** One topic through one handler: at least once, in order within a partition, effects once. */
export interface Consumer extends AsyncDisposable {
  readonly group: string
  readonly topic: string
  /** Aborts, with the reason, when consuming has ended for good: the process must exit with 1. */
  readonly crashed: AbortSignal
  /** Ready: joined, and no partition of ours is halted. */
  ready(): boolean
  /** What to tell an operator who asks why not. */
  state(): {
    readonly joined: boolean
    readonly assigned: readonly number[]
    readonly halted: readonly ConsumerPosition[]
  }
  /** The group's rows as stored, all partitions. */
  positions(): Promise<readonly ConsumerPosition[]>
  /** Leaves the group after the chunks under way. */
  stop(): Promise<void>
}

export function startConsumer<T>(_options: ConsumerOptions<T>): Promise<Consumer> {
  throw new Error('not built')
}
