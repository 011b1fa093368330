import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { aDeployment } from './support/a-deployment.ts'
import { aShell } from './support/pasted.ts'

const test = aDeployment('readme')
const README = await readFile(fileURLToPath(new URL('../README.md', import.meta.url)), 'utf8')
/** What a reader pastes into his shell, from the push on. */
const blocks = [...README.slice(README.indexOf('## Push a record')).matchAll(/```sh\n([\s\S]*?)```/g)].map(
  ([, text = '']) => text,
)

it('what the README says to paste pushes a record, asks its author and takes the answer', async () => {
  const [push = '', introduce = '', ask = '', decide = '', ...rest] = blocks
  expect(rest).toEqual([])
  const shell = await aShell(test.current, 'readme')
  const paste = async (block: string, more = {}) => (await shell.paste(block, more)).stdout
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
