import type { Bench, BenchParts } from '../bench.ts'
import { cpuSecondsSince, threadSecondsOf } from '../cpu.ts'
import { type Measure, measured, median } from '../measure.ts'
import { createMatcherDatabase, type MatcherDatabase } from '../works/matcher-database.ts'
import { type MadePublication, publicationOf, recordOf } from '../works/publications.ts'
import { SEED } from '../works/worlds.ts'

const CHUNK = 64
const VERSIONS = 3
// Every pair of a work's members is compared, so that is where members end; authors are looked up.
const BARS = {
  authors: { id: 'works-large', title: 'a new version of a byline of 300 → 3,000, CPU', bar: 1.2, most: 3_000 },
  members: {
    id: 'works-large-members',
    title: 'a new version in a work of 50 → 500 members, CPU',
    bar: 1.7,
    most: 500,
  },
} as const

/** What a new version costs in a work with very many authors, or very many members; as the exponent of its growth. */
export const largeWorks: Bench = {
  id: 'works-large',
  title: 'new versions in works of 3,000 authors and of 500 members',
  async run(parts) {
    const { postgres } = await parts.stack()
    const measures: Measure[] = []
    for (const kind of ['authors', 'members'] as const) {
      const { most, ...bar } = BARS[kind]
      await using few = await createMatcherDatabase(postgres, `few_${kind}`)
      await using many = await createMatcherDatabase(postgres, `many_${kind}`)
      const [small, large] = [most / 10, most] as const
      await fill(few, kind, small, parts)
      await fill(many, kind, large, parts)
      const [exponents, notes]: [number[], string[]] = [[], []]
      for (let run = 0; run <= parts.runs; run++) {
        parts.progress(`${bar.id}: repetition ${run} of ${parts.runs}`)
        const [less, more] = [await timeVersions(few, kind, small), await timeVersions(many, kind, large)]
        if (run === 0) continue
        exponents.push(Math.log10(more / less))
        notes.push(`${less.toFixed(0)} → ${more.toFixed(0)} ms`)
      }
      measures.push(measured({ ...bar, sense: 'most', unit: '' }, exponents, notes.join(', ')))
    }
    return measures
  },
}

type Kind = keyof typeof BARS

/** Two records of one long byline, or one publication in very many sources, a year and a page given by some. */
function recordsOf(kind: Kind, size: number): readonly MadePublication[] {
  const made = { ...publicationOf(SEED, 1), doi: '10.5555/large', authors: people(kind === 'authors' ? size : 5) }
  return Array.from({ length: kind === 'authors' ? 2 : size }, () => made)
}

function people(count: number) {
  return Array.from({ length: count }, (_, at) => publicationOf(SEED, at).authors.slice(0, 1)).flat()
}

async function fill(side: MatcherDatabase, kind: Kind, size: number, { progress }: BenchParts): Promise<void> {
  const records = recordsOf(kind, size).map((made, at) => recordOf(made, `repository ${at}`))
  for (let at = 0; at < records.length; at += CHUNK) await side.add(records.slice(at, at + CHUNK))
  const { rows } = await side.database.query<{ works: number; slots: number }>(
    `select (select count(*) from works where state = 'live') as works, (select count(*) from slots) as slots`,
  )
  const { works = 0, slots = 0 } = rows[0] ?? {}
  // Of 3,000 made-up names some are equal, and stay two slots.
  if (works !== 1 || slots !== (kind === 'authors' ? size : 5)) throw new Error(`${works} works with ${slots} slots`)
  progress(`${size} ${kind}: ${works} work with ${slots} slots`)
}

let newest = 1

/** Median milliseconds of CPU, ours and PostgreSQL's, of one new version. */
async function timeVersions(side: MatcherDatabase, kind: Kind, size: number): Promise<number> {
  const [first] = recordsOf(kind, size)
  if (first === undefined) throw new Error('nothing to change')
  const costs: number[] = []
  for (let at = 0; at < VERSIONS; at++) {
    const version = ++newest
    const pid = await side.backend()
    const [ours, theirs] = [process.cpuUsage(), threadSecondsOf(pid)]
    const [outcome] = await side.add([recordOf({ ...first, volume: version }, 'repository 1', version)])
    costs.push((cpuSecondsSince(ours) + threadSecondsOf(pid) - theirs) * 1000)
    if (outcome?.type !== 'done') throw new Error('the new version was not taken')
  }
  return median(costs)
}
