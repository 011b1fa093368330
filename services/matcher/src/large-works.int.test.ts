import { type Database, openDatabase, type Tx } from '@atlas/runtime'
import type { RecordSnapshot } from '@atlas/schemas'
import { aDatabaseConfig, asAdmin, quiet } from '@atlas/testing/vitest'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { MAX_RECORDS, matchRecord } from './handlers/match-record.ts'
import { aMatcher } from './testing/a-matcher.ts'
import { aRecord, received } from './testing/a-world.ts'

const config = await aDatabaseConfig('matcher')
const database = openDatabase(config, quiet)
afterAll(() => database.close())
const matcher = aMatcher(database, asAdmin(config))
beforeEach(() => matcher.clear())

const title = 'Photosynthetic yields of submerged cyanobacteria under variable light'
const letters = (n: number): string =>
  n < 26 ? String.fromCharCode(97 + n) : letters(Math.floor(n / 26) - 1) + letters(n % 26)
const people = (count: number) =>
  Array.from({ length: count }, (_, at) => `Given${letters(at)} Family${letters(at * 7)}`)
const member = (at: number, version = 1, authors = people(4)) =>
  aRecord({ source: `repository ${at % 9}`, sourceId: `${at}`, version, title, doi: '10.5555/large', authors })

// Statements that had nothing to do in the small one.
const LEFT_OUT = 3

/** Handles one record and returns how many statements that took. */
async function statementsOf(db: Database, record: RecordSnapshot): Promise<number> {
  return db.transaction(async (tx) => {
    let statements = 0
    const counting: Tx = {
      client: tx.client,
      query: (text, values, name) => {
        statements++
        return tx.query(text, values, name)
      },
    }
    const [outcome] = await matchRecord(counting, [received(record)])
    expect(outcome?.type).toBe('done')
    return statements
  })
}

async function counts() {
  const { rows } = await database.query<{ works: number; members: number; slots: number; mentions: number }>(
    `select (select count(*) from works where state = 'live') as works,
            (select count(*) from work_members where to_revision is null) as members,
            (select count(*) from slots) as slots,
            (select coalesce(sum(cardinality(mention_keys)), 0) from slots) as mentions`,
  )
  return rows[0]
}

async function arrive(records: readonly RecordSnapshot[]): Promise<void> {
  for (let at = 0; at < records.length; at += MAX_RECORDS) await matcher.records(...records.slice(at, at + MAX_RECORDS))
}

describe('a work of 500 members', () => {
  test('is one work; a new version in it takes no more statements than in one of 3', async () => {
    await arrive([0, 1, 2].map((at) => member(at)))
    const few = await statementsOf(database, member(1, 2, people(5)))
    await arrive(Array.from({ length: 497 }, (_, at) => member(at + 3)))
    expect(await counts()).toMatchObject({ works: 1, members: 500, slots: 5, mentions: 2_001 })
    const many = await statementsOf(database, member(250, 2, people(5)))
    expect(many).toBeLessThanOrEqual(few + LEFT_OUT)
    expect(await counts()).toMatchObject({ works: 1, members: 500, slots: 5, mentions: 2_002 })
  })

  test('gives back who says that he is another publication', async () => {
    await arrive(Array.from({ length: 500 }, (_, at) => member(at)))
    const other = { title: 'Thermal conductivity of layered perovskite membranes', doi: '10.5555/other' }
    const { source, sourceId } = member(250)
    await matcher.records(aRecord({ source, sourceId, version: 2, ...other, authors: ['Zita Unrelated'] }))
    expect(await counts()).toMatchObject({ works: 2, members: 500, slots: 5 })
  })
})

describe('a byline of 3,000', () => {
  test('is aligned with its new version and with another source, in no more statements than one of 3', async () => {
    const byline = people(3_000)
    await arrive([member(0, 1, people(3)), member(1, 1, people(3))])
    const few = await statementsOf(database, member(1, 2, people(4)))
    await matcher.clear()
    await arrive([member(0, 1, byline), member(1, 1, byline.toReversed())])
    expect(await counts()).toMatchObject({ works: 1, members: 2, slots: 3_000, mentions: 6_000 })
    const many = await statementsOf(database, member(1, 2, ['Zita Newcomer', ...byline]))
    expect(many).toBeLessThanOrEqual(few + LEFT_OUT)
    expect(await counts()).toMatchObject({ works: 1, members: 2, slots: 3_001, mentions: 6_001 })
  })
})
