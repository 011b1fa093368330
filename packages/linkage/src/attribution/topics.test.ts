import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { knownTopics, nearnessOf, vectorOf } from './topics.ts'

const WORDS = ['moss', 'peat', 'carbon', 'drain', 'mire', 'heath', 'the']
const anyWords = fc.subarray(WORDS)
const weightOf = (word: string): number => (word === 'the' ? 0 : 1 + word.length / 7 + word.charCodeAt(0) / 100)

/** As it is defined: every word of the one against every word of the other. */
function cosine(left: ReadonlyMap<string, number>, right: ReadonlyMap<string, number>): number {
  const lengthOf = (vector: ReadonlyMap<string, number>) => Math.hypot(...vector.values())
  const shared = [...left].reduce((sum, [word, weight]) => sum + weight * (right.get(word) ?? 0), 0)
  return shared === 0 ? 0 : shared / lengthOf(left) / lengthOf(right)
}

function unitOf(words: readonly string[]): ReadonlyMap<string, number> {
  const length = Math.hypot(...words.map(weightOf))
  return new Map(words.flatMap((word) => (weightOf(word) > 0 ? [[word, weightOf(word) / length]] : [])))
}

const MANY = Array.from({ length: 3_000 }, (_, at) => `word${at}`)
const anyOfMany = (most: number) => fc.subarray(MANY, { minLength: most >> 2, maxLength: most })

describe('how near a work is to those of a person', () => {
  it('is the cosine with the nearest of them, and with their sum', () => {
    fc.assert(
      fc.property(anyWords, fc.array(anyWords, { maxLength: 100 }), (words, works) => {
        const known = knownTopics(works.map((one) => vectorOf(one, weightOf)))
        const { nearest, field } = nearnessOf(vectorOf(words, weightOf), known)
        const units = works.map(unitOf)
        const sum = new Map(
          WORDS.map((word) => [word, units.reduce((all, unit) => all + (unit.get(word) ?? 0), 0)] as const),
        )
        expect(nearest).toBeCloseTo(Math.max(0, ...units.map((unit) => cosine(unitOf(words), unit))), 12)
        expect(field).toBeCloseTo(cosine(unitOf(words), sum), 12)
        expect(known.longest).toBe(Math.max(0, ...units.map(({ size }) => size)))
      }),
    )
  })

  it('is that also of somebody who has written of many things', () => {
    fc.assert(
      fc.property(anyOfMany(80), anyOfMany(1_500), (words, written) => {
        const known = knownTopics([vectorOf(written, weightOf)])
        const near = cosine(unitOf(words), unitOf(written))
        const { nearest, field } = nearnessOf(vectorOf(words, weightOf), known)
        expect([nearest, field].map((one) => one.toFixed(12))).toEqual([near.toFixed(12), near.toFixed(12)])
      }),
    )
  })

  it('is nothing of a work compared before', () => {
    const known = knownTopics([vectorOf(['moss'], weightOf)])
    expect(nearnessOf(vectorOf(['moss'], weightOf), known)).toEqual({ nearest: 1, field: 1 })
    expect(nearnessOf(vectorOf(['peat'], weightOf), known)).toEqual({ nearest: 0, field: 0 })
  })

  it('hears a word that is said twice once', () => {
    expect(vectorOf(['moss', 'peat', 'moss'], weightOf)).toEqual(vectorOf(['peat', 'moss'], weightOf))
  })
})
