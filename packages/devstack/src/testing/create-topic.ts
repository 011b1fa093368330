import { kafkaRequest } from '../kafka-protocol.ts'

const CREATE_TOPICS = 19

/** Creates a topic of one partition; by hand, as is everything about Kafka in this package. */
export async function createTopic(broker: string, name: string, replicas: number): Promise<void> {
  const body = Buffer.concat([
    int32(1), // one topic
    int16(Buffer.byteLength(name)),
    Buffer.from(name),
    int32(1), // partitions
    int16(replicas),
    int32(0), // assignments
    int32(0), // settings
    int32(30_000), // timeout
    Buffer.of(0), // for real
  ])
  const response = await kafkaRequest(broker, CREATE_TOPICS, 2, body)
  const error = response.readInt16BE(4 + 4 + 2 + Buffer.byteLength(name))
  if (error !== 0) throw new Error(`topic "${name}" was refused with error ${error}`)
}

function int32(value: number): Buffer {
  const buffer = Buffer.alloc(4)
  buffer.writeInt32BE(value)
  return buffer
}

function int16(value: number): Buffer {
  const buffer = Buffer.alloc(2)
  buffer.writeInt16BE(value)
  return buffer
}
