import type { PreparedName } from '../names/prepare-name.ts'

/** A family name with the given names that go with it. */
export interface Reading {
  readonly family: string
  readonly given: readonly string[]
}

// Names of more words than this are mostly lists of people or institutions.
const MAX_VARIANTS = 4

/** How a name may be meant to be read: with the whole family name, and with any part of a compound one. */
export function readingsOf(name: PreparedName): readonly Reading[] {
  const parts = name.familyParts.length > 1 ? name.familyParts.filter((part) => part.length > 2) : []
  const families = new Set([name.family, name.familyWhole, ...parts])
  return [...families].map((family) => ({ family, given: name.given }))
}

/** Family and given name changed places. */
export function swappedReadings(name: PreparedName): readonly Reading[] {
  return name.full ? [{ family: name.givenJoined, given: [name.family] }] : []
}

/**
 * Other ways to cut a name that only a whole given name is enough to believe: the second given name in use (Jean-Pierre,
 * Pierre; Md Nishat, Nishat), and the first of two family names taken for a given name (Gabriel García Márquez).
 */
export function variantsOf(name: PreparedName): readonly Reading[] {
  const { family, given } = name
  const later = given.flatMap((token, at): readonly Reading[] =>
    at > 0 && token.length > 1 ? [{ family, given: given.slice(at) }] : [],
  )
  const last = given.at(-1) ?? ''
  const double = name.full && given.length > 1 && last.length > 2 ? [{ family: last, given: given.slice(0, -1) }] : []
  return [...double, ...later].slice(0, MAX_VARIANTS)
}
