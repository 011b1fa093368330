import type { Stack } from '@atlas/devstack'
import { type Clock, systemClock } from '@atlas/runtime'
import {
  type CheckResult,
  checkDeployment,
  createRecorder,
  type History,
  lookAtPositions,
  type Samples,
} from '../check/index.ts'
import { type Deployment, type ServiceName, startDeployment } from '../deployment/index.ts'
import { type Digest, digestOf } from '../digest/index.ts'
import { createWorld } from '../world/index.ts'
import { decide, type Intent, intentsOf, type Told } from './decide.ts'
import type { Phase } from './fail-points.ts'
import { feedOf, slice } from './feed.ts'
import { type Armed, createNemesis, type NemesisOptions, portionsFor } from './nemesis.ts'
import type { Plan } from './plan.ts'
import { startSampler } from './sampler.ts'

export interface DrillWorld {
  readonly seed: string
  readonly researchers: number
  readonly publications: number
  /** The first so many researchers answer their questions. */
  readonly deciders: number
}

export interface DrillOptions {
  readonly stack: Stack
  readonly dataDir: string
  readonly name: string
  readonly world: DrillWorld
  readonly members?: Readonly<Partial<Record<ServiceName, number>>>
  /** What is done to it; nothing by default. */
  readonly plan?: Plan
  /** Where the process that imports a file is killed. */
  readonly importFailpoint?: string
  readonly say: (line: string) => void
  readonly clock?: Clock
}

export interface DrillResult {
  readonly records: number
  readonly kills: number
  readonly atPoints: number
  readonly decisions: number
  /** Deaths nobody ordered, such as `matcher-2 1`. */
  readonly otherDeaths: readonly string[]
  readonly checks: readonly CheckResult[]
  /** What was seen of the groups' positions about once a second, from the first push until everything had settled. */
  readonly samples: Samples
  readonly history: History
  readonly digest: Digest
}

// Sessions and relays as short as tests have them, so that a death is noticed soon. But nothing that the machine may
// make slow is cut off: a healthy record must never be put aside because the cores are busy.
export const DRILL_TIMERS = { TIMERS: 'test', CONSUMER_HANDLER_CAP_MS: '60000', CONSUMER_STATEMENT_MS: '30000' }

// Twice what is allowed in production: tests share their cores with others.
const SETTLE_MS = 240_000
const UNDISTURBED: Plan = { import: [], decide: [] }

/**
 * A world goes through all services of a deployment of its own while members of it die as the plan says; people decide
 * once everything has settled; then everything is held against the invariants and summed up.
 */
export async function runDrill(options: DrillOptions): Promise<DrillResult> {
  const { stack, dataDir, name, say, clock = systemClock } = options
  const armed: Armed = new Map()
  const failedStarts: { instance: string; code: string }[] = []
  await using deployment = await startDeployment({
    stack: {
      postgres: stack.postgres,
      brokers: stack.kafka.brokers,
      registryUrl: stack.registryUrl,
      redisUrl: stack.redisUrl,
    },
    dataDir,
    name,
    ...(options.members ? { members: options.members } : {}),
    env: (_, instance) => {
      const extra = armed.get(instance) ?? {}
      armed.delete(instance)
      return { ...DRILL_TIMERS, ...extra }
    },
    onProgress: (line) => {
      if (line.includes('ended with')) say(line)
      const failed = /^(\S+) did not start: .* ended with (\S+) while starting/.exec(line)
      if (failed) failedStarts.push({ instance: failed[1] ?? '', code: failed[2] ?? '' })
    },
    clock,
  })
  return await drillOn(deployment, { armed, failedStarts, clock }, options)
}

async function drillOn(
  deployment: Deployment,
  { armed, failedStarts, clock }: Pick<NemesisOptions, 'armed' | 'failedStarts' | 'clock'>,
  options: DrillOptions,
): Promise<DrillResult> {
  const { stack, dataDir, world: size, plan = UNDISTURBED, say } = options
  const recorder = createRecorder(clock)
  const nemesis = createNemesis({ deployment, stack, armed, failedStarts, clock, say })
  const world = createWorld({ seed: size.seed, researchers: size.researchers, strangers: size.researchers })

  /** Every fault under a portion of the load, and the last portion in peace. */
  async function underFaults(phase: Phase, load: (n: number, portions: number) => Promise<void>): Promise<void> {
    const portions = portionsOf(plan, phase)
    let next = 0
    for (const fault of plan[phase]) await nemesis.inject(phase, fault, () => load(next++, portions))
    await load(next, portions)
    say(`${phase}: everything was sent and acknowledged`)
    await deployment.settled(SETTLE_MS)
    say(`${phase}: settled`)
  }

  const portions = portionsOf(plan, 'import')
  const { publications } = size
  await using sampler = startSampler({ clock, look: () => lookAtPositions(deployment) })
  const feed = await feedOf({ deployment, world, publications, portions, dataDir, recorder, clock, say })
  await Promise.all([feed.file(options.importFailpoint), underFaults('import', feed.portion)])

  const deciders = [...world.profiles()].slice(0, size.deciders).map(({ profileId }) => profileId)
  const intents = await intentsOf(deployment, deciders)
  const told: Told[] = []
  await underFaults('decide', async (n, of) => {
    for (const intent of slice<Intent>(intents, n, of)) told.push(await decide(clock, intent, recorder))
  })
  const unknown = told.reduce((sum, { unknown }) => sum + unknown, 0)
  const taken = told.filter(({ outcome }) => outcome === 'taken').length
  say(`${told.length} questions answered, ${taken} of them for a taken slot; ${unknown} tries had no answer`)

  // Looked at too while it is made: it must move nobody.
  await using rebuilt = await deployment.rebuilt()
  const { samples, lastMiss } = await sampler.stop()
  const why = lastMiss === undefined ? '' : `, the last because: ${lastMiss}`
  say(`positions were looked at ${samples.taken} times, and ${samples.missed} looks were missed${why}`)

  const history = recorder.history()
  const digest = await digestOf(deployment.open)
  const evidence = { history, poisons: 0, samples, rebuilt: rebuilt.database }
  const checks = await checkDeployment(deployment, { ...evidence, clock })
  const ordered = plan.import.length + plan.decide.length > 0
  return {
    records: feed.records,
    kills: nemesis.kills(),
    atPoints: nemesis.atPoints(),
    decisions: told.length,
    otherDeaths: deployment.deaths
      .filter(({ code }) => !ordered || (code !== 'SIGKILL' && code !== 0))
      .map(({ instance, code }) => `${instance} ${code}`),
    checks,
    samples,
    history,
    digest,
  }
}

function portionsOf(plan: Plan, phase: Phase): number {
  return plan[phase].reduce((sum, fault) => sum + portionsFor(fault), 1)
}
