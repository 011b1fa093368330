import { type NameAsGiven, parsePersonalName } from '@atlas/identifiers'
import { oneUmlautSpelling } from './umlauts.ts'

/** A personal name as it is compared: folded, cut into parts, computed once. */
export interface PreparedName {
  /** As the source gave it: what people are shown. */
  readonly asGiven: string
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
    asGiven: shownName(as),
    family: joined,
    familyParts,
    familyWhole: particles.join('') + joined,
    given,
    givenJoined: given.join(''),
    full: (given[0]?.length ?? 0) > 1,
  }
}

function shownName({ name, given, family }: NameAsGiven): string {
  return (name ?? [given, family].filter(Boolean).join(' ')).trim()
}
