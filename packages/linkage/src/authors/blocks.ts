import type { BlockKey, KeyChoice } from '../types.ts'

/** Where a slot is looked up, some blocks being too wide. */
export interface Lookup {
  readonly keys: readonly BlockKey[]
  /** Blocks that are too wide and that nothing narrower is known for: whoever stands in those alone is not found. */
  readonly cut: readonly BlockKey[]
}

/** Each choice's own key, and instead of a wide one those that split it. */
export function lookupOf(choices: readonly KeyChoice[], isWide: (key: string) => boolean): Lookup {
  const [keys, cut] = [new Map<string, BlockKey>(), new Map<string, BlockKey>()]
  const visit = (choice: KeyChoice): void => {
    if (!isWide(choice.key)) {
      if (!keys.has(choice.key)) keys.set(choice.key, choice)
      return
    }
    const narrower = choice.narrower()
    if (narrower.length === 0) cut.set(choice.key, choice)
    else narrower.forEach(visit)
  }
  choices.forEach(visit)
  return { keys: [...keys.values()], cut: [...cut.values()] }
}

/**
 * The keys a slot stands under, for profiles that come later: its own, and under a frequent name all that is narrower.
 * The table of frequent names is frozen, so this does not depend on what has arrived so far.
 */
export function slotStandsUnder(choices: readonly KeyChoice[]): readonly string[] {
  const keys = new Set<string>()
  const visit = (choice: KeyChoice): void => {
    keys.add(choice.key)
    if (choice.frequent) choice.narrower().forEach(visit)
  }
  choices.forEach(visit)
  return [...keys].sort()
}
