import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { withLock } from './lock.mjs'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

it('lets one at a time in', async () => {
  let inside = 0
  const most: number[] = []
  const enter = () =>
    withLock(join(folder, 'busy'), async () => {
      most.push(++inside)
      await new Promise(setImmediate)
      inside--
    })
  await Promise.all([enter(), enter(), enter()])
  expect(most).toEqual([1, 1, 1])
})

it('passes the result on and is free afterwards, also after a failure', async () => {
  const path = join(folder, 'result')
  await expect(withLock(path, () => Promise.reject(new Error('no luck')))).rejects.toThrow('no luck')
  expect(await withLock(path, async () => 42)).toBe(42)
  expect((await readdir(folder)).filter((name) => name.startsWith('result'))).toEqual([])
})

it('takes over the lock of a process that has died', async () => {
  const path = join(folder, 'dead')
  const { pid } = spawnSync('true')
  await writeFile(path, JSON.stringify({ pid, host: hostname(), at: Date.now() }))
  expect(await withLock(path, async () => 'mine')).toBe('mine')
})

it('takes over the lock of a process that was killed while it held it', async () => {
  const path = join(folder, 'killed')
  const module = JSON.stringify(new URL('lock.mjs', import.meta.url).href)
  const script = `const { withLock } = await import(${module})
    await withLock(${JSON.stringify(path)}, () => { console.log('held'); return new Promise(() => setInterval(() => {}, 1000)) })`
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(holder.stdout, 'data')
  let waited = false
  const entered = withLock(path, async () => 'mine', { onWait: () => (waited = holder.kill('SIGKILL')) })
  expect(await entered).toBe('mine')
  expect(waited).toBe(true)
})
