/** The last state of each object in a batch: one statement can write an id only once, and the older ones are not needed. */
export function newest<T>(values: readonly T[], idOf: (value: T) => string, revisionOf: (value: T) => number): T[] {
  const best = new Map<string, T>()
  for (const value of values) {
    const held = best.get(idOf(value))
    if (held === undefined || revisionOf(held) < revisionOf(value)) best.set(idOf(value), value)
  }
  return [...best.values()]
}
