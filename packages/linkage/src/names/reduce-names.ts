import { compareNames } from './compare-names.ts'
import type { PreparedName } from './prepare-name.ts'

/**
 * The forms of one person's name without those that only abbreviate another: J. Martin beside Jean Martin says nothing
 * more, and would let John Martin in.
 */
export function reduceNames(names: readonly PreparedName[]): readonly PreparedName[] {
  // Most slots and people have one form.
  if (names.length < 2) return names
  // Of equal forms the first spelling stays: it is the one that is shown.
  const distinct = new Map(names.toReversed().map((name) => [`${name.familyWhole}|${name.given.join(' ')}`, name]))
  const all = [...distinct.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, name]) => name)
  return all.filter((name) => name.full || !all.some((other) => other.full && abbreviates(name, other)))
}

function abbreviates(short: PreparedName, full: PreparedName): boolean {
  const level = compareNames(short, full)
  return short.family === full.family && (level === 'initials' || level === 'family_only')
}
