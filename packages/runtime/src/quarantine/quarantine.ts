import type { ConsumerDefinition } from '../consumer/definition.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { Database, Queryable } from '../postgres/database.ts'
import type { Quarantined } from './quarantined.ts'

export interface ListOptions {
  readonly state?: Quarantined['state']
  readonly topic?: string
  readonly code?: string
  /** Ids above this one. */
  readonly after?: number
  readonly limit?: number
}

export type Decision =
  | { readonly type: 'replayed'; readonly followed: readonly number[] }
  | { readonly type: 'discarded'; readonly followed: readonly number[] }
  | { readonly type: 'refused'; readonly reason: string }
  | { readonly type: 'failed'; readonly code: string; readonly detail: string }

export interface DecideOptions<T> {
  readonly database: Database
  readonly outbox: Outbox
  /** Of the row's group: its decoder and handler are what replay runs. */
  readonly definition: ConsumerDefinition<T>
  readonly id: number
  readonly by: string
}

export function listQuarantine(_db: Queryable, _options?: ListOptions): Promise<readonly Quarantined[]> {
  throw new Error('not built')
}

/** Undefined when there is no such row. */
export function showQuarantine(_db: Queryable, _id: number): Promise<Quarantined | undefined> {
  throw new Error('not built')
}

/** Runs the stored bytes through the same decoder and handler, in one transaction; a row already decided is refused. */
export function replayQuarantine<T>(_options: DecideOptions<T>): Promise<Decision> {
  throw new Error('not built')
}

/** Gives a message up, with a reason; what waited behind it is processed. */
export function discardQuarantine<T>(_options: DecideOptions<T> & { readonly reason: string }): Promise<Decision> {
  throw new Error('not built')
}
