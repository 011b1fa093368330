import { type Random, randomOf } from '@atlas/testing/world'
import { type Skew, skewOf } from '../people/skew.ts'
import { onsetOf, wordOf } from '../people/words.ts'

/** Something that many works name, with an id of its own. */
export interface Named {
  readonly rank: number
  readonly id: string
  readonly name: string
  readonly random: Random
}

/** Things of one kind: the same rank, the same name and id, however often it is asked for. */
export interface Kind {
  pick(random: Random): Named
}

export function kindOf(kind: string, letter: string, size: number, exponent: number, words: number): Kind {
  const skew: Skew = skewOf(size, exponent, 20)
  return {
    pick(random) {
      const rank = skew(random)
      const own = randomOf('openalex', kind, rank)
      return { rank, id: `https://openalex.org/${letter}${digits(own)}`, name: phrase(own, words), random: own }
    },
  }
}

const wordRank = skewOf(500_000, 0.5, 11)
const SMALL = ['of', 'in', 'the', 'and', 'for', 'a', 'on', 'with', 'to', 'is', 'that', 'by', 'we', 'are'] as const

export function word(random: Random): string {
  const rank = wordRank(random)
  return `${wordOf(rank, onsetOf(rank))}n`
}

/** Words with a capital in front. */
export function phrase(random: Random, count: number): string {
  const text = Array.from({ length: count }, () => word(random)).join(' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Running text: small words between others, full stops. */
export function prose(random: Random, count: number): string[] {
  return Array.from({ length: count }, (_, at) => {
    if (at > 0 && random.chance(0.25)) return random.pick(SMALL)
    return word(random) + (random.chance(0.08) ? random.pick(['.', ',', ';', '.']) : '')
  })
}

/** An id as they count up. */
export function digits(random: Random): string {
  return String(2_000_000_000 + random.int(2_400_000_000))
}

/** A score as OpenAlex writes them: a float that was widened. */
export function score(random: Random): number {
  return Math.fround(random.next())
}
