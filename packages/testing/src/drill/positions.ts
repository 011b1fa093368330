import type { Database } from '@atlas/runtime'
import type { TopicName } from '@atlas/schemas'
import type { Deployment, ServiceName } from '../deployment/index.ts'
import type { Phase } from './fail-points.ts'

/** How far every consumer group has come: the sum of its positions over the partitions of its topic. */
export type Positions = ReadonlyMap<string, number>

/** What flows in each phase: its groups must move between two kills. */
export const FLOWING: Readonly<Record<Phase, readonly TopicName[]>> = {
  import: ['records', 'works', 'candidates', 'profiles'],
  decide: ['acts', 'authorships'],
}

/** Positions of all groups, or of those on topics that flow in a phase, by group. */
export async function positionsOf(open: Readonly<Record<ServiceName, Database>>, phase?: Phase): Promise<Positions> {
  const found = await Promise.all(
    Object.values(open).map(async (database) => {
      const { rows } = await database.query<{ name: string; position: number }>(
        `select consumer_group as name, sum(next_offset)::bigint as position from consumer_progress
          where $1::text[] is null or topic = any($1) group by consumer_group`,
        [phase === undefined ? null : FLOWING[phase]],
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

/** How far each group still has to go: ends of its topic's partitions less its positions. */
export async function lagsOf({
  open,
  bus,
  addresses: { topicPrefix },
}: Pick<Deployment, 'open' | 'bus' | 'addresses'>): Promise<Positions> {
  const ends = new Map<string, Promise<number>>()
  const endOf = (topic: string) => {
    const known =
      ends.get(topic) ??
      bus.offsets(topicPrefix + topic).then((all) => all.reduce((sum, { high }) => sum + Number(high), 0))
    ends.set(topic, known)
    return known
  }
  const found = await Promise.all(
    Object.values(open).map(async (database) => {
      const { rows } = await database.query<{ name: string; topic: string; position: number }>(
        `select consumer_group as name, topic, sum(next_offset)::bigint as position from consumer_progress
          group by consumer_group, topic`,
      )
      return Promise.all(
        rows.map(async ({ name, topic, position }) => [name, (await endOf(topic)) - position] as const),
      )
    }),
  )
  return new Map(found.flat())
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
