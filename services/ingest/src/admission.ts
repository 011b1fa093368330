import { type Clock, type Outbox, Problem, type Queryable } from '@atlas/runtime'

export interface AdmissionParts {
  readonly database: Queryable
  readonly outbox: Outbox
  readonly clock: Clock
  readonly maxUnsent: number
}

/** Says whether more may be taken in: never a 200 that cannot be kept. */
export interface Admission {
  overloaded(): Promise<boolean>
  /** Throws 503 `overloaded`. */
  check(): Promise<void>
}

const MAX_AGE_MS = 10 * 60_000
/** Between two looks: a burst of small pushes must not count the outbox each time. */
const FRESH_MS = 500

export function createAdmission({ database, outbox, clock, maxUnsent }: AdmissionParts): Admission {
  let looked = Number.NEGATIVE_INFINITY
  let full = false
  const overloaded = async () => {
    if (clock.monotonic() - looked < FRESH_MS) return full
    const { rows, oldestMs } = await outbox.unsent(database, maxUnsent + 1)
    looked = clock.monotonic()
    full = rows > maxUnsent || oldestMs > MAX_AGE_MS
    return full
  }
  return {
    overloaded,
    async check() {
      if (await overloaded())
        throw new Problem(503, 'overloaded', 'too much waits to be published; send again later', {
          headers: { 'Retry-After': '30', Connection: 'close' },
        })
    },
  }
}
