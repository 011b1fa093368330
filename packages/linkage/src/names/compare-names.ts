import { distance } from 'fastest-levenshtein'
import type { PreparedName } from './prepare-name.ts'
import { isSlavic, soundOf } from './transcriptions.ts'

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
  return a.given[0] === b.given[0] || a.givenJoined === b.givenJoined || a.characters !== ''
}

function haveOneFamily(a: PreparedName, b: PreparedName): boolean {
  return (
    a.family === b.family ||
    a.familyWhole === b.familyWhole ||
    a.family === b.familyWhole ||
    a.familyWhole === b.family ||
    isOneKoreanFamily(a, b)
  )
}

// Yi, Rhee and Lee, where a given name shows that it is Korea they come from and none shows another country.
function isOneKoreanFamily(a: PreparedName, b: PreparedName): boolean {
  if (a.koreanFamily === '' || a.koreanFamily !== b.koreanFamily) return false
  const [here, there] = [a.koreanGiven !== '', b.koreanGiven !== '']
  return (here || there) && (here || !a.full) && (there || !b.full)
}

// Jr and II are given to one person; where a side has none, it was left out.
function areGenerations({ suffix: a }: PreparedName, { suffix: b }: PreparedName): boolean {
  return a !== '' && b !== '' && !((a === 'jr' && b === 'ii') || (a === 'ii' && b === 'jr'))
}

