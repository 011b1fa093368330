import { expect } from 'vitest'

const MAX_ROUNDS = 8

/**
 * Draws until each thing was met more often than its floor. How often chance brings a thing has a heavy tail: in one round of
 * forty histories it may be seldom, or hundreds of times, so a floor of a single round fails where nothing is broken. A thing
 * that is not met after {@link MAX_ROUNDS} rounds is one that the histories cannot bring any more, and fails.
 *
 * @param met counts, as the property leaves them
 * @param floors for each thing that has to be met: more often than this
 * @param draw one round of histories; throws when the property does not hold
 */
export async function untilMet<Thing extends string>(
  met: Readonly<Record<Thing, number>>,
  floors: Readonly<Partial<Record<Thing, number>>>,
  draw: () => Promise<void>,
): Promise<void> {
  const seldom = () =>
    (Object.entries(floors) as [Thing, number][])
      .filter(([thing, floor]) => met[thing] <= floor)
      .map(([thing, floor]) => `${thing}: ${met[thing]}, not more than ${floor}`)
  for (let round = 1; round <= MAX_ROUNDS; round++) {
    await draw()
    if (seldom().length === 0) return
  }
  expect(seldom(), `met after ${MAX_ROUNDS} rounds`).toEqual([])
}
