import { done, type Outcome, type Received, skipped } from '@atlas/runtime'

/** Of several states of one object in a chunk only the newest is stored: one for each id, as it came. */
export function newestOf<T extends { readonly revision: number }>(
  messages: readonly Received<T>[],
  idOf: (value: T) => string,
): readonly T[] {
  const newest = new Map<string, T>()
  for (const { value } of messages) {
    const known = newest.get(idOf(value))
    if (!known || known.revision < value.revision) newest.set(idOf(value), value)
  }
  return [...newest.values()]
}

/** One outcome a message: stored, or `stale` since the same or a newer state was there. */
export function outcomesOf<T>(
  messages: readonly Received<T>[],
  stored: readonly T[],
  written: ReadonlySet<string>,
  idOf: (value: T) => string,
): readonly Outcome[] {
  const kept = new Set(stored.filter((value) => written.has(idOf(value))))
  return messages.map(({ value }) => (kept.has(value) ? done() : skipped('stale')))
}
