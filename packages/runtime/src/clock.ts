import { randomUUID } from 'node:crypto'
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
  sleep,
}

// Node's own makes an error with a stack for each one that is cut short, and most are.
function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const cutShort = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', cutShort)
      resolve()
    }, ms)
    signal?.addEventListener('abort', cutShort, { once: true })
  })
}

export const systemIds: Ids = { next: () => v7(), random: () => randomUUID() }
