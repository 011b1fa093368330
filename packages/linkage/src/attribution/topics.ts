import { hash53 } from '../text/hash.ts'
import { placeOf } from './rising.ts'

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
  /** A bit for each word, by the last bits of its hash: most words of another work are seen here not to be among them. */
  readonly bits: readonly number[]
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
    bits: bitsOf(terms),
    longest: works.reduce((most, one) => Math.max(most, one.terms.length), 0),
    works: works.length,
    starts: [...starts, said.length],
    at: said.map(({ work }) => work),
    weights: said.map(({ weight }) => weight),
  }
}

// The words of five works set an eighth of them. 16 lie in a piece, which V8 keeps as it is in every build.
const BITS = 2_048

function bitsOf(terms: readonly number[]): readonly number[] {
  const bits = Array.from({ length: BITS >>> 4 }, () => 0)
  for (const term of terms) {
    const bit = term & (BITS - 1)
    bits[bit >>> 4] = (bits[bit >>> 4] as number) | (1 << (bit & 15))
  }
  return bits
}

function mayHave(bits: readonly number[], term: number): boolean {
  const bit = term & (BITS - 1)
  return (((bits[bit >>> 4] as number) >>> (bit & 15)) & 1) === 1
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
  const { field, bits } = known
  let inField = 0
  for (let i = 0; i < terms.length; i++) {
    const term = terms[i] as number
    if (!mayHave(bits, term)) continue
    const at = placeOf(field.terms, term)
    if (at < 0) continue
    const weight = weights[i] as number
    inField += weight * (field.weights[at] as number)
    addShared(known, at, weight)
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
