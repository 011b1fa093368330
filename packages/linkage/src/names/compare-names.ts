import { distance } from 'fastest-levenshtein'
import { sameNickname } from './nicknames.ts'
import { mayBePinyin } from './pinyin.ts'
import type { PreparedName } from './prepare-name.ts'
import { oneUmlautSpelling } from './umlauts.ts'

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

type GivenLevel = 'exact' | 'compatible' | 'similar' | 'initials' | 'absent' | 'middle_conflict' | 'conflict'

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
  const given = compareGiven(a, b)
  if (
    a.family === b.family ||
    a.familyWhole === b.familyWhole ||
    a.family === b.familyWhole ||
    a.familyWhole === b.family
  ) {
    return given === 'conflict' && areSwapped(a, b) ? 'swapped' : WITH_EQUAL_FAMILY[given]
  }
  if (areSwapped(a, b)) return 'swapped'
  if (isPart(a, b)) return WITH_PART_OF_FAMILY[given]
  if (isUnsplitDouble(a, b) || isUnsplitDouble(b, a)) return 'compound'
  const agree = given === 'exact' || given === 'compatible'
  if (agree && isTypo(a.family, b.family)) return 'family_typo'
  return agree ? 'family_changed' : 'other'
}

/** Whether one person may bear both names. */
export function mayBeOnePerson(level: NameLevel): boolean {
  return !(level === 'middle_conflict' || level === 'family_changed' || level === 'conflict' || level === 'other')
}

function isPart(a: PreparedName, b: PreparedName): boolean {
  if (a.familyParts.length === b.familyParts.length) return false
  const [short, long] = a.familyParts.length < b.familyParts.length ? [a, b] : [b, a]
  return short.familyParts.every((part) => part.length > 1 && long.familyParts.includes(part))
}

// Gabriel García, where the other side took Gabriel García for the given names of Márquez.
function isUnsplitDouble(short: PreparedName, long: PreparedName): boolean {
  if (short.family.length < 3 || long.given.length < 2 || long.given.at(-1) !== short.family) return false
  return short.full && short.givenJoined === long.given.slice(0, -1).join('')
}

// One letter of seven or more: shorter family names differ by one letter as a rule (Wang and Wong, Hansen and Jansen).
function isTypo(a: string, b: string): boolean {
  return Math.min(a.length, b.length) >= 7 && Math.abs(a.length - b.length) <= 1 && distance(a, b) === 1
}

function areSwapped(a: PreparedName, b: PreparedName): boolean {
  return a.full && b.full && a.givenJoined === b.family && a.family === b.givenJoined
}

function compareGiven(a: PreparedName, b: PreparedName): GivenLevel {
  if (a.given.length === 0 || b.given.length === 0) return 'absent'
  if (a.givenJoined === b.givenJoined && a.full === b.full) return a.full ? 'exact' : 'initials'
  if (!a.full || !b.full) return abbreviates(a, b) ? 'initials' : 'conflict'
  const [first, other] = [a.given[0] ?? '', b.given[0] ?? '']
  if (first === other) return middlesAgree(a.given, b.given) ? 'compatible' : 'middle_conflict'
  return isVariant(a, b, first, other) ? 'similar' : 'conflict'
}

// J. P. fits Jean-Pierre, Jean and Jianping, of which only the first letter is known; K. fits none of them.
function abbreviates(a: PreparedName, b: PreparedName): boolean {
  const shared = Math.min(a.given.length, b.given.length)
  for (let at = 0; at < shared; at++) if (!sameInitial(a.given[at] ?? '', b.given[at] ?? '')) return false
  return true
}

function sameInitial(a: string, b: string): boolean {
  return a.length === 1 || b.length === 1 ? a[0] === b[0] : a === b
}

function middlesAgree(a: readonly string[], b: readonly string[]): boolean {
  const [x, y] = [a.slice(1), b.slice(1)]
  const [short, long] = x.length <= y.length ? [x, y] : [y, x]
  return short.every((token) => long.some((other) => sameInitial(token, other) || startsWith(token, other)))
}

function startsWith(a: string, b: string): boolean {
  return a.length > 1 && b.length > 1 && (a.startsWith(b) || b.startsWith(a))
}

function isVariant(a: PreparedName, b: PreparedName, first: string, other: string): boolean {
  if (sameNickname(first, other) || oneUmlautSpelling(first) === oneUmlautSpelling(other)) return true
  if (mayBePinyin(a.givenJoined) && mayBePinyin(b.givenJoined)) return false
  const shorter = Math.min(first.length, other.length)
  if (shorter >= 3 && (first.startsWith(other) || other.startsWith(first))) return true
  if (shorter >= 3 && (a.givenJoined.startsWith(b.givenJoined) || b.givenJoined.startsWith(a.givenJoined))) return true
  // The name in use is not always the first: Pierre for Jean-Pierre.
  if (shorter >= 3 && (a.given.indexOf(other, 1) > 0 || b.given.indexOf(first, 1) > 0)) return true
  return shorter >= 6 && Math.abs(first.length - other.length) <= 1 && distance(first, other) === 1
}
