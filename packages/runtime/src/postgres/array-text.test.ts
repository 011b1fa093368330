import fc from 'fast-check'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { arrayText, parseArrayText } from './array-text.ts'

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom('"', '\\', ',', '{', '}', ' ', 'a', '\n', 'NULL') }),
)
const item = fc.oneof(text, fc.integer(), fc.double(), fc.boolean(), fc.constant(null))
const TEXT_ARRAY: number = 1009
const parsedByDriver: (written: string) => unknown = pg.types.getTypeParser(TEXT_ARRAY)

describe('an array of parameters', () => {
  it('says what was meant, also to the driver’s own reader', () => {
    fc.assert(
      fc.property(fc.array(item), (items) => {
        const meant = items.map((one) => (one === null ? null : String(one)))
        expect(parsedByDriver(arrayText(items) ?? '')).toEqual(meant)
        expect(parseArrayText(arrayText(items) ?? '', String)).toEqual(meant)
      }),
      { numRuns: 2_000 },
    )
  })

  it.each([[[['a'], ['b']]], [[Buffer.from('a')]], [[new Date(0)]], [['a', { b: 1 }]]])(
    'of anything else is left to the driver: %j',
    (items) => {
      expect(arrayText(items)).toBeUndefined()
    },
  )
})

describe('an array that is read', () => {
  // As the server writes: quotes only where they are needed.
  it.each([
    ['{}', []],
    ['{a,NULL,"NULL",b c}', ['a', null, 'NULL', 'b c']],
    ['{"",",","{","\\"","\\\\","\\\\\\""}', ['', ',', '{', '"', '\\', '\\"']],
    ['{"a","b"}', ['a', 'b']],
    ['{"a b",c}', ['a b', 'c']],
    ['{c,"a b"}', ['c', 'a b']],
  ])('%s', (written, items) => {
    expect(parseArrayText(written, String)).toEqual(items)
    expect(parsedByDriver(written)).toEqual(items)
  })

  it.each(['{{1,2},{3,4}}', '[0:1]={a,b}'])(
    'of more dimensions, or bounds of its own, is left to the driver: %s',
    (written) => {
      expect(parseArrayText(written, String)).toBeUndefined()
    },
  )
})
