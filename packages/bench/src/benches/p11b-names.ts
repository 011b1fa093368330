import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { jaroWinkler, type Texts, textsOf } from '@atlas/linkage/kernel'
import { randomOf } from '@atlas/testing/world'
import type { Bench } from '../bench.ts'
import { cpuSecondsSince } from '../cpu.ts'
import { type DuckDb, NO_DUCKDB, openDuckDb } from '../duckdb.ts'
import { measured, notRun } from '../measure.ts'
import { createPopulation } from '../people/people.ts'
import { plainName } from '../people/plain-name.ts'

const PAIRS = 1_000_000
const PEOPLE = 50_000
const BAR = {
  id: 'P11b',
  title: 'Jaro-Winkler of a million pairs of names / jaro_winkler_similarity of DuckDB with one thread',
  bar: 0.55,
  sense: 'least',
  unit: '×',
} as const

/** P11b: the kernel for names against DuckDB's, by CPU time, on pairs that are fresh for each repetition. */
export const nameKernel: Bench = {
  id: 'P11b',
  title: 'the kernel for names against DuckDB',
  async run({ runs, duckdbFrom, progress }) {
    const names = namesOf()
    using duckdb = await openDuckDb(duckdbFrom)
    const rates: number[] = []
    const ratios: number[] = []
    for (let run = 0; run <= runs; run++) {
      progress(`P11b: repetition ${run} of ${runs}`)
      const [left, right] = pairsOf(names, run)
      const ours = sumOurs(textsOf(left), textsOf(right))
      const theirs = duckdb && (await sumTheirs(duckdb, left, right))
      if (theirs && Math.abs(ours.sum - theirs.sum) > 1e-6)
        throw new Error(`sums differ: ${ours.sum}, DuckDB ${theirs.sum}`)
      // The first round warms both sides up.
      if (run === 0) continue
      rates.push(PAIRS / ours.seconds / 1e6)
      if (theirs) ratios.push(theirs.seconds / ours.seconds)
    }
    const note = `${rates.map((rate) => rate.toFixed(1)).join(' ')} million pairs/s`
    return [
      duckdb ? measured(BAR, ratios, `${note}; DuckDB ${duckdb.version}`) : notRun(BAR, `${NO_DUCKDB}; ours ${note}`),
    ]
  },
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
