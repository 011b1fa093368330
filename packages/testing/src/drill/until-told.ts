import type { Clock } from '@atlas/runtime'

const PATIENCE_MS = 120_000

/**
 * Asks again until there is a whole answer, as a careful client does: a broken connection and a 5xx leave everything
 * open, and a refusal (4xx) ends it. `unknown` is told of every try whose end nobody knows.
 */
export async function untilTold<T>(
  clock: Clock,
  ask: () => Promise<T>,
  unknown: () => void = () => undefined,
): Promise<T> {
  const deadline = clock.monotonic() + PATIENCE_MS
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (isRefusal(error) || clock.monotonic() > deadline) throw error
      unknown()
      await clock.sleep(250)
    }
  }
}

/** The helpers of a deployment tell the status of an answer in their error. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && / answered 4\d\d/.test(error.message)
}
