import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Deployment, introduce } from '@atlas/testing/deployment'
import type { WorldRecord } from '@atlas/testing/world'
import type { Bench } from '../bench.ts'
import { cpuSecondsOf } from '../cpu.ts'
import { parseSeconds } from '../import/parse-seconds.ts'
import { measured } from '../measure.ts'
import { asWholeWork } from '../openalex/world-work.ts'
import { createWorld, jsonRecords, pushAll } from './world.ts'

const PROFILES = 2_000
const WARM_UP = 1_000
const RECORDS = 1_000
const IDLE_SECONDS = 10
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
      .map(asWholeWork)
    if (records.length < WARM_UP + RECORDS * runs) throw new Error(`the world has only ${records.length} such records`)
    await pushAll(deployment, records.slice(0, WARM_UP))
    await deployment.settled(300_000, progress)
    const idle = await usageOver(deployment, IDLE_SECONDS)
    const ratios: number[] = []
    const notes: string[] = []
    for (let run = 0; run < runs; run++) {
      progress(`P25: repetition ${run + 1} of ${runs}`)
      const own = records.slice(WARM_UP + run * RECORDS, WARM_UP + (run + 1) * RECORDS)
      const parsedBefore = await parseSecondsOf(own)
      const candidates = await countCandidates(deployment)
      const before = usageOf(deployment)
      const began = performance.now()
      await pushAll(deployment, own)
      await deployment.settled(300_000, progress)
      const idleParts = (performance.now() - began) / 1000 / IDLE_SECONDS
      const used = since(
        new Map([...idle].map(([service, seconds]) => [service, seconds * idleParts])),
        since(before, usageOf(deployment)),
      )
      // Before and after: what one of them takes moves by half with whatever else the machine does.
      const parse = (parsedBefore + (await parseSecondsOf(own))) / 2
      ratios.push(total(used) / parse)
      const made = ((await countCandidates(deployment)) - candidates) / RECORDS
      const each = [...used].map(([service, seconds]) => `${service} ${microseconds(seconds)}`).join(', ')
      notes.push(
        `${microseconds(total(used))} (${each}), JSON.parse ${microseconds(parse)}, ${made.toFixed(1)} candidates a record`,
      )
    }
    const bytes = records.reduce((sum, { line }) => sum + line.length, 0) / records.length
    return [measured(BAR, ratios, `${Math.round(bytes)} bytes a record; ${notes.join(', ')}`)]
  },
}

const microseconds = (seconds: number) => `${((1e6 * seconds) / RECORDS).toFixed(0)} µs`

/** By the yardstick of a full import: a process of its own that parses each line once. */
async function parseSecondsOf(records: readonly WorldRecord[]): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), 'atlas-bench-'))
  try {
    const path = join(directory, 'records.ndjson')
    await writeFile(path, records.map(({ line }) => `${line}\n`).join(''))
    return await parseSeconds(path, records.length)
  } finally {
    await rm(directory, { recursive: true })
  }
}

/** What each service takes in some seconds in which nothing is asked of it. */
async function usageOver(deployment: Deployment, seconds: number): Promise<Usage> {
  const before = usageOf(deployment)
  await new Promise((resolve) => setTimeout(resolve, 1_000 * seconds))
  return since(before, usageOf(deployment))
}

type Usage = ReadonlyMap<string, number>

/** CPU seconds of each service so far, all of its members together. */
function usageOf(deployment: Deployment): Usage {
  const usage = new Map<string, number>()
  for (const [member, { pid }] of deployment.members) {
    const service = member.replace(/-\d+$/, '')
    usage.set(service, (usage.get(service) ?? 0) + cpuSecondsOf([pid]))
  }
  return usage
}

const since = (before: Usage, after: Usage): Usage =>
  new Map([...after].map(([service, seconds]) => [service, seconds - (before.get(service) ?? 0)]))

const total = (usage: Usage): number => [...usage.values()].reduce((sum, seconds) => sum + seconds, 0)

async function countCandidates({ open }: Deployment): Promise<number> {
  const { rows } = await open.matcher.query<{ count: number }>(
    'select count(*)::int as count from candidates where not withdrawn',
  )
  return rows[0]?.count ?? 0
}
