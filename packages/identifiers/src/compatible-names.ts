import type { PersonalName } from './names.ts'

/** How two names stand to each other, the best first. */
export const NAME_LEVELS = [
  'identical', //         every part equal: Jean Marie Dupont, Dupont, Jean-Marie
  'same_full_given', //   first given name equal in full, nothing against: Jean Dupont, Jean M. Dupont
  'initials_match', //    initials agree where one side has no more: J. Dupont, Jean Dupont
  'given_prefix', //      one given name begins the other: Alex, Alexander
  'swapped', //           family and given name changed places: Wei Zhang, Zhang Wei
  'unknown', //           too little of a name to say anything
  'conflicting_given', // same family name, another person by the given names
  'different_family',
] as const
export type NameLevel = (typeof NAME_LEVELS)[number]

/** The level of a pair of names. Symmetric; no table of nicknames, so Bill and William conflict. */
export function compatibleNames(a: PersonalName, b: PersonalName): NameLevel {
  if (a.family.length === 0 || b.family.length === 0) return 'unknown'
  if (!sameFamily(a, b)) return isSwapped(a, b) ? 'swapped' : 'different_family'
  if (a.given.length === 0 || b.given.length === 0) return 'unknown'
  const level = compareGiven(a.given, b.given)
  return level === 'conflicting_given' && isSwapped(a, b) ? 'swapped' : level
}

/** True for levels under which the two may be one person. */
export function mayBeSamePerson(level: NameLevel): boolean {
  return level !== 'conflicting_given' && level !== 'different_family'
}

function sameFamily(a: PersonalName, b: PersonalName): boolean {
  const [left, right] = [a.family.join(''), b.family.join('')]
  if (left === right) return true
  // Particles may be written into the name on one side: Vandenberg, van den Berg.
  if (a.particles.join('') + left === b.particles.join('') + right) return true
  if (a.particles.join('') + left === right || left === b.particles.join('') + right) return true
  return isPartOf(a.family, b.family) || isPartOf(b.family, a.family)
}

/** A double name of which one side has the first or the last: García, García Márquez. */
function isPartOf(short: readonly string[], long: readonly string[]): boolean {
  if (short.length >= long.length) return false
  const name = short.join('')
  return (
    name.length > 1 && (long.slice(0, short.length).join('') === name || long.slice(-short.length).join('') === name)
  )
}

function isSwapped(a: PersonalName, b: PersonalName): boolean {
  const given = [a.given.join(''), b.given.join('')]
  if ((given[0]?.length ?? 0) < 2 || (given[1]?.length ?? 0) < 2) return false
  return a.family.join('') === given[1] && b.family.join('') === given[0]
}

function compareGiven(a: readonly string[], b: readonly string[]): NameLevel {
  if (a.length === b.length && a.every((token, at) => token === b[at])) return 'identical'
  if (isFull(a) && isFull(b) && a.join('') === b.join('')) return 'same_full_given' // Xiaoming, Xiao Ming
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  const aligned = compareInOrder(short, long)
  if (aligned !== 'conflicting_given') return aligned
  // The first name in use is not always the first name: Pierre Dupont, Jean Pierre Dupont.
  if (short.length < long.length && compareInOrder(short, long.slice(1)) === 'same_full_given') return 'initials_match'
  return initialsRunTogether(a, b) || initialsRunTogether(b, a) ? 'initials_match' : 'conflicting_given'
}

/** The weakest level over the tokens that both have. */
function compareInOrder(short: readonly string[], long: readonly string[]): NameLevel {
  let level: NameLevel = 'same_full_given'
  for (const [at, left] of short.entries()) {
    const found = compareToken(left, long[at] ?? '')
    if (found === 'conflicting_given') return found
    if (at === 0 || found === 'given_prefix') level = weaker(level, found)
  }
  return level
}

function compareToken(left: string, right: string): NameLevel {
  if (left.length === 1 || right.length === 1) return left[0] === right[0] ? 'initials_match' : 'conflicting_given'
  if (left === right) return 'same_full_given'
  const [short, long] = left.length < right.length ? [left, right] : [right, left]
  return short.length >= 3 && long.startsWith(short) ? 'given_prefix' : 'conflicting_given'
}

function weaker(a: NameLevel, b: NameLevel): NameLevel {
  return NAME_LEVELS.indexOf(a) > NAME_LEVELS.indexOf(b) ? a : b
}

/** "X M" against "Xiaoming" split by nobody, or "Jm" against "Jean Marie". */
function initialsRunTogether(a: readonly string[], b: readonly string[]): boolean {
  return a.length === 1 && b.length > 1 && a[0] === b.map((token) => token[0]).join('')
}

function isFull(tokens: readonly string[]): boolean {
  return tokens.some((token) => token.length > 1)
}
