import type { Database } from '@atlas/runtime'
import type { TopicName } from '@atlas/schemas'
import type { ServiceName } from '../deployment/index.ts'
import type { Phase } from './fail-points.ts'

/** How far every consumer group has come: the sum of its positions over the partitions of its topic. */
export type Positions = ReadonlyMap<string, number>

/** What flows in each phase: its groups must move between two kills. */
export const FLOWING: Readonly<Record<Phase, readonly TopicName[]>> = {
  import: ['records', 'works', 'candidates', 'profiles'],
  decide: ['acts', 'authorships'],
}

/** Positions of all groups on topics that flow in this phase, by group. */
export async function positionsOf(open: Readonly<Record<ServiceName, Database>>, phase: Phase): Promise<Positions> {
  const found = await Promise.all(
    Object.values(open).map(async (database) => {
      const { rows } = await database.query<{ name: string; position: number }>(
        `select consumer_group as name, sum(next_offset)::bigint as position from consumer_progress
          where topic = any($1) group by consumer_group`,
        [FLOWING[phase]],
      )
      return rows
    }),
  )
  return new Map(
    found
      .flat()
      .map(({ name, position }) => [name, position] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}

/** Groups that stand where they stood. Pure. */
export function unmoved(before: Positions, after: Positions): readonly string[] {
  return [...after].flatMap(([name, position]) => (position > (before.get(name) ?? 0) ? [] : [name]))
}

/** `matcher.records +48, …`. Pure. */
export function moves(before: Positions, after: Positions): string {
  return [...after]
    .map(([name, position]) => `${name.replace(/\.v1$/, '')} +${position - (before.get(name) ?? 0)}`)
    .join(', ')
}
