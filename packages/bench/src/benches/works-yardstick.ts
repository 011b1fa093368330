import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createWorkEngine, linkageRecordOf, openWorkBench, type WorkBench, type WorkSet } from '@atlas/evaluation'
import { clusterWorks } from '@atlas/linkage'
import type { Bench } from '../bench.ts'
import { type BibClusters, type BibRecord, findBibDedupe, NO_BIB_DEDUPE, runBibDedupe } from '../bib-dedupe.ts'
import { cpuSecondsSince } from '../cpu.ts'
import { measured, median, notRun } from '../measure.ts'

const BAR = {
  id: 'works-dblp-acm',
  title: 'records a second of one core, from memory to works / bib-dedupe, DBLP and ACM',
  bar: 20,
  sense: 'least',
  unit: '×',
} as const
// It is not worth beating what does not find them: each side is wrong about one pair in ten at most.
const FEWEST = { f1: 0.9 } as const
const MOST_RUNS = 3

/** Works of two lists of records against bib-dedupe, end to end; how right both are is looked at first. */
export const worksYardstick: Bench = {
  id: 'works-dblp-acm',
  title: 'works of DBLP and ACM against bib-dedupe',
  async run({ runs, shared, path, bibDedupeFrom, progress }) {
    const folder = join(shared, 'data/benchmarks/dblp-acm')
    if (!existsSync(folder)) return [notRun(BAR, 'no labelled sets under ATLAS_SHARED')]
    const bench = await openWorkBench(folder)
    const { f1 } = bench.run(createWorkEngine([]))
    requireRight('ours', f1)
    const python = await findBibDedupe(bibDedupeFrom, path)
    const [ratios, ours]: [number[], number[]] = [[], []]
    let theirs: BibClusters | undefined
    // What is compiled while it first runs; Python has nothing of the kind.
    timeOurs(bench.set)
    for (let run = 0; run < Math.min(runs, MOST_RUNS); run++) {
      progress(`works-dblp-acm: repetition ${run + 1}`)
      const seconds = median([timeOurs(bench.set), timeOurs(bench.set), timeOurs(bench.set)])
      ours.push(bench.set.records.length / seconds)
      if (python === undefined) continue
      theirs = await runBibDedupe(python, bench.set.records.map(bibRecordOf))
      ratios.push(theirs.seconds / seconds)
    }
    const rate = `${ours.map((each) => each.toFixed(0)).join(' ')} records/s, F1 ${f1?.toFixed(3)}`
    if (theirs === undefined) return [notRun(BAR, `${NO_BIB_DEDUPE}; ours ${rate}`)]
    const theirF1 = await f1Of(bench, theirs)
    requireRight('bib-dedupe', theirF1)
    const theirRate = (bench.set.records.length / theirs.seconds).toFixed(0)
    return [
      measured(BAR, ratios, `${rate}; bib-dedupe ${theirs.version} ${theirRate} records/s, F1 ${theirF1?.toFixed(3)}`),
    ]
  },
}

function requireRight(who: string, f1: number | null): void {
  if (f1 === null || f1 < FEWEST.f1) throw new Error(`${who}: F1 ${f1}, too far from the truth to be compared`)
}

/** CPU seconds; nothing is remembered of these records from the time before. */
function timeOurs(set: WorkSet): number {
  const records = set.records.map(linkageRecordOf)
  const before = process.cpuUsage()
  const works = clusterWorks({ records, constraints: [] })
  const seconds = cpuSecondsSince(before)
  if (works.length === 0 || works.length > records.length) throw new Error(`${works.length} works`)
  return seconds
}

/** Venues of the two lists never agree, and bib-dedupe goes by them: it is given one name for each of the five. */
function bibRecordOf({ id, title, authors, year, venue }: WorkSet['records'][number]): BibRecord {
  const name = (venue ?? '').toLowerCase()
  const known = VENUES.find(([pattern]) => pattern.test(name))?.[1] ?? name
  return { id, title: title ?? '', authors: authors.map((author) => author.name), year, venue: known }
}

const VENUES: readonly (readonly [RegExp, string])[] = [
  [/sigmod record/, 'sigmod record'],
  [/vldb j/, 'vldb journal'],
  [/tods|trans\. database/, 'transactions on database systems'],
  [/vldb|very large/, 'very large data bases'],
  [/sigmod|management of data/, 'management of data'],
]

async function f1Of(bench: WorkBench, { clusters }: BibClusters): Promise<number | null> {
  const folder = await mkdtemp(join(tmpdir(), 'atlas-bench-'))
  await using _ = { [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
  const clusterOf = new Map(clusters.flatMap((cluster) => cluster.map((id) => [id, cluster[0] ?? id] as const)))
  const file = join(folder, 'bib-dedupe.ndjson')
  const line = (record: string) => `${JSON.stringify({ record, cluster: clusterOf.get(record) ?? record })}\n`
  await writeFile(file, bench.set.records.map(({ id }) => line(id)).join(''))
  return (await bench.ofFile(file, 'bib-dedupe')).f1
}
