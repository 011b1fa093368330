import type { Clock } from '../clock.ts'

/** A heartbeat failed: we are no member any more. `cause` is what the client threw, and what it must get back. */
export class MembershipLostError extends Error {
  override readonly name = 'MembershipLostError'
}

// A reason that is made anew each time would carry a stack nobody reads.
const ENDED = 'the work has ended'

/** Keeps a member of a group alive while something takes its time. */
export interface Pulse {
  /** Runs `work` to its end with heartbeats beside it; one that failed is thrown by the next `check`. */
  during<T>(work: Promise<T>): Promise<T>
  /** Waits with heartbeats; ends early, by throwing, when one fails. */
  sleep(ms: number): Promise<void>
  /** Sends a heartbeat; throws when it, or one before it, failed. */
  check(): Promise<void>
}

export function createPulse(clock: Clock, everyMs: number, heartbeat: () => Promise<void>): Pulse {
  let lost: MembershipLostError | undefined

  const beat = async () => {
    try {
      await heartbeat()
    } catch (cause) {
      lost = new MembershipLostError('a heartbeat failed', { cause })
    }
  }
  const check = async () => {
    if (!lost) await beat()
    if (lost) throw lost
  }
  const beatUntil = async (ended: AbortSignal) => {
    for (;;) {
      const cutShort = await clock.sleep(everyMs, ended).then(
        () => false,
        () => true,
      )
      if (cutShort || lost) return
      await beat()
    }
  }
  return {
    check,
    async during(work) {
      const ended = new AbortController()
      const beating = beatUntil(ended.signal)
      try {
        return await work
      } finally {
        ended.abort(ENDED)
        await beating
      }
    },
    async sleep(ms) {
      const until = clock.monotonic() + ms
      for (let left = ms; left > 0; left = until - clock.monotonic()) {
        await clock.sleep(Math.min(left, everyMs))
        await check()
      }
    },
  }
}
