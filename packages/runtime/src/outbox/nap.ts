import type { Clock } from '../clock.ts'

/** A pause that can be cut short, also before it begins. */
export interface Nap {
  /** Forgets that somebody called: what he wrote is about to be read. */
  reset(): void
  sleep(ms: number): Promise<void>
  wake(): void
}

export function createNap(clock: Clock, stopping: AbortSignal): Nap {
  let woken = false
  let current: AbortController | undefined
  return {
    reset() {
      woken = false
    },
    async sleep(ms) {
      if (woken || stopping.aborted) return
      current = new AbortController()
      // Being woken is the normal end of a nap.
      await clock.sleep(ms, AbortSignal.any([current.signal, stopping])).catch(() => undefined)
    },
    wake() {
      woken = true
      current?.abort()
    },
  }
}
