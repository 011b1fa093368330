import { partitionOf } from '../bus/partition.ts'
import type { OutboxEntry, Reference } from '../consumer/contract.ts'
import type { Queryable, Tx } from '../postgres/database.ts'
import type { OutboxContext } from './context.ts'
import { countUnsent, insertFacts, insertReferences, type Placed, type Unsent } from './store-outbox.ts'
import type { OutboxTopic, OutboxTopics } from './topics.ts'

export interface OutboxItem {
  readonly entry: OutboxEntry
  readonly context: OutboxContext
}

/** Where a service leaves what it wants to publish, in the transaction of the change itself. */
export interface Outbox {
  append(tx: Tx, entries: readonly OutboxEntry[], context?: OutboxContext): Promise<void>
  /** The same, where each entry has a cause of its own. */
  appendEach(tx: Tx, items: readonly OutboxItem[]): Promise<void>
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
  const appendEach = async (tx: Tx, items: readonly OutboxItem[]) => {
    if (items.length === 0) return
    const placed = items.map(({ entry, context }) => ({ entry, context, partition: partitionFor(entry) }))
    const references = placed.flatMap(({ entry, ...rest }) => (entry.kind === 'reference' ? [{ entry, ...rest }] : []))
    const facts = placed.flatMap(({ entry, ...rest }) => (entry.kind === 'fact' ? [{ entry, ...rest }] : []))
    for (const { entry } of facts) assertFits(topics, entry.topic, entry.value.length)
    await insertReferences(tx, unique(references))
    await insertFacts(tx, facts)
    // Sent at commit, once a transaction: the relay need not poll.
    await tx.query(`select pg_notify('outbox', '')`)
  }
  return {
    append: (tx, entries, context = {}) =>
      appendEach(
        tx,
        entries.map((entry) => ({ entry, context })),
      ),
    appendEach,
    unsent: (db, upTo = 250_000) => countUnsent(db, factTopics, upTo),
  }

  function partitionFor(entry: OutboxEntry): number {
    const { kind, partitions } = topicOf(topics, entry.topic)
    if ((kind === 'fact') !== (entry.kind === 'fact'))
      throw new Error(`topic "${entry.topic}" carries ${kind}s, not a ${entry.kind}`)
    if (entry.key === '') throw new Error(`an entry for topic "${entry.topic}" has an empty key`)
    return partitionOf(entry.key, partitions)
  }
}

// One transaction that touches an object ten times changes it once.
function unique(references: readonly Placed<Reference>[]): readonly Placed<Reference>[] {
  return [...new Map(references.map((placed) => [`${placed.entry.topic}\n${placed.entry.objectId}`, placed])).values()]
}

function topicOf(topics: OutboxTopics, name: string): OutboxTopic {
  const topic = topics[name]
  if (!topic) throw new Error(`no topic "${name}"`)
  return topic
}
