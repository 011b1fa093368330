import type { PersonalName } from './names.ts'

/** Family name with its first initial (`dupont j`), the coarsest key of a name; undefined without a family name. */
export function familyAndInitial(name: PersonalName): string | undefined {
  const family = name.family.join('')
  if (family === '') return undefined
  const initial = name.given[0]?.[0]
  return initial === undefined ? family : `${family} ${initial}`
}

/**
 * Every key under which an equal or differently written name may be found: with and without particles, first and last
 * part of a double name, family and given name changed places. At most six, without doubles.
 */
export function nameKeys(name: PersonalName): string[] {
  const initial = name.given[0]?.[0]
  const families = [
    name.family.join(''),
    name.particles.join('') + name.family.join(''),
    ...(name.family.length > 1 ? [name.family[0] ?? '', name.family.at(-1) ?? ''] : []),
  ]
  const keys = families
    .filter((family) => family.length > 1)
    .map((family) => (initial === undefined ? family : `${family} ${initial}`))
  const swapped = name.given.join('')
  if (swapped.length > 1 && name.given.some((token) => token.length > 1))
    keys.push(`${swapped} ${name.family[0]?.[0] ?? ''}`.trim())
  return [...new Set(keys)]
}
