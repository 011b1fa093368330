import { partitionOf } from '../bus/partition.ts'
import type { Bus } from '../bus/port.ts'
import type { Clock } from '../clock.ts'
import type { Logger } from '../log.ts'
import { messageOf } from '../outbox/envelope.ts'
import type { Outbox } from '../outbox/outbox.ts'
import { sendsOf } from '../outbox/sends.ts'
import type { OutboxTopics } from '../outbox/topics.ts'
import type { Database } from '../postgres/database.ts'
import type { SnapshotSource } from './contract.ts'
import type { ListFacts, ListObjects } from './export.ts'
import { advanceRepublish, resumeRepublish } from './store-republish.ts'

export interface RepublishOptions {
  readonly topic: string
  readonly topics: OutboxTopics
  readonly database: Database
  readonly outbox: Outbox
  readonly bus: Bus
  readonly topicPrefix: string
  readonly env: string
  readonly by: string
  /** For a snapshot topic: references go through the outbox. */
  readonly snapshots?: { readonly list: ListObjects; readonly source: SnapshotSource }
  /** For facts: sent directly, in order; consumers drop what they know. */
  readonly facts?: ListFacts
  readonly clock: Clock
  readonly logger: Logger
  /** Default 1,000. */
  readonly pageSize?: number
}

/** Fills a lost topic again from the owner's tables; an unfinished run goes on where it stopped. */
export async function republish(options: RepublishOptions): Promise<{ readonly objects: number }> {
  const { database, topic, by, snapshots, facts, logger, pageSize = 1_000 } = options
  if (Boolean(snapshots) === Boolean(facts)) throw new Error(`republish needs the objects or the facts of "${topic}"`)
  const run = await resumeRepublish(database, topic, by)
  let { cursor, objects } = run
  for (;;) {
    const page = facts ? await sendFacts(options, facts, cursor, pageSize) : await refer(options, cursor, pageSize)
    objects += page.count
    cursor = page.next
    await advanceRepublish(database, run.id, cursor, page.count)
    logger.info({ event: 'republished', topic, objects })
    if (cursor === undefined) return { objects }
  }
}

interface Page {
  readonly count: number
  readonly next: string | undefined
}

async function refer(options: RepublishOptions, after: string | undefined, limit: number): Promise<Page> {
  const { topic, snapshots, database, outbox } = options
  if (!snapshots) return { count: 0, next: undefined }
  const ids = await snapshots.list(after, limit)
  const states = await snapshots.source(ids)
  await database.transaction((tx) =>
    outbox.append(
      tx,
      states.map(({ key, objectId }) => ({ kind: 'reference', topic, key, objectId })),
    ),
  )
  return { count: states.length, next: ids.length < limit ? undefined : ids.at(-1) }
}

async function sendFacts(
  options: RepublishOptions,
  list: ListFacts,
  after: string | undefined,
  limit: number,
): Promise<Page> {
  const { topic, topics, topicPrefix, bus, env, clock } = options
  const partitions = topics[topic]?.partitions
  if (partitions === undefined) throw new Error(`no topic "${topic}"`)
  const facts = await list(after === undefined ? 0 : Number(after), limit)
  const envelopes = facts.map(({ key, eventId, seq, type, value }) => ({
    topic,
    partition: partitionOf(key, partitions),
    key,
    eventId,
    revision: seq,
    type,
    value,
    traceparent: undefined,
    causedBy: undefined,
  }))
  for (const send of sendsOf(envelopes).flat())
    await bus.publish(
      topicPrefix + topic,
      send[0].partition,
      send.map((envelope) => messageOf(envelope, env, clock.now())),
    )
  return { count: facts.length, next: facts.length < limit ? undefined : String(facts.at(-1)?.factNo) }
}
