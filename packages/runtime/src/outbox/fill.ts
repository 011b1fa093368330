import type { RelayTimers } from './relay-timers.ts'

// Rows of a round that is sent full anyway, and of one that shows that a stream is passing.
const FULL = 1_000
const STREAM = 50

/**
 * How long to wait for more rows, in ms, after a round of `rows` that were written within `sinceMs`. A few rows are somebody's
 * answer, and soon followed by no more; many are a stream, which nobody waits for: until as many again make a full send at the
 * rate at which they come, and no longer than `streamFillMs`. Pure.
 */
export function fillMs(rows: number, sinceMs: number, timers: Pick<RelayTimers, 'fillMs' | 'streamFillMs'>): number {
  if (rows >= FULL) return 0
  if (rows < STREAM) return timers.fillMs
  return Math.max(timers.fillMs, Math.min(timers.streamFillMs, (sinceMs * FULL) / rows))
}
