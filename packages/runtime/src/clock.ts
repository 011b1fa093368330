import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { v7 } from 'uuid'

/** Time, chance and waiting come from outside, so that a simulation can drive them. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Milliseconds of a clock that never goes back. */
  monotonic(): number
  /** Resolves after `ms`, or rejects with the signal's reason. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

export interface Ids {
  /** Time-ordered (v7), for rows that have a public id. */
  next(): string
  /** Random (v4), for ids that must tell nothing. */
  random(): string
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (ms, signal) => wait(ms, undefined, signal ? { signal } : {}),
}

export const systemIds: Ids = { next: () => v7(), random: () => randomUUID() }
