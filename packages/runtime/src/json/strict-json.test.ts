import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseStrict } from './strict-json.ts'

const utf8 = (text: string) => Buffer.from(text)
const code = (bytes: Uint8Array) => {
  const parsed = parseStrict(bytes)
  return parsed.ok ? 'ok' : parsed.error.code
}
const nested = (depth: number) => `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`
const keys = (count: number) => `{${Array.from({ length: count }, (_, at) => `"k${at}":0`).join()}}`

describe('parseStrict refuses', () => {
  it.each<[string, string | Uint8Array, string]>([
    ['UTF-16LE', Buffer.from('{"a":1}', 'utf16le'), 'invalid_utf8'],
    ['the rest of a UTF-16 line', Buffer.from('\0{\0"', 'latin1'), 'invalid_utf8'],
    ['byte FF', Buffer.from('{"a":"\xff"}', 'latin1'), 'invalid_utf8'],
    ['overlong', Buffer.from('{"a":"\xc0\xaf"}', 'latin1'), 'invalid_utf8'],
    ['encoded surrogate', Buffer.from('{"a":"\xed\xa0\x80"}', 'latin1'), 'invalid_utf8'],
    ['bare CR between objects', '{"a":1}\r{"a":2}', 'invalid_json'],
    ['a BOM', '\ufeff{"a":1}', 'invalid_json'],
    ['escaped NUL', '{"a":["\\u0000"]}', 'forbidden_character'],
    ['escaped NUL in a key', '{"a\\u0000":1}', 'forbidden_character'],
    ['raw NUL', '{"a":"\0"}', 'invalid_json'],
    ['lone high surrogate', '{"a":"x\\ud800y"}', 'lone_surrogate'],
    ['lone low surrogate', '{"a":"\\udc00"}', 'lone_surrogate'],
    ['reversed pair', '{"a":"\\udc00\\ud800"}', 'lone_surrogate'],
    ['raw control character', '{"a":"\u0001"}', 'invalid_json'],
    ['truncated', '{"a":', 'invalid_json'],
    ['missing quote', '{"a:1}', 'invalid_json'],
    ['trailing comma', '{"a":1,}', 'invalid_json'],
    ['comment', '{"a":1}//x', 'invalid_json'],
    ['single quotes', "{'a':1}", 'invalid_json'],
    ['NaN', '{"a":NaN}', 'invalid_json'],
    ['Infinity', '{"a":-Infinity}', 'invalid_json'],
    ['undefined', '{"a":undefined}', 'invalid_json'],
    ['two objects', '{"a":1}{"a":2}', 'invalid_json'],
    ['array', '[{}]', 'not_an_object'],
    ['string', '"a"', 'not_an_object'],
    ['number', '1', 'not_an_object'],
    ['null', 'null', 'not_an_object'],
    ['empty', '', 'invalid_json'],
    ['depth 65', nested(65), 'too_deep'],
    ['depth 1,000,000', '['.repeat(1_000_000), 'too_deep'],
    ['1e400', '{"a":1e400}', 'number_out_of_range'],
    ['-1e400', '{"a":-1e400}', 'number_out_of_range'],
    ['1e131071', '{"a":1e131071}', 'number_out_of_range'],
    ['2,000 digits', `{"a":${'1'.repeat(2000)}}`, 'number_out_of_range'],
    ['2^53 + 1', '{"a":9007199254740993}', 'number_not_exact'],
    ['duplicate key', '{"a":{"b":1,"c":2,"b":3}}', 'duplicate_key'],
    ['duplicate key, escaped', '{"ab":1,"\\u0061b":3}', 'duplicate_key'],
    ['__proto__', '{"a":[{"__proto__":1}]}', 'forbidden_key'],
    ['constructor', '{"constructor":1}', 'forbidden_key'],
    ['prototype', '{"prototype":1}', 'forbidden_key'],
    ['__proto__, escaped', '{"\\u005f_proto__":1}', 'forbidden_key'],
    ['5,001 keys', keys(5001), 'too_many_keys'],
  ])('%s', (_, text, expected) => expect(code(typeof text === 'string' ? utf8(text) : text)).toBe(expected))
})

describe('parseStrict accepts', () => {
  it.each([
    ['5,000 keys', keys(5000)],
    ['depth 64', nested(64)],
    ['line separators of Unicode', '{"a":"\u2028\u2029"}'],
    ['a pair, bidi controls, private use', '{"a":"\\ud83d\\ude00 \u202e \ue000"}'],
    ['-0, 1.0, 1E2', '{"a":[-0,1.0,1E2,1e-300,123456789012345678901234567890.5]}'],
    ['2^53 and -2^53', '{"a":[9007199254740992,-9007199254740992,1000000000000000000]}'],
    ['one key in two objects', '{"a":{"a":1},"b":[{"a":1},{"a":1}]}'],
    ['words like forbidden ones', '{"a":"__proto__","constructo":1,"prototyp ":1}'],
    ['escaped quotes and backslashes', '{"a\\"":"\\\\","b":"\\\\\\"","c":"\\u005cu0000"}'],
    [
      'strings of every length around the search',
      `{${Array.from({ length: 120 }, (_, at) => `"${at}":"${'x'.repeat(at)}"`)}}`,
    ],
  ])('%s', (_, text) => {
    const parsed = parseStrict(utf8(text))
    expect(parsed.ok && parsed.value).toEqual(JSON.parse(text))
  })
})

