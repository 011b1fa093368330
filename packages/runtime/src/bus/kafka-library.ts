import { createRequire } from 'node:module'
import { readFetched } from './kafka-fetch.ts'
import { encodeFetch, type LibraryFetch } from './kafka-fetch-request.ts'
import { type ConsumerGroup, mendFetchRecovery, mendHeartbeat } from './kafka-group.ts'
import { encodeProduce, isPlain, type LibraryProduce } from './kafka-produce-request.ts'
import { mendRequestQueue, mendTimeouts, type RequestQueue } from './kafka-queue.ts'
import type { FetchedRecord, FindCodec } from './kafka-records.ts'
import { registerZstd } from './kafka-zstd.ts'

/** The one version whose inside is known here: the patch and the version table below belong to it. */
const VERSION = '2.2.4'
// Of what the library writes: a request of many messages.
const LARGE = 16 * 1024

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

/** What is sent is written by us: before the library has loaded the later versions, which keep the function they find. */
function mendProduced(require: NodeJS.Require): void {
  const path = require.resolve('kafkajs/src/protocol/requests/produce/v3/request')
  if (path in require.cache)
    throw new Error('kafkajs has loaded its own writer of messages before it could be replaced')
  const original: (produce: LibraryProduce) => object = require(path)
  const loaded = require.cache[path]
  if (!loaded) throw new Error('kafkajs keeps its requests elsewhere')
  loaded.exports = (produce: LibraryProduce) => {
    const request = original(produce)
    return isPlain(produce) ? { ...request, encode: () => encodeProduce(produce, Date.now()) } : request
  }
  const Encoder: { prototype: Encoder } = require('kafkajs/src/protocol/encoder')
  // What is asked for is written at once, and nobody sees the rest: no need to fill a send with zeros, and behind what is
  // large nothing more is written.
  Encoder.prototype.ensureAvailable = function (this: Encoder, bytes) {
    const { buf, offset } = this
    const needed = offset + bytes
    if (needed <= buf.length) return
    this.buf = Buffer.allocUnsafe(needed > LARGE ? needed : 2 ** Math.ceil(Math.log2(needed)))
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
