/** Every timer and bound of the relay. */
export interface RelayTimers {
  /** The safety net under NOTIFY. */
  readonly pollMs: number
  /** While busy: how long to wait for more rows before a send that is not full. */
  readonly fillMs: number
  /** The most while a stream of rows is passing: ten times as many rows a send cost little more than one. */
  readonly streamFillMs: number
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
  fillMs: 100,
  streamFillMs: 1_000,
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
  streamFillMs: 15,
  backOffStartMs: 30,
  backOffMaxMs: 1_000,
  leaseRetryMs: 200,
  maintainMs: 600_000,
  lagAlarmMs: 4_000,
  parkedRetryMs: 300,
}
