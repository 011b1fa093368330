import type { Handler, Outcome, RawMessage, Received } from './contract.ts'

/** Bytes to a value. What a later try may cure is thrown, as an error whose `retryable` is true. */
export type Decode<T> = (
  raw: RawMessage,
) => Promise<
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: string; readonly detail: string }
>

/** What the body says of itself; the headers and the key must agree with it. */
export interface Described {
  readonly eventId: string
  readonly key: string
  /** `version`, `revision` or `seq`, as the topic has it. */
  readonly revision: number
  /** Where the body has a type of its own. */
  readonly type?: string
}

/** One topic and the handler a service reads it with; also what replay and rebuild run. */
export interface ConsumerDefinition<T> {
  readonly service: string
  /** Without the deployment's prefix. */
  readonly topic: string
  /** Facts are handed over in the order of their `seq`, each once; snapshots as they come. */
  readonly kind: 'snapshot' | 'fact'
  /** Default: `<service>.<topic>.v1`. */
  readonly group?: string
  /** Fixed for life; a message in a partition its key does not hash to is refused. */
  readonly partitions: number
  /** The header `env` every message must carry. */
  readonly env: string
  /** The header `type`: one of these; any when left out. */
  readonly types?: readonly string[]
  readonly decode: Decode<T>
  readonly describe: (value: T) => Described
  /** A rule of the service that is checked before the handler; undefined means fine. */
  readonly checkBody?: (message: Received<T>) => Outcome | undefined
  readonly handle: Handler<T>
  /** Default 1,000. A chunk should take less than 2 s. */
  readonly maxChunk?: number
}

/** The group of a definition: one id per service and topic. */
export function groupOf(definition: {
  readonly service: string
  readonly topic: string
  readonly group?: string
}): string {
  return definition.group ?? `${definition.service}.${definition.topic}.v1`
}
