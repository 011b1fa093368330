import { execFile } from 'node:child_process'
import { readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, expect, it } from 'vitest'
import { deploymentFile } from '../packages/cli/src/demo/deployment-file.ts'
import { aDeployment } from './support/a-deployment.ts'
import { ATLAS } from './support/atlas.ts'

const run = promisify(execFile)
const test = aDeployment('readme')
const README = await readFile(fileURLToPath(new URL('../README.md', import.meta.url)), 'utf8')
/** What a reader pastes into his shell, from the push on. */
const blocks = [...README.slice(README.indexOf('## Push a record')).matchAll(/```sh\n([\s\S]*?)```/g)].map(
  ([, text = '']) => text,
)
let shell: Record<string, string> = {}

beforeAll(async () => {
  const { deployment, dataDir } = test.current
  const file = join(dataDir, 'deployment.json')
  await writeFile(file, JSON.stringify(deploymentFile(deployment)), { mode: 0o600 })
  await symlink(ATLAS, join(dataDir, 'atlas'))
  const { PATH = '', HOME = '' } = process.env
  shell = { PATH, HOME, ATLAS_DEPLOYMENT: file }
})

/** Pastes a block; variables it sets are there in the next one. */
async function paste(block: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
  const { dataDir } = test.current
  const { stdout } = await run('sh', ['-eac', `${block}\nenv -0 > variables`], {
    cwd: dataDir,
    env: { ...shell, ...more },
    timeout: 60_000,
  })
  const variables = (await readFile(join(dataDir, 'variables'), 'utf8'))
    .split('\0')
    .filter((line) => line.includes('='))
  shell = Object.fromEntries(
    variables.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  )
  await test.current.deployment.settled()
  return stdout
}

it('what the README says to paste pushes a record, asks its author and takes the answer', async () => {
  const [push = '', introduce = '', ask = '', decide = '', ...rest] = blocks
  expect(rest).toEqual([])
  expect(JSON.parse(await paste(push))).toMatchObject({ lines: 1, counts: { stored: 1, refused: 0 } })
  await paste(introduce)
  const answers = await paste(ask)
  const { items } = JSON.parse(answers.slice(answers.indexOf('}') + 1)) as {
    items: { candidateId: string; version: number; revision: number; title: string }[]
  }
  expect(items).toMatchObject([{ title: 'On reading first', version: 0 }])
  const [question] = items
  const receipt = await paste(decide, {
    CANDIDATE_ID: String(question?.candidateId),
    VERSION: String(question?.version),
    REVISION: String(question?.revision),
  })
  expect(JSON.parse(receipt)).toMatchObject({ status: 'confirmed', version: 1, chainSeq: 1 })
})
