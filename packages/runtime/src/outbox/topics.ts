/** What the outbox must know of a topic; `TOPICS` of the schemas has this shape. */
export interface OutboxTopic {
  readonly partitions: number
  readonly kind: 'snapshot' | 'fact'
  /** A larger fact is refused in the writer's transaction. */
  readonly maxValueBytes: number
}

export type OutboxTopics = Readonly<Record<string, OutboxTopic>>
