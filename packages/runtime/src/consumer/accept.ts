import type { Bus } from '../bus/port.ts'
import type { Database } from '../postgres/database.ts'
import type { Halt } from './halt.ts'
import { listProgress, type Progress, resumePartitions } from './store-progress.ts'

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
 * Lets the halted partitions of a group go on: after a gap or a recreated log from the first offset that can be read,
 * otherwise from where they stopped. Each one is recorded in `consumer_accepts`; running members notice by themselves.
 */
export async function acceptPosition(options: AcceptOptions): Promise<readonly Accepted[]> {
  const { database, bus, topicPrefix, group, topic, reason, by } = options
  if (reason.trim() === '') throw new Error('accepting needs a reason')
  const lows = new Map((await bus.offsets(topicPrefix + topic)).map(({ partition, low }) => [partition, low]))
  return database.transaction(async (tx) => {
    const accepted: Accepted[] = []
    for (const [partition, progress] of await listProgress(tx, group, topic, { lock: true })) {
      if (!progress.halted) continue
      const to = positionAfter(progress, lows.get(partition) ?? 0n)
      accepted.push({ partition, from: progress.nextOffset, to, halted: progress.halted })
    }
    await resumePartitions(tx, group, topic, accepted, { reason, by })
    return accepted
  })
}

/** Pure: where a halted partition goes on. */
export function positionAfter({ halted, nextOffset }: Progress, low: bigint): bigint {
  switch (halted?.code) {
    case 'offset_gap': {
      const found = BigInt(halted.found ?? nextOffset)
      return found > low ? found : low
    }
    case 'offset_regressed':
      return low
    default:
      return nextOffset
  }
}
