import { randomUUID } from 'node:crypto'
import { type Bus, type Clock, partitionOf, type RawMessage } from '@atlas/runtime'
import { type Codec, TOPICS, type TopicName } from '@atlas/schemas'
import type { Dumps, Message } from './dumps.ts'

export interface LogAddress {
  readonly bus: Bus
  readonly topicPrefix: string
  readonly codec: Codec
  readonly clock: Clock
}

export interface TopicLog {
  readonly messages: readonly Message[]
  readonly ends: Dumps['ends']
  /** What the message with the highest number says of each object. */
  readonly told: Dumps['readModel']['told']
}

/** A log that gives nothing for so long is not read to its end. */
const STUCK_MS = 60_000

/** Reads a topic from its start to where its end is at the moment of the call, as a group that is gone afterwards. */
export async function readLog(at: LogAddress, topic: TopicName): Promise<TopicLog> {
  const name = at.topicPrefix + topic
  const offsets = await at.bus.offsets(name)
  const ends = offsets.map(({ partition, high }) => ({ topic, partition, high: Number(high) }))
  const wanted = new Map(offsets.filter(({ low, high }) => high > low).map((range) => [range.partition, range]))
  if (wanted.size === 0) return { messages: [], ends, told: [] }

  const group = `atlas-check.${topic}.${randomUUID()}`
  const messages: Message[] = []
  const newest = new Map<string, { readonly number: number; readonly content: unknown }>()
  const done = new AbortController()
  const keep = async (raw: RawMessage): Promise<void> => {
    const { message, content } = await messageOf(at.codec, topic, raw)
    messages.push(message)
    if (message.objectId === null || message.number < (newest.get(message.objectId)?.number ?? 0)) return
    newest.set(message.objectId, { number: message.number, content })
  }
  const subscription = await at.bus.subscribe({
    group,
    topic: name,
    onAssigned: async () => new Map(offsets.map(({ partition, low }) => [partition, low])),
    async onBatch(batch) {
      const end = wanted.get(batch.partition)?.high ?? 0n
      const fresh = batch.messages.filter(({ offset }) => offset < end)
      for (const raw of fresh) await keep(raw)
      const last = batch.messages.at(-1)?.offset ?? -1n
      await batch.processed(last)
      if (last + 1n >= end) wanted.delete(batch.partition)
      if (wanted.size === 0) done.abort()
    },
  })
  try {
    await allRead(at.clock, done.signal, subscription.crashed, () => messages.length, name)
  } finally {
    await subscription.stop()
  }
  await at.bus.admin.deleteGroups([group])
  const told = [...newest].map(([objectId, { content }]) => ({ topic, objectId, content }))
  return { messages: inPlace(messages), ends, told }
}

/** Resolves when `done` aborts; throws when reading has crashed, or brings nothing any more. */
async function allRead(
  clock: Clock,
  done: AbortSignal,
  crashed: AbortSignal,
  read: () => number,
  name: string,
): Promise<void> {
  let [seen, since] = [0, clock.monotonic()]
  while (!done.aborted) {
    crashed.throwIfAborted()
    if (read() > seen) [seen, since] = [read(), clock.monotonic()]
    if (clock.monotonic() - since > STUCK_MS) throw new Error(`"${name}" gave nothing more after ${seen} messages`)
    await clock.sleep(20)
  }
}

/** A rebalance may bring a message twice: each place of the log counts once. */
function inPlace(messages: readonly Message[]): readonly Message[] {
  const byPlace = new Map(messages.map((message) => [`${message.partition}/${message.offset}`, message]))
  return [...byPlace.values()].sort((a, b) => a.partition - b.partition || a.offset - b.offset)
}

async function messageOf(
  codec: Codec,
  topic: TopicName,
  raw: RawMessage,
): Promise<{ readonly message: Message; readonly content: unknown }> {
  const decoded = await codec.decode(topic, raw.value)
  const frame = {
    topic,
    partition: raw.partition,
    offset: Number(raw.offset),
    key: raw.key ?? '',
    eventId: raw.headers.get('event-id')?.toLowerCase() ?? '',
  }
  const { number, id, partitions } = TOPICS[topic]
  const content: Readonly<Record<string, unknown>> = decoded.ok ? { ...decoded.value } : {}
  const [objectId, counted] = [content[id], content[number]]
  const readable =
    typeof objectId === 'string' &&
    typeof counted === 'number' &&
    raw.headerFault === undefined &&
    frame.eventId === content['eventId'] &&
    raw.headers.get('revision') === String(counted) &&
    partitionOf(frame.key, partitions) === raw.partition
  return readable
    ? { message: { ...frame, objectId, number: counted }, content }
    : { message: { ...frame, objectId: null, number: 0 }, content: undefined }
}