/** Equal letter by letter, and only cut elsewhere: Gabriel García + Márquez, Gabriel + García Márquez. */
function haveSameLetters(a: PreparedName, b: PreparedName): boolean {
  if (a.straight === b.straight)
    return a.given[0] === b.given[0] && a.givenJoined + a.family === b.givenJoined + b.family
  return (
    a.turned === b.turned &&
    a.familyParts[0] === b.familyParts[0] &&
    a.family + a.givenJoined === b.family + b.givenJoined
  )
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

/** María José García + López as María José + García López, where the other side has that double family name. */
function recutAs(short: PreparedName, long: PreparedName): PreparedName | undefined {
  const extra = long.familyParts.length - short.familyParts.length
  const words = [...short.given.slice(-extra), ...short.familyParts]
  if (extra === 0 || extra >= short.given.length || words.some((word, at) => word !== long.familyParts[at]))
    return undefined
  let end = short.given.length - extra
  for (let at = end - 1; at > 0; at--)
    if (short.given.slice(at, end).join('') + long.family === long.familyWhole) end = at
  const [given, sounds] = [short.given.slice(0, end), short.sounds.slice(0, end)]
  return { ...short, given, givenJoined: given.join(''), sounds, sound: sounds.join('') }
}

function isPart(a: PreparedName, b: PreparedName): boolean {
  if (a.family === b.suffix || b.family === a.suffix) return true
  if (a.familyParts.length === b.familyParts.length) {
    return a.familyParts.length > 1 && a.familyParts.every((part) => b.familyParts.includes(part))
  }
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
  if (a.length > 6 && b.length > 6 && soundOf(a) === soundOf(b)) return true
  if (a.replace(/^mc/, 'mac') === b.replace(/^mc/, 'mac')) return true
  return Math.min(a.length, b.length) >= 7 && Math.abs(a.length - b.length) <= 1 && distance(a, b) === 1
}

function areSwapped(a: PreparedName, b: PreparedName): boolean {
  if (!a.full || !b.full) return false
  return a.straight === b.turned || a.turned === b.straight || isReversed(a, b)
}

/** Word by word, as a Vietnamese name is: Nguyen Thi Ha, Ha Thi Nguyen. */
function isReversed(a: PreparedName, b: PreparedName): boolean {
  if (a.family !== b.given[0] || b.family !== a.given[0] || a.given.length !== b.given.length) return false
  return a.given.every((name, at) => at === 0 || name === b.given[at])
}

function compareGiven(a: PreparedName, b: PreparedName): GivenLevel {
  if (a.characters !== '' && b.characters !== '') return a.characters === b.characters ? 'exact' : 'conflict'
  if (a.given.length === 0 || b.given.length === 0) return 'absent'
  if (a.givenJoined === b.givenJoined && a.full === b.full) return a.given.some(isWritten) ? 'exact' : 'initials'
  if (!a.full || !b.full) return compareInitials(a, b)
  const [first, other] = [a.given[0] ?? '', b.given[0] ?? '']
  if (a.koreanGiven !== '' && b.koreanGiven !== '') {
    if (a.koreanGiven === b.koreanGiven) return 'similar'
    if (first === other) return 'conflict' // Min-Soo, Min-Seok: two syllables are one name
  }
  if (first === other) return middlesAgree(a, b) ? 'compatible' : 'middle_conflict'
  if (a.form !== '' && a.form === b.form) return middlesMayAgree(a, b) ? 'similar' : 'middle_conflict'
  if (a.pinyin && b.pinyin) return 'conflict'
  if (a.sound === b.sound) return 'similar'
  if (a.sounds[0] === b.sounds[0]) return middlesMayAgree(a, b) ? 'similar' : 'middle_conflict'
  return isVariant(a, b, first, other) ? 'similar' : 'conflict'
}

function isWritten(name: string): boolean {
  return name.length > 1
}

function compareInitials(a: PreparedName, b: PreparedName): GivenLevel {
  if (abbreviates(a, b)) return 'initials'
  // J. Robert and Robert: the name in use is written out, and it is not the first.
  return isUsed(a, b) || isUsed(b, a) ? 'similar' : 'conflict'
}

function isUsed(abbreviated: PreparedName, full: PreparedName): boolean {
  const [first = '', second = ''] = abbreviated.given
  return first.length === 1 && second.length > 2 && second === full.given[0]
}

// J. P. fits Jean-Pierre, Jean and Jianping, of which only the first letter is known; K. fits none of them.
function abbreviates(a: PreparedName, b: PreparedName): boolean {
  const shared = Math.min(a.given.length, b.given.length)
  for (let at = 0; at < shared; at++) {
    const [x, y] = [a.given[at] ?? '', b.given[at] ?? '']
    if (!sameInitial(x, y) && !(isSoft(x) && isSoft(y) && isSlavic(a.family))) return false
  }
  return true
}

/** What stands for the Cyrillic Ю and Я: Yu., Iu., J. */
function isSoft(name: string): boolean {
  return /^[yij](?:[ua]|$)/.test(name)
}

function sameInitial(a: string, b: string): boolean {
  return a.length === 1 || b.length === 1 ? a[0] === b[0] : a === b
}

function middlesAgree(a: PreparedName, b: PreparedName): boolean {
  const [short, long] = a.given.length <= b.given.length ? [a, b] : [b, a]
  return short.given.every((name, at) => at === 0 || hasMiddle(long, name, short.sounds[at] ?? ''))
}

function hasMiddle({ given, sounds }: PreparedName, name: string, sound: string): boolean {
  return given.some(
    (other, at) => at > 0 && (sameInitial(name, other) || startsWith(name, other) || sounds[at] === sound),
  )
}

function startsWith(a: string, b: string): boolean {
  return a.length > 1 && b.length > 1 && (a.startsWith(b) || b.startsWith(a))
}

// Without a middle name on one side there is nothing to disagree about.
function middlesMayAgree(a: PreparedName, b: PreparedName): boolean {
  return a.given.length < 2 || b.given.length < 2 || middlesAgree(a, b)
}

function isVariant(a: PreparedName, b: PreparedName, first: string, other: string): boolean {
  const shorter = Math.min(first.length, other.length)
  if (shorter >= 3 && (first.startsWith(other) || other.startsWith(first))) return true
  if (shorter >= 3 && (a.givenJoined.startsWith(b.givenJoined) || b.givenJoined.startsWith(a.givenJoined))) return true
  // The name in use is not always the first: Pierre for Jean-Pierre.
  if (isLater(a.given, other) || isLater(b.given, first)) return true
  return shorter >= 6 && Math.abs(first.length - other.length) <= 1 && distance(first, other) === 1
}

// Two letters say enough at the end only, where a Vietnamese given name stands: An for Van An.
function isLater(given: readonly string[], name: string): boolean {
  return name.length > 2 ? given.indexOf(name, 1) > 0 : given.length > 1 && given.at(-1) === name
}
