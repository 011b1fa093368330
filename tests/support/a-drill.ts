import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { type Stack, startStack } from '@atlas/devstack'
import { systemClock } from '@atlas/runtime'
import { resultLine } from '@atlas/testing/check'
import { tellDifferences } from '@atlas/testing/digest'
import { createReport, type DrillWorld, type PlanSize, planOf, runDrill } from '@atlas/testing/drill'
import { expect } from 'vitest'

export interface DrillForm extends Omit<PlanSize, 'seed'> {
  readonly name: string
  readonly seed: string
  readonly world: Omit<DrillWorld, 'seed'>
  readonly importFailpoint: string
}

/** `ATLAS_DRILL_SEED` tries another order of deaths on the same world. */
const seedOf = (fallback: string) => process.env['ATLAS_DRILL_SEED'] ?? fallback

/** The same world twice on a stack of its own, in peace and under the plan: it must not make a difference. */
export async function drill(form: DrillForm): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), `atlas-${form.name}-`))
  const seed = seedOf(form.seed)
  const report = createReport(
    systemClock,
    join(tmpdir(), `atlas-${form.name}-${process.pid}.txt`),
    (line) => void process.stdout.write(`${line}\n`),
  )
  report.say(`seed ${seed}; ATLAS_DRILL_SEED=… chooses another`)
  try {
    await using stack = await startStack({ dataDir: join(dataDir, 'stack'), persistent: false, env: {} })
    await compare(form, seed, stack, dataDir, report.say)
  } catch (error) {
    report.say(`failed: ${error instanceof Error ? error.message : String(error)}`)
    throw new Error(`seed ${seed}; the report is ${report.file}, the logs of the services are in ${dataDir}`, {
      cause: error,
    })
  }
  await rm(dataDir, { recursive: true, force: true })
  await rm(report.file, { force: true })
}

async function compare(
  form: DrillForm,
  seed: string,
  stack: Stack,
  dataDir: string,
  say: (line: string) => void,
): Promise<void> {
  const world = { ...form.world, seed: form.name }
  const common = { stack, world }
  const calm = await runDrill({
    ...common,
    name: 'calm',
    dataDir: join(dataDir, 'calm'),
    say: (line) => say(`undisturbed: ${line}`),
  })
  say(`undisturbed: ${calm.records} records, ${calm.decisions} decisions, ${JSON.stringify(calm.digest.counts)}`)
  const plan = planOf({ ...form, seed })
  const hit = await runDrill({
    ...common,
    name: 'hit',
    dataDir: join(dataDir, 'hit'),
    members: form.members,
    plan,
    importFailpoint: form.importFailpoint,
    say,
  })
  for (const check of hit.checks) say(resultLine(check))
  say(`${hit.kills} kills, ${hit.atPoints} of them at fail points; digest ${hit.digest.sum} (${calm.digest.sum})`)
  if (hit.otherDeaths.length > 0) say(`deaths that nobody ordered: ${hit.otherDeaths.join(', ')}`)

  expect(calm.checks.filter(({ holds }) => !holds).map(resultLine)).toEqual([])
  expect(hit.checks.filter(({ holds }) => !holds).map(resultLine)).toEqual([])
  expect(tellDifferences(calm.digest, hit.digest)).toEqual([])
  expect(hit.digest.counts.candidate).toBeGreaterThan(50)
  expect(hit.kills).toBe(form.kills.import + form.kills.decide + (form.parts ? 1 : 0))
  expect(hit.atPoints * 2).toBeGreaterThanOrEqual(hit.kills)
  // Fewer looks than kills would leave a kill after which nobody looked before the next one.
  expect(calm.samples.taken).toBeGreaterThan(0)
  expect(hit.samples.taken).toBeGreaterThan(hit.kills)
  // A broker or a database that dies may take members with it; nothing else may.
  if (!form.parts) expect([...calm.otherDeaths, ...hit.otherDeaths]).toEqual([])
}
