import { hash53 } from '../text/hash.ts'

/**
 * Words with their weights, of length 1 together; none of weight 0. Words are kept as rising hashes: two works have few
 * hundred words between them, so that two of them share a hash of 53 bits once in a hundred billion pairs.
 */
export interface TermVector {
  readonly terms: readonly number[]
  readonly weights: readonly number[]
}

/** Words of all of somebody's works, each with the works that have it: one walk compares with all of them. */
export interface KnownTopics {
  /** All words, rising, with their weights in all works together, of length 1. */
  readonly field: TermVector
  /** Words of the work that has most. */
  readonly longest: number
  /** How many works there are. */
  readonly works: number
  /** Works that have word i, and its weight in each: from `starts[i]` up to `starts[i + 1]`. */
  readonly starts: readonly number[]
  readonly at: readonly number[]
  readonly weights: readonly number[]
}

/** Cosines with the nearest of somebody's works, and with all of them together. */
export interface Nearness {
  readonly nearest: number
  readonly field: number
}

export function vectorOf(words: readonly string[], weightOf: (word: string) => number): TermVector {
  // Each is put where it belongs: of the 64 words of a work that is less than to sort objects of two.
  const terms: number[] = []
  const weights: number[] = []
  for (const word of words) {
    const weight = weightOf(word)
    if (weight > 0) insert(terms, weights, hash53(word), weight)
  }
  return { terms, weights: unit(weights) }
}

function insert(terms: number[], weights: number[], term: number, weight: number): void {
  let at = terms.length
  while (at > 0 && (terms[at - 1] as number) > term) at--
  if (terms[at - 1] === term) return
  terms.push(term)
  weights.push(weight)
  for (let last = terms.length - 1; last > at; last--) {
    terms[last] = terms[last - 1] as number
    weights[last] = weights[last - 1] as number
  }
  terms[at] = term
  weights[at] = weight
}

export function knownTopics(works: readonly TermVector[]): KnownTopics {
  const said = works.flatMap(({ terms, weights }, work) =>
    terms.map((term, i) => ({ term, work, weight: weights[i] ?? 0 })),
  )
  // Of one word the works stay in order.
  said.sort((a, b) => a.term - b.term)
  const [terms, sums, starts]: [number[], number[], number[]] = [[], [], []]
  for (const [i, { term, weight }] of said.entries()) {
    if (term !== terms.at(-1)) {
      terms.push(term)
      sums.push(0)
      starts.push(i)
    }
    sums[sums.length - 1] = (sums.at(-1) ?? 0) + weight
  }
  return {
    field: { terms, weights: unit(sums) },
    longest: works.reduce((most, one) => Math.max(most, one.terms.length), 0),
    works: works.length,
    starts: [...starts, said.length],
    at: said.map(({ work }) => work),
    weights: said.map(({ weight }) => weight),
  }
}

function unit(weights: readonly number[]): readonly number[] {
  const length = Math.sqrt(weights.reduce((squares, weight) => squares + weight * weight, 0))
  return weights.map((weight) => weight / length)
}

// Cosines with each work while a pair is compared: kept, so that a pair leaves nothing to be collected.
let cosines = new Float64Array(64)

export function nearnessOf({ terms, weights }: TermVector, known: KnownTopics): Nearness {
  if (cosines.length < known.works) cosines = new Float64Array(2 * known.works)
  cosines.fill(0, 0, known.works)
  const { field } = known
  let inField = 0
  let i = 0
  let j = 0
  // Element by element: to take two at once made 8 kB of garbage a pair.
  while (i < terms.length && j < field.terms.length) {
    const term = terms[i] as number
    const other = field.terms[j] as number
    if (term < other) i++
    else if (other < term) j++
    else {
      const weight = weights[i] as number
      inField += weight * (field.weights[j] as number)
      addShared(known, j, weight)
      i++
      j++
    }
  }
  let nearest = 0
  for (let work = 0; work < known.works; work++) nearest = Math.max(nearest, cosines[work] as number)
  return { nearest, field: inField }
}

function addShared({ starts, at, weights }: KnownTopics, word: number, weight: number): void {
  const end = starts[word + 1] ?? 0
  for (let p = starts[word] ?? 0; p < end; p++) {
    const work = at[p] ?? 0
    cosines[work] = (cosines[work] ?? 0) + weight * (weights[p] ?? 0)
  }
}
