import { createRequire } from 'node:module'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { prepareLibrary } from './kafka-library.ts'
import { encodeRecord, type LibraryEncoder, type LibraryRecord } from './kafka-record.ts'

const require = createRequire(import.meta.url)
const path = require.resolve('kafkajs/src/protocol/recordBatch/record/v0')
const original: (record: LibraryRecord) => LibraryEncoder = require(path)

const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ minLength: 60, maxLength: 300 }))
const bytes = fc.uint8Array({ maxLength: 20_000 }).map((array) => Buffer.from(array))
const record = fc.record({
  offsetDelta: fc.oneof(fc.nat({ max: 1_000 }), fc.nat({ max: 2 ** 31 - 1 })),
  timestampDelta: fc.constant(0),
  key: text,
  value: fc.option(bytes),
  headers: fc.dictionary(text, fc.oneof(text, bytes, fc.array(text))),
})

it('writes the very bytes that the library writes', () => {
  fc.assert(
    fc.property(record, (one) => {
      expect(encodeRecord(one).buffer.equals(original(one).buffer)).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})

it('stands in the place of the library’s own, which still writes records with times of their own', () => {
  prepareLibrary()
  const mended: typeof original = require(path)
  const buffer = mended({ key: 'k', value: null }).buffer
  expect(mended).not.toBe(original)
  expect(mended({ key: 'k', value: null, timestampDelta: 300 }).buffer).not.toEqual(buffer)
  expect(mended({ key: 'k', value: null, timestampDelta: 300 }).buffer).toEqual(
    original({ key: 'k', value: null, timestampDelta: 300 }).buffer,
  )
})
