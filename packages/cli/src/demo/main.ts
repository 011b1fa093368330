import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { startStack } from '@atlas/devstack'
import { systemClock } from '@atlas/runtime'
import { type Deployment, startDeployment } from '@atlas/testing/deployment'
import { DEPLOYMENT_FILE } from '../context.ts'
import { explainError } from '../exit.ts'
import { deploymentFile } from './deployment-file.ts'
import { feedWorld } from './made-up.ts'
import { type DemoOptions, parseDemoOptions } from './options.ts'
import { feedRecords } from './real-records.ts'
import { createStory, type Story } from './story.ts'
import { tellDecisions, tellMatching } from './tell.ts'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))

async function demo(options: DemoOptions, story: Story, stop: AbortSignal): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'atlas-demo-'))
  await using undo = new AsyncDisposableStack()
  undo.defer(() => rm(dataDir, { recursive: true, force: true }))
  story.chapter('The stack starts: PostgreSQL, Kafka, schema registry, Redis')
  const stack = undo.use(await startStack({ dataDir, persistent: false, env: process.env, onProgress: story.progress }))
  stop.throwIfAborted()
  story.chapter('Every service starts as its own process')
  const deployment = undo.use(
    await startDeployment({
      stack: {
        postgres: stack.postgres,
        brokers: stack.kafka.brokers,
        registryUrl: stack.registryUrl,
        redisUrl: stack.redisUrl,
      },
      dataDir,
      name: 'demo',
      onProgress: story.progress,
      clock: systemClock,
    }),
  )
  story.say([...deployment.members.values()].map(({ instance, pid }) => `${instance} (${pid})`).join(', '))
  const file = join(ROOT, DEPLOYMENT_FILE)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, JSON.stringify(deploymentFile(deployment)), { mode: 0o600 })
  undo.defer(() => rm(file, { force: true }))
  stop.throwIfAborted()
  await tell(deployment, options, dataDir, story)
  stop.throwIfAborted()
  addresses(deployment, story)
  if (options.once) return
  story.say('Ctrl-C ends everything.')
  await died(deployment, stop)
  story.chapter('Everything stops')
}

async function tell(deployment: Deployment, options: DemoOptions, dataDir: string, story: Story): Promise<void> {
  if (options.records !== undefined) {
    story.chapter('Real people and real records')
    await feedRecords(deployment, options.records, story)
    story.chapter('Records become works, author slots become questions')
    await deployment.settled(600_000, story.progress)
    const { rows } = await deployment.open.matcher.query<{ works: number; candidates: number }>(
      `select (select count(*)::int from works where state = 'live') as works, (select count(*)::int from candidates where not withdrawn) as candidates`,
    )
    story.say(`${rows[0]?.works} works, ${rows[0]?.candidates} questions`)
    return
  }
  const world = await feedWorld(deployment, options, dataDir, story)
  story.chapter('Records become works, author slots become questions')
  await deployment.settled(600_000, story.progress)
  await tellMatching(deployment, world, options, story)
  story.chapter('Researchers decide')
  await tellDecisions(deployment, world, options, story)
}

function addresses(deployment: Deployment, story: Story): void {
  story.chapter('Look around')
  story.say(`API and a page to try it   ${deployment.url('api')}/docs`)
  story.say(`push records               ${deployment.url('ingest')}/v1/sources/{source}/records`)
  for (const { instance, ports } of deployment.members.values())
    story.say(`${instance.padEnd(26)} http://127.0.0.1:${ports.opsPort}/health/ready, /metrics`)
  story.say('in another terminal        ./atlas --help, ./atlas config, ./atlas keys list, ./atlas audit verify')
}

/** Resolves when told to stop; throws when a service has ended and cannot be started again. */
async function died(deployment: Deployment, stop: AbortSignal): Promise<void> {
  const either = AbortSignal.any([stop, deployment.gaveUp])
  if (!either.aborted)
    await new Promise<void>((resolve) => either.addEventListener('abort', () => resolve(), { once: true }))
  deployment.gaveUp.throwIfAborted()
}

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    if (stop.signal.aborted) process.exit(130)
    stop.abort(new Error('interrupted'))
  })
const story = createStory(process.stdout, () => systemClock.monotonic())
try {
  const options = parseDemoOptions(process.argv.slice(2))
  await demo(options, story, stop.signal)
  story.chapter('done')
  process.exitCode = 0
} catch (error) {
  story.say('')
  process.stderr.write(`demo: ${explainError(error)}\n`)
  process.exitCode = stop.signal.aborted ? 130 : 1
}
