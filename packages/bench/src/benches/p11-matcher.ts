import { type AttributedProfile, COMPARISON_NAMES, COMPARISONS } from '@atlas/linkage'
import { assertSameKept, assertSameLevels, keptBySql, keptByUs } from '../attribution-sql/compare-both.ts'
import { loadPeople, type People } from '../attribution-sql/people.ts'
import { assertSameNames, namesOfCases } from '../attribution-sql/same-names.ts'
import type { Form } from '../attribution-sql/statement.ts'
import type { Bench } from '../bench.ts'
import { type DuckDb, NO_DUCKDB, openDuckDb } from '../duckdb.ts'
import { type Bar, measured, notRun } from '../measure.ts'
import { matcherWorld, PROVEN } from './full-matcher.ts'

const PROFILES = 30_000
const SLOTS = 20_000
const OURS = 'the shipped model on all pairs that meet'
const BARS = {
  inLists: {
    id: 'P11',
    title: `${OURS} / the same comparisons in SQL as Splink writes them, one row a pair; DuckDB with one thread`,
    bar: 4,
    sense: 'least',
    unit: '×',
  },
  joined: {
    id: 'P11-joined',
    title: `${OURS} / the fastest SQL that was found, with words and citations joined row by row`,
    bar: 1,
    sense: 'least',
    unit: '×',
  },
} as const satisfies Readonly<Record<Form, Bar>>
const FORMS = ['inLists', 'joined'] as const satisfies readonly Form[]

/** P11: all levels of all pairs, their weights summed, and kept or not: the same of every pair on both sides. */
export const matcherAgainstSql: Bench = {
  id: 'P11',
  title: 'the full model of attribution against the same in SQL',
  async run({ runs, duckdbFrom, progress }) {
    const people = peopleWhoMeet((line) => progress(`P11: ${line}`))
    using duckdb = await openDuckDb(duckdbFrom)
    if (duckdb) await loadAndCheck(duckdb, people, (line) => progress(`P11: ${line}`))
    const ratios: Record<Form, number[]> = { inLists: [], joined: [] }
    const rates: number[] = []
    let kept = 0
    for (let run = 0; run <= runs; run++) {
      progress(`P11: repetition ${run} of ${runs}`)
      const ours = keptByUs(people)
      kept = ours.pairs.length
      // The first round warms both sides up.
      if (run > 0) rates.push(people.pairs.length / ours.seconds)
      if (!duckdb) continue
      for (const form of FORMS) {
        const theirs = await keptBySql(duckdb, form)
        assertSameKept(ours, theirs)
        if (run > 0) ratios[form].push(theirs.seconds / ours.seconds)
      }
    }
    const told = `${people.pairs.length} pairs, ${kept} kept; ${rates.map((rate) => rate.toFixed(0)).join(' ')} pairs/s`
    return FORMS.map((form) =>
      duckdb
        ? measured(BARS[form], ratios[form], `${told}; DuckDB ${duckdb.version}`)
        : notRun(BARS[form], `${NO_DUCKDB}; ours ${told}`),
    )
  },
}

async function loadAndCheck(duckdb: DuckDb, people: People, progress: (line: string) => void): Promise<void> {
  const names = await assertSameNames(duckdb, namesOfCases())
  progress(`${names} pairs of odd names have the same levels`)
  await loadPeople(duckdb, people)
  const met = new Set<string>()
  for (const form of FORMS) for (const level of await assertSameLevels(duckdb, people, form)) met.add(level)
  const all = COMPARISON_NAMES.flatMap((name) => COMPARISONS[name].map((level) => `${name} ${level}`))
  progress(`${people.pairs.length} pairs have the same levels and log odds`)
  progress(`levels that no pair has: ${all.filter((level) => !met.has(level)).join(', ') || 'none'}`)
}

function peopleWhoMeet(progress: (line: string) => void): People {
  const world = matcherWorld(PROFILES, progress, PROVEN)
  const met = Array.from({ length: SLOTS }, (_, at) => world.meet(world.slot(at)))
  const numbers = new Map<AttributedProfile, number>()
  const pairs = met.flatMap(({ profiles }, slot) =>
    profiles.map((profile) => {
      const number = numbers.get(profile) ?? numbers.size
      numbers.set(profile, number)
      return [slot, number] as const
    }),
  )
  return { slots: met.map(({ slot }) => slot), profiles: [...numbers.keys()], pairs }
}
