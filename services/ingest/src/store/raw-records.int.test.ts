import { recordIdOf } from '@atlas/identifiers'
import { noFailpoints } from '@atlas/runtime'
import { expect, it } from 'vitest'
import { decodeSnapshot } from '../packed-content.ts'
import { anIngest, outcomesOf, send, type TestIngest } from '../testing/an-ingest.ts'
import { findStoredBytes } from './raw-records.ts'
import { currentStates } from './snapshots.ts'

const titleOf = (id: string) => `Of ${id}`.repeat(100)
const lineOf = (id: string) => `{"id":"${id}","title":"${titleOf(id)}","authors":["Ann Ar"]}`
const idsOf = (name: string, count: number) => Array.from({ length: count }, (_, no) => `${name}-${no}`)
const sendIds = (ingest: TestIngest, ids: readonly string[]) => send(ingest, ids.map(lineOf))

async function expectStored(ingest: TestIngest, ids: readonly string[]): Promise<void> {
  const wanted = ids.map((sourceId) => ({ sourceId, rawVersion: 1 }))
  const stored = await findStoredBytes(ingest.database, 'plain', wanted)
  expect(new Map(stored.map(({ sourceId, bytes }) => [sourceId, Buffer.from(bytes).toString()]))).toEqual(
    new Map(ids.map((id) => [id, lineOf(id)])),
  )
  const states = await currentStates(
    ingest.database,
    ids.map((id) => recordIdOf('plain', id)),
  )
  const titles = states.map(async ({ key, value }) => [key, (await decodeSnapshot(ingest.codec, value)).title] as const)
  expect(new Map(await Promise.all(titles))).toEqual(new Map(ids.map((id) => [`plain:${id}`, titleOf(id)])))
}

it('ids that a server forgot in a crash are not used by whoever took them before it', async () => {
  let broken = true
  const hit = (name: string) => {
    if (broken && name === 'push.before_commit') throw new Error('rolled back')
  }
  const ingest = await anIngest({ failpoints: { ...noFailpoints, hit } })
  await expect(sendIds(ingest, ['before'])).rejects.toThrow('rolled back')
  broken = false
  // What a crash leaves behind: no connection, and a sequence that knows of no transaction that never committed.
  await ingest.outside.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${ingest.config.name}' and pid <> pg_backend_pid()`,
  )
  await expect.poll(() => ingest.database.pool.totalCount).toBe(0)
  await ingest.admin.query(`select setval('raw_block_id', 1, false)`)
  // Another process comes first.
  await ingest.admin.query(
    `insert into raw_blocks (block_id, encoding, payload)
     select nextval('raw_block_id'), 'identity', '' from generate_series(1, 10)`,
  )
  expect(outcomesOf(await sendIds(ingest, ['after']))).toEqual(['stored'])
  await expectStored(ingest, ['after'])
})

it('every version lies where it was put, whatever else was stored or rolled back beside it', async () => {
  let hits = 0
  const hit = (name: string) => {
    if (name === 'push.before_commit' && ++hits % 3 === 0) throw new Error('rolled back')
  }
  const ingest = await anIngest({ failpoints: { ...noFailpoints, hit } })
  let left = Array.from({ length: 30 }, (_, chunk) => idsOf(`chunk-${chunk}`, 40 + chunk))
  const all = left.flat()
  while (left.length > 0) {
    const ends = await Promise.allSettled(left.map((ids) => sendIds(ingest, ids)))
    expect(ends.some(({ status }) => status === 'fulfilled')).toBe(true)
    left = left.filter((_, nth) => ends[nth]?.status === 'rejected')
  }
  expect(hits).toBeGreaterThan(30)
  await expectStored(ingest, all)
})

it('more blocks than ids are taken at once', async () => {
  const ingest = await anIngest()
  const ids = idsOf('many', 10_000)
  expect(new Set(outcomesOf(await sendIds(ingest, ids)))).toEqual(new Set(['stored']))
  await expectStored(ingest, ids)
})
