import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { aDeliveryDatabase, type TestDatabase } from '../testing/servers.ts'
import type { Queryable } from './database.ts'
import { jsonRows } from './json-rows.ts'

let server: TestDatabase
beforeAll(async () => {
  server = await aDeliveryDatabase(inject('stack').postgres)
})
afterAll(() => server[Symbol.asyncDispose]())

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as (how: { readonly type: 'minor' }) => void

const STATEMENTS = 10
const ROWS = 10_000

const rowsOf = (n: number) => Array.from({ length: ROWS }, (_, id) => ({ id, of: [n, id, n + id] }))

/** Sends rows of some two megabytes again and again, each time others. */
async function sendMany(db: Queryable): Promise<void> {
  for (let n = 0; n < STATEMENTS; n++) {
    const { rows: read } = await db.query<{ count: number }>(
      'select count(*)::int as count from json_to_recordset($1) as t(id int)',
      [jsonRows(rowsOf(n))],
    )
    expect(read).toEqual([{ count: ROWS }])
  }
}

/** How many bytes outlive two collections of what is young. */
async function left(work: () => Promise<void>): Promise<number> {
  const used = () => {
    collect({ type: 'minor' })
    collect({ type: 'minor' })
    return process.memoryUsage().heapUsed
  }
  const before = used()
  await work()
  return used() - before
}

describe('a statement', () => {
  it.each<[string, (send: (db: Queryable) => Promise<void>) => Promise<void>]>([
    ['of the pool', (send) => send(server.database)],
    ['of a transaction', (send) => server.database.transaction(send)],
  ])('%s leaves nothing that outlives the young generation', async (_, run) => {
    await run(sendMany)
    const kept: unknown[] = []
    const one = await left(async () => void kept.push(rowsOf(0)))
    // A collection of the whole heap may come in between, and hide what it took: not three times.
    const all = [await left(() => run(sendMany)), await left(() => run(sendMany)), await left(() => run(sendMany))]
    expect(Math.max(...all)).toBeLessThan((STATEMENTS / 4) * one)
  })

  it('that fails says who asked', async () => {
    const asking = async function whoAsks(db: Queryable) {
      await db.query('select 1 / $1::int', [0])
    }
    for (const run of [() => asking(server.database), () => server.database.transaction(asking)]) {
      const error = await run().then(
        () => undefined,
        (failed: unknown) => failed,
      )
      expect(error).toMatchObject({ code: '22012' })
      expect((error as Error).stack).toContain('whoAsks')
    }
  })
})
