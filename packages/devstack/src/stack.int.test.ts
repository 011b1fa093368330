import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withAdmin } from './admin-connection.ts'
import { canListen } from './free-port.ts'
import { createGuard } from './guard.ts'
import { askApiVersions, clusterMetadata } from './kafka-protocol.ts'
import type { Stack } from './options.ts'
import { PartProcess, PortClashError } from './part-process.ts'
import { pingRedis, redisCommand } from './parts/redis.ts'
import { findPrerequisites } from './plain/prerequisites.mjs'
import { isGone } from './process-tree.ts'
import { startStack } from './start-stack.ts'
import { createTopic } from './testing/create-topic.ts'

let folder = ''
let stack: Stack
let broker = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stack-')) // mode 700: as root, PostgreSQL's user cannot enter it
  stack = await startStack({ dataDir: join(folder, 'stack'), persistent: false })
  broker = stack.kafka.brokers[0] ?? ''
})
afterAll(async () => {
  await stack?.stop()
  await rm(folder, { recursive: true, force: true })
})

const query = (sql: string) => withAdmin(stack.postgres, 'postgres', async (client) => (await client.query(sql)).rows)

describe('a started stack', () => {
  it('answers on every part', async () => {
    expect(await query('select 1 as one')).toEqual([{ one: 1 }])
    await pingRedis(stack.redisUrl)
    await askApiVersions(broker)
    expect((await clusterMetadata(broker)).brokers).toEqual([broker])
    const config = await fetch(`${stack.registryUrl}/config`)
    expect(await config.json()).toEqual({ compatibilityLevel: 'FULL_TRANSITIVE' })
  })

  it('keeps the schemas in a database that lasts as long as the messages', async () => {
    const versions = `${stack.registryUrl}/subjects/things-value/versions`
    const headers = { 'content-type': 'application/vnd.schemaregistry.v1+json' }
    const response = await fetch(versions, { method: 'POST', headers, body: JSON.stringify({ schema: '"string"' }) })
    expect(response.status).toBe(200)
    const stored = await withAdmin(stack.postgres, 'registry_db', (client) => client.query('select 1 from content'))
    expect(stored.rowCount).toBeGreaterThan(0)
  })

  it('runs PostgreSQL with the settings that the services count on', async () => {
    const names = ['max_connections', 'max_prepared_transactions', 'synchronous_commit', 'jit', 'fsync']
    const rows = await query(`select name, setting from pg_settings where name in ('${names.join("','")}')`)
    expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
      max_connections: '200',
      max_prepared_transactions: '0',
      synchronous_commit: 'on',
      jit: 'off',
      fsync: 'off',
    })
  })
})

describe('a killed part', () => {
  it('postgres has every acknowledged commit when it is back', async () => {
    await query('create table kept as select generate_series(1, 1000) as i')
    const before = stack.pids['postgres']
    await stack.kill('postgres', 'SIGKILL')
    await expect(query('select 1')).rejects.toThrow()
    expect(stack.pids['postgres']).toBeUndefined()
    await stack.start('postgres')
    expect(stack.pids['postgres']).not.toBe(before)
    expect(await query('select count(*)::int as count from kept')).toEqual([{ count: 1000 }])
  })

  it('kafka has its topics when it is back, on the same port', async () => {
    await createTopic(broker, 'kept', 1)
    await stack.kill('kafka-1', 'SIGKILL')
    await expect(askApiVersions(broker)).rejects.toThrow()
    await stack.start('kafka-1')
    expect((await clusterMetadata(broker)).topics).toContain('kept')
  })

  it('redis hangs while it is stopped, and goes on afterwards', async () => {
    await stack.kill('redis', 'SIGSTOP')
    await expect(pingRedis(stack.redisUrl)).rejects.toThrow('does not answer')
    await stack.kill('redis', 'SIGCONT')
    await pingRedis(stack.redisUrl)
  })

  it('postgres hangs as a whole while it is stopped', async () => {
    await withAdmin(stack.postgres, 'postgres', async (client) => {
      await client.query('select 1')
      await stack.kill('postgres', 'SIGSTOP')
      let answered = false
      const answer = client.query('select 1').then(() => (answered = true))
      await pingRedis(stack.redisUrl) // a round trip to something that lives
      expect(answered).toBe(false)
      await stack.kill('postgres', 'SIGCONT')
      await answer
    })
  })

  it('cannot be started while it runs, nor be called by a wrong name', async () => {
    await expect(stack.start('redis')).rejects.toThrow('part "redis" is running already')
    await expect(stack.kill('mongo', 'SIGKILL')).rejects.toThrow('no part "mongo"')
  })
})

it('does not take the answer of another server for its own, and says that the port was taken', async () => {
  const port = Number(new URL(stack.redisUrl).port)
  await using guard = await createGuard()
  const program = findPrerequisites().redisServer ?? ''
  const second = new PartProcess(
    guard,
    redisCommand({ program, port, dataDir: folder, logFile: join(folder, 'second.log') }),
  )
  await expect(second.start()).rejects.toThrow(PortClashError)
})

it('after stop there is no process, no port, no data; stopping again does nothing', async () => {
  const pids = Object.values(stack.pids)
  const data = String((await query('show data_directory'))[0]?.data_directory)
  expect(data).toMatch(/^\//)
  const urls = [`kafka://${broker}`, stack.registryUrl, stack.redisUrl, `postgres://127.0.0.1:${stack.postgres.port}`]
  expect(pids).toHaveLength(4)
  await stack.stop()
  await stack.stop()
  expect(await Promise.all(pids.map(isGone))).toEqual([true, true, true, true])
  expect(await Promise.all(urls.map((url) => canListen(Number(new URL(url).port))))).toEqual([true, true, true, true])
  expect(stack.pids).toEqual({})
  expect(existsSync(join(folder, 'stack'))).toBe(false)
  expect(existsSync(data)).toBe(false)
})
