import { readFileSync } from 'node:fs'
import { compareNames, NAME_LEVELS, type PreparedName, prepareName } from '@atlas/linkage'
import type { DuckDb } from '../duckdb.ts'
import { withNameLevels } from './name-levels.ts'
import { nameColumns, nameRow } from './name-rows.ts'
import { load } from './tables.ts'

const CASES = new URL('../../../linkage/src/names/names.csv', import.meta.url)

/** Names of all kinds, as the table of cases for names has them: those of a made-up world are plain beside these. */
export function namesOfCases(): readonly PreparedName[] {
  const [, ...rows] = readFileSync(CASES, 'utf8').split('\n')
  const cells = rows
    .filter((row) => !row.startsWith('#'))
    .flatMap((row) => row.split(',').slice(0, 2))
    .map((cell) => cell.trim().replaceAll(';', ','))
  return [...new Set(cells)].filter((cell) => cell !== '').map(named)
}

// A bar stands where a source split the name.
function named(cell: string): PreparedName {
  const [family = '', given] = cell.split(' | ')
  return prepareName(given === undefined ? { name: cell } : { family, given })
}

/** Throws where SQL finds another level for two of these names; returns how many pairs of them agree. */
export async function assertSameNames(duckdb: DuckDb, names: readonly PreparedName[]): Promise<number> {
  for (const side of ['a', 'b'] as const)
    await load(
      duckdb,
      `${side}_names`,
      { [`${side}_no`]: 'integer', ...nameColumns(side) },
      names.map((name, no) => ({ [`${side}_no`]: no, ...nameRow(name, side) })),
    )
  const pairs = 'select * from a_names cross join b_names'
  const rows = await duckdb.query<{ a_no: number; levels: readonly number[] }>(
    `select a_no, list(level::integer order by b_no) as levels from (${withNameLevels(pairs)}) group by a_no`,
  )
  const wrong = rows.flatMap(({ a_no, levels }) => levels.flatMap((level, b) => differing(names, a_no, b, level)))
  if (wrong.length > 0) throw new Error(`${wrong.length} pairs of names differ:\n${wrong.slice(0, 20).join('\n')}`)
  return rows.reduce((sum, { levels }) => sum + levels.length, 0)
}

function differing(names: readonly PreparedName[], aNo: number, bNo: number, inSql: number): readonly string[] {
  const [a, b] = [names[aNo], names[bNo]]
  if (a === undefined || b === undefined) throw new Error(`SQL has names ${aNo} and ${bNo}`)
  const level = compareNames(a, b)
  return level === NAME_LEVELS[inSql] ? [] : [`${a.asGiven}, ${b.asGiven}: ${level}, in SQL ${NAME_LEVELS[inSql]}`]
}
