import { compareNames, NAME_LEVELS, type PreparedName } from '@atlas/linkage'
import { cpuSecondsSince } from '../cpu.ts'
import type { DuckDb } from '../duckdb.ts'
import { withNameLevels } from './name-levels.ts'
import { nameColumns, nameRow } from './name-rows.ts'
import { load } from './tables.ts'

export type NamePair = readonly [a: PreparedName, b: PreparedName]

/** How many pairs have each level of `NAME_LEVELS`, and the CPU time it took to tell. */
export interface Levelled {
  readonly counts: readonly number[]
  readonly seconds: number
}

export function levelled(pairs: readonly NamePair[]): Levelled {
  const counts: Record<string, number> = Object.fromEntries(NAME_LEVELS.map((level) => [level, 0]))
  const before = process.cpuUsage()
  for (const [a, b] of pairs) {
    const level = compareNames(a, b)
    counts[level] = (counts[level] ?? 0) + 1
  }
  return { seconds: cpuSecondsSince(before), counts: NAME_LEVELS.map((level) => counts[level] ?? 0) }
}

/** The same in SQL; what is prepared of names stands in one table with the pairs before the clock starts. */
export async function levelledInSql(duckdb: DuckDb, pairs: readonly NamePair[]): Promise<Levelled> {
  await load(
    duckdb,
    'name_pairs',
    { ...nameColumns('a'), ...nameColumns('b') },
    pairs.map(([a, b]) => ({ ...nameRow(a, 'a'), ...nameRow(b, 'b') })),
  )
  const before = process.cpuUsage()
  const rows = await duckdb.query<{ level: number; pairs: number }>(
    `select level::integer as level, count(*)::double as pairs
     from (${withNameLevels('select * from name_pairs')}) group by level`,
  )
  const seconds = cpuSecondsSince(before)
  const counts = NAME_LEVELS.map((_, no) => rows.find(({ level }) => level === no)?.pairs ?? 0)
  return { counts, seconds }
}
