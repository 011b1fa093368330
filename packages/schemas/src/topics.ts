/** Every topic of the system: what it carries, how it is cut and who may touch it. */

export type TopicName = 'records' | 'works' | 'candidates' | 'profiles' | 'acts' | 'authorships'

export interface Topic {
  readonly name: TopicName
  /** The message key, and so the unit of order. */
  readonly key: string
  /** Fixed for life: a move is a new generation of the topic, by its name. */
  readonly partitions: number
  /** Snapshots may be skipped and coalesced; of facts each one is delivered. */
  readonly kind: 'snapshot' | 'fact'
  /** The field, and header `revision`, that orders the messages of one object. */
  readonly number: 'version' | 'revision' | 'seq'
  /** Field that names the object of a snapshot, or the fact. */
  readonly id: string
  readonly producer: string
  readonly consumers: readonly string[]
  /** What the broker takes. */
  readonly maxMessageBytes: number
  /** What a writer may store: the rest is room for the frame and for compression that does not help. */
  readonly maxValueBytes: number
  readonly retentionMs: number
}

const MiB = 2 ** 20
const DAY = 24 * 3600 * 1000
const LARGE = { maxMessageBytes: 8 * MiB, maxValueBytes: 7 * MiB } as const
const SMALL = { maxMessageBytes: MiB, maxValueBytes: 900 * 1024 } as const

export const TOPICS: Readonly<Record<TopicName, Topic>> = {
  records: {
    name: 'records',
    key: 'source:sourceId',
    partitions: 24,
    kind: 'snapshot',
    number: 'version',
    id: 'recordId',
    producer: 'ingest',
    consumers: ['matcher'],
    ...LARGE,
    retentionMs: 14 * DAY,
  },
  works: {
    name: 'works',
    key: 'workId',
    partitions: 24,
    kind: 'snapshot',
    number: 'revision',
    id: 'workId',
    producer: 'matcher',
    consumers: ['verifier', 'profiles', 'api'],
    ...LARGE,
    retentionMs: 14 * DAY,
  },
  candidates: {
    name: 'candidates',
    key: 'profileId',
    partitions: 24,
    kind: 'snapshot',
    number: 'revision',
    id: 'candidateId',
    producer: 'matcher',
    consumers: ['verifier', 'notifier', 'api'],
    ...SMALL,
    retentionMs: 14 * DAY,
  },
  profiles: {
    name: 'profiles',
    key: 'profileId',
    partitions: 12,
    kind: 'snapshot',
    number: 'revision',
    id: 'profileId',
    producer: 'profiles',
    consumers: ['matcher', 'verifier', 'notifier', 'api'],
    ...SMALL,
    retentionMs: 14 * DAY,
  },
  acts: {
    name: 'acts',
    key: 'profileId',
    partitions: 12,
    kind: 'fact',
    number: 'seq',
    id: 'actId',
    producer: 'verifier',
    consumers: ['matcher', 'profiles', 'notifier', 'api'],
    ...SMALL,
    retentionMs: 14 * DAY,
  },
  authorships: {
    name: 'authorships',
    key: 'profileId',
    partitions: 12,
    kind: 'snapshot',
    number: 'revision',
    id: 'authorshipId',
    producer: 'verifier',
    consumers: ['profiles', 'api'],
    ...SMALL,
    retentionMs: 14 * DAY,
  },
}

export const TOPIC_NAMES = Object.keys(TOPICS) as readonly TopicName[]

/** The registry's subject of a topic's values. */
export function subjectOf(topic: TopicName): string {
  return `${topic}-value`
}
