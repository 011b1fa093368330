import { randomBytes } from 'node:crypto'
import { createRequire } from 'node:module'
import fc from 'fast-check'
import kafkajs from 'kafkajs'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { prepareLibrary } from './kafka-library.ts'
import type { LibraryProduce } from './kafka-produce-request.ts'
import type { LibraryEncoder } from './library-encoder.ts'

type Request = (produce: LibraryProduce) => {
  readonly apiName: string
  readonly apiVersion: number
  encode(): Promise<LibraryEncoder>
}

// What the library's own writer gives must be seen before it is replaced, and by a copy that is loaded beside it.
const require = createRequire(import.meta.url)
const path = require.resolve('kafkajs/src/protocol/requests/produce/v3/request')
const original: Request = require(path)
delete require.cache[path]
prepareLibrary()
const mended: Request = require(path)
const latest: Request = require('kafkajs/src/protocol/requests/produce/v7/request')

// The time of a batch is that of its writing.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: 1_790_000_000_123 }))
afterEach(() => void vi.useRealTimers())

const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ minLength: 60, maxLength: 300 }))
const bytes = fc.uint8Array({ maxLength: 20_000 }).map((array) => Buffer.from(array))
const message = fc.record({
  key: text,
  value: fc.option(bytes),
  headers: fc.dictionary(text, fc.oneof(text, bytes, fc.array(text))),
})
const partitions = fc.array(
  fc.record({ partition: fc.nat({ max: 2 ** 31 - 1 }), messages: fc.array(message, { minLength: 1, maxLength: 12 }) }),
  { maxLength: 4 },
)
const produce: fc.Arbitrary<LibraryProduce> = fc.record({
  acks: fc.constantFrom(-1, 0, 1),
  timeout: fc.nat({ max: 2 ** 31 - 1 }),
  compression: fc.constant(kafkajs.CompressionTypes.ZSTD),
  topicData: fc.array(fc.record({ topic: fc.string({ unit: 'grapheme', maxLength: 30 }), partitions }), {
    maxLength: 3,
  }),
})

it('sends the very bytes that the library sends', async () => {
  await fc.assert(
    fc.asyncProperty(produce, async (one) => {
      expect((await mended(one).encode()).buffer.equals((await original(one).encode()).buffer)).toBe(true)
    }),
    { numRuns: 400 },
  )
})

it.each([100, 3_000])('also of a thousand messages of %i bytes, packed at once or in a thread', async (size) => {
  const value = randomBytes(size)
  const messages = Array.from({ length: 1_000 }, (_, no) => ({ key: `${no}`, value, headers: { no: `${no}` } }))
  const topicData = [{ topic: 't', partitions: [1, 2].map((partition) => ({ partition, messages })) }]
  const whole = { ...of({ key: '', value: null }), topicData }
  const [one, other, theirs] = await Promise.all([mended, mended, original].map((request) => request(whole).encode()))
  expect(one?.buffer.equals(theirs?.buffer ?? value)).toBe(true)
  expect(other?.buffer.equals(theirs?.buffer ?? value)).toBe(true)
})

it('stands in the place of the library’s own in the version that is spoken', async () => {
  // As its broker asks for it.
  const asked = latest({ ...of({ key: 'k', value: null }), producerId: -1 })
  expect(asked).toMatchObject({ apiName: 'Produce', apiVersion: 7 })
  // The library's buffer has room to spare.
  const { buf, buffer } = await asked.encode()
  expect(buf).toBe(buffer)
})

it.each([
  ['with times of their own', { ...of({ key: 'k', value: null, timestamp: '1790000000000' }) }],
  ['that are not packed', { ...of({ key: 'k', value: null }), compression: kafkajs.CompressionTypes.None }],
  ['packed by another codec', { ...of({ key: 'k', value: null }), compression: kafkajs.CompressionTypes.GZIP }],
  ['of a producer that is known again', { ...of({ key: 'k', value: null }), producerId: 7 }],
  ['of a transaction', { ...of({ key: 'k', value: null }), transactionalId: 'one' }],
])('leaves messages %s to the library', async (_, one) => {
  const [ours, theirs] = await Promise.all([mended(one).encode(), original(one).encode()])
  expect(ours.buffer).toEqual(theirs.buffer)
  expect(ours.buf).not.toBe(ours.buffer)
})

function of(one: LibraryProduce['topicData'][number]['partitions'][number]['messages'][number]): LibraryProduce {
  const topicData = [{ topic: 't', partitions: [{ partition: 3, messages: [one] }] }]
  return { acks: -1, timeout: 5, compression: kafkajs.CompressionTypes.ZSTD, topicData }
}
