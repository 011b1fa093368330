import { type NameAsGiven, parsePersonalName } from '@atlas/identifiers'

/** A personal name as it is compared: folded, cut into parts, computed once. */
export interface PreparedName {
  /** Family name without particles in one word, umlauts written one way: Mueller and Müller are equal. */
  readonly family: string
  /** Its parts: garcia, marquez. */
  readonly familyParts: readonly string[]
  /** With particles: vandenberg. */
  readonly familyWhole: string
  /** Given names and initials in order: jean, pierre; j, p. */
  readonly given: readonly string[]
  /** The given names in one word: jeanpierre. */
  readonly givenJoined: string
  /** Whether the first given name is written out. */
  readonly full: boolean
}

/** Total: whatever the text, there is a name; one that says nothing has an empty family. */
export function prepareName(as: NameAsGiven): PreparedName {
  const { given, family, particles } = parsePersonalName(as)
  const familyParts = family.map(oneUmlautSpelling)
  const joined = familyParts.join('')
  return {
    family: joined,
    familyParts,
    familyWhole: particles.join('') + joined,
    given,
    givenJoined: given.join(''),
    full: (given[0]?.length ?? 0) > 1,
  }
}

/** A word with ae, oe and ue before a consonant written a, o and u, as where a source dropped the dots. */
export function oneUmlautSpelling(word: string): string {
  return word.includes('e') ? word.replace(/(?<=[aou])e(?=[^aeiou])/g, '') : word
}
