import { setTimeout as delay } from 'node:timers/promises'

export interface WaitOptions {
  readonly what: string
  readonly timeoutMs: number
  readonly everyMs: number
  /** Rejects when waiting has become pointless, for example because the process has exited. */
  readonly unless?: Promise<never>
}

/** Asks until one request is answered without an error; throws the last refusal when time is up. */
export async function waitUntil<T>(
  ask: () => Promise<T>,
  { what, timeoutMs, everyMs, unless }: WaitOptions,
): Promise<T> {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    const outcome = await race(attempt(ask), unless)
    if (outcome.answered) return outcome.answer
    if (performance.now() > deadline) {
      throw new Error(`${what} did not answer within ${timeoutMs / 1000} s`, { cause: outcome.refusal })
    }
    await race(delay(everyMs), unless)
  }
}

type Outcome<T> =
  | { readonly answered: true; readonly answer: T }
  | { readonly answered: false; readonly refusal: unknown }

async function attempt<T>(ask: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { answered: true, answer: await ask() }
  } catch (refusal) {
    return { answered: false, refusal }
  }
}

function race<T>(wanted: Promise<T>, unless: Promise<never> | undefined): Promise<T> {
  return unless === undefined ? wanted : Promise.race([wanted, unless])
}
