import { compareGiven, type GivenLevel } from './compare-given.ts'
import { areSwapped, haveOneFamily, haveSameLetters, isPart, isTypo, isUnsplitDouble, recutAs } from './family-names.ts'
import type { PreparedName } from './prepare-name.ts'

/** How two names stand to each other, the best first. */
export const NAME_LEVELS = [
  'exact', //           every part equal, one given name at least in full
  'compatible', //      first given names equal, middle names absent or abbreviated on a side
  'similar', //         nickname, beginning, the second given name in use, one letter off
  'compound', //        a double family name of which one side has a part
  'swapped', //         family and given name changed places
  'family_typo', //     a long family name with one letter off
  'initials', //        the initials agree
  'family_only', //     a side has no given name
  'middle_conflict', // John A., John B.
  'family_changed', //  given names equal, another family name
  'conflict', //        same family name, another given name
  'other',
] as const
export type NameLevel = (typeof NAME_LEVELS)[number]

const WITH_EQUAL_FAMILY: Readonly<Record<GivenLevel, NameLevel>> = {
  exact: 'exact',
  compatible: 'compatible',
  similar: 'similar',
  initials: 'initials',
  absent: 'family_only',
  middle_conflict: 'middle_conflict',
  conflict: 'conflict',
}
const WITH_PART_OF_FAMILY: Readonly<Record<GivenLevel, NameLevel>> = {
  ...WITH_EQUAL_FAMILY,
  exact: 'compound',
  compatible: 'compound',
  similar: 'compound',
}

/** The level of a pair of names; symmetric. */
export function compareNames(a: PreparedName, b: PreparedName): NameLevel {
  if (a.family === '' || b.family === '') return 'other'
  if (a.group || b.group) return a.group && b.group && a.family === b.family ? 'exact' : 'other'
  const level = comparePersons(a, b)
  return a.suffix !== b.suffix && areGenerations(a, b) && mayBeOnePerson(level) ? 'conflict' : level
}

function comparePersons(a: PreparedName, b: PreparedName): NameLevel {
  if (haveOneFamily(a, b)) {
    const given = compareGiven(a, b)
    return given === 'conflict' && areSwapped(a, b) ? 'swapped' : WITH_EQUAL_FAMILY[given]
  }
  if (haveSameLetters(a, b)) return a.full || b.full ? 'exact' : 'initials'
  if (areSwapped(a, b)) return 'swapped'
  if (isPart(a, b)) return comparePart(a, b)
  if (isUnsplitDouble(a, b) || isUnsplitDouble(b, a)) return 'compound'
  if (!beginAlike(a, b)) return 'other'
  const given = compareGiven(a, b)
  if (given !== 'exact' && given !== 'compatible') return 'other'
  return isTypo(a.family, b.family) ? 'family_typo' : 'family_changed'
}

/** Only such given names can agree: families that have nothing in common are told apart without looking further. */
function beginAlike(a: PreparedName, b: PreparedName): boolean {
  return a.given[0] === b.given[0] || a.givenJoined === b.givenJoined || (a.characters !== '' && b.characters !== '')
}

// Jr and II are given to one person; where a side has none, it was left out.
function areGenerations({ suffix: a }: PreparedName, { suffix: b }: PreparedName): boolean {
  return a !== '' && b !== '' && !((a === 'jr' && b === 'ii') || (a === 'ii' && b === 'jr'))
}

/** Whether one person may bear both names. */
export function mayBeOnePerson(level: NameLevel): boolean {
  return !(level === 'middle_conflict' || level === 'family_changed' || level === 'conflict' || level === 'other')
}

function comparePart(a: PreparedName, b: PreparedName): NameLevel {
  const [short, long] = a.familyParts.length < b.familyParts.length ? [a, b] : [b, a]
  const recut = recutAs(short, long)
  return recut === undefined ? WITH_PART_OF_FAMILY[compareGiven(a, b)] : WITH_EQUAL_FAMILY[compareGiven(recut, long)]
}
