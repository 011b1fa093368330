import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { isGone } from './process-tree.ts'
import { waitUntil } from './wait-until.ts'

const OWNER = fileURLToPath(new URL('testing/own-a-stack.ts', import.meta.url))

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'orphan-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

it('when the owner is killed, all it has started goes, and so does the data', async () => {
  const owner = spawn(process.execPath, ['--conditions=development', OWNER, join(folder, 'stack')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(owner.stdout.setEncoding('utf8'), 'data')
  const pids = JSON.parse(String(line)) as number[]
  expect(pids.length).toBeGreaterThan(6) // guard, postgres and its children, redis, kafka
  expect(await Promise.all(pids.map(isGone))).not.toContain(true)

  owner.kill('SIGKILL')
  const nothingLeft = async () => {
    expect(await Promise.all(pids.map(isGone))).not.toContain(false)
    expect(await readdir(join(folder, 'stack'))).toEqual([])
  }
  await waitUntil(nothingLeft, { what: 'the end of the orphans', timeoutMs: 10_000, everyMs: 50 })
})
