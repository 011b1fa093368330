import type { Bus, Database } from '@atlas/runtime'
import type { Progress, ServiceName } from './dumps.ts'
import { readProgress } from './store-delivery.ts'

export interface PositionSources {
  readonly open: Readonly<Record<ServiceName, Database>>
  readonly bus: Pick<Bus, 'committedOffsets'>
  readonly topicPrefix: string
}

/**
 * Where every group stands in its database, and what it has committed. Right at any time: offsets are committed after
 * the effects, so that read first they are never ahead of positions that move meanwhile.
 */
export async function readPositions({ open, bus, topicPrefix }: PositionSources): Promise<readonly Progress[]> {
  const groups = new Map((await readAll(open)).map(({ group, topic }) => [group, topic]))
  const committed = new Map(
    await Promise.all(
      [...groups].map(
        async ([group, topic]) => [group, await bus.committedOffsets(group, topicPrefix + topic)] as const,
      ),
    ),
  )
  return (await readAll(open)).map((row) => {
    const offset = committed.get(row.group)?.get(row.partition)
    return { ...row, committed: offset === undefined ? null : Number(offset) }
  })
}

async function readAll(open: PositionSources['open']): Promise<readonly Omit<Progress, 'committed'>[]> {
  const lists = Object.entries(open).map(([service, database]) => readProgress(database, service as ServiceName))
  return (await Promise.all(lists)).flat()
}
