import { distance } from 'fastest-levenshtein'
import type { PreparedName } from './prepare-name.ts'
import { soundOf } from './transcriptions.ts'

/** Equal with or without particles, or two spellings of one Korean name. */
export function haveOneFamily(a: PreparedName, b: PreparedName): boolean {
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

/** Equal letter by letter, and only cut elsewhere: Gabriel García + Márquez, Gabriel + García Márquez. */
export function haveSameLetters(a: PreparedName, b: PreparedName): boolean {
  if (a.straight === b.straight)
    return a.given[0] === b.given[0] && a.givenJoined + a.family === b.givenJoined + b.family
  return (
    a.turned === b.turned &&
    a.familyParts[0] === b.familyParts[0] &&
    a.family + a.givenJoined === b.family + b.givenJoined
  )
}

/** Family and given name changed places. */
export function areSwapped(a: PreparedName, b: PreparedName): boolean {
  if (!a.full || !b.full) return false
  return a.straight === b.turned || a.turned === b.straight || isReversed(a, b)
}

/** Word by word, as a Vietnamese name is: Nguyen Thi Ha, Ha Thi Nguyen. */
function isReversed(a: PreparedName, b: PreparedName): boolean {
  if (a.family !== b.given[0] || b.family !== a.given[0] || a.given.length !== b.given.length) return false
  return a.given.every((name, at) => at === 0 || name === b.given[at])
}

/** María José García + López as María José + García López, where the other side has that double family name. */
export function recutAs(short: PreparedName, long: PreparedName): PreparedName | undefined {
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

/** A double name of which one side has a part, or both parts the other way round; Neto for Silva Neto. */
export function isPart(a: PreparedName, b: PreparedName): boolean {
  if (a.family === b.suffix || b.family === a.suffix) return true
  if (a.familyParts.length === b.familyParts.length) {
    // Of most names there is one part, and of most pairs it is another one.
    if (a.familyParts.length < 2) return false
    const [one, other] = [a, b].map(({ familyParts }) => familyParts.toSorted().join(' '))
    return one === other
  }
  const [short, long] = a.familyParts.length < b.familyParts.length ? [a, b] : [b, a]
  return short.familyParts.every((part) => part.length > 1 && long.familyParts.includes(part))
}

/** Gabriel García, where the other side took Gabriel García for the given names of Márquez. */
export function isUnsplitDouble(short: PreparedName, long: PreparedName): boolean {
  if (short.family.length < 3 || long.given.length < 2 || long.given.at(-1) !== short.family) return false
  return short.full && short.givenJoined === long.given.slice(0, -1).join('')
}

/**
 * One letter of seven or more, or one sound: shorter family names differ by one letter as a rule (Wang and Wong, Hansen and
 * Jansen). Mac and Mc are taken for each other whatever follows.
 */
export function isTypo(a: string, b: string): boolean {
  if (a.length > 6 && b.length > 6 && soundOf(a) === soundOf(b)) return true
  if (a.replace(/^mc/, 'mac') === b.replace(/^mc/, 'mac')) return true
  return Math.min(a.length, b.length) >= 7 && Math.abs(a.length - b.length) <= 1 && distance(a, b) === 1
}
