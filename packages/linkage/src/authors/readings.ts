import { hasSoftInitial } from '../names/compare-given.ts'
import type { PreparedName } from '../names/prepare-name.ts'
import { isSlavic } from '../names/transcriptions.ts'

/** A family name with the given names that go with it. */
export interface Reading {
  readonly family: string
  readonly given: readonly string[]
}

// Names of more words than this are mostly lists of people or institutions.
const MAX_VARIANTS = 4

// Of the suffixes those that are also taken for the family name: João Silva Neto, J. S. Neto.
const BORNE_AS_FAMILY = new Set(['neto', 'sobrinho'])

/** How a name may be meant to be read: with the whole family name, and with any part of a compound one. */
export function readingsOf(name: PreparedName): readonly Reading[] {
  const parts = name.familyParts.length > 1 ? name.familyParts.filter((part) => part.length > 1) : []
  const suffix = BORNE_AS_FAMILY.has(name.suffix) ? [name.suffix] : []
  const families = new Set([name.family, name.familyWhole, ...parts, ...suffix])
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
  const { given } = name
  const later = readingsOf(name).flatMap(({ family }) =>
    given.flatMap((token, at): readonly Reading[] =>
      at > 0 && token.length > 1 ? [{ family, given: given.slice(at) }] : [],
    ),
  )
  const last = given.at(-1) ?? ''
  const double = name.full && given.length > 1 && last.length > 2 ? [{ family: last, given: given.slice(0, -1) }] : []
  return [...double, ...later].slice(0, MAX_VARIANTS)
}

/** One reading for all names that are compared as forms or spellings of one: Bob and Robert, Ji-Hoon Pak and Jihoon Park. */
export function commonReadings(name: PreparedName): readonly Reading[] {
  const { form, koreanFamily, koreanGiven } = name
  const forms = form === '' ? [] : readingsOf(name).map(({ family }) => ({ family, given: [form] }))
  return koreanFamily === '' || koreanGiven === '' ? forms : [...forms, { family: koreanFamily, given: [koreanGiven] }]
}

/** One initial for all that may abbreviate one name: Yu., Iu. and J. of Юрий, the J. Yi who is Ji-Hoon Lee. */
export function commonInitials(name: PreparedName): readonly Reading[] {
  const { given, full, koreanFamily, koreanGiven } = name
  const readings = hasSoftInitial(given[0] ?? '') ? readingsOf(name) : []
  const isSoft = readings.some(({ family }) => isSlavic(family))
  const soft = isSoft ? readings.map(({ family }) => ({ family, given: ['y'] })) : []
  const isKorean = koreanFamily !== '' && (koreanGiven !== '' || !full)
  return isKorean ? [...soft, { family: koreanFamily, given }] : soft
}
