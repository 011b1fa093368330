import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { expect, it, onTestFinished } from 'vitest'

const main = join(import.meta.dirname, 'sources-check-main.ts')
const fixtures = join(import.meta.dirname, 'adapters/mapped/fixtures')

function check(...args: string[]) {
  const { status, stdout } = spawnSync(process.execPath, ['--conditions=development', main, ...args], {
    encoding: 'utf8',
  })
  const events = stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as { event: string }]))
  return { status, events }
}

const mapping = (name: string) => join(fixtures, `${name}.mapping.json`)

// Each is a process of its own, which on a busy machine takes seconds to start.
it('reads records with a mapping, without a database, and says what it makes of them', { timeout: 60_000 }, () => {
  const { status, events } = check(mapping('library'), '--data', join(fixtures, 'library.data.bib'))
  expect(status).toBe(0)
  expect(events).toMatchObject([
    { event: 'mapping', source: 'library', version: 1, format: 'bibtex' },
    { event: 'check', records: 1, refused: 0, samples: [{ sourceId: 'ar2024' }] },
  ])
})

it('ends with 3 when records are refused, or the mapping is wrong', { timeout: 60_000 }, async () => {
  expect(check(mapping('our-repository'), '--data', join(fixtures, 'our-repository.data.csv')).status).toBe(3)
  const folder = await mkdtemp(join(tmpdir(), 'atlas-check-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const file = join(folder, 'hal.json')
  await writeFile(file, '{"source":"hal","version":1,"format":"json","fields":{"id":"id"}}')
  expect(check(file)).toMatchObject({ status: 3, events: [{ event: 'mistake', pointer: '/source' }, {}] })
  await writeFile(file, '{"source":"ours","version":1,"format":"json","fields":{}}')
  expect(check(file)).toMatchObject({ status: 3, events: [{ event: 'mistake', pointer: '/fields/id' }] })
})
