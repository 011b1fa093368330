import { deepStrictEqual } from 'node:assert'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SCHEMAS } from '../codec/compiled-schemas.ts'
import { TOPIC_NAMES } from '../topics.ts'
import { arbitraryValue } from './arbitrary-value.ts'
import { createBodyReader } from './body-reader.ts'
import { createBodyWriter, EncodeError } from './body-writer.ts'

const DECODE_CODES = [
  'avro_decode',
  'avro_too_large',
  'forbidden_character',
  'forbidden_key',
  'invalid_date',
  'invalid_utf8',
  'number_out_of_range',
  'too_deep',
]

describe.each(TOPIC_NAMES)('bodies of %s', (topic) => {
  const schema = SCHEMAS[topic]
  const values = arbitraryValue(schema)
  const write = createBodyWriter(schema, topic)
  const read = createBodyReader(schema, schema)

  it('come back as plain objects, deeply equal', () => {
    fc.assert(
      fc.property(values, (value) => {
        const decoded = read(write(value, 5), 5)
        deepStrictEqual(decoded, { ok: true, value: plain(value) })
      }),
      { numRuns: 200 },
    )
  })

  it('are refused when cut at any byte or made longer', () => {
    const [value] = fc.sample(values, { numRuns: 1, seed: 7 })
    const bytes = write(value, 0)
    for (let length = 0; length < bytes.length; length++) {
      expect(read(bytes.subarray(0, length), 0), `cut to ${length}`).toMatchObject({ ok: false, code: 'avro_decode' })
    }
    expect(read(Buffer.concat([bytes, Buffer.of(0)]), 0)).toMatchObject({ ok: false, code: 'avro_decode' })
  })

  it('with a bit changed are refused with a known code, or a whole value that can be written again', () => {
    const body = values.map((value) => write(value, 0))
    const flips = fc.array(fc.nat(), { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(body, flips, (bytes, bits) => {
        const broken = Buffer.from(bytes)
        for (const bit of bits) broken[(bit >> 3) % broken.length]! ^= 1 << (bit & 7)
        const decoded = read(broken, 0)
        if (!decoded.ok) expect(DECODE_CODES).toContain(decoded.code)
        else deepStrictEqual(read(write(decoded.value, 0), 0), decoded)
      }),
      { numRuns: 500 },
    )
  })
})

/** fc.record gives objects without a prototype. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]))
}

const long = (value: bigint): Buffer => {
  const bytes: number[] = []
  for (let rest = BigInt.asUintN(64, (value << 1n) ^ (value >> 63n)); ; rest >>= 7n) {
    if (rest < 0x80n) return Buffer.from([...bytes, Number(rest)])
    bytes.push(Number(rest & 0x7fn) | 0x80)
  }
}
const double = (value: number): Buffer => {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleLE(value)
  return bytes
}
const text = (...bytes: number[]): Buffer => Buffer.concat([long(BigInt(bytes.length)), Buffer.from(bytes)])
const field = (type: unknown, extra: object = {}): string =>
  JSON.stringify({ type: 'record', name: 'R', fields: [{ name: 'f', type, ...extra }] })
const MILLIS = { type: 'long', logicalType: 'timestamp-millis' }
const ENUM = { type: 'enum', name: 'E', symbols: ['A', 'B'], default: 'A' }
const EMPTY = { type: 'record', name: 'Empty', fields: [] }
const SCORE = field('double', { minimum: 0, maximum: 1 })
const RECURSIVE = JSON.stringify({
  type: 'record',
  name: 'Nest',
  fields: [{ name: 'in', type: ['null', 'Nest'], default: null }],
})
const x = 'x'.charCodeAt(0)
const long100 = Array<number>(100).fill(x)

describe('a body that is', () => {
  it.each<[string, string, Buffer, string]>([
    ['a string of negative length', field('string'), long(-1n), 'avro_decode'],
    ['a string of 2^31 bytes', field('string'), Buffer.concat([long(2n ** 31n), Buffer.of(x)]), 'avro_decode'],
    ['a string of 2^60 bytes', field('string'), Buffer.concat([long(2n ** 60n), Buffer.of(x)]), 'avro_decode'],
    ['bytes of negative length', field('bytes'), long(-4n), 'avro_decode'],
    ['20 million nulls in 5 bytes', field({ type: 'array', items: 'null' }), long(20_000_000n), 'avro_too_large'],
    [
      '500,000 nulls',
      field({ type: 'array', items: 'null' }),
      Buffer.concat([long(500_000n), long(0n)]),
      'avro_too_large',
    ],
    ['2^40 strings', field({ type: 'array', items: 'string' }), long(2n ** 40n), 'avro_too_large'],
    ['20 million empty records', field({ type: 'array', items: EMPTY }), long(20_000_000n), 'avro_too_large'],
    [
      'more strings than bytes',
      field({ type: 'array', items: 'string' }),
      Buffer.concat([long(9n), text(x)]),
      'avro_decode',
    ],
    [
      'a block of a wrong size',
      field({ type: 'array', items: 'string' }),
      Buffer.concat([long(-1n), long(1n), text(x), long(0n)]),
      'avro_decode',
    ],
    [
      'a map with a key twice',
      field({ type: 'map', values: 'int' }),
      Buffer.concat([long(2n), text(x), long(1n), text(x), long(2n), long(0n)]),
      'forbidden_key',
    ],
    [
      'a map with "__proto__"',
      field({ type: 'map', values: 'int' }),
      Buffer.concat([long(1n), text(...Buffer.from('__proto__')), long(1n), long(0n)]),
      'forbidden_key',
    ],
    ['an enum index too high', field(ENUM), long(2n), 'avro_decode'],
    ['a negative enum index', field(ENUM), long(-1n), 'avro_decode'],
    ['a union index too high', field(['null', 'int']), long(2n), 'avro_decode'],
    ['a negative union index', field(['null', 'int']), long(-1n), 'avro_decode'],
    ['a boolean 2', field('boolean'), Buffer.of(2), 'avro_decode'],
    ['a long 2^63-1', field('long'), long(2n ** 63n - 1n), 'avro_decode'],
    ['a long -2^63', field('long'), long(-(2n ** 63n)), 'avro_decode'],
    ['a varint without end', field('long'), Buffer.alloc(20, 0xff), 'avro_decode'],
    ['an int 2^31', field('int'), long(2n ** 31n), 'avro_decode'],
    ['a lone continuation byte', field('string'), text(0x80), 'invalid_utf8'],
    ['an overlong slash', field('string'), text(0xc0, 0xaf), 'invalid_utf8'],
    ['a character cut in half', field('string'), text(0xe2, 0x82), 'invalid_utf8'],
    ['a character beyond U+10FFFF', field('string'), text(0xf4, 0x90, 0x80, 0x80), 'invalid_utf8'],
    ['invalid UTF-8 late in a long string', field('string'), text(...long100, 0xff), 'invalid_utf8'],
    [
      'invalid UTF-8 in a field the reader skips',
      JSON.stringify({
        type: 'record',
        name: 'R',
        fields: [
          { name: 'f', type: 'int' },
          { name: 'more', type: 'string', default: '' },
        ],
      }),
      Buffer.concat([long(1n), text(0xff)]),
      'invalid_utf8',
    ],
    ['a NUL', field('string'), text(x, 0, x), 'forbidden_character'],
    ['a NUL in a long string', field('string'), text(...long100, 0), 'forbidden_character'],
    ['a surrogate as CESU-8', field('string'), text(0xed, 0xa0, 0x80), 'forbidden_character'],
    ['a surrogate in a long string', field('string'), text(...long100, 0xed, 0xbf, 0xbf), 'forbidden_character'],
    ['NaN', field('double'), double(Number.NaN), 'number_out_of_range'],
    ['infinity', field('double'), double(Number.POSITIVE_INFINITY), 'number_out_of_range'],
    ['minus infinity', field('double'), double(Number.NEGATIVE_INFINITY), 'number_out_of_range'],
    ['a score of 1e308', SCORE, double(1e308), 'number_out_of_range'],
    ['a score of 1.0000001', SCORE, double(1.0000001), 'number_out_of_range'],
    ['a score of -0.1', SCORE, double(-0.1), 'number_out_of_range'],
    ['a date before 1970', field(MILLIS), long(-1n), 'invalid_date'],
    ['a date in the year 300000', field(MILLIS), long(9_404_907_840_000_000n), 'avro_decode'],
    ['a date in the year 30000', field(MILLIS), long(884_541_600_000_000n), 'invalid_date'],
    ['1,000 deep', RECURSIVE, Buffer.concat([Buffer.alloc(1_000, 2), Buffer.of(0)]), 'too_deep'],
    ['100,000 deep', RECURSIVE, Buffer.concat([Buffer.alloc(100_000, 2), Buffer.of(0)]), 'too_deep'],
  ])('%s', (_name, schema, bytes, code) => {
    expect(createBodyReader(schema, schema)(bytes, 0)).toMatchObject({ ok: false, code })
  })

  it('refused says nothing of what stood in it', () => {
    const read = createBodyReader(field('string'), field('string'))
    expect(read(text(...Buffer.from('secret\0')), 0)).toEqual({
      ok: false,
      code: 'forbidden_character',
      detail: 'NUL in a string',
    })
  })
})

describe('a body that may be', () => {
  it.each<[string, string, Buffer, unknown]>([
    ['a score of 0.99951', SCORE, double(0.99951), 0.99951],
    ['minus zero, which is 0', field('double'), double(-0), 0],
    ['an optional minus zero', field(['null', 'double']), Buffer.concat([long(1n), double(-0)]), 0],
    ['a genuine U+FFFD', field('string'), text(0xef, 0xbf, 0xbd), '\ufffd'],
    ['four-byte characters', field('string'), text(...Buffer.from('𝒳🦆')), '𝒳🦆'],
    [
      'blocks with their size',
      field({ type: 'array', items: 'string' }),
      Buffer.concat([long(-1n), long(2n), text(x), long(0n)]),
      ['x'],
    ],
    ['a long 2^52', field('long'), long(2n ** 52n - 1n), 2 ** 52 - 1],
  ])('%s', (_name, schema, bytes, f) => {
    deepStrictEqual(createBodyReader(schema, schema)(bytes, 0), { ok: true, value: { f } })
  })

  it('of an older writer: what it lacked has its default', () => {
    const older = field('int')
    const newer = JSON.stringify({
      ...JSON.parse(older),
      fields: [...JSON.parse(older).fields, { name: 'g', type: 'string', default: 'none' }],
    })
    deepStrictEqual(createBodyReader(older, newer)(long(4n), 0), { ok: true, value: { f: 4, g: 'none' } })
  })

  it('of a newer writer: what the reader lacks is left out', () => {
    const older = field('int')
    const newer = JSON.stringify({
      ...JSON.parse(older),
      fields: [{ name: 'g', type: 'string', default: 'none' }, ...JSON.parse(older).fields],
    })
    deepStrictEqual(createBodyReader(newer, older)(Buffer.concat([text(x), long(4n)]), 0), {
      ok: true,
      value: { f: 4 },
    })
  })
})

describe('a writer refuses', () => {
  const optional = field(['null', 'string'], { default: null })
  it.each<[string, string, unknown, RegExp]>([
    ['a missing field', field('string'), {}, /at "f" \(string\)/],
    ['another type', field('string'), { f: 5 }, /at "f" \(string\)/],
    ['a nested other type', field({ type: 'array', items: 'int' }), { f: [1, 'two'] }, /at "f.1" \(int\)/],
    ['NaN', field('double'), { f: Number.NaN }, /number_out_of_range/],
    ['a score of 1.1', SCORE, { f: 1.1 }, /number_out_of_range/],
    ['a NUL', optional, { f: 'a\0b' }, /forbidden_character/],
    ['half a surrogate pair', optional, { f: 'a\ud83d' }, /forbidden_character/],
    ['half a surrogate pair in a long string', optional, { f: `${'a'.repeat(200)}\ud83d` }, /forbidden_character/],
    ['a date before 1970', field(MILLIS), { f: -5 }, /invalid_date/],
    ['an integer beyond 52 bits', field('long'), { f: 2 ** 52 }, /beyond 52 bits/],
  ])('%s', (_name, schema, value, message) => {
    const write = () => createBodyWriter(schema, 'things')(value, 5)
    expect(write).toThrow(EncodeError)
    expect(write).toThrow(message)
  })

  it('without quoting the value', () => {
    expect(() => createBodyWriter(field('int'), 'things')({ f: 'Jane Doe' }, 0)).not.toThrow(/Jane/)
  })
})

describe('a writer', () => {
  it('grows for large values and keeps them apart', () => {
    const write = createBodyWriter(field('string'), 'things')
    const read = createBodyReader(field('string'), field('string'))
    const sizes = [10, 300_000, 10, 20_000_000, 5]
    const written = sizes.map((size, index) => write({ f: String(index).repeat(size) }, 5))
    for (const [index, bytes] of written.entries()) {
      expect(read(bytes, 5)).toEqual({ ok: true, value: { f: String(index).repeat(sizes[index]!) } })
    }
  })

  it('fills in what the value leaves out and its schema has a default for', () => {
    const schema = field(['null', 'string'], { default: null })
    expect(createBodyReader(schema, schema)(createBodyWriter(schema, 'things')({}, 0), 0)).toEqual({
      ok: true,
      value: { f: null },
    })
  })
})
