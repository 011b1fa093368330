import type { Bus } from '../bus/port.ts'
import type { Database } from '../postgres/database.ts'
import type { Halt } from './start-consumer.ts'

export interface AcceptOptions {
  readonly database: Database
  readonly bus: Bus
  readonly topicPrefix: string
  readonly group: string
  readonly topic: string
  readonly reason: string
  readonly by: string
}

export interface Accepted {
  readonly partition: number
  readonly from: bigint
  readonly to: bigint
  readonly halted: Halt
}

/**
 * Lets the halted partitions of a group go on: after a gap or a recreated log from what can be read now, after too many
 * poison messages from where they stopped. Records each one in `consumer_accepts`; running members notice by themselves.
 */
export function acceptPosition(_options: AcceptOptions): Promise<readonly Accepted[]> {
  throw new Error('not built')
}
