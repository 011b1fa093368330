import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FIELD_ORDER, type Field, SOURCES } from './precedence.ts'
import { confidenceOf, reliabilityOf, type Witness } from './reliability.ts'

const aField = fc.constantFrom(...(Object.keys(FIELD_ORDER) as readonly Field[]))
const aWitness = fc.record({ source: fc.constantFrom(...SOURCES, 'elsewhere'), agrees: fc.boolean() })
const witnesses = fc
  .array(aWitness, { maxLength: 8 })
  .map((others): readonly Witness[] => [{ source: 'hal', agrees: true }, ...others])

describe('the confidence of a field', () => {
  test('is that of the source where it is alone', () => {
    expect(confidenceOf('title', [{ source: 'crossref', agrees: true }])).toEqual({ confidence: 0.95, agreeing: 1 })
    expect(confidenceOf('published', [{ source: 'arxiv', agrees: true }]).confidence).toBe(0.75)
    expect(confidenceOf('title', [{ source: 'elsewhere', agrees: true }]).confidence).toBe(0.6)
  })

  test('grows with whom agrees and falls with whom does not', () => {
    const one = { source: 'hal', agrees: true }
    const both = confidenceOf('title', [one, { source: 'crossref', agrees: true }])
    const against = confidenceOf('title', [one, { source: 'crossref', agrees: false }])
    expect(both).toEqual({ confidence: 0.99, agreeing: 2 })
    expect(against).toEqual({ confidence: 0.44, agreeing: 1 })
  })

  test('counts who copies from another once, though both are sources that agree', () => {
    const crossref = { source: 'crossref', agrees: true }
    expect(confidenceOf('title', [crossref, { source: 'openalex', agrees: true }])).toEqual({
      confidence: 0.95,
      agreeing: 2,
    })
  })

  test('is the same in any order, between 0 and 1, to two decimals', () => {
    const shuffled = fc
      .tuple(aField, witnesses)
      .chain(([field, all]) =>
        fc.tuple(fc.constant(field), fc.constant(all), fc.shuffledSubarray([...all], { minLength: all.length })),
      )
    fc.assert(
      fc.property(shuffled, ([field, all, mixed]) => {
        const found = confidenceOf(field, all)
        expect(confidenceOf(field, mixed)).toEqual(found)
        expect(found.confidence).toBeGreaterThanOrEqual(0)
        expect(found.confidence).toBeLessThan(1)
        expect(Number(found.confidence.toFixed(2))).toBe(found.confidence)
      }),
    )
  })

  test('is never lowered by another that agrees, and never raised by another that does not', () => {
    fc.assert(
      fc.property(aField, witnesses, fc.constantFrom(...SOURCES), (field, all, source) => {
        const now = confidenceOf(field, all).confidence
        expect(confidenceOf(field, [...all, { source, agrees: true }]).confidence).toBeGreaterThanOrEqual(now)
        expect(confidenceOf(field, [...all, { source, agrees: false }]).confidence).toBeLessThanOrEqual(now)
      }),
      { numRuns: 1000 },
    )
  })

  test('believes nobody wholly and nobody not at all', () => {
    for (const field of Object.keys(FIELD_ORDER) as readonly Field[])
      for (const source of [...SOURCES, 'elsewhere']) {
        expect(reliabilityOf(field, source)).toBeGreaterThan(0)
        expect(reliabilityOf(field, source)).toBeLessThan(1)
      }
  })
})