describe('where', () => {
  it.each([
    ['{"a":{"b":[0,{"c/d":1,"c/d":2}]}}', '/a/b/1/c~1d', 24],
    ['{"a":["x","\\u0000"]}', '/a/1', 12],
    ['{"é":9007199254740993}', '/é', 6],
  ])('%s', (text, pointer, column) => {
    const parsed = parseStrict(utf8(text))
    expect(!parsed.ok && [parsed.error.pointer, parsed.error.column]).toEqual([pointer, column])
  })

  it.each([
    ['{"a":1,}', 8, 'column 8: unexpected "}"'],
    ['{"a":1}{"b":2}', 8, 'column 8: one object per line'],
    ['{"a":"\u0001"}', 7, 'column 7: unexpected U+0001'],
    ['{"a":', 6, 'column 6: the text ends inside a value'],
    ['{"a":tru}', 6, 'column 6: unexpected "t"'],
    ['{"a":"\\x"}', 7, 'column 7: unexpected "\\"'],
    ['{"é":1.}', 7, 'column 7: unexpected "."'],
  ])('%j', (text, column, detail) => {
    expect(parseStrict(utf8(text))).toMatchObject({ ok: false, error: { code: 'invalid_json', column, detail } })
  })

  it('names the byte that is not UTF-8, wherever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (before, after) => {
        const bytes = Buffer.concat([utf8(before), Buffer.from([0xff]), utf8(after)])
        const parsed = parseStrict(bytes)
        const offset = Buffer.byteLength(before)
        expect(!parsed.ok && parsed.error.detail).toMatch(new RegExp(`^byte ${offset}: `))
      }),
    )
  })
})

it('agrees with JSON.parse on what JSON.stringify writes', () => {
  const object = fc.dictionary(fc.string({ unit: 'grapheme', maxLength: 12 }), fc.jsonValue({ maxDepth: 5 }))
  fc.assert(
    fc.property(object, fc.constantFrom(0, 2), (value, indent) => {
      const text = JSON.stringify(value, null, indent)
      const parsed = parseStrict(utf8(text))
      if (parsed.ok) expect(parsed.value).toEqual(JSON.parse(text))
      else
        expect([
          'forbidden_key',
          'forbidden_character',
          'lone_surrogate',
          'number_not_exact',
          'number_out_of_range',
        ]).toContain(parsed.error.code)
    }),
    { numRuns: 500 },
  )
})

it('accepts nothing that JSON.parse refuses, and nothing with a key twice', () => {
  const alphabet = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    'a',
    '1',
    '.',
    'e',
    '-',
    '\\',
    'u0061',
    ' ',
    'true',
  )
  const text = fc.oneof(
    fc.array(alphabet, { maxLength: 14 }).map((parts) => `{${parts.join('')}}`),
    fc
      .array(fc.tuple(fc.constantFrom('a', 'b', '\\u0061', 'c'), fc.nat(9)), { maxLength: 4 })
      .map((pairs) => `{${pairs.map(([key, value]) => `"${key}":${value}`)}}`),
  )
  fc.assert(
    fc.property(text, (candidate) => {
      const parsed = parseStrict(utf8(candidate))
      if (!parsed.ok) return
      expect(parsed.value).toEqual(JSON.parse(candidate))
      const colons = candidate.replace(/"(?:[^"\\]|\\.)*"/g, '').split(':').length - 1
      const counted = (value: unknown): number =>
        typeof value !== 'object' || value === null
          ? 0
          : Object.values(value).reduce(
              (sum: number, inner) => sum + counted(inner),
              Array.isArray(value) ? 0 : Object.keys(value).length,
            )
      expect(counted(parsed.value)).toBe(colons)
    }),
    { numRuns: 3000 },
  )
})

it('finds a double among 100,000 keys of many objects, and none among as many without', () => {
  const object = (at: number) => `{${Array.from({ length: 100 }, (_, key) => `"k${key}_${at % 7}":0`)}}`
  const many = Array.from({ length: 1000 }, (_, at) => object(at)).join()
  expect(code(utf8(`{"a":[${many}]}`))).toBe('ok')
  expect(code(utf8(`{"a":[${many},{"k":1,"k":2}]}`))).toBe('duplicate_key')
})
