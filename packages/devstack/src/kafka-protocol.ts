import { once } from 'node:events'
import { connect } from 'node:net'

// Only what readiness needs, by hand: the client library belongs to packages/runtime alone.
const API_VERSIONS = 18
const METADATA = 3
const TIMEOUT_MS = 2_000

/** Returns when the broker has answered; throws when it is away, busy starting, or not Kafka. */
export async function askApiVersions(broker: string): Promise<void> {
  const response = await kafkaRequest(broker, API_VERSIONS, 0, Buffer.alloc(0))
  const errorCode = response.readInt16BE(0)
  if (errorCode !== 0) throw new Error(`broker "${broker}" answers ApiVersions with error ${errorCode}`)
}

export interface ClusterMetadata {
  readonly clusterId: string
  /** Addresses of the live brokers as this one sees them; a broker that has not joined yet is absent. */
  readonly brokers: readonly string[]
  readonly topics: readonly string[]
}

export async function clusterMetadata(broker: string): Promise<ClusterMetadata> {
  const allTopics = Buffer.alloc(4)
  allTopics.writeInt32BE(-1)
  const read = reader(await kafkaRequest(broker, METADATA, 2, allTopics))
  const brokers = read.array(() => {
    read.int32() // node id
    const address = `${read.string()}:${read.int32()}`
    read.string() // rack
    return address
  })
  const clusterId = read.string()
  read.int32() // controller
  const topics = read.array(() => {
    read.int16() // error
    const name = read.string()
    read.boolean() // internal
    read.array(() => {
      read.int16()
      read.int32()
      read.int32()
      read.array(read.int32)
      read.array(read.int32)
    })
    return name
  })
  return { clusterId, brokers, topics }
}

/** Sends one request and returns the body of its response. */
export async function kafkaRequest(broker: string, apiKey: number, version: number, body: Buffer): Promise<Buffer> {
  const { hostname, port } = new URL(`kafka://${broker}`)
  const socket = connect({ host: hostname, port: Number(port) })
  socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error(`broker "${broker}" does not answer`)))
  try {
    await once(socket, 'connect')
    const header = Buffer.alloc(10)
    header.writeInt16BE(apiKey, 0)
    header.writeInt16BE(version, 2)
    header.writeInt32BE(1, 4) // correlation id
    header.writeInt16BE(-1, 8) // no client id
    const size = Buffer.alloc(4)
    size.writeInt32BE(header.length + body.length)
    socket.write(Buffer.concat([size, header, body]))
    let received = Buffer.alloc(0)
    for await (const chunk of socket) {
      received = Buffer.concat([received, chunk as Buffer])
      if (received.length >= 4 && received.length >= 4 + received.readInt32BE(0)) {
        return received.subarray(8, 4 + received.readInt32BE(0)) // after size and correlation id
      }
    }
    throw new Error(`broker "${broker}" closed the connection`)
  } finally {
    socket.destroy()
  }
}

interface Reader {
  boolean(): boolean
  int16(): number
  int32(): number
  string(): string
  array<T>(element: () => T): T[]
}

function reader(buffer: Buffer): Reader {
  let at = 0
  const take = (length: number): number => {
    at += length
    return at - length
  }
  const read: Reader = {
    boolean: () => buffer.readInt8(take(1)) !== 0,
    int16: () => buffer.readInt16BE(take(2)),
    int32: () => buffer.readInt32BE(take(4)),
    string: () => {
      const length = Math.max(0, read.int16())
      const from = take(length)
      return buffer.toString('utf8', from, from + length)
    },
    array: (element) => Array.from({ length: Math.max(0, read.int32()) }, element),
  }
  return read
}
