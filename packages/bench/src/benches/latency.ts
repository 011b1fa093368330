import { createPushKey, type Deployment, introduce, push, type Researcher, signIn } from '@atlas/testing/deployment'
import type { Bench } from '../bench.ts'
import { type Measure, measured, quantile } from '../measure.ts'
import { openBus } from './log.ts'
import { createWorld } from './world.ts'

const PUSHES = 200
const PUSH = {
  id: 'P99-push',
  title: 'single push, accepted → visible candidate, p99',
  bar: 2,
  sense: 'most',
  unit: 's',
} as const
const ACT = {
  id: 'P19-act',
  title: 'decision answered → its act read from the log, p99',
  bar: 1,
  sense: 'most',
  unit: 's',
} as const

/** How long a person waits: single pushes while nothing else happens, and the way of a decision to whoever reads acts. */
export const latency: Bench = {
  id: 'latency',
  title: 'single pushes to visible candidates, and decisions to their acts',
  async run({ deployment: start, progress }) {
    await using deployment = await start('latency')
    const world = createWorld({ seed: 'latency', researchers: 50, strangers: 0 })
    await introduce(deployment, world.profiles())
    await deployment.settled()
    const person = [...world.profiles()].find(({ orcid }) => orcid !== undefined)
    if (person?.orcid === undefined) throw new Error('nobody in this world has an ORCID iD')
    const researcher = await signIn(deployment, person.profileId)
    const pushes = await timePushes(deployment, { name: person.displayName, orcid: person.orcid }, progress)
    const acts = await timeActs(deployment, researcher, progress)
    return [summary(PUSH, pushes), summary(ACT, acts)]
  },
}

function summary(bar: typeof PUSH | typeof ACT, seconds: readonly number[]): Measure {
  const shown = (share: number) => quantile(seconds, share).toFixed(3)
  const note = `${seconds.length} times: p50 ${shown(0.5)}, p90 ${shown(0.9)}, p99 ${shown(0.99)}, longest ${shown(1)}`
  return measured(bar, [quantile(seconds, 0.99)], note)
}

async function timePushes(
  deployment: Deployment,
  { name, orcid }: { readonly name: string; readonly orcid: string },
  progress: (line: string) => void,
): Promise<readonly number[]> {
  const key = await createPushKey(deployment, ['crossref'])
  const [given = '', ...family] = name.split(' ')
  const seconds: number[] = []
  for (let no = 0; no < PUSHES + 10; no++) {
    const doi = `10.5555/latency.${no}`
    const author = { given, family: family.join(' '), ORCID: `https://orcid.org/${orcid}`, sequence: 'first' }
    const title = `Mosses of the ${no}th bog and what they tell of drainage`
    const record = {
      DOI: doi,
      type: 'journal-article',
      title: [title],
      author: [author],
      issued: { 'date-parts': [[2020, 3]] },
    }
    const { counts } = await push(deployment, key, 'crossref', [JSON.stringify(record)])
    if (counts.stored !== 1) throw new Error(`the record was not stored: ${JSON.stringify(counts)}`)
    const start = performance.now()
    await visible(deployment, title)
    // The first ones warm every service up.
    if (no >= 10) seconds.push((performance.now() - start) / 1000)
    if (no % 50 === 0) progress(`latency: ${no} of ${PUSHES} pushes`)
  }
  return seconds
}

async function visible(deployment: Deployment, title: string): Promise<void> {
  for (const start = performance.now(); performance.now() - start < 30_000; ) {
    const { rows } = await deployment.open.api.query(
      `select 1 from questions q join works w on w.work_id = q.work_id and w.revision >= q.work_revision
        where q.revision > 0 and q.content->>'title' = $1`,
      [title],
    )
    if (rows.length > 0) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error(`"${title}" did not become visible within 30 s`)
}

async function timeActs(
  deployment: Deployment,
  researcher: Researcher,
  progress: (line: string) => void,
): Promise<readonly number[]> {
  await using bus = await openBus(deployment.addresses.brokers)
  const topic = `${deployment.addresses.topicPrefix}acts`
  const arrived = new Map<string, number>()
  let wake: () => void = () => undefined
  const member = await bus.subscribe({
    group: `${topic}-bench`,
    topic,
    onAssigned: async (partitions) => new Map(partitions.map((partition) => [partition, 0n])),
    async onBatch(batch) {
      for (const raw of batch.messages) {
        arrived.set(raw.headers.get('event-id') ?? '', performance.now())
        await batch.processed(raw.offset)
      }
      wake()
    },
  })
  const questions = (await researcher.queue()).slice(0, PUSHES)
  const seconds: number[] = []
  for (const question of questions) {
    const { actId } = await researcher.decide(question, 'confirm')
    const answered = performance.now()
    while (!arrived.has(actId))
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`act ${actId} did not arrive within 30 s`)), 30_000)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    seconds.push(Math.max(0, (arrived.get(actId) ?? answered) - answered) / 1000)
    if (seconds.length % 50 === 0) progress(`latency: ${seconds.length} of ${questions.length} decisions`)
  }
  await member.stop()
  return seconds.slice(10)
}
