import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '@atlas/runtime'
import { outcomesOf, type Recorder } from '../check/index.ts'
import { createProfiles, createPushKey, type Deployment, newProfileOf, push, runImport } from '../deployment/index.ts'
import type { World, WorldRecord, WorldSource } from '../world/index.ts'
import { untilTold } from './until-told.ts'

const PUSHED: readonly WorldSource[] = ['openalex', 'crossref', 'hal']
/** A portion is pushed in so many requests, so that a portion is many transactions. */
const REQUESTS = 6

/** A world cut into portions, each with people and records: what the clients of a drill send, in their order. */
export interface Feed {
  readonly records: number
  /** The n-th portion; resolves when all of it was acknowledged, however often it had to be sent. */
  portion(n: number): Promise<void>
  /** What comes as a file, imported by a process; `failpoint` kills that process once on the way. */
  file(failpoint?: string): Promise<void>
}

export interface FeedOptions {
  readonly deployment: Deployment
  readonly world: World
  readonly publications: number
  readonly portions: number
  readonly dataDir: string
  readonly recorder: Recorder
  readonly clock: Clock
  readonly say: (line: string) => void
}

export async function feedOf(options: FeedOptions): Promise<Feed> {
  const { deployment, world, publications, portions, recorder, clock } = options
  const records = [...world.records(0, publications)]
  const pushed = records.filter(({ source }) => PUSHED.includes(source))
  const filed = records.filter(({ source }) => !PUSHED.includes(source))
  const people = [...world.profiles()]
  const key = await createPushKey(deployment, PUSHED)
  return {
    records: records.length,
    async portion(n) {
      const profiles = slice(people, n, portions).map(newProfileOf)
      await untilTold(clock, () => createProfiles(deployment, profiles))
      const lines = slice(pushed, n, portions)
      for (let from = 0; from < REQUESTS; from++)
        for (const [source, of] of Map.groupBy(slice(lines, from, REQUESTS), (record) => record.source))
          await send(source, of)
    },
    file: (failpoint) => importFile(options, filed, failpoint),
  }

  async function send(source: WorldSource, of: readonly WorldRecord[]): Promise<void> {
    const lines = of.map(({ line }) => line)
    const client = `source ${source}`
    const answer = await untilTold(
      clock,
      () => push(deployment, key, source, lines),
      () => recorder.pushed(client, source, lines, 'unknown'),
    )
    if (answer.counts.refused > 0) throw new Error(`${source} was refused: ${JSON.stringify(answer.errors[0])}`)
    recorder.pushed(client, source, lines, outcomesOf(lines, answer))
  }
}

async function importFile(
  { deployment, dataDir, recorder, say }: FeedOptions,
  records: readonly WorldRecord[],
  failpoint: string | undefined,
): Promise<void> {
  const folder = join(dataDir, 'files', 'pubmed')
  await mkdir(folder, { recursive: true })
  const path = join(folder, 'made-up.xml')
  const lines = records.map(({ line }) => line)
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<PubmedArticleSet>\n${lines.join('\n')}\n</PubmedArticleSet>\n`
  await writeFile(path, xml)
  const run = (extra: Readonly<Record<string, string>>) => {
    let counts = ''
    const env = { ...deployment.env('ingest'), ...extra }
    return runImport({
      env,
      args: [path],
      onEvent: (event) => {
        if (event.event === 'done') counts = JSON.stringify(event['counts'])
      },
    }).then(({ exitCode, stderr }) => ({ exitCode, stderr, counts }))
  }
  if (failpoint !== undefined) {
    const killed = await run({ ATLAS_FAILPOINT: failpoint, NODE_ENV: 'test' })
    if (killed.exitCode === 0) throw new Error(`the import was not killed at ${failpoint}: the point was never hit`)
    recorder.pushed('file', 'pubmed', lines, 'unknown')
    say(`the import of a file of ${lines.length} records died at ${failpoint}, and is started again`)
  }
  const done = await run({})
  if (done.exitCode !== 0) throw new Error(`the import ended with ${done.exitCode}: ${done.stderr}`)
  recorder.pushed(
    'file',
    'pubmed',
    lines,
    lines.map(() => 'kept'),
  )
  say(`the import of a file of ${lines.length} records is done: ${done.counts}`)
}

/** The n-th of so many nearly equal parts. */
export function slice<T>(items: readonly T[], n: number, parts: number): readonly T[] {
  return items.slice(Math.floor((n * items.length) / parts), Math.floor(((n + 1) * items.length) / parts))
}
