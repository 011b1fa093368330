import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readCases } from '../testing/cases.ts'
import { compareNames, mayBeOnePerson, NAME_LEVELS } from './compare-names.ts'
import { type PreparedName, prepareName } from './prepare-name.ts'
import { reduceNames } from './reduce-names.ts'

// A comma inside a name is written as a semicolon in the table, a name that its source split with a bar.
function named(text: string): PreparedName {
  const [family, given] = text.split(' | ')
  return prepareName(given === undefined ? { name: text.replaceAll(';', ',') } : { family: family ?? '', given })
}

const cases = readCases(new URL('names.csv', import.meta.url))

const written = fc.constantFrom(...new Set(cases.flatMap(([a = '', b = '']) => [a, b])))
const text = fc.string({ unit: 'binary', maxLength: 40 })
const anyName = fc.oneof(
  written.map(named),
  text.map((name) => prepareName({ name })),
  fc.record({ given: text, family: text, suffix: fc.option(text, { nil: null }) }).map(prepareName),
)

// Words long enough that capitals cannot make initials of them, which is what capitals are for.
const word = fc.constantFrom(
  ...'Żółkiewska Ågårdsen Müllerová Françoise Jiřího Nuñezová Ştefănescu Björnson Éléonore Gonçalves'.split(' '),
)
const split = fc.record({ given: fc.array(word, { minLength: 1, maxLength: 2 }), family: word })

describe('two names', () => {
  test.each(cases)('%s · %s: %s', (a = '', b = '', level = '') => {
    expect(compareNames(named(a), named(b))).toBe(level)
  })

  test('are compared alike from both sides, whatever they are', () => {
    fc.assert(
      fc.property(anyName, anyName, (a, b) => {
        const level = compareNames(a, b)
        expect(NAME_LEVELS).toContain(level)
        expect(compareNames(b, a)).toBe(level)
      }),
      { numRuns: 2000 },
    )
    for (const [a = '', b = '', level = ''] of cases) expect(compareNames(named(b), named(a))).toBe(level)
  })

  test('of few words, which often meet, are compared alike from both sides', () => {
    const few = fc.constantFrom(...'ana a. jo josé m. li wei kim min soo garcía van lópez jr. yuri i. iu.'.split(' '))
    const name = fc.array(few, { minLength: 1, maxLength: 4 }).map((words) => prepareName({ name: words.join(' ') }))
    const parts = fc
      .tuple(fc.array(few, { maxLength: 3 }), fc.array(few, { minLength: 1, maxLength: 3 }))
      .map(([given, family]) => prepareName({ given: given.join(' '), family: family.join(' ') }))
    const any = fc.oneof(name, parts)
    fc.assert(
      fc.property(any, any, (a, b) => compareNames(a, b) === compareNames(b, a)),
      { numRuns: 5000 },
    )
  })

  test('that are one name stand at the best level that its form allows', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const { family, given, characters, group } = name
        const isWritten = group || characters !== '' || given.some((token) => token.length > 1)
        const best = isWritten ? 'exact' : given.length > 0 ? 'initials' : 'family_only'
        expect(compareNames(name, name)).toBe(family === '' ? 'other' : best)
      }),
      { numRuns: 2000 },
    )
  })

  test('that differ in letter case, accents and points only are one name', () => {
    const forms = fc.constantFrom<(text: string) => string>(
      (form) => form.toUpperCase(),
      (form) => form.toLowerCase(),
      (form) => form.normalize('NFD'),
      (form) => form.normalize('NFD').replace(/\p{M}/gu, ''),
      (form) => form.replaceAll(' ', '. '),
    )
    fc.assert(
      fc.property(split, forms, ({ given, family }, form) => {
        const name = prepareName({ given: given.join(' '), family })
        expect(compareNames(name, prepareName({ given: form(given.join(' ')), family: form(family) }))).toBe('exact')
      }),
    )
  })

  test('of which one is split and one is not, or is turned round with a comma, are one name', () => {
    fc.assert(
      fc.property(split, ({ given, family }) => {
        const name = prepareName({ given: given.join(' '), family })
        for (const other of [`${given.join(' ')} ${family}`, `${family}, ${given.join(' ')}`])
          expect(compareNames(name, prepareName({ name: other }))).toBe('exact')
      }),
    )
  })

  test('say less with initials than written out, and never the contrary', () => {
    fc.assert(
      fc.property(split, ({ given, family }) => {
        const initials = given.map((name) => name[0]).join('. ')
        const name = prepareName({ given: given.join(' '), family })
        for (const form of [initials, initials.replaceAll(/[. ]/g, '')])
          expect(compareNames(name, prepareName({ given: form, family }))).toBe('initials')
      }),
    )
  })

  test('of one family name and of two given names without a letter in common are two persons', () => {
    const given = (letters: string) => fc.stringMatching(new RegExp(`^[${letters}]{4,9}$`))
    fc.assert(
      fc.property(given('abdefg'), given('hkmnor'), word, (a, b, family) => {
        const [x, y] = [a, b].map((name) => prepareName({ given: name, family }))
        expect(x && y && mayBeOnePerson(compareNames(x, y))).toBe(false)
      }),
    )
  })

  test('of one person: what only abbreviates another is left out', () => {
    const forms = ['J. Martin', 'Jean Martin', 'Martin', 'J. Lopez'].map(named)
    expect(reduceNames(forms).map(({ given, family }) => `${given} ${family}`)).toEqual(['j lopez', 'jean martin'])
  })
})

test('the table has its chapters', () => {
  expect(cases.length).toBeGreaterThanOrEqual(320)
  for (const level of NAME_LEVELS) expect(cases.filter((row) => row[2] === level).length).toBeGreaterThan(5)
  expect(new Set(cases.map(([a, b]) => `${a}·${b}`)).size).toBe(cases.length)
})
