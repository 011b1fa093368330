import type { Clock } from '../clock.ts'

/** A loop in the background of a service. */
export interface Worker {
  readonly name: string
  /** Asks it to end and waits until the step under way is finished. */
  stop(): Promise<void>
}

export interface WorkerOptions {
  readonly name: string
  readonly clock: Clock
  /** Waits this long after a step that found nothing to do, unless woken. */
  readonly idleMs: number
  /** Does one bounded step; `true` when there may be more to do at once. */
  readonly step: (signal: AbortSignal) => Promise<boolean>
  /** Decides what an error means: wait so many milliseconds and go on, or `crash`. */
  readonly onError: (error: unknown, failures: number) => number | 'crash'
  readonly crash: (error: unknown) => void
}

/** Runs `step` until stopped; `wake` cuts the wait short. */
export function startWorker(options: WorkerOptions): Worker & { wake(): void } {
  const { clock, idleMs, step, onError } = options
  const stopping = new AbortController()
  let nap = new AbortController()
  let woken = false

  const pause = async (ms: number) => {
    if (woken || stopping.signal.aborted) return
    nap = new AbortController()
    // Being woken is the normal end of a nap.
    await clock.sleep(ms, AbortSignal.any([nap.signal, stopping.signal])).catch(() => undefined)
  }

  const run = async () => {
    let failures = 0
    while (!stopping.signal.aborted) {
      try {
        woken = false
        const more = await step(stopping.signal)
        failures = 0
        if (!more) await pause(idleMs)
      } catch (error) {
        if (stopping.signal.aborted) return
        const wait = onError(error, ++failures)
        if (wait === 'crash') return options.crash(error)
        await pause(wait)
      }
    }
  }

  const running = run()
  return {
    name: options.name,
    wake() {
      woken = true
      nap.abort()
    },
    async stop() {
      stopping.abort()
      await running
    },
  }
}
