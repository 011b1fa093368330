import type { Clock } from '@atlas/runtime'
import { createSampling, type Position, type Samples } from '../check/index.ts'

export interface SamplerOptions {
  readonly clock: Clock
  /** One look at the positions of all groups; a failure is a look that was missed. */
  readonly look: () => Promise<readonly Position[]>
  readonly everyMs?: number
}

/** Looks at positions until it is stopped. */
export interface Sampler extends AsyncDisposable {
  readonly taken: () => number
  /** Waits for the look under way; then what was seen, and why the last missed look was missed. */
  stop(): Promise<{ readonly samples: Samples; readonly lastMiss: string | undefined }>
}

/** Looks about once a second and never twice at a time: one that takes longer is followed by the next at once. */
export function startSampler({ clock, look, everyMs = 1_000 }: SamplerOptions): Sampler {
  const sampling = createSampling()
  const stopping = new AbortController()

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const next = clock.monotonic() + everyMs
      await look().then(sampling.take, sampling.miss)
      // A pause that is cut short has served its purpose.
      await clock.sleep(Math.max(0, next - clock.monotonic()), stopping.signal).catch(() => undefined)
    }
  }

  const running = run()
  const stop = async () => {
    stopping.abort()
    await running
    return { samples: sampling.samples(), lastMiss: sampling.lastMiss() }
  }
  return {
    taken: () => sampling.samples().taken,
    stop,
    [Symbol.asyncDispose]: async () => void (await stop()),
  }
}
