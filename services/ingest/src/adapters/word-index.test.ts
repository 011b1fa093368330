import { parseStrict } from '@atlas/runtime'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openalex } from './openalex.ts'
import { withWordsInOrder } from './word-index.ts'

const rewritten = (text: string) => withWordsInOrder(Buffer.from(text), 'index')?.toString()

describe('an index of words', () => {
  it('is written as its words in order', () => {
    expect(rewritten('{"a":1,"index":{"the":[1],"mo\\"ss":[0,2]},"b":[]}')).toBe(
      '{"a":1,"index":["mo\\"ss the mo\\"ss"],"b":[]}',
    )
    expect(rewritten('{ "index" : { "é" : [ 10 ] , "b":[ 0 ,\n2 ] } }')).toBe('{ "index" : ["b  b        é"] }')
  })

  it.each([
    '{"index":{}}',
    '{"index":null}',
    '{"index":["a"]}',
    '{"index":{"a":[]}}',
    '{"index":{"a":[0],"b":[0]}}',
    '{"index":{"a":[01]}}',
    '{"index":{"a":[-1]}}',
    '{"index":{"a":[1.5]}}',
    '{"index":{"a":[1e2]}}',
    '{"index":{"a":[100000]}}',
    '{"index":{"a":["0"]}}',
    '{"index":{"a":[0]',
    '{"index":{"a":[0],}}',
    '{"index":{"a":[0,]}}',
    '{"index":{"a',
    '{"index"',
    '{"a":"\\"index\\":{}"}',
  ])('of another form is left to the parser: %s', (text) => {
    expect(rewritten(text)).toBeUndefined()
    // And leaves nothing behind that the next one would meet.
    expect(rewritten('{"index":{"b":[0]}}')).toBe('{"index":["b"]}')
  })
})

describe('a work with an abstract', () => {
  const word = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.constantFrom('the', 'of', '2008', '__proto', '<i>'),
  )
  const places = fc.uniqueArray(fc.nat({ max: 40 }), { maxLength: 4 })
  const index = fc.dictionary(
    word,
    fc.oneof({ weight: 9, arbitrary: places }, { weight: 1, arbitrary: fc.jsonValue() }),
    {
      maxKeys: 12,
    },
  )
  const work = (abstract_inverted_index: unknown) => ({
    id: 'https://openalex.org/W7',
    title: 'Mosses',
    abstract_inverted_index,
    publication_year: 2020,
  })
  const read = (text: string, condensed: boolean) => {
    const parsed = parseStrict(Buffer.from(text), condensed ? openalex.condense : undefined)
    return parsed.ok ? openalex.readJson?.(parsed.value) : parsed
  }

  it('is read alike, whether the index is parsed or written as text', () => {
    fc.assert(
      fc.property(index, fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
        const text = JSON.stringify(work(value), undefined, indent)
        expect(read(text, true)).toEqual(read(text, false))
      }),
      { numRuns: 2_000 },
    )
  })

  it('is refused alike when a byte of it is damaged', () => {
    fc.assert(
      fc.property(
        index,
        fc.nat(),
        fc.constantFrom('"', '\\', ',', ']', '}', '{', '0', '\n', '\u0001', ''),
        (value, at, by) => {
          const whole = JSON.stringify(work(value))
          const place = at % whole.length
          const text = whole.slice(0, place) + by + whole.slice(place + 1)
          expect(read(text, true)).toEqual(read(text, false))
        },
      ),
      { numRuns: 5_000 },
    )
  })
})
