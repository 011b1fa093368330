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
  /** Sends none, and throws when one failed. */
  rethrow(): void
}

/** One rhythm for all who work at a time: a timer of its own for each of them would cost more than what most of them do. */
export interface Heart {
  pulse(heartbeat: () => Promise<void>): Pulse
}

export function createHeart(clock: Clock, everyMs: number): Heart {
  const beating = new Set<() => Promise<void>>()
  let ended = new AbortController()

  const beatUntil = async ({ signal }: AbortController) => {
    for (;;) {
      const cutShort = await clock.sleep(everyMs, signal).then(
        () => false,
        () => true,
      )
      if (cutShort || signal.aborted) return
      await Promise.all([...beating].map((beat) => beat()))
    }
  }
  const join = (beat: () => Promise<void>) => {
    beating.add(beat)
    if (beating.size > 1) return
    ended = new AbortController()
    void beatUntil(ended)
  }
  const leave = (beat: () => Promise<void>) => {
    beating.delete(beat)
    if (beating.size === 0) ended.abort(ENDED)
  }
  return { pulse: (heartbeat) => pulseOf(clock, everyMs, heartbeat, join, leave) }
}

/** With a rhythm of its own. */
export function createPulse(clock: Clock, everyMs: number, heartbeat: () => Promise<void>): Pulse {
  return createHeart(clock, everyMs).pulse(heartbeat)
}

type Rhythm = (beat: () => Promise<void>) => void

function pulseOf(clock: Clock, everyMs: number, heartbeat: () => Promise<void>, join: Rhythm, leave: Rhythm): Pulse {
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
  return {
    check,
    rethrow() {
      if (lost) throw lost
    },
    async during(work) {
      let underWay: Promise<void> | undefined
      const beside = () => {
        if (!lost) underWay = beat()
        return underWay ?? Promise.resolve()
      }
      join(beside)
      try {
        return await work
      } finally {
        leave(beside)
        await underWay
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
