import { setTimeout as sleep } from 'node:timers/promises'

/** Waits for a condition, and says what it saw last when it does not come. */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  holds: (seen: T) => boolean = Boolean,
  withinMs = 30_000,
): Promise<T> {
  const end = performance.now() + withinMs
  for (;;) {
    const seen = await look()
    if (holds(seen)) return seen
    if (performance.now() > end) throw new Error(`${what}: not within ${withinMs} ms; last seen ${show(seen)}`)
    await sleep(20)
  }
}

function show(seen: unknown): string {
  return JSON.stringify(seen, (_, value) => (typeof value === 'bigint' ? `${value}n` : value))?.slice(0, 500)
}
