import {
  ATTRIBUTION_2,
  COMPARISON_NAMES,
  COMPARISONS,
  type ComparedPair,
  comparePair,
  FITTING,
  logOddsOf,
  pairOdds,
  RARITIES,
  roundedOdds,
} from '@atlas/linkage'
import { cpuSecondsSince } from '../cpu.ts'
import type { DuckDb } from '../duckdb.ts'
import type { People } from './people.ts'
import { type Form, scoreSql } from './statement.ts'

/** Numbers of the pairs that are kept, rising, with their log odds, and what it took. */
export interface Kept {
  readonly pairs: readonly number[]
  readonly logOdds: readonly number[]
  readonly seconds: number
}

/** Compares all pairs as the service does. */
export function keptByUs({ slots, profiles, pairs }: People): Kept {
  const [kept, logOdds]: [number[], number[]] = [[], []]
  const before = process.cpuUsage()
  for (const [pair, [slotNo, profileNo]] of pairs.entries()) {
    const [slot, profile] = [slots[slotNo], profiles[profileNo]]
    if (slot === undefined || profile === undefined) throw new Error(`pair ${pair} is of nobody`)
    const odds = pairOdds(slot.slotId, profile.profileId, comparePair(slot, profile), ATTRIBUTION_2)
    if (odds === undefined) continue
    kept.push(pair)
    logOdds.push(odds.logOdds)
  }
  return { pairs: kept, logOdds, seconds: cpuSecondsSince(before) }
}

/** The same in SQL, of the people that were loaded. */
export async function keptBySql(duckdb: DuckDb, form: Form): Promise<Kept> {
  const before = process.cpuUsage()
  await duckdb.query(
    `create or replace table kept as
     select pair, log_odds, fitting, rarity_odds from (${scoreSql(ATTRIBUTION_2, form)}) where kept`,
  )
  const seconds = cpuSecondsSince(before)
  const rows = await duckdb.query<{ pair: number; log_odds: number }>('select pair, log_odds from kept order by pair')
  return { pairs: rows.map(({ pair }) => pair), logOdds: rows.map((row) => row.log_odds), seconds }
}

/** Throws where another pair is kept, or one with other log odds. */
export function assertSameKept(ours: Kept, theirs: Kept): void {
  const different = ours.pairs.filter(
    (pair, at) => theirs.pairs[at] !== pair || theirs.logOdds[at] !== ours.logOdds[at],
  ).length
  if (different > 0 || ours.pairs.length !== theirs.pairs.length)
    throw new Error(`${ours.pairs.length} pairs kept, in SQL ${theirs.pairs.length}; ${different} are not the same`)
}

/** Throws where SQL finds another level of any comparison of any pair, or other odds of it; returns all levels it met. */
export async function assertSameLevels(
  duckdb: DuckDb,
  { slots, profiles, pairs }: People,
  form: Form,
): Promise<ReadonlySet<string>> {
  const rows = await duckdb.query<Row>(scoreSql(ATTRIBUTION_2, form))
  if (rows.length !== pairs.length) throw new Error(`${pairs.length} pairs, in SQL ${rows.length}`)
  const wrong = rows.flatMap((row) => {
    const [slotNo = -1, profileNo = -1] = pairs[Number(row['pair'])] ?? []
    const [slot, profile] = [slots[slotNo], profiles[profileNo]]
    if (slot === undefined || profile === undefined) throw new Error(`SQL has a pair ${row['pair']}`)
    const [ours, theirs] = [told(comparePair(slot, profile)), toldBySql(row)]
    return ours === theirs ? [] : [`${slot.slotId}, ${profile.profileId}: ${ours}; in SQL ${theirs}`]
  })
  if (wrong.length > 0)
    throw new Error(`${wrong.length} of ${pairs.length} pairs differ:\n${wrong.slice(0, 5).join('\n')}`)
  return new Set(rows.flatMap(levelsOf))
}

type Row = Readonly<Record<string, unknown>>

function told(pair: ComparedPair): string {
  const { levels, fitting, rarity, unproven } = pair
  const found = COMPARISON_NAMES.flatMap((name) => (levels[name] === undefined ? [] : [`${name} ${levels[name]}`]))
  const kept = pairOdds('', '', pair, ATTRIBUTION_2)
  const odds = roundedOdds(logOddsOf(levels, ATTRIBUTION_2))
  return JSON.stringify([found, fitting, rarity.level, unproven, odds, kept?.rarity ?? null])
}

function toldBySql(row: Row): string {
  const rarity = RARITIES[row['fitting'] === FITTING.whole ? 'name' : 'family'][Number(row['rarity'])]
  const rarityOdds = row['kept'] === true ? row['rarity_odds'] : null
  return JSON.stringify([levelsOf(row), row['fitting'], rarity, row['unproven'], row['log_odds'], rarityOdds])
}

function levelsOf(row: Row): readonly string[] {
  return COMPARISON_NAMES.flatMap((name) =>
    row[name] === null ? [] : [`${name} ${COMPARISONS[name][Number(row[name])]}`],
  )
}
