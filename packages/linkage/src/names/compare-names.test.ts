import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readCases } from '../testing/cases.ts'
import { compareNames } from './compare-names.ts'
import { prepareName } from './prepare-name.ts'
import { reduceNames } from './reduce-names.ts'

// A comma inside a name is written as a semicolon in the table.
const named = (text: string): ReturnType<typeof prepareName> =>
  prepareName({ name: text.replaceAll('"', '').replace(';', ',') })

describe('two names', () => {
  test.each(readCases(new URL('names.csv', import.meta.url)))('%s · %s: %s', (a = '', b = '', level = '') => {
    expect(compareNames(named(a), named(b))).toBe(level)
  })

  test('are compared alike from both sides', () => {
    const name = fc.stringMatching(/^[A-Z][a-z]{0,6}([ -][A-Z][a-z]{0,6}){0,3}$/).map(named)
    fc.assert(fc.property(name, name, (a, b) => compareNames(a, b) === compareNames(b, a)))
  })

  test('of one person: what only abbreviates another is left out', () => {
    const forms = ['J. Martin', 'Jean Martin', 'Martin', 'J. Lopez'].map(named)
    expect(reduceNames(forms).map(({ given, family }) => `${given} ${family}`)).toEqual(['j lopez', 'jean martin'])
  })
})
