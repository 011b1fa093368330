import type { CodecClock } from './options.ts'

/** A clock for tests: sleeping moves it on at once, so a minute of waiting takes no time. */
export class TestClock implements CodecClock {
  nowMs = 0
  #sleeps = 0
  /** Called with the time after each sleep. */
  onSleep: (nowMs: number) => void = () => undefined

  monotonic(): number {
    return this.nowMs
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    // Waiting for ever takes no time here and would never let the test go.
    if (++this.#sleeps > 10_000) throw new Error(`still waiting at ${this.nowMs} ms`)
    this.nowMs += ms
    this.onSleep(this.nowMs)
  }
}
