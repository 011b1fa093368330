/** Every timer of the client; tests run them at about a seventh. */
export interface KafkaTimers {
  readonly connectionMs: number
  readonly requestMs: number
  /** Below `requestMs`: the broker gives up first. */
  readonly produceMs: number
  readonly sessionMs: number
  readonly rebalanceMs: number
  readonly heartbeatMs: number
  readonly maxWaitMs: number
  /** No fetch, heartbeat or finished batch for so long: the consumer hangs. */
  readonly watchdogMs: number
  readonly stopCapMs: number
  readonly disconnectCapMs: number
  readonly retryStartMs: number
  readonly retryMaxMs: number
}

export const PRODUCTION_KAFKA_TIMERS: KafkaTimers = {
  connectionMs: 10_000,
  requestMs: 12_000,
  produceMs: 10_000,
  sessionMs: 45_000,
  rebalanceMs: 60_000,
  heartbeatMs: 3_000,
  maxWaitMs: 1_000,
  watchdogMs: 135_000,
  stopCapMs: 20_000,
  disconnectCapMs: 10_000,
  retryStartMs: 200,
  retryMaxMs: 5_000,
}

/** About a seventh of production; a session shorter than 6 s is refused by the broker's default. */
export const TEST_KAFKA_TIMERS: KafkaTimers = {
  connectionMs: 3_000,
  requestMs: 5_000,
  produceMs: 3_000,
  sessionMs: 6_000,
  rebalanceMs: 9_000,
  heartbeatMs: 500,
  maxWaitMs: 200,
  watchdogMs: 19_000,
  stopCapMs: 10_000,
  disconnectCapMs: 3_000,
  retryStartMs: 100,
  retryMaxMs: 1_000,
}

export interface KafkaConfig {
  readonly brokers: readonly string[]
  readonly clientId: string
  readonly ssl?: { readonly ca?: string; readonly cert?: string; readonly key?: string } | boolean
  readonly sasl?: {
    readonly mechanism: 'scram-sha-512' | 'scram-sha-256' | 'plain'
    readonly username: string
    readonly password: string
  }
  readonly timers: KafkaTimers
}
