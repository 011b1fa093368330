import { createRequire } from 'node:module'
import { promisify } from 'node:util'
import { constants, zstdCompress, zstdCompressSync, zstdDecompress, zstdDecompressSync } from 'node:zlib'
import kafkajs from 'kafkajs'

// Not by name: Node does not see the errors among the exports of a CommonJS module.
const { KafkaJSNonRetriableError } = kafkajs

/** The one version whose inside is known here: the patch and the version table below belong to it. */
const VERSION = '2.2.4'
// A batch of the largest messages is 8 MiB; beyond this it is a bomb.
const MAX_BATCH_BYTES = 64 * 2 ** 20

interface RequestQueue {
  throttleCheckTimeoutId: NodeJS.Timeout | null
  readonly throttledUntil: number
  readonly pending: readonly unknown[]
  checkPendingRequests(): void
  scheduleCheckPendingRequests(): void
}

interface Broker {
  disconnect(): Promise<void>
}

interface Cluster {
  readonly brokerPool: { readonly brokers: Readonly<Record<string, Broker | undefined>> }
  removeBroker(address: { readonly host: string; readonly port: number }): void
  findGroupCoordinator(of: { readonly groupId: string }): Promise<Broker>
}

interface ConsumerGroup {
  readonly cluster: Cluster
  readonly groupId: string
  coordinator: Broker
  readonly offsetManager: { coordinator: Broker } | null
  heartbeat(options: { readonly interval: number }): Promise<void>
  recoverFromFetch(error: Error & { readonly type?: string; readonly broker?: string }): Promise<void>
}

let prepared = false

/** Prepares the client library once a process: its version is checked, its idle loop and its trust in topics mended, zstd given to it. */
export function prepareLibrary(): void {
  if (prepared) return
  const require = createRequire(import.meta.url)
  const { version }: { version: string } = require('kafkajs/package.json')
  if (version !== VERSION) throw new Error(`kafkajs is ${version}, but the mending here is for ${VERSION}`)
  const Queue: { prototype: RequestQueue } = require('kafkajs/src/network/requestQueue')
  mendRequestQueue(Queue.prototype)
  const Group: { prototype: ConsumerGroup } = require('kafkajs/src/consumer/consumerGroup')
  mendFetchRecovery(Group.prototype)
  mendHeartbeat(Group.prototype)
  registerZstd()
  prepared = true
}

/** Without it an idle connection asks itself about 900 times a second whether it may send nothing. */
export function mendRequestQueue(queue: RequestQueue): void {
  queue.scheduleCheckPendingRequests = function (this: RequestQueue) {
    if (this.throttleCheckTimeoutId || this.pending.length === 0) return
    const waitMs = Math.max(this.throttledUntil - Date.now(), 1)
    this.throttleCheckTimeoutId = setTimeout(() => {
      this.throttleCheckTimeoutId = null
      this.checkPendingRequests()
    }, waitMs)
  }
}

/**
 * A topic that was gone for a moment may have come back as another log, which the library reads on in from our old
 * offset, or from the start, without a word. So the member ends; the next one looks at the log when it joins.
 *
 * A leader that gives no answer is left after one request: the library would ask it three times more and then end the
 * member, for a request's time-out each. Without it in the list of brokers the next fetch asks another one who leads.
 */
export function mendFetchRecovery(group: ConsumerGroup): void {
  const recover = group.recoverFromFetch
  group.recoverFromFetch = function (this: ConsumerGroup, error) {
    if (error.type === 'UNKNOWN_TOPIC_OR_PARTITION')
      throw new KafkaJSNonRetriableError(`a topic or partition we read has gone: ${error.message}`)
    return leaveBroker(this.cluster, error) ? Promise.resolve() : recover.call(this, error)
  }
}

/** The same for the coordinator: whoever has the group now is asked next, where the library would ask the silent one. */
export function mendHeartbeat(group: ConsumerGroup): void {
  const heartbeat = group.heartbeat
  group.heartbeat = async function (this: ConsumerGroup, options) {
    try {
      await heartbeat.call(this, options)
    } catch (error) {
      if (!(error instanceof Error) || !leaveBroker(this.cluster, error)) throw error
      this.coordinator = await this.cluster.findGroupCoordinator({ groupId: this.groupId })
      if (this.offsetManager) this.offsetManager.coordinator = this.coordinator
    }
  }
}

/** False when the error is another one, or there is nobody else to ask. */
function leaveBroker(cluster: Cluster, error: Error & { readonly broker?: string }): boolean {
  const address = error.broker
  if (error.name !== 'KafkaJSRequestTimeoutError' || address === undefined) return false
  const before = { ...cluster.brokerPool.brokers }
  if (Object.keys(before).length < 2) return false
  const colon = address.lastIndexOf(':')
  cluster.removeBroker({ host: address.slice(0, colon), port: Number(address.slice(colon + 1)) })
  // Its connection is of no more use, and nothing waits for its end.
  for (const [nodeId, broker] of Object.entries(before))
    if (broker && !(nodeId in cluster.brokerPool.brokers)) void broker.disconnect().catch(() => undefined)
  return true
}

/** Below this many bytes a batch is packed where it is: a thread and its hand-over cost four times the packing. */
const AT_ONCE_BYTES = 128 * 1024

function registerZstd(): void {
  const compress = promisify(zstdCompress)
  const decompress = promisify(zstdDecompress)
  // Level 1: 105 to 153 thousand messages a second out, where gzip makes 74.
  const params = { [constants.ZSTD_c_compressionLevel]: 1 }
  const limit = { maxOutputLength: MAX_BATCH_BYTES }
  kafkajs.CompressionCodecs[kafkajs.CompressionTypes.ZSTD] = () => ({
    compress: async ({ buffer }: { buffer: Buffer }) => {
      const options = { params, pledgedSrcSize: buffer.length }
      return buffer.length < AT_ONCE_BYTES ? zstdCompressSync(buffer, options) : compress(buffer, options)
    },
    decompress: async (buffer: Buffer) =>
      buffer.length < AT_ONCE_BYTES ? zstdDecompressSync(buffer, limit) : decompress(buffer, limit),
  })
}
