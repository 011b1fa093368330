import { introduce } from '@atlas/testing/deployment'
import type { Bench, BenchParts } from '../bench.ts'
import { measured } from '../measure.ts'
import { createWorld, jsonRecords, pushAll } from './world.ts'

const SMALL = 2_000
const TIMES = 10
const PROFILES = 300
const BAR = {
  id: 'P22',
  title: `exponent of the time from ${SMALL} to ${SMALL * TIMES} records`,
  bar: 1.1,
  sense: 'most',
  unit: '',
} as const

/** P22: the whole pipeline on N and 10 N records with the same profiles, each in a fresh deployment. */
export const growth: Bench = {
  id: 'P22',
  title: 'growth of the whole pipeline from 2,000 to 20,000 records',
  long: true,
  async run(parts) {
    const runs: number[] = []
    const notes: string[] = []
    for (let run = 1; run <= Math.min(parts.runs, 3); run++) {
      const small = await timePipeline(parts, `p22s${run}`, SMALL)
      const large = await timePipeline(parts, `p22l${run}`, SMALL * TIMES)
      notes.push(`${Math.round(SMALL / small)} and ${Math.round((SMALL * TIMES) / large)} records/s`)
      runs.push(Math.log10(large / small) / Math.log10(TIMES))
    }
    return [measured(BAR, runs, notes.join(', '))]
  },
}

/** Seconds from the first byte to quiescence, after a warm-up of every service. */
async function timePipeline(parts: BenchParts, name: string, count: number): Promise<number> {
  await using deployment = await parts.deployment(name)
  // Profiles are fixed, authors are not: with more works come more people who write them.
  const world = createWorld({ seed: 'growth', researchers: PROFILES, strangers: count / 4 })
  await introduce(deployment, world.profiles())
  const records = jsonRecords(world, count + 500)
  await pushAll(deployment, records.slice(0, 500))
  await deployment.settled(120_000)
  const start = performance.now()
  await pushAll(deployment, records.slice(500), (pushed) => parts.progress(`${name}: ${pushed} of ${count} pushed`))
  await deployment.settled(1_200_000, (reason) => parts.progress(`${name}: ${reason}`))
  return (performance.now() - start) / 1000
}
