import kafkajs from 'kafkajs'
import { crc32c } from './crc32c.ts'
import { type LibraryRecord, measureRecord, wholeSize, writeRecord } from './kafka-record.ts'
import { PACK_AT_ONCE, packRecords } from './kafka-zstd.ts'
import type { LibraryEncoder } from './library-encoder.ts'

/** What the library hands to a broker. */
export interface LibraryProduce {
  readonly acks: number
  readonly timeout: number
  readonly transactionalId?: string | null
  /** A number, or one of the library's own of 64 bits. */
  readonly producerId?: number | string | object
  readonly compression?: number
  readonly topicData: readonly {
    readonly topic: string
    readonly partitions: readonly LibraryBatch[]
  }[]
}

interface LibraryBatch {
  readonly partition: number
  readonly messages: readonly (LibraryRecord & { readonly timestamp?: string | null })[]
}

interface PackedBatch {
  readonly partition: number
  readonly count: number
  readonly records: Buffer
}

// First offset and length; then everything else of a batch, before its records.
const BEFORE_LENGTH = 12
const BATCH_HEAD = 61
const CRC_AT = 17
const ATTRIBUTES_AT = 21
const MAGIC = 2
// Of a producer that a broker does not know again.
const NOBODY = -1
const ZSTD: number = kafkajs.CompressionTypes.ZSTD

/** Whether it is one of those that we send: packed by zstd, of no transaction or known producer, and at the time of its writing. */
export function isPlain({
  transactionalId = null,
  producerId = NOBODY,
  compression,
  topicData,
}: LibraryProduce): boolean {
  const timed = () => topicData.some(({ partitions }) => partitions.some(({ messages }) => messages.some(isTimed)))
  return compression === ZSTD && transactionalId === null && String(producerId) === String(NOBODY) && !timed()
}

const isTimed = ({ timestamp = null }: LibraryBatch['messages'][number]): boolean => timestamp !== null

/**
 * The body of a plain produce (versions 3 to 7) without idempotence, byte for byte as the library writes it. The library
 * makes a buffer of a record, of each of its headers, and of each of the eight layers around a batch, each a copy of the one
 * within; here it is one of the records packed, and one of everything.
 */
export async function encodeProduce(produce: LibraryProduce, now: number): Promise<LibraryEncoder> {
  const { acks, timeout, topicData } = produce
  const topics: { readonly topic: string; readonly batches: readonly PackedBatch[] }[] = []
  let size = 2 + 2 + 4 + 4
  for (const { topic, partitions } of topicData) {
    const batches: PackedBatch[] = []
    size += 2 + Buffer.byteLength(topic) + 4
    for (const { partition, messages } of partitions) {
      const records = await packed(messages)
      batches.push({ partition, count: messages.length, records })
      size += 4 + 4 + BATCH_HEAD + records.length
    }
    topics.push({ topic, batches })
  }
  const buffer = Buffer.allocUnsafe(size)
  // No transaction.
  let at = buffer.writeInt16BE(-1, 0)
  at = buffer.writeInt16BE(acks, at)
  at = buffer.writeInt32BE(timeout, at)
  at = buffer.writeInt32BE(topics.length, at)
  for (const { topic, batches } of topics) {
    at = buffer.writeInt16BE(Buffer.byteLength(topic), at)
    at += buffer.write(topic, at)
    at = buffer.writeInt32BE(batches.length, at)
    for (const batch of batches) at = writeBatch(buffer, at, batch, now)
  }
  return { buf: buffer, buffer }
}

/** Where records are put together that are packed at once. New buffers of a quarter megabyte cost full collections. */
const ROOM = Buffer.allocUnsafeSlow(PACK_AT_ONCE)

function packed(messages: LibraryBatch['messages']): Buffer | Promise<Buffer> {
  const measured = messages.map(measureRecord)
  const size = measured.reduce((sum, one) => sum + wholeSize(one), 0)
  const buffer = size < ROOM.length ? ROOM : Buffer.allocUnsafeSlow(size)
  let at = 0
  for (const one of measured) at = writeRecord(buffer, at, one)
  return packRecords(buffer.subarray(0, at))
}

function writeBatch(buffer: Buffer, from: number, batch: PackedBatch, now: number): number {
  const { partition, count, records } = batch
  const size = BATCH_HEAD + records.length
  const start = from + 8
  buffer.writeInt32BE(partition, from)
  buffer.writeInt32BE(size, from + 4)
  // The first offset is the broker's to give; the leader's epoch is no client's.
  let at = buffer.writeBigInt64BE(0n, start)
  at = buffer.writeInt32BE(size - BEFORE_LENGTH, at)
  at = buffer.writeInt32BE(0, at)
  at = buffer.writeInt8(MAGIC, at)
  at = start + ATTRIBUTES_AT
  at = buffer.writeInt16BE(ZSTD, at)
  at = buffer.writeInt32BE(count - 1, at)
  at = buffer.writeBigInt64BE(BigInt(now), at)
  at = buffer.writeBigInt64BE(BigInt(now), at)
  // Epoch 0, and no sequence.
  at = buffer.writeBigInt64BE(BigInt(NOBODY), at)
  at = buffer.writeInt16BE(0, at)
  at = buffer.writeInt32BE(0, at)
  at = buffer.writeInt32BE(count, at)
  at += records.copy(buffer, at)
  buffer.writeUInt32BE(crc32c(buffer, start + ATTRIBUTES_AT, at), start + CRC_AT)
  return at
}
