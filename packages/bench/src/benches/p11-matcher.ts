import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type People, peopleOf, SKETCHY, type Sketch, scoreBlocks } from '@atlas/linkage/kernel'
import type { Bench } from '../bench.ts'
import { cpuSecondsSince } from '../cpu.ts'
import { type DuckDb, NO_DUCKDB, openDuckDb } from '../duckdb.ts'
import { measured, notRun } from '../measure.ts'
import { createPopulation } from '../people/people.ts'
import { knownSketch, laterSketch } from '../people/sketches.ts'

const PROFILES = 200_000
const SLOTS = 60_000
const BAR = {
  id: 'P11',
  title: 'kernel for sketches, which no service runs: pairs by blocks / the same in SQL, DuckDB with one thread',
  bar: 4,
  sense: 'least',
  unit: '×',
} as const

/** P11: names, co-authors and institutions of all pairs of a block, against the same as a join; the same pairs are kept. */
export const matcherKernel: Bench = {
  id: 'P11',
  title: 'the kernel for sketches on all pairs of a block against DuckDB',
  async run({ runs, duckdbFrom, progress }) {
    const population = createPopulation('kernel')
    const known = Array.from({ length: PROFILES }, (_, at) => knownSketch(population, at))
    const people = peopleOf(known)
    using duckdb = await openDuckDb(duckdbFrom)
    if (duckdb) await load(duckdb, 'people', known)
    const [ratios, rates]: [number[], number[]] = [[], []]
    let note = ''
    for (let run = 0; run <= runs; run++) {
      progress(`P11: repetition ${run} of ${runs}`)
      const later = Array.from({ length: SLOTS }, (_, at) => laterSketch(population, at * 3 + (run % 3)))
      const ours = scored(peopleOf(later), people)
      if (duckdb) await load(duckdb, 'slots', later)
      const theirs = duckdb && (await joined(duckdb))
      if (theirs) assertSame(ours, theirs)
      // The first round warms both sides up.
      if (run === 0) continue
      rates.push(ours.pairs / ours.seconds / 1e6)
      if (theirs) ratios.push(theirs.seconds / ours.seconds)
      note = `${ours.pairs} pairs, ${ours.kept.length} kept`
    }
    const told = `${note}; ${rates.map((rate) => rate.toFixed(1)).join(' ')} million pairs/s`
    return [
      duckdb ? measured(BAR, ratios, `${told}; DuckDB ${duckdb.version}`) : notRun(BAR, `${NO_DUCKDB}; ours ${told}`),
    ]
  },
}

interface Scored {
  readonly pairs: number
  /** Slot and person of each kept pair in one number, rising. */
  readonly kept: Float64Array
  readonly seconds: number
}

function scored(slots: People, people: People): Scored {
  const kept: number[] = []
  const before = process.cpuUsage()
  const pairs = scoreBlocks(slots, people, [0, slots.blocks.length], (slot, person) =>
    kept.push(slot * PROFILES + person),
  )
  return { pairs, seconds: cpuSecondsSince(before), kept: Float64Array.from(kept).sort() }
}

function assertSame(ours: Scored, theirs: Scored): void {
  if (ours.pairs !== theirs.pairs) throw new Error(`${ours.pairs} pairs, DuckDB ${theirs.pairs}`)
  const different = ours.kept.findIndex((pair, at) => pair !== theirs.kept[at])
  if (different >= 0 || ours.kept.length !== theirs.kept.length)
    throw new Error(`${ours.kept.length} pairs kept, DuckDB ${theirs.kept.length}, and they are not the same`)
}

/** Levels as Splink writes them: a case for each comparison, the first that holds; and their points summed. */
const JOIN = `
  create or replace table kept as
  select slot, person
  from (
    select slots.id as slot, people.id as person,
      jaro_winkler_similarity(slots.name, people.name) as likeness,
      len(list_intersect(slots.coauthors, people.coauthors)) as shared,
      len(list_intersect(slots.institutions, people.institutions)) as places
    from slots join people on slots.block = people.block
  )
  where
    case ${SKETCHY.name.map(({ from, points }) => `when likeness >= ${from} then ${points}`).join(' ')} else ${SKETCHY.otherName} end
    + case ${SKETCHY.coauthors.map((points, at) => `when shared = ${at} then ${points}`).join(' ')} else ${SKETCHY.coauthors.at(-1)} end
    + case when places > 0 then ${SKETCHY.institution} else ${SKETCHY.otherInstitution} end
    >= ${SKETCHY.keep}`

async function joined(duckdb: DuckDb): Promise<Scored> {
  const before = process.cpuUsage()
  await duckdb.query(JOIN)
  const seconds = cpuSecondsSince(before)
  const [count] = await duckdb.query<{ pairs: number }>(
    'select count(*)::double as pairs from slots join people on slots.block = people.block',
  )
  const kept = await duckdb.query<{ pair: number }>(`select slot::double * ${PROFILES} + person as pair from kept`)
  return { pairs: count?.pairs ?? 0, seconds, kept: Float64Array.from(kept, ({ pair }) => pair).sort() }
}

async function load(duckdb: DuckDb, table: string, sketches: readonly Sketch[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'atlas-bench-'))
  await using _ = { [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
  const file = join(folder, `${table}.csv`)
  const row = ({ name, block, coauthors, institutions }: Sketch, id: number): string =>
    `${id};${name};${block};[${[...new Set(coauthors)].join(',')}];[${institutions.join(',')}]\n`
  await writeFile(file, sketches.map(row).join(''))
  await duckdb.query(
    `create or replace table ${table} as select * from read_csv('${file}', header = false, delim = ';', columns = {
      id: 'uinteger', name: 'varchar', block: 'varchar', coauthors: 'uinteger[]', institutions: 'uinteger[]' })`,
  )
}
