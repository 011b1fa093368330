import type { Clock } from '@atlas/runtime'

export interface WaitOptions {
  readonly clock: Clock
  /** What is waited for, as the failure tells it. */
  readonly what: string | (() => string)
  readonly timeoutMs: number
  /** Ends the waiting with its reason. */
  readonly signal?: AbortSignal
}

/** Asks until the answer is not undefined; throws what was waited for when time is up. An error of `ask` ends it. */
export async function waitFor<T>(
  { clock, what, timeoutMs, signal }: WaitOptions,
  ask: () => Promise<T | undefined> | T | undefined,
): Promise<T> {
  const deadline = clock.monotonic() + timeoutMs
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    if (clock.monotonic() > deadline)
      throw new Error(`waited ${timeoutMs / 1000} s in vain: ${typeof what === 'string' ? what : what()}`)
    await clock.sleep(100, signal)
  }
}
