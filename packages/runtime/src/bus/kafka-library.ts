import { createRequire } from 'node:module'
import { promisify } from 'node:util'
import { constants, zstdCompress, zstdCompressSync, zstdDecompress, zstdDecompressSync } from 'node:zlib'
import kafkajs from 'kafkajs'
import { readFetched } from './kafka-fetch.ts'
import { encodeFetch, type LibraryFetch } from './kafka-fetch-request.ts'
import { type ConsumerGroup, mendFetchRecovery, mendHeartbeat } from './kafka-group.ts'
import { encodeProduce, isPlain, type LibraryProduce, type Pack } from './kafka-produce-request.ts'
import { mendRequestQueue, mendTimeouts, type RequestQueue } from './kafka-queue.ts'
import type { FetchedRecord, FindCodec } from './kafka-records.ts'

/** The one version whose inside is known here: the patch and the version table below belong to it. */
const VERSION = '2.2.4'
// A batch of the largest messages is 8 MiB; beyond this it is a bomb.
const MAX_BATCH_BYTES = 64 * 2 ** 20

let prepared = false

/** Prepares the client library once a process: its version is checked, its idle loop and its trust in topics mended, zstd given to it. */
export function prepareLibrary(): void {
  if (prepared) return
  const require = createRequire(import.meta.url)
  const { version }: { version: string } = require('kafkajs/package.json')
  if (version !== VERSION) throw new Error(`kafkajs is ${version}, but the mending here is for ${VERSION}`)
  const Queue: { prototype: RequestQueue } = require('kafkajs/src/network/requestQueue')
  mendRequestQueue(Queue.prototype)
  mendTimeouts(Queue.prototype)
  const Group: { prototype: ConsumerGroup } = require('kafkajs/src/consumer/consumerGroup')
  mendFetchRecovery(Group.prototype)
  mendHeartbeat(Group.prototype)
  mendProduced(require)
  mendFetched(require)
  registerZstd()
  prepared = true
}

// A pledged size is told in one, two, four or eight bytes, behind the window and the dictionary (RFC 8878, 3.1.1.1).
const SIZE_BYTES = [0, 2, 4, 8] as const
const DICTIONARY_BYTES = [0, 1, 2, 4] as const
// What Node takes when nothing is said.
const UNPACKED_BYTES = 16 * 1024

/** Room for the whole of a batch that says how large it is, and a byte more, so that it ends in its first piece. */
export function sizeUnpacked(packed: Buffer): number {
  const descriptor = packed[4] ?? 0
  const single = (descriptor & 0x20) > 0
  const bytes = SIZE_BYTES[(descriptor >> 6) as 0 | 1 | 2 | 3] || (single ? 1 : 0)
  const at = 5 + (single ? 0 : 1) + DICTIONARY_BYTES[(descriptor & 3) as 0 | 1 | 2 | 3]
  if (bytes === 0 || packed.length < at + bytes) return UNPACKED_BYTES
  const size = Number(packed.readUIntLE(at, Math.min(bytes, 6))) + (bytes === 2 ? 256 : 0)
  return Math.min(Math.max(size + 1, 1024), UNPACK_PIECE)
}

/** What is sent is written by us: before the library has loaded the later versions, which keep the function they find. */
function mendProduced(require: NodeJS.Require): void {
  const path = require.resolve('kafkajs/src/protocol/requests/produce/v3/request')
  if (path in require.cache)
    throw new Error('kafkajs has loaded its own writer of messages before it could be replaced')
  const original: (produce: LibraryProduce) => object = require(path)
  const { lookupCodec }: { lookupCodec: (type: number) => { compress: Pack } } =
    require('kafkajs/src/protocol/message/compression')
  const loaded = require.cache[path]
  if (!loaded) throw new Error('kafkajs keeps its requests elsewhere')
  loaded.exports = (produce: LibraryProduce) => {
    const request = original(produce)
    if (!isPlain(produce)) return request
    const { compress } = lookupCodec(produce.compression ?? 0)
    return { ...request, encode: () => encodeProduce(produce, compress, Date.now()) }
  }
  const Encoder: { prototype: Encoder } = require('kafkajs/src/protocol/encoder')
  // What is asked for is written at once, and nobody sees the rest: no need to fill a megabyte a send with zeros.
  Encoder.prototype.ensureAvailable = function (this: Encoder, bytes) {
    const { buf, offset } = this
    if (offset + bytes <= buf.length) return
    this.buf = Buffer.allocUnsafe(2 ** Math.ceil(Math.log2(offset + bytes)))
    buf.copy(this.buf, 0, 0, offset)
  }
}

/** What a fetch asks for is written, and what it brings is read by us: the library makes buffers, lists and promises of each part. */
function mendFetched(require: NodeJS.Require): void {
  const response: {
    decode(bytes: Buffer): Promise<unknown>
  } = require('kafkajs/src/protocol/requests/fetch/v11/response')
  const { lookupCodecByAttributes }: { lookupCodecByAttributes: FindCodec } =
    require('kafkajs/src/protocol/message/compression')
  const Decoder: new (bytes: Buffer) => object = require('kafkajs/src/protocol/decoder')
  const decodeMessages: (decoder: object) => Promise<readonly FetchedRecord[]> =
    require('kafkajs/src/protocol/requests/fetch/v4/decodeMessages')
  const path = require.resolve('kafkajs/src/protocol/requests/fetch/v11/request')
  const request: (fetch: LibraryFetch) => object = require(path)
  const loaded = require.cache[path]
  if (!loaded) throw new Error('kafkajs keeps its requests elsewhere')
  loaded.exports = (fetch: LibraryFetch) => ({
    ...request({ ...fetch, topics: [] }),
    encode: async () => encodeFetch(fetch),
  })
  response.decode = (bytes) => readFetched(bytes, lookupCodecByAttributes, (set) => decodeMessages(new Decoder(set)))
}

interface Encoder {
  buf: Buffer
  readonly offset: number
  ensureAvailable(bytes: number): void
}

// Below so many bytes a batch is packed where it is: a thread and its hand-over cost four times the packing. A full send is
// packed in 1.3 ms; what a batch of a few bytes unpacks to is not known.
const PACK_AT_ONCE = 1024 * 1024
const UNPACK_AT_ONCE = 128 * 1024
// What a stranger says of the size of a batch is not believed beyond it.
const UNPACK_PIECE = 2 ** 20

function registerZstd(): void {
  const compress = promisify(zstdCompress)
  const decompress = promisify(zstdDecompress)
  // Level 1: 105 to 153 thousand messages a second out, where gzip makes 74.
  const params = { [constants.ZSTD_c_compressionLevel]: 1 }
  const limit = { maxOutputLength: MAX_BATCH_BYTES }
  kafkajs.CompressionCodecs[kafkajs.CompressionTypes.ZSTD] = () => ({
    compress: async ({ buffer }: { buffer: Buffer }) => {
      // One piece of output, which need not be put together.
      const options = { params, pledgedSrcSize: buffer.length, chunkSize: Math.max(buffer.length, 1024) }
      return buffer.length < PACK_AT_ONCE ? zstdCompressSync(buffer, options) : compress(buffer, options)
    },
    decompress: async (buffer: Buffer) => {
      const options = { ...limit, chunkSize: sizeUnpacked(buffer) }
      return buffer.length < UNPACK_AT_ONCE ? zstdDecompressSync(buffer, options) : decompress(buffer, options)
    },
  })
}
