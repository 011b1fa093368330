/** Every timer and bound of the consumer loop. */
export interface ConsumerTimers {
  /** A handler that takes longer is cut off. */
  readonly handlerCapMs: number
  /** One statement of a handler. */
  readonly statementMs: number
  /** A chunk that takes longer is followed by a smaller one. */
  readonly chunkMs: number
  /** The least time from one transaction to the next that is not full: what a stream brings meanwhile shares it. */
  readonly paceMs: number
  /** The same while a stream is passing, before the next fetch: as long as a relay gathers what it sends of one. */
  readonly streamPaceMs: number
  /** Before a lost race is run again. */
  readonly raceMs: number
  /** How often the group hears of us while a chunk runs or waits. */
  readonly heartbeatMs: number
  readonly backOffStartMs: number
  readonly backOffMaxMs: number
  /** Waiting for a database or the registry takes no longer than this before the client hears of it. */
  readonly unavailableCapMs: number
  /** How often a halted partition is looked at again. */
  readonly haltedPollMs: number
  /** A fact that waits longer for the one before it raises an alarm. */
  readonly gapAlarmMs: number
  readonly topicCheckMs: number
  /** How long an answer about our own unsent outbox may be used. */
  readonly backPressureMs: number
}

export const PRODUCTION_CONSUMER_TIMERS: ConsumerTimers = {
  handlerCapMs: 30_000,
  statementMs: 5_000,
  chunkMs: 2_000,
  paceMs: 300,
  streamPaceMs: 1_000,
  raceMs: 50,
  heartbeatMs: 1_000,
  backOffStartMs: 200,
  backOffMaxMs: 5_000,
  unavailableCapMs: 60_000,
  haltedPollMs: 2_000,
  gapAlarmMs: 60_000,
  topicCheckMs: 60_000,
  backPressureMs: 1_000,
}

export const TEST_CONSUMER_TIMERS: ConsumerTimers = {
  handlerCapMs: 4_000,
  statementMs: 3_000,
  chunkMs: 2_000,
  paceMs: 10,
  streamPaceMs: 15,
  raceMs: 20,
  heartbeatMs: 200,
  backOffStartMs: 30,
  backOffMaxMs: 700,
  unavailableCapMs: 8_000,
  haltedPollMs: 200,
  gapAlarmMs: 8_000,
  topicCheckMs: 5_000,
  backPressureMs: 100,
}
