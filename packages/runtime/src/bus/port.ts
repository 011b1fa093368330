import type { RawMessage } from '../consumer/contract.ts'

/** A message on its way out. Every message has a key: without one a retry could choose another partition. */
export interface OutgoingMessage {
  readonly key: string
  readonly value: Buffer | null
  readonly headers: Readonly<Record<string, string>>
}

export interface TopicDescription {
  readonly topic: string
  readonly partitions: number
  /** The smallest number of replicas any partition has. */
  readonly replication: number
  readonly compression: string
  readonly cleanupPolicy: string
  readonly maxMessageBytes: number
}

/** `low` is the first offset that can still be read, `high` the one the next message gets. */
export interface PartitionOffsets {
  readonly partition: number
  readonly low: bigint
  readonly high: bigint
}

/** What one fetch brought of one partition. */
export interface Batch {
  readonly partition: number
  /** Dense and oldest first, never empty. */
  readonly messages: readonly RawMessage[]
  /** False as soon as the partition may belong to somebody else, or reading goes on elsewhere. */
  live(): boolean
  /** Tells the group that we are alive. What it throws must be rethrown: the partition is no longer ours. */
  heartbeat(): Promise<void>
  /** Reading goes on after this offset; the group's committed offset follows as a hint, whose failure is only logged. */
  processed(offset: bigint): Promise<void>
}

export interface SubscribeOptions {
  readonly group: string
  readonly topic: string
  /** Called after each join; the answer says where to read. What it leaves out goes on from its committed offset. */
  onAssigned(partitions: readonly number[]): Promise<ReadonlyMap<number, bigint>>
  /** Batches of one partition come one after the other; those of several partitions may overlap. */
  onBatch(batch: Batch): Promise<void>
}

/** Membership of one group on one topic. */
export interface Subscription extends AsyncDisposable {
  /** True from the first join on, false while the group is rebalancing. */
  joined(): boolean
  assigned(): readonly number[]
  /** Reads on from there; batches under way stop being live. */
  seek(partition: number, offset: bigint): void
  /** Aborts, with the reason, when reading has ended for good: the process must exit. */
  readonly crashed: AbortSignal
  /** Leaves the group after the chunks under way; never call it from `onBatch`. */
  stop(): Promise<void>
}

export interface NewTopic {
  readonly topic: string
  readonly partitions: number
  readonly replication: number
  readonly config?: Readonly<Record<string, string>>
}

/**
 * For the command line, the development stack and tests; no service creates or deletes topics. All but `createTopics`
 * may be given again: what is so already is no error.
 */
export interface BusAdmin {
  /** Resolves when every partition has a leader that answers; throws when one is there already. */
  createTopics(topics: readonly NewTopic[]): Promise<void>
  deleteTopics(topics: readonly string[]): Promise<void>
  listTopics(): Promise<readonly string[]>
  /** `partitions` in all. Resolves when each has a leader that answers. */
  addPartitions(topic: string, partitions: number): Promise<void>
  /** Moves the log's start to `before`. */
  deleteRecords(topic: string, partition: number, before: bigint): Promise<void>
  deleteGroups(groups: readonly string[]): Promise<void>
}

/**
 * The log, as the rest of the runtime sees it.
 *
 * Topics are full names here, with the deployment's prefix; `RawMessage.topic` is what was asked for.
 */
export interface Bus extends AsyncDisposable {
  readonly admin: BusAdmin
  /**
   * Resolves only when the broker answered for exactly this partition without an error and named an offset, which is
   * returned. Rejecting means "perhaps": send again.
   */
  publish(topic: string, partition: number, messages: readonly OutgoingMessage[]): Promise<bigint>
  /** Undefined when there is no such topic. */
  describe(topic: string): Promise<TopicDescription | undefined>
  offsets(topic: string): Promise<readonly PartitionOffsets[]>
  /** Partitions without a committed offset are left out. */
  committedOffsets(group: string, topic: string): Promise<ReadonlyMap<number, bigint>>
  /** Undefined when the log has no message at this offset. */
  readOne(topic: string, partition: number, offset: bigint): Promise<RawMessage | undefined>
  subscribe(options: SubscribeOptions): Promise<Subscription>
  close(): Promise<void>
}
