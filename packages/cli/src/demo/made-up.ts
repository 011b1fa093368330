import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createPushKey, type Deployment, introduce, push, runImport } from '@atlas/testing/deployment'
import { createWorld, type World, type WorldRecord, type WorldSource } from '@atlas/testing/world'
import type { DemoOptions } from './options.ts'
import type { Story } from './story.ts'

const PUSHED: readonly WorldSource[] = ['openalex', 'crossref', 'hal']
const LINES = 500

/** Makes the world's people known and pushes its records as their sources would; PubMed comes as a file. */
export async function feedWorld(
  deployment: Deployment,
  options: DemoOptions,
  dataDir: string,
  story: Story,
): Promise<World> {
  const world = createWorld({
    seed: options.seed,
    researchers: options.researchers,
    strangers: Math.ceil(options.researchers / 2),
  })
  story.chapter('A made-up world introduces itself')
  const profiles = [...world.profiles()]
  await introduce(deployment, profiles)
  const names = profiles.map((profile) => profile.displayName)
  story.say(
    `${profiles.length} researchers, ${names.length - new Set(names).size} of them with the full name of another`,
  )

  story.chapter('Sources push what they know')
  const records = [...world.records(0, options.publications)]
  const first = records.filter((record) => !record.correction)
  for (const source of PUSHED) await pushSource(deployment, source, first, story)
  await importPubmed(deployment, first, dataDir, story)
  const corrections = records.filter((record) => record.correction)
  if (corrections.length > 0) {
    const key = await createPushKey(deployment, ['openalex'])
    const { counts } = await push(
      deployment,
      key,
      'openalex',
      corrections.map((record) => record.line),
    )
    story.say(`openalex corrects itself: ${corrections.length} records again, ${counts.updated} of them changed`)
  }
  return world
}

async function pushSource(
  deployment: Deployment,
  source: WorldSource,
  records: readonly WorldRecord[],
  story: Story,
): Promise<void> {
  const key = await createPushKey(deployment, [source])
  const lines = records.filter((record) => record.source === source).map((record) => record.line)
  let stored = 0
  for (let from = 0; from < lines.length; from += LINES) {
    const answer = await push(deployment, key, source, lines.slice(from, from + LINES))
    if (answer.counts.refused > 0) throw new Error(`${source} was refused: ${JSON.stringify(answer.errors[0])}`)
    stored += answer.counts.stored
    story.progress(`${source}: ${stored} of ${lines.length} records`)
  }
  const again = await push(deployment, key, source, lines.slice(0, LINES))
  story.say(
    `${source}: ${stored} records stored; the first ${again.lines} sent again: ${again.counts.duplicate} known already`,
  )
}

async function importPubmed(
  deployment: Deployment,
  records: readonly WorldRecord[],
  dataDir: string,
  story: Story,
): Promise<void> {
  const elements = records.filter((record) => record.source === 'pubmed').map((record) => record.line)
  const folder = join(dataDir, 'files', 'pubmed')
  await mkdir(folder, { recursive: true })
  const file = join(folder, 'made-up.xml')
  await writeFile(
    file,
    `<?xml version="1.0" encoding="UTF-8"?>\n<PubmedArticleSet>\n${elements.join('\n')}\n</PubmedArticleSet>\n`,
  )
  let counts: Readonly<Record<string, number>> = {}
  const { exitCode, stderr } = await runImport({
    env: deployment.env('ingest'),
    args: [file],
    onEvent: (event) => {
      if (event.event === 'done') counts = event['counts'] as Record<string, number>
    },
  })
  if (exitCode !== 0) throw new Error(`the import of PubMed's file ended with ${exitCode}: ${stderr}`)
  story.say(`pubmed: a file of ${elements.length} articles imported, ${counts['stored']} stored`)
}
