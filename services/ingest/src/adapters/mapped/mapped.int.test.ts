import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { childEnv } from '@atlas/testing/vitest'
import { expect, it, onTestFinished } from 'vitest'
import { anIngest } from '../../testing/an-ingest.ts'

const fixtures = join(import.meta.dirname, 'fixtures')
const main = fileURLToPath(new URL('../../import-main.ts', import.meta.url))

it('a source that only a file describes is imported like any other', async () => {
  const { config, database } = await anIngest()
  const folder = await mkdtemp(join(tmpdir(), 'atlas-mapped-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await mkdir(join(folder, 'sources'))
  await mkdir(join(folder, 'records/our-repository'), { recursive: true })
  await cp(join(fixtures, 'our-repository.mapping.json'), join(folder, 'sources/our-repository.json'))
  await cp(join(fixtures, 'our-repository.data.csv'), join(folder, 'records/our-repository/export.csv'))
  const child = spawn(process.execPath, ['--conditions=development', main, join(folder, 'records')], {
    env: childEnv(config, { SOURCES_DIR: join(folder, 'sources') }),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString()
  })
  const [code] = await once(child, 'close')
  // Of six rows one has no id, one no columns; of one the source says that it is gone.
  expect(code).toBe(3)
  const done = text.split('\n').find((line) => line.includes('"event":"done"')) ?? '{}'
  expect(JSON.parse(done)).toMatchObject({ counts: { stored: 4, refused: 2 } })
  const { rows } = await database.query(
    `select source_id as id, format, class, normaliser from raw_records where source = 'our-repository' order by 1`,
  )
  expect(rows.map((row) => Object.values(row).join(' '))).toEqual([
    '20.500/1 csv first our-repository/1',
    '20.500/2 csv first our-repository/1',
    '20.500/3 csv deleted our-repository/1',
    '20.500/5 csv first our-repository/1',
  ])
})
