import type { Bus } from '../bus/port.ts'
import type { Clock } from '../clock.ts'
import type { Logger } from '../log.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { OutboxTopics } from '../outbox/topics.ts'
import type { Database } from '../postgres/database.ts'
import type { Fact, SnapshotSource } from './contract.ts'
import type { ConsumerDefinition } from './definition.ts'

/** One object of an owner's export: the message that would be in the log. `value` is base64, for JSON. */
export interface ExportedMessage {
  readonly key: string
  readonly eventId: string
  /** The header `revision`. */
  readonly revision: number
  readonly type: string
  readonly value: string
}

/** `next` is undefined on the last page. */
export interface ExportPage {
  readonly messages: readonly ExportedMessage[]
  readonly next: string | undefined
}

/** All objects of one topic, page after page: what `/internal/export/<topic>` answers. */
export type Exporter = (after: string | undefined, limit: number) => Promise<ExportPage>

/** Ids of all objects of a snapshot topic after this one, in the order of ids. */
export type ListObjects = (after: string | undefined, limit: number) => Promise<readonly string[]>

/** Facts above this number, in the order of their numbers. */
export type ListFacts = (afterFactNo: number, limit: number) => Promise<readonly Omit<Fact, 'kind' | 'topic'>[]>

export function exportSnapshots(_list: ListObjects, _source: SnapshotSource): Exporter {
  throw new Error('not built')
}

export function exportFacts(_list: ListFacts): Exporter {
  throw new Error('not built')
}

export interface LoadOptions<T> {
  readonly definition: ConsumerDefinition<T>
  readonly fetchPage: Exporter
  readonly topicPrefix: string
  readonly bus: Bus
  readonly database: Database
  readonly outbox: Outbox
  readonly clock: Clock
  readonly logger: Logger
  readonly pageSize?: number
}

/**
 * Starts a newcomer: notes the topic's end offsets as the group's first positions, then applies the owner's export
 * through the same handler. Resumes after a crash; does nothing when it has finished before. Call it before
 * `startConsumer`; overlap is harmless by revision and `seq`.
 */
export function loadFromExport<T>(_options: LoadOptions<T>): Promise<{ readonly objects: number }> {
  throw new Error('not built')
}

export interface RepublishOptions {
  readonly topic: string
  readonly topics: OutboxTopics
  readonly database: Database
  readonly outbox: Outbox
  readonly bus: Bus
  readonly topicPrefix: string
  readonly env: string
  readonly by: string
  /** For snapshot topics: references go through the outbox. */
  readonly snapshots?: { readonly list: ListObjects; readonly source: SnapshotSource }
  /** For facts: sent directly, in order; consumers drop what they know. */
  readonly facts?: ListFacts
  readonly clock: Clock
  readonly logger: Logger
  readonly pageSize?: number
}

/** Fills a lost topic again from the owner's tables; resumes where an unfinished run stopped. */
export function republish(_options: RepublishOptions): Promise<{ readonly objects: number }> {
  throw new Error('not built')
}
