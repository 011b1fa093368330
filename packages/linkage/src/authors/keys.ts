import type { BlockKey, KeyChoice, ProfileFeatures, SlotFeatures, WorkFeatures } from '../types.ts'

/** Every key a slot is stored and looked up under; the `narrower` ones are to be stored as well (`allKeys`). */
export function slotKeys(_slot: SlotFeatures, _work: WorkFeatures): readonly KeyChoice[] {
  throw new Error('not built yet')
}

/** Every key a profile is stored and looked up under. */
export function profileKeys(_profile: ProfileFeatures): readonly KeyChoice[] {
  throw new Error('not built yet')
}

/** The keys and their narrower ones, distinct and sorted: what a store indexes. */
export function allKeys(_choices: readonly KeyChoice[]): readonly BlockKey[] {
  throw new Error('not built yet')
}

/** Identifiers first, names alone last. */
export function keysBySpecificity<K extends BlockKey>(_keys: readonly K[]): readonly K[] {
  throw new Error('not built yet')
}
