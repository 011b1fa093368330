import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FAMILY_CLASS, GIVEN_CLASS } from '../authors/frequencies.ts'
import { oneUmlautSpelling } from './umlauts.ts'

describe('one spelling for an umlaut', () => {
  test.each([
    ['mueller', 'muller'],
    ['schroeder', 'schroder'],
    ['jaeger', 'jager'],
    ['koenig', 'konig'],
    ['boehm', 'bohm'],
    ['goethe', 'gothe'],
    ['gaertner', 'gartner'],
    ['guenther', 'gunther'],
    ['guertler', 'gurtler'],
    ['oehler', 'ohler'],
    ['uebel', 'ubel'],
    ['schoen', 'schon'],
    ['gruen', 'grun'],
    ['baer', 'bar'],
    ['suess', 'suss'],
    ['joergensen', 'jorgensen'],
    ['joerg', 'jorg'],
  ])('%s is %s', (digraph, plain) => {
    expect(oneUmlautSpelling(digraph)).toBe(plain)
    expect(oneUmlautSpelling(plain)).toBe(plain)
  })

  test.each(
    (
      'quennell bauer breuer rodriguez rodrigues dominguez guerrero guerin figueroa vazquez jacques michael michaelis ' +
      'samuelson manuel israel raphael noel joel maes claes boer baek maeng suen yuen ueda ueno maeda saeki inoue ' +
      'nguyen poe lee'
    ).split(' '),
  )('%s stays', (name) => {
    expect(oneUmlautSpelling(name)).toBe(name)
  })

  test('leaves every name of the frequency tables as it is: they are looked up by the result', () => {
    for (const name of [...Object.keys(FAMILY_CLASS), ...Object.keys(GIVEN_CLASS)])
      expect(oneUmlautSpelling(name)).toBe(name)
  })

  test('is the same twice, and takes nothing but e', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[aeioulmnrsght]{0,12}$/), (word) => {
        const once = oneUmlautSpelling(word)
        expect(once.replaceAll('e', '')).toBe(word.replaceAll('e', ''))
        expect(oneUmlautSpelling(once)).toBe(once)
      }),
    )
  })
})
