import type { TrueAuthor } from './publication.ts'
import type { Random } from './random.ts'

/** An author as one source prints him. `truth` is the person he is. */
export interface Printed {
  readonly truth: number
  readonly given: string
  readonly family: string
  readonly orcid: string | undefined
  readonly institution: number
}

/** What a source does to names and identifiers; shares of authors, 0 to 1. */
export interface Faults {
  readonly initials: number
  readonly noDiacritics: number
  readonly swapped: number
  readonly orcidGiven: number
  readonly orcidOfNeighbour: number
  /** Only so many authors are listed. */
  readonly truncateAfter: number
}

/** The byline as this source has it: the true order, with its typical faults. */
export function printed(authors: readonly TrueAuthor[], faults: Faults, random: Random): readonly Printed[] {
  return authors.slice(0, faults.truncateAfter).map((author, index) => {
    const { person } = author
    const neighbour = authors[(index + 1) % authors.length]?.person
    let given = person.middleInitial && random.chance(0.5) ? `${author.given} ${person.middleInitial}.` : author.given
    let family = author.family
    if (random.chance(faults.initials)) given = initialsOf(given)
    if (random.chance(faults.noDiacritics)) [given, family] = [plain(given), plain(family)]
    if (person.culture.familyFirst && random.chance(faults.swapped)) [given, family] = [family, given]
    const wrong = neighbour !== undefined && neighbour !== person && random.chance(faults.orcidOfNeighbour)
    const source = wrong ? neighbour : person
    const orcid = source.hasOrcid && random.chance(faults.orcidGiven) ? source.orcid : undefined
    return { truth: person.index, given, family, orcid, institution: author.institution }
  })
}

export function initialsOf(given: string): string {
  return given
    .split(/[\s-]+/)
    .map((part) => `${part.charAt(0)}.`)
    .join(' ')
}

/** Diacritics lost, as in old exports. */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[łŁøØđĐı]/g, (char) => ({ ł: 'l', Ł: 'L', ø: 'o', Ø: 'O', đ: 'd', Đ: 'D', ı: 'i' })[char] ?? char)
}
