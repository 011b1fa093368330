import type { RecordSnapshot } from '@atlas/schemas'
import { randomOf } from '@atlas/testing/world'
import type { Bench } from '../bench.ts'
import { cpuSecondsSince, threadSecondsOf } from '../cpu.ts'
import { type Measure, measured, quantile } from '../measure.ts'
import type { MatcherDatabase } from '../works/matcher-database.ts'
import { type MadePublication, publicationOf, recordOf, recordsOf } from '../works/publications.ts'
import { withSlip } from '../works/titles.ts'
import { SEED, worksDatabase } from '../works/worlds.ts'

const CHUNK = 64
const CHUNKS = 12
const SINGLES = 60
// Of a hundred arrivals: unknown publications, what another source knows already, with its DOI or with a slip, and new
// versions of what is stored.
const MIX = { unknown: 0.6, otherSource: 0.15, slip: 0.1 } as const

/** What adding records costs at N and 10 N works, through the handler and the outbox. By CPU time, ours and PostgreSQL's. */
export const worksGrowth: Bench = { ...growthTo('works-growth', 1_000_000), long: true }

/** The same at a tenth of the size. */
export const smallWorksGrowth: Bench = { ...growthTo('works-growth-100k', 100_000), long: true }

function growthTo(id: string, large: number): Bench {
  const small = large / 10
  const bar = { bar: 1.3, sense: 'most', unit: '×' } as const
  const of = `at ${large} works / at ${small}, CPU, p50`
  const bars = {
    chunk: { ...bar, id, title: `a chunk of ${CHUNK} records added ${of}` },
    single: { ...bar, id: `${id}-single`, title: `one record added ${of}` },
  }
  return {
    id,
    title: `what adding records costs at ${small} and ${large} works`,
    async run(parts) {
      const sides = [await worksDatabase(parts, small), await worksDatabase(parts, large)] as const
      const sizes = [small, large] as const
      const ratios: Record<keyof typeof bars, number[]> = { chunk: [], single: [] }
      const notes: Record<keyof typeof bars, string[]> = { chunk: [], single: [] }
      for (let run = 0; run <= parts.runs; run++) {
        parts.progress(`${id}: repetition ${run} of ${parts.runs}`)
        for (const [kind, chunks, each] of [
          ['chunk', CHUNKS, CHUNK],
          ['single', SINGLES, 1],
        ] as const) {
          const costs: Costs = [[], []]
          for (let at = 0; at < chunks; at++)
            // Who comes first takes turns, too.
            for (const side of at % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
              const records = arrivals(sizes[side], each, `${id} ${kind} ${run} ${at}`)
              costs[side].push(await costOf(sides[side], records))
            }
          if (run === 0) continue
          const [before, after] = [medians(costs[0]), medians(costs[1])]
          ratios[kind].push(after.cpu / before.cpu)
          notes[kind].push(told(before, after, each))
        }
      }
      return [
        measured(bars.chunk, ratios.chunk, notes.chunk.join('; ')),
        measured(bars.single, ratios.single, notes.single.join('; ')),
      ] satisfies Measure[]
    },
  }
}

interface Cost {
  readonly cpu: number
  readonly database: number
  readonly wall: number
}
type Costs = readonly [Cost[], Cost[]]

async function costOf(side: MatcherDatabase, records: readonly RecordSnapshot[]): Promise<Cost> {
  const pid = await side.backend()
  const [ours, theirs, start] = [process.cpuUsage(), threadSecondsOf(pid), performance.now()]
  const outcomes = await side.add(records)
  const wall = performance.now() - start
  const database = (threadSecondsOf(pid) - theirs) * 1000
  if (outcomes.some(({ type }) => type !== 'done'))
    throw new Error(`not all records were taken: ${JSON.stringify(outcomes)}`)
  return { cpu: cpuSecondsSince(ours) * 1000 + database, database, wall }
}

function medians(costs: readonly Cost[]): Cost {
  const p50 = (of: (cost: Cost) => number) => quantile(costs.map(of), 0.5)
  return { cpu: p50(({ cpu }) => cpu), database: p50(({ database }) => database), wall: p50(({ wall }) => wall) }
}

function told(before: Cost, after: Cost, each: number): string {
  const a = (ms: number) => (ms / each).toFixed(2)
  return `${a(before.cpu)} → ${a(after.cpu)} ms a record (PostgreSQL ${a(before.database)} → ${a(after.database)}; by the clock ${(after.wall / before.wall).toFixed(2)}×)`
}

/** Records that a matcher with publications 0 to `works` - 1 has not seen, each of another publication; equal for equal names. */
function arrivals(works: number, count: number, name: string): readonly RecordSnapshot[] {
  const random = randomOf(SEED, 'arrivals', name)
  const taken = new Set<number>()
  const records: RecordSnapshot[] = []
  while (records.length < count) {
    const kind = random.next()
    const point = random.next()
    const isNew = kind < MIX.unknown
    // The same share of the way through either stream.
    const index = isNew ? works + Math.floor(point * 1e9) : Math.floor(point * works)
    if (taken.has(index)) continue
    taken.add(index)
    const made = publicationOf(SEED, index)
    if (isNew) records.push(...recordsOf(SEED, made).slice(0, 1))
    else records.push(known(made, kind - MIX.unknown, name))
  }
  return records
}

let newest = 1

// A source of its own for each name, and a version of its own for each arrival: nothing arrives twice.
function known(made: MadePublication, kind: number, name: string): RecordSnapshot {
  const source = `repository ${name}`
  if (kind < MIX.otherSource) return recordOf(made, source)
  const title = withSlip(made.title, randomOf(SEED, 'slip', name, made.index)) ?? made.title
  if (kind < MIX.otherSource + MIX.slip) return recordOf({ ...made, doi: undefined, title }, source)
  return recordOf({ ...made, page: made.page + 1 }, 'openalex', ++newest)
}
