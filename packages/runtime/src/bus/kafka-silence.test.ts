import { createServer, type Socket } from 'node:net'
import { Kafka, logLevel } from 'kafkajs'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { prepareLibrary } from './kafka-library.ts'
import { createSeeds } from './kafka-seeds.ts'
import { type Broker, type Cluster, leaveSilentBrokers } from './kafka-silence.ts'

const API_VERSIONS = 18
const METADATA = 3

const int16 = (value: number) => Buffer.from([value >> 8, value & 255])
const int32 = (value: number) => Buffer.from([value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255])
const text = (value: string) => Buffer.concat([int16(value.length), Buffer.from(value)])
const list = (...parts: Buffer[]) => Buffer.concat([int32(parts.length), ...parts])

/** What a node of these says: which versions it speaks, and who the others are; there are no topics. */
function answerTo(api: number, ports: readonly number[]): Buffer {
  if (api === API_VERSIONS) {
    const speaks = [API_VERSIONS, METADATA].map((key) => Buffer.concat([int16(key), int16(0), int16(0)]))
    return Buffer.concat([int16(0), list(...speaks), int32(0)])
  }
  const brokers = ports.map((port, i) => Buffer.concat([int32(i + 1), text('127.0.0.1'), int32(port)]))
  return Buffer.concat([list(...brokers), list()])
}

const open: { close(): void }[] = []
afterEach(() => {
  for (const one of open.splice(0)) one.close()
})

/** Nodes that take every connection, as a kernel does, and answer unless they are frozen. */
async function nodes(count: number) {
  const frozen = new Set<number>()
  const asked: string[] = []
  const ports: number[] = []
  const serve = (id: number) => (socket: Socket) => {
    open.push({ close: () => socket.destroy() })
    let buffered = Buffer.alloc(0)
    socket.on('error', () => socket.destroy())
    socket.on('data', (data) => {
      buffered = Buffer.concat([buffered, data])
      while (buffered.length >= 4 && buffered.length >= 4 + buffered.readInt32BE(0)) {
        const request = buffered.subarray(4, 4 + buffered.readInt32BE(0))
        buffered = buffered.subarray(4 + request.length)
        asked.push(`${id} ${request.readInt16BE(0) === METADATA ? 'metadata' : 'versions'}`)
        if (frozen.has(id)) continue
        const answer = Buffer.concat([request.subarray(4, 8), answerTo(request.readInt16BE(0), ports)])
        socket.write(Buffer.concat([int32(answer.length), answer]))
      }
    })
  }
  for (let id = 1; id <= count; id++) {
    const server = createServer(serve(id)).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    open.push(server)
    const address = server.address()
    ports.push(typeof address === 'object' && address ? address.port : 0)
  }
  return { frozen, asked, addresses: ports.map((port) => `127.0.0.1:${port}`) }
}

interface OpenCluster extends Cluster {
  readonly brokerPool: Cluster['brokerPool'] & {
    readonly seedBroker: { readonly versions: object | null }
    readonly brokers: Readonly<Record<string, Broker & { metadata(): Promise<object> }>>
  }
  connect(): Promise<void>
  refreshMetadata(): Promise<void>
  disconnect(): Promise<void>
}

function aCluster(addresses: readonly string[], { mended = true, ssl = false } = {}) {
  prepareLibrary()
  const seeds = createSeeds(addresses)
  const kafka = new Kafka({
    brokers: () => [...seeds.list()],
    ssl,
    logLevel: logLevel.NOTHING,
    connectionTimeout: 400,
    requestTimeout: 400,
    retry: { retries: 3, initialRetryTime: 1, maxRetryTime: 1 },
  })
  if (mended) leaveSilentBrokers(kafka, seeds, 400)
  const name = Object.getOwnPropertySymbols(kafka).find(({ description }) => description?.endsWith('createCluster'))
  const cluster: OpenCluster = Reflect.get(kafka, name ?? '')({ metadataMaxAge: 300_000 })
  open.push({ close: () => void cluster.disconnect() })
  return { cluster, seeds }
}

describe('F11 K16 a broker that takes connections and gives no answer', () => {
  it('is connected to for the library, which knows nothing of it then: the defect', async () => {
    const { frozen, addresses } = await nodes(2)
    frozen.add(1)
    const { cluster } = aCluster(addresses, { mended: false })
    await cluster.connect()
    expect(cluster.brokerPool.seedBroker.versions).toBeNull()
    await expect(cluster.refreshMetadata()).rejects.toThrow('Broker not connected')
  })

  it('is passed over when it is the first of the list, and by the next connection from the start', async () => {
    const { frozen, addresses } = await nodes(2)
    frozen.add(1)
    const { cluster, seeds } = aCluster(addresses)
    await cluster.connect()
    expect(cluster.brokerPool.seedBroker.versions).not.toBeNull()
    expect(seeds.list()).toEqual(addresses.slice(1))
  })

  it('is left after one request: another one is asked, and it gets no request before it has answered again', async () => {
    const { frozen, asked, addresses } = await nodes(2)
    const { cluster, seeds } = aCluster(addresses)
    await cluster.connect()
    await cluster.refreshMetadata()
    const first = cluster.brokerPool.brokers['1']
    if (!first) throw new Error('node 1 is not in the list')
    frozen.add(1)
    asked.length = 0
    await cluster.refreshMetadata()
    expect(asked).toEqual(['1 metadata', '2 versions', '2 metadata'])
    expect([first.isConnected(), seeds.isSilent(addresses[0] ?? '')]).toEqual([false, true])

    asked.length = 0
    await expect(first.metadata()).rejects.toThrow('it gave no answer and was left')
    expect(asked).toEqual([])
    const connecting = first.connect()
    await vi.waitFor(() => expect(asked).toEqual(['1 versions']))
    expect(first.isConnected()).toBe(false)
    await expect(connecting).rejects.toThrow('no answer within 100 ms')

    frozen.clear()
    await first.connect()
    expect([first.isConnected(), seeds.isSilent(addresses[0] ?? '')]).toEqual([true, false])
    await first.metadata()
  })

  it('is left while TLS is being agreed on too', async () => {
    const { frozen, addresses } = await nodes(1)
    frozen.add(1)
    const { cluster, seeds } = aCluster(addresses, { ssl: true })
    seeds.silent(addresses[0] ?? '')
    await expect(cluster.connect()).rejects.toThrow('no answer within 100 ms')
  })

  it('is asked last by whoever wants to know what any of them can tell', async () => {
    const { frozen, addresses } = await nodes(3)
    const { cluster } = aCluster(addresses)
    await cluster.connect()
    await cluster.refreshMetadata()
    frozen.add(1)
    await cluster.refreshMetadata()
    const who = Array.from({ length: 5 }, () => cluster.brokerPool.withBroker(async ({ nodeId }) => nodeId))
    expect(await Promise.all(who)).not.toContain('1')
    const tried: string[] = []
    const nobody = cluster.brokerPool.withBroker(async ({ nodeId }) => {
      tried.push(nodeId)
      throw new Error('I do not know')
    })
    await expect(nobody).rejects.toThrow('no answer within')
    expect(tried.sort()).toEqual(['2', '3'])
  })
})
