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
  const parsed = parsePersonalName(as)
  const { given, family, particles } = isInitial(parsed.family) ? turned(parsed) : parsed
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

function isInitial(family: readonly string[]): boolean {
  return family.every((part) => part.length < 2)
}

/** Where no family names are borne, an initial may stand behind the name: Bharathi B is B. Bharathi. */
function turned<T extends { readonly given: readonly string[]; readonly family: readonly string[] }>(parsed: T): T {
  const at = parsed.given.findLastIndex((name) => name.length > 1)
  const name = parsed.given[at]
  if (name === undefined) return parsed
  return { ...parsed, family: [name], given: [...parsed.family, ...parsed.given.filter((_, other) => other !== at)] }
}

function shownName({ name, given, family }: NameAsGiven): string {
  return (name ?? [given, family].filter(Boolean).join(' ')).trim()
}
