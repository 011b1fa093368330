import type { KafkaMessage } from 'kafkajs'
import type { RawMessage } from '../consumer/contract.ts'
import { decodeHeaders } from './headers.ts'

/** A message of the client library in our terms. */
export function rawOf(
  topic: string,
  partition: number,
  message: Pick<KafkaMessage, 'offset' | 'key' | 'value' | 'headers' | 'timestamp'>,
): RawMessage {
  const { headers, fault } = decodeHeaders(message.headers)
  return {
    topic,
    partition,
    offset: BigInt(message.offset),
    key: message.key?.toString() ?? null,
    value: message.value,
    headers,
    ...(fault === undefined ? {} : { headerFault: fault }),
    timestampMs: Number(message.timestamp),
  }
}
