import { foldText } from '@atlas/identifiers'

/** A name read as simply as possible, apart from the engine that is measured: the last word is the family name. */
export interface PlainName {
  readonly family: string
  /** Words before it, each without punctuation: jeanpierre; j. */
  readonly forenames: readonly string[]
}

export function plainName(name: string): PlainName {
  const words = name.trim().split(/\s+/)
  // Of a double family name the last part stays, as everybody cites it.
  const family =
    foldText(words.at(-1) ?? '')
      .split(' ')
      .at(-1) ?? ''
  const forenames = words.slice(0, -1).map((word) => foldText(word).replaceAll(' ', ''))
  return { family, forenames: forenames.filter((word) => word !== '') }
}

/** Surname and first initial: `wang h`. */
export function nameBlock(name: string): string {
  const { family, forenames } = plainName(name)
  return `${family} ${forenames[0]?.[0] ?? ''}`.trim()
}

/** Word by word one begins as the other does: J. and Jean, Xiao and Xiaoming. */
export function compatibleForenames(a: PlainName, b: PlainName): boolean {
  return a.forenames.every((word, at) => {
    const other = b.forenames[at] ?? ''
    return word.startsWith(other) || other.startsWith(word)
  })
}

/** The words of a name in any order, as a key. */
export function nameWords(name: string): string {
  return foldText(name).split(' ').sort().join(' ')
}

/** No forename is written out. Two or three capitals in a name of mixed case are initials: RJ Oakes. */
export function initialsOnly(name: string): boolean {
  const forenames = name
    .trim()
    .split(/[\s.-]+/)
    .slice(0, -1)
    .filter((word) => /\p{L}/u.test(word))
  const shouted = name === name.toUpperCase()
  return forenames.every((word) => [...word].length === 1 || (!shouted && /^\p{Lu}{2,3}$/u.test(word)))
}
