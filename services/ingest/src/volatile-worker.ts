import { classOf, startWorker, type Worker } from '@atlas/runtime'
import type { Admission } from './admission.ts'
import { publishVolatile, VOLATILE_PAGE, type VolatileParts } from './publish-volatile.ts'

export interface VolatileWorkerParts extends VolatileParts {
  readonly admission: Pick<Admission, 'overloaded'>
  readonly sweepMs: number
  readonly crash: (error: unknown) => void
}

/** Publishes page after page of what is due, and rests while too much waits to be sent. */
export function startVolatileWorker(parts: VolatileWorkerParts): Worker {
  const { clock, sweepMs, admission, crash } = parts
  return startWorker({
    name: 'volatile',
    clock,
    idleMs: sweepMs,
    async step() {
      if (await admission.overloaded()) return false
      const { published, unchanged, refused } = await publishVolatile(parts, VOLATILE_PAGE)
      return published + unchanged + refused === VOLATILE_PAGE
    },
    onError: waitAfter,
    crash,
  })
}

const MAX_WAIT_MS = 30_000

/** A database that is away is waited for; what nobody expected is tried three times. */
function waitAfter(error: unknown, failures: number): number | 'crash' {
  const kind = classOf(error)
  if (kind === 'unavailable' || kind === 'demoted' || kind === 'contention')
    return Math.min(200 * 2 ** failures, MAX_WAIT_MS)
  return failures < 3 ? 200 * failures : 'crash'
}
