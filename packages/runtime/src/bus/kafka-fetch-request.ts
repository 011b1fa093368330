import type { LibraryEncoder } from './library-encoder.ts'

/** What the library asks a broker for. */
export interface LibraryFetch {
  readonly replicaId: number
  readonly maxWaitTime: number
  readonly minBytes: number
  readonly maxBytes: number
  readonly isolationLevel?: number
  readonly sessionId?: number
  readonly sessionEpoch?: number
  readonly rackId?: string
  readonly topics: readonly {
    readonly topic: string
    readonly partitions: readonly {
      readonly partition: number
      readonly currentLeaderEpoch?: number
      readonly fetchOffset: string | number
      readonly logStartOffset?: string | number
      readonly maxBytes: number
    }[]
  }[]
}

const READ_COMMITTED = 1
const PARTITION_BYTES = 28

/**
 * The body of a fetch (version 11), byte for byte as the library writes it, in one buffer of its size: the library makes
 * one of 512 bytes for each partition, 50 µs for 24 of which 6 are left.
 */
export function encodeFetch(fetch: LibraryFetch): LibraryEncoder {
  const { topics, rackId = '', isolationLevel = READ_COMMITTED, sessionId = 0, sessionEpoch = -1 } = fetch
  let size = 16 + 1 + 8 + 4 + 4 + 2 + Buffer.byteLength(rackId)
  for (const { topic, partitions } of topics)
    size += 2 + Buffer.byteLength(topic) + 4 + partitions.length * PARTITION_BYTES
  const buffer = Buffer.allocUnsafe(size)
  let at = buffer.writeInt32BE(fetch.replicaId, 0)
  at = buffer.writeInt32BE(fetch.maxWaitTime, at)
  at = buffer.writeInt32BE(fetch.minBytes, at)
  at = buffer.writeInt32BE(fetch.maxBytes, at)
  at = buffer.writeInt8(isolationLevel, at)
  at = buffer.writeInt32BE(sessionId, at)
  at = buffer.writeInt32BE(sessionEpoch, at)
  at = buffer.writeInt32BE(topics.length, at)
  for (const { topic, partitions } of topics) {
    at = writeText(buffer, topic, at)
    at = buffer.writeInt32BE(partitions.length, at)
    for (const { partition, currentLeaderEpoch = -1, fetchOffset, logStartOffset = -1, maxBytes } of partitions) {
      at = buffer.writeInt32BE(partition, at)
      at = buffer.writeInt32BE(currentLeaderEpoch, at)
      at = buffer.writeBigInt64BE(BigInt(fetchOffset), at)
      at = buffer.writeBigInt64BE(BigInt(logStartOffset), at)
      at = buffer.writeInt32BE(maxBytes, at)
    }
  }
  // No topics to be forgotten: sessions of fetches are not used.
  at = buffer.writeInt32BE(0, at)
  writeText(buffer, rackId, at)
  return { buf: buffer, buffer }
}

function writeText(buffer: Buffer, text: string, from: number): number {
  const at = buffer.writeInt16BE(Buffer.byteLength(text), from)
  return at + buffer.write(text, at)
}
