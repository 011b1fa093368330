import { introduce } from '@atlas/testing/deployment'
import type { Bench } from '../bench.ts'
import { cpuSecondsOf } from '../cpu.ts'
import { measured, median } from '../measure.ts'
import { openalexShaped } from './openalex-shaped.ts'
import { createWorld, jsonRecords, pushAll } from './world.ts'

const PROFILES = 2_000
const WARM_UP = 1_000
const RECORDS = 1_000
const BAR = {
  id: 'P25',
  title: 'CPU of our services a record, push → stored candidate / CPU of JSON.parse',
  bar: 15,
  sense: 'most',
  unit: '×',
} as const

/** P25: what a record of 8 kB costs all services together, idle CPU subtracted, against parsing it once. */
export const cpuARecord: Bench = {
  id: 'P25',
  title: 'CPU of the whole pipeline a record, against JSON.parse',
  long: true,
  async run({ runs, deployment: start, progress }) {
    await using deployment = await start('p25')
    const world = createWorld({ seed: 'cpu', researchers: PROFILES, strangers: PROFILES })
    await introduce(deployment, world.profiles())
    const records = jsonRecords(world, 3 * (WARM_UP + RECORDS * runs))
      .filter(({ source }) => source === 'openalex')
      .slice(0, WARM_UP + RECORDS * runs)
      .map(openalexShaped)
    if (records.length < WARM_UP + RECORDS * runs) throw new Error(`the world has only ${records.length} such records`)
    await pushAll(deployment, records.slice(0, WARM_UP))
    await deployment.settled(300_000, progress)
    const pids = () => [...deployment.members.values()].map(({ pid }) => pid)
    const idleShare = await idleShareOf(pids())
    const ratios: number[] = []
    const notes: string[] = []
    for (let run = 0; run < runs; run++) {
      progress(`P25: repetition ${run + 1} of ${runs}`)
      const own = records.slice(WARM_UP + run * RECORDS, WARM_UP + (run + 1) * RECORDS)
      const parse = parseSeconds(own.map(({ line }) => line))
      const candidates = await countCandidates(deployment)
      const before = cpuSecondsOf(pids())
      const began = performance.now()
      await pushAll(deployment, own)
      await deployment.settled(300_000, progress)
      const idle = idleShare * ((performance.now() - began) / 1000)
      const used = cpuSecondsOf(pids()) - before - idle
      ratios.push(used / parse)
      const made = ((await countCandidates(deployment)) - candidates) / RECORDS
      notes.push(`${((1000 * used) / RECORDS).toFixed(2)} ms and ${made.toFixed(1)} candidates a record`)
    }
    const bytes = records.reduce((sum, { line }) => sum + line.length, 0) / records.length
    return [measured(BAR, ratios, `${Math.round(bytes)} bytes a record; ${notes.join(', ')}`)]
  },
}

async function idleShareOf(pids: readonly number[]): Promise<number> {
  const before = cpuSecondsOf(pids)
  await new Promise((resolve) => setTimeout(resolve, 10_000))
  return (cpuSecondsOf(pids) - before) / 10
}

const PASSES = 5

/** CPU seconds of parsing each line once: the median of some passes, or a collection of garbage decides. */
function parseSeconds(lines: readonly string[]): number {
  return median(Array.from({ length: PASSES }, () => parseOnce(lines)))
}

function parseOnce(lines: readonly string[]): number {
  // From bytes, as every service gets them: the strings of this process are known to its parser.
  const bytes = lines.map((line) => Buffer.from(line))
  const before = process.cpuUsage()
  let found = 0
  for (const one of bytes) found += Object.keys(JSON.parse(one.toString()) as object).length
  const { user, system } = process.cpuUsage(before)
  if (found === 0) throw new Error('nothing was parsed')
  return (user + system) / 1e6
}

async function countCandidates(deployment: {
  readonly open: { readonly matcher: { query<R extends object>(sql: string): Promise<{ rows: R[] }> } }
}): Promise<number> {
  const { rows } = await deployment.open.matcher.query<{ count: number }>(
    'select count(*)::int as count from candidates where not withdrawn',
  )
  return rows[0]?.count ?? 0
}
