import { type KeyChoice, slotStandsUnder } from '@atlas/linkage'

/** The keys a slot is indexed under, sorted: what it shares with a profile that arrives later. */
export function indexedKeys(choices: readonly KeyChoice[]): readonly string[] {
  return slotStandsUnder(choices)
}
