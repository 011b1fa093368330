import { createRequire } from 'node:module'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Fetched, readFetched } from './kafka-fetch.ts'
import { prepareLibrary } from './kafka-library.ts'
import type { FetchedRecord, FindCodec, HeaderValue } from './kafka-records.ts'

interface Encoder {
  readonly buffer: Buffer
  writeInt16(value: number): Encoder
  writeInt32(value: number): Encoder
  writeInt64(value: number): Encoder
  writeString(value: string): Encoder
  writeBytes(value: Buffer): Encoder
  writeEncoder(value: Encoder): Encoder
}
type Record = { readonly key: string | null; readonly value: Buffer | null; readonly headers: object }

const require = createRequire(import.meta.url)
const library = {
  Encoder: require('kafkajs/src/protocol/encoder') as new () => Encoder,
  Decoder: require('kafkajs/src/protocol/decoder') as new (bytes: Buffer) => object,
  record: require('kafkajs/src/protocol/recordBatch/record/v0') as (record: object) => Encoder,
  batch: require('kafkajs/src/protocol/recordBatch/v0').RecordBatch as (batch: object) => Promise<Encoder>,
  decodeMessages: require('kafkajs/src/protocol/requests/fetch/v4/decodeMessages') as (
    decoder: object,
  ) => Promise<FetchedRecord[]>,
  findCodec: require('kafkajs/src/protocol/message/compression').lookupCodecByAttributes as FindCodec,
  response: require('kafkajs/src/protocol/requests/fetch/v11/response') as { decode(bytes: Buffer): Promise<Fetched> },
}
// Before ours takes its place.
const { decode } = library.response

const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.string({ minLength: 60, maxLength: 200 }))
const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array))
const names = fc.oneof(fc.constantFrom('type', 'event-id'), text).filter((name) => !(name in {}))
const records: fc.Arbitrary<Record[]> = fc.array(
  fc.record({
    key: fc.option(text),
    value: fc.option(bytes),
    headers: fc.dictionary(names, fc.oneof(text, bytes, fc.array(text, { minLength: 1, maxLength: 3 })), {
      maxKeys: 8,
    }),
  }),
  { minLength: 1, maxLength: 6 },
)
const batch = fc.record({
  firstOffset: fc.nat({ max: 2 ** 40 }),
  firstTimestamp: fc.nat({ max: 2e12 }),
  later: fc.nat({ max: 2 ** 20 }),
  compression: fc.constantFrom(0, 1, 4),
  records,
})
const partition = fc.record({
  partition: fc.nat({ max: 30 }),
  errorCode: fc.constantFrom(0, 0, 0, 1, 6),
  aborted: fc.array(fc.nat({ max: 1_000 }), { maxLength: 2 }),
  replica: fc.constantFrom(-1, -1, 2),
  batches: fc.array(batch, { maxLength: 3 }),
  cut: fc.nat({ max: 200 }),
})

type Partition = typeof partition extends fc.Arbitrary<infer T> ? T : never

async function batchOf({ firstOffset, firstTimestamp, later, compression, records }: Partition['batches'][number]) {
  const written = records.map((record, at) =>
    library.record({ ...record, offsetDelta: at, timestampDelta: at * later }),
  )
  const encoder = await library.batch({
    compression,
    firstOffset,
    firstTimestamp,
    maxTimestamp: firstTimestamp + later,
    partitionLeaderEpoch: 0,
    lastOffsetDelta: records.length - 1,
    records: written,
  })
  return encoder.buffer
}

async function answerOf(partitions: readonly Partition[]): Promise<Buffer> {
  const encoder = new library.Encoder()
  encoder.writeInt32(7).writeInt16(0).writeInt32(0).writeInt32(1).writeString('works').writeInt32(partitions.length)
  for (const { partition, errorCode, aborted, replica, batches, cut } of partitions) {
    encoder.writeInt32(partition).writeInt16(errorCode).writeInt64(99).writeInt64(98).writeInt64(3)
    encoder.writeInt32(aborted.length === 0 ? -1 : aborted.length)
    for (const offset of aborted) encoder.writeInt64(5).writeInt64(offset)
    const whole = Buffer.concat(await Promise.all(batches.map(batchOf)))
    encoder.writeInt32(replica).writeBytes(cut < 150 ? whole : whole.subarray(0, Math.max(0, whole.length - cut + 150)))
  }
  return encoder.buffer
}

const inBytes = (value: HeaderValue) => (value === null ? null : Buffer.from(value))
/** What is asked of a record: header values may be text or the same in bytes. */
function told({ headers, batchContext, ...record }: FetchedRecord) {
  const values = Object.entries(headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.map(inBytes) : inBytes(value),
  ])
  const { producerId, inTransaction } = batchContext
  return { ...record, headers: values, producerId, inTransaction }
}

it('reads of an answer what the library reads; partitions that brought nothing are left out', async () => {
  prepareLibrary()
  await fc.assert(
    fc.asyncProperty(fc.array(partition, { maxLength: 4 }), async (partitions) => {
      const bytes = await answerOf(partitions)
      const [ours, theirs] = [
        await readFetched(bytes, library.findCodec, (set) => library.decodeMessages(new library.Decoder(set))),
        await decode(bytes),
      ]
      const shown = ({ responses, ...answer }: Fetched) => ({
        ...answer,
        responses: responses.map(({ topicName, partitions }) => ({
          topicName,
          partitions: partitions
            .filter((one) => one.messages.length > 0 || one.errorCode !== 0 || one.preferredReadReplica !== -1)
            .map((one) => ({ ...one, messages: one.messages.map(told) })),
        })),
      })
      expect(shown(ours)).toEqual(shown(theirs))
      const kept = ours.responses.flatMap(({ partitions }) => partitions)
      expect(
        kept.every((one) => one.messages.length > 0 || one.errorCode !== 0 || one.preferredReadReplica !== -1),
      ).toBe(true)
    }),
    { numRuns: 300 },
  )
})

it('stands in the place of the library’s own', async () => {
  prepareLibrary()
  expect(library.response.decode).not.toBe(decode)
  const fetched = await library.response.decode(
    await answerOf([{ partition: 3, errorCode: 0, aborted: [], replica: -1, batches: [], cut: 0 }]),
  )
  expect(fetched.responses).toEqual([{ topicName: 'works', partitions: [] }])
})

it('a header may be called as something that every object has', async () => {
  prepareLibrary()
  const headers = Object.fromEntries([
    ['__proto__', 'a'],
    ['toString', ['b', 'é']],
  ])
  const records = [{ key: 'k', value: null, headers }]
  const batches = [{ firstOffset: 1, firstTimestamp: 2, later: 0, compression: 0 as const, records }]
  const fetched = await library.response.decode(
    await answerOf([{ partition: 0, errorCode: 0, aborted: [], replica: -1, batches, cut: 0 }]),
  )
  const [message] = fetched.responses[0]?.partitions[0]?.messages ?? []
  expect(Object.entries(message?.headers ?? {})).toEqual([
    ['__proto__', 'a'],
    ['toString', ['b', Buffer.from('é')]],
  ])
})
