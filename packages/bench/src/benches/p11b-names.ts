import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type PreparedName, prepareName } from '@atlas/linkage'
import { jaroWinkler, type Texts, textsOf } from '@atlas/linkage/kernel'
import { randomOf } from '@atlas/testing/world'
import { levelled, levelledInSql, type NamePair } from '../attribution-sql/level-pairs.ts'
import type { Bench } from '../bench.ts'
import { cpuSecondsSince } from '../cpu.ts'
import { type DuckDb, NO_DUCKDB, openDuckDb } from '../duckdb.ts'
import { measured, notRun } from '../measure.ts'
import { createPopulation } from '../people/people.ts'
import { plainName } from '../people/plain-name.ts'

const PAIRS = 1_000_000
// Prepared names are some hundred bytes a column; of these pairs both sides of each stand in a table.
const LEVELLED = 100_000
const PEOPLE = 50_000
const BARS = {
  kernel: {
    id: 'P11b',
    title: 'Jaro-Winkler of a million pairs of names / jaro_winkler_similarity of DuckDB with one thread',
    bar: 0.55,
    sense: 'least',
    unit: '×',
  },
  shipped: {
    id: 'P11b-shipped',
    title: 'levels of 100,000 pairs of names, as the model compares them / the same levels in SQL, DuckDB',
    bar: 0.55,
    sense: 'least',
    unit: '×',
  },
} as const

/**
 * P11b: names against DuckDB, by CPU time, on pairs that are fresh for each repetition: Jaro-Winkler with equal sums, and the
 * levels that are shipped instead of it, with equal counts.
 */
export const nameKernel: Bench = {
  id: 'P11b',
  title: 'names against DuckDB',
  async run({ runs, duckdbFrom, progress }) {
    const names = namesOf()
    const prepared = new Map(names.map((name) => [name, prepareName({ name })]))
    using duckdb = await openDuckDb(duckdbFrom)
    const kernel: Side = { rates: [], ratios: [] }
    const shipped: Side = { rates: [], ratios: [] }
    for (let run = 0; run <= runs; run++) {
      progress(`P11b: repetition ${run} of ${runs}`)
      const [left, right] = pairsOf(names, run)
      const sum = sumOurs(textsOf(left), textsOf(right))
      const pairs = preparedPairs(prepared, left, right)
      const levels = levelled(pairs)
      const theirs = duckdb && { sum: await sumTheirs(duckdb, left, right), levels: await levelledInSql(duckdb, pairs) }
      if (theirs && Math.abs(sum.sum - theirs.sum.sum) > 1e-6)
        throw new Error(`sums differ: ${sum.sum}, DuckDB ${theirs.sum.sum}`)
      if (theirs && `${theirs.levels.counts}` !== `${levels.counts}`)
        throw new Error(`levels differ: ${levels.counts}, DuckDB ${theirs.levels.counts}`)
      // The first round warms both sides up.
      if (run === 0) continue
      kernel.rates.push(PAIRS / sum.seconds / 1e6)
      shipped.rates.push(pairs.length / levels.seconds / 1e6)
      if (theirs) kernel.ratios.push(theirs.sum.seconds / sum.seconds)
      if (theirs) shipped.ratios.push(theirs.levels.seconds / levels.seconds)
    }
    return (
      [
        ['kernel', kernel],
        ['shipped', shipped],
      ] as const
    ).map(([side, { rates, ratios }]) => {
      const note = `${rates.map((rate) => rate.toFixed(1)).join(' ')} million pairs/s`
      return duckdb
        ? measured(BARS[side], ratios, `${note}; DuckDB ${duckdb.version}`)
        : notRun(BARS[side], `${NO_DUCKDB}; ours ${note}`)
    })
  },
}

interface Side {
  readonly rates: number[]
  readonly ratios: number[]
}

/** Names of people, who meet within their initial: half of the pairs are of one family name. */
function namesOf(): readonly string[] {
  const population = createPopulation('kernel')
  return Array.from({ length: PEOPLE }, (_, at) => plainName(population.person(at).name))
}

function pairsOf(names: readonly string[], run: number): readonly [left: string[], right: string[]] {
  const random = randomOf('pairs', run)
  const family = (name: string): string => name.slice(name.lastIndexOf(' ') + 1)
  const sorted = names.toSorted((a, b) => (family(a) < family(b) ? -1 : 1))
  const left = Array.from({ length: PAIRS }, () => random.int(sorted.length))
  const right = left.map((at) =>
    random.chance(0.5) ? (at + 1 + random.int(8)) % sorted.length : random.int(sorted.length),
  )
  const named = (places: readonly number[]) => places.map((at) => sorted[at] ?? '')
  return [named(left), named(right)]
}

interface Summed {
  readonly sum: number
  readonly seconds: number
}

function sumOurs(left: Texts, right: Texts): Summed {
  const before = process.cpuUsage()
  let sum = 0
  for (let pair = 0; pair < PAIRS; pair++) sum += jaroWinkler(left, pair, right, pair)
  return { sum, seconds: cpuSecondsSince(before) }
}

function preparedPairs(
  prepared: ReadonlyMap<string, PreparedName>,
  left: readonly string[],
  right: readonly string[],
): readonly NamePair[] {
  return left.slice(0, LEVELLED).flatMap((name, at) => {
    const [a, b] = [prepared.get(name), prepared.get(right[at] ?? '')]
    return a && b ? [[a, b] as const] : []
  })
}

async function sumTheirs(duckdb: DuckDb, left: readonly string[], right: readonly string[]): Promise<Summed> {
  const folder = await mkdtemp(join(tmpdir(), 'atlas-bench-'))
  await using _ = { [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
  const file = join(folder, 'pairs.csv')
  await writeFile(file, left.map((name, pair) => `${name},${right[pair]}\n`).join(''))
  await duckdb.query(
    `create or replace table pairs as select * from read_csv('${file}', header = false, names = ['l', 'r'])`,
  )
  const before = process.cpuUsage()
  const [row] = await duckdb.query<{ sum: number }>('select sum(jaro_winkler_similarity(l, r)) as sum from pairs')
  return { sum: row?.sum ?? Number.NaN, seconds: cpuSecondsSince(before) }
}
