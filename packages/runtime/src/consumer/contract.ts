import type { Tx } from '../postgres/database.ts'

/** A message as it lies in the log. `topic` is the name without the deployment's prefix. */
export interface RawMessage {
  readonly topic: string
  readonly partition: number
  readonly offset: bigint
  readonly key: string | null
  readonly value: Buffer | null
  /** Names in lower case, values as UTF-8. */
  readonly headers: ReadonlyMap<string, string>
  /** What is wrong with the headers as they came (too many, too large, null, repeated with another value), if anything. */
  readonly headerFault?: string
  readonly timestampMs: number
}

/** A decoded message and where it lay. */
export interface Received<T> {
  readonly value: T
  readonly raw: RawMessage
}

/** "Object `objectId` of this snapshot topic changed": the relay sends its state of that moment. */
export interface Reference {
  readonly kind: 'reference'
  readonly topic: string
  readonly key: string
  readonly objectId: string
}

/** A fact: the relay sends these bytes, in the order of `factNo`, which was taken under a lock held until commit. */
export interface Fact {
  readonly kind: 'fact'
  readonly topic: string
  readonly key: string
  readonly factNo: number
  readonly eventId: string
  /** Dense per key: the header `revision`. */
  readonly seq: number
  readonly type: string
  readonly value: Buffer
}

export type OutboxEntry = Reference | Fact

/** What became of one message. Throwing means "try the chunk again", and nothing else does. */
export type Outcome =
  | { readonly type: 'done'; readonly outbox: readonly OutboxEntry[] }
  | { readonly type: 'skipped'; readonly reason: string }
  | { readonly type: 'rejected'; readonly code: string; readonly detail: string }

export function done(outbox: readonly OutboxEntry[] = []): Outcome {
  return { type: 'done', outbox }
}

/** Nothing to do, for a reason that is counted: `stale`, `erased_subject` … */
export function skipped(reason: string): Outcome {
  return { type: 'skipped', reason }
}

/** Goes to the service's quarantine with this code, in the same transaction. */
export function rejected(code: string, detail: string): Outcome {
  return { type: 'rejected', code, detail }
}

/** Messages of one topic, those of a partition oldest first; one outcome each, in the same order. Effects go through `tx` only. */
export type Handler<T> = (tx: Tx, messages: readonly Received<T>[]) => Promise<readonly Outcome[]>

/** Adapts a function of one message. */
export function oneByOne<T>(handle: (tx: Tx, message: Received<T>) => Promise<Outcome>): Handler<T> {
  return async (tx, messages) => {
    const outcomes: Outcome[] = []
    for (const message of messages) outcomes.push(await handle(tx, message))
    return outcomes
  }
}

/** The state of one object of a snapshot topic, ready to be sent. */
export interface CurrentState {
  readonly objectId: string
  readonly key: string
  /** `version` or `revision`: the header of that name. */
  readonly revision: number
  readonly eventId: string
  readonly type: string
  readonly value: Buffer
}

/** Reads what is stored of these objects at the moment of the call; objects that do not exist are left out. */
export type SnapshotSource = (objectIds: readonly string[]) => Promise<readonly CurrentState[]>
