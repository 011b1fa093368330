import type { PartitionOffsets } from '../bus/port.ts'
import { alarm } from './alarms.ts'
import type { ConsumerContext } from './context.ts'
import type { HaltBoard } from './halt-board.ts'
import { breachOf } from './log-breach.ts'
import { createProgress, haltPartition, listProgress, noteLogEnds, type Progress } from './store-progress.ts'

/**
 * Says where each partition is to be read from: the stored position, checked against the log. A position the log cannot
 * continue from halts the partition; one that was never stored begins at the log's start.
 */
export async function positionsFor<T>(
  context: ConsumerContext<T>,
  halts: HaltBoard,
  partitions: readonly number[],
): Promise<ReadonlyMap<number, bigint>> {
  const { database, group, definition, bus, fullTopic } = context
  const ends = (await bus.offsets(fullTopic)).filter(({ partition }) => partitions.includes(partition))
  await createProgress(
    database,
    group,
    definition.topic,
    ends.map(({ partition, low }) => ({ partition, nextOffset: low })),
  )
  await noteLogEnds(database, group, definition.topic, ends)
  const stored = await listProgress(database, group, definition.topic)
  halts.keepOnly(partitions)
  const positions = new Map<number, bigint>()
  for (const end of ends) {
    const progress = stored.get(end.partition)
    if (!progress) continue
    await check(context, halts, end, progress)
    positions.set(end.partition, progress.nextOffset)
  }
  return positions
}

async function check<T>(
  context: ConsumerContext<T>,
  halts: HaltBoard,
  end: PartitionOffsets,
  progress: Progress,
): Promise<void> {
  const place = { group: context.group, topic: context.definition.topic, partition: end.partition }
  const halt = progress.halted ?? (await breachOf(context, end, progress))
  if (!halt) return halts.clear(end.partition)
  if (!progress.halted) {
    // Somebody who works on this partition right now has moved the position: then our view is old, and nothing is wrong.
    if (!(await haltPartition(context.database, place, progress.nextOffset, halt))) return
    alarm(context, halt.code, { ...place, offset: progress.nextOffset.toString(), detail: halt.detail })
  }
  halts.set(end.partition, halt)
}
