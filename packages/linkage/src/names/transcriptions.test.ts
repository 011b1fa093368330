import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FAMILY_CLASS } from '../authors/frequencies.ts'
import { familySpelling, soundOf } from './transcriptions.ts'

describe('one spelling for a family name', () => {
  test.each([
    'mueller muller',
    'aagaard agard',
    'shcherbakov scherbakov schtscherbakov chtcherbakov',
    'khrushchev hruscev khrouchtchev',
    'tchaikovsky chaikovskii cajkovskij chaykovskiy',
    'soloviev solovyov solovyev solovjev',
    'yakovlev iakovlev jakovlev',
    'zaitsev zaytsev zajcev',
    'dostoevsky dostoyevskiy dostojevskij',
    'nikolaeva nikolayeva nikolajeva',
    'zhukov zukov',
    'zakharova zaharova',
    'dyachenko diachenko',
    'papadopoulos papadopulos',
    'chatzidakis hatzidakis khatzidakis',
    'satoh sato satou',
    'ohno ono oono',
    'honma homma',
    'nanba namba',
    'djordjevic dordevic',
    'lyu lu lv',
    'abdelrahman abdulrahman abdurrahman',
    'choe choi',
  ])('%s', (row) => {
    expect(new Set(row.split(' ').map(familySpelling)).size).toBe(1)
  })

  test.each([
    'ueno uno',
    'haas has',
    'haan han',
    'shah sha',
    'kohn kon',
    'rohde rode',
    'sousa sosa',
    'inoue inoe',
    'meier meyer',
    'fischer fisher',
    'hansen jansen',
    'ivanov ivanova',
    'martin marin',
    'wu woo',
    'li lee',
    'chang zhang',
  ])('%s are not one', (row) => {
    expect(new Set(row.split(' ').map(familySpelling)).size).toBe(row.split(' ').length)
  })

  test('keeps every name of the frequency table as frequent as it is', () => {
    for (const [name, rank] of Object.entries(FAMILY_CLASS)) expect(FAMILY_CLASS[familySpelling(name)]).toBe(rank)
  })

  test('is small letters again, whatever the word, and never nothing', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,14}$/), (word) => {
        expect(familySpelling(word)).toMatch(/^[a-z]+$/)
        expect(soundOf(word)).toMatch(/^[a-z]+$/)
      }),
    )
    for (const word of ['constructor', 'toString', 'valueOf']) expect(typeof familySpelling(word)).toBe('string')
  })
})

describe('the sound of a given name', () => {
  test.each([
    'yuriy yurii iurii jurij',
    'stefan stephan',
    'tarou taro',
    'sara sarah',
    'alexander aleksander',
    'sofia sophia',
  ])('%s is one', (row) => {
    expect(new Set(row.split(' ').map(soundOf)).size).toBe(1)
  })

  test.each(['maria mario', 'anna ina', 'peter pater', 'john joan', 'carla clara', 'erik ulrik'])(
    '%s are two',
    (row) => {
      expect(new Set(row.split(' ').map(soundOf)).size).toBe(2)
    },
  )
})
