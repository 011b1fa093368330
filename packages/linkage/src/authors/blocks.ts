import type { BlockKey, KeyChoice } from '../types.ts'

/**
 * How many profiles may stand under a whole name. Measured from 100,000 to a million made-up profiles (`pnpm bench P12`):
 * with 100 the pairs of a slot grow 1.43 times, 99 slots of 100 have 95 at most, and .989 of the truths found without a
 * cap are found. Before words of a work were keys 128 gave 1.43 times and .990, 64 gave 1.27 times and .982.
 */
export const BLOCK_CAP = 100

// A slot is looked up under one whole name at a time but under several parts of it: two spellings of its given name, five
// co-authors, an institution. So that all parts together stay about the cap, each may hold a share of it.
const GIVEN_SHARE = 1 / 4
const AROUND_SHARE = 1 / 8

/** How many profiles may stand under this key before its block is too wide; `cap` is for whole names and identifiers. */
export function roomUnder(key: string, cap: number): number {
  if (key.startsWith('w:')) return shareOf(cap, GIVEN_SHARE)
  if (!key.startsWith('n:') && !key.startsWith('o:')) return cap
  const part = key.indexOf('/')
  if (part < 0) return cap
  return shareOf(cap, '+@~'.includes(key.charAt(part + 1)) ? AROUND_SHARE : GIVEN_SHARE)
}

function shareOf(cap: number, share: number): number {
  return Math.max(1, Math.floor(cap * share))
}

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
