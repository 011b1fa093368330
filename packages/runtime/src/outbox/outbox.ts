import { partitionOf } from '../bus/partition.ts'
import type { Fact, OutboxEntry, Reference } from '../consumer/contract.ts'
import type { Queryable, Tx } from '../postgres/database.ts'
import { countUnsent, insertFacts, insertReferences, type Unsent } from './store-outbox.ts'
import type { OutboxTopic, OutboxTopics } from './topics.ts'

/** Travels with every message that an entry becomes. */
export interface OutboxContext {
  readonly traceparent?: string
  /** The record ids behind it, so that any act can be traced to raw records: header `trace`. */
  readonly causedBy?: string
}

/** Where a service leaves what it wants to publish, in the transaction of the change itself. */
export interface Outbox {
  append(tx: Tx, entries: readonly OutboxEntry[], context?: OutboxContext): Promise<void>
  /** Rows the relay has not sent yet, counted up to `upTo`, and the age of the oldest. */
  unsent(db: Queryable, upTo?: number): Promise<Unsent>
}

/** The writer handed over more than the broker takes; its transaction must fail. */
export class TooLargeError extends Error {
  override readonly name = 'TooLargeError'
  readonly code = 'message_too_large'
}

/** Throws `TooLargeError` for a value that no message can carry; writers of snapshots call it where they store. */
export function assertFits(topics: OutboxTopics, topic: string, sizeBytes: number): void {
  const { maxValueBytes } = topicOf(topics, topic)
  if (sizeBytes > maxValueBytes)
    throw new TooLargeError(
      `a value of ${sizeBytes} bytes does not fit topic "${topic}": the limit is ${maxValueBytes}`,
    )
}

export function createOutbox(topics: OutboxTopics): Outbox {
  const factTopics = Object.keys(topics).filter((topic) => topics[topic]?.kind === 'fact')
  return {
    async append(tx, entries, context = {}) {
      const references = entries.filter((entry) => entry.kind === 'reference')
      const facts = entries.filter((entry) => entry.kind === 'fact')
      for (const fact of facts) assertFits(topics, fact.topic, fact.value.length)
      if (references.length > 0) await insertReferences(tx, unique(references).map(withPartition), context)
      if (facts.length > 0) await insertFacts(tx, facts.map(withPartition), context)
      // Sent at commit, once a transaction: the relay need not poll.
      if (entries.length > 0) await tx.query(`select pg_notify('outbox', '')`)
    },
    unsent: (db, upTo = 250_000) => countUnsent(db, factTopics, upTo),
  }

  function withPartition<E extends Reference | Fact>(entry: E): E & { readonly partition: number } {
    const { kind, partitions } = topicOf(topics, entry.topic)
    if ((kind === 'fact') !== (entry.kind === 'fact'))
      throw new Error(`topic "${entry.topic}" carries ${kind}s, not a ${entry.kind}`)
    if (entry.key === '') throw new Error(`an entry for topic "${entry.topic}" has an empty key`)
    return { ...entry, partition: partitionOf(entry.key, partitions) }
  }
}

// One transaction that touches an object ten times changes it once.
function unique(references: readonly Reference[]): readonly Reference[] {
  return [...new Map(references.map((entry) => [`${entry.topic}\n${entry.objectId}`, entry])).values()]
}

function topicOf(topics: OutboxTopics, name: string): OutboxTopic {
  const topic = topics[name]
  if (!topic) throw new Error(`no topic "${name}"`)
  return topic
}
