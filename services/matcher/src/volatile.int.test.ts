import { openDatabase } from '@atlas/runtime'
import { aDatabaseConfig, asAdmin, quiet } from '@atlas/testing/vitest'
import { afterAll, describe, expect, it } from 'vitest'
import { aMatcher } from './testing/a-matcher.ts'
import { aProfile, aRecord } from './testing/a-world.ts'

const config = await aDatabaseConfig('matcher')
const database = openDatabase(config, quiet)
afterAll(() => database.close())
const matcher = aMatcher(database, asAdmin(config))

const NAME = 'Zbigniew Wojciechowskyj'
const given = { source: 'openalex', sourceId: 'W1', title: 'Lattices of frozen brine', authors: [NAME, 'Ann Ar'] }

async function all<T extends object>(sql: string): Promise<readonly T[]> {
  return (await database.query<T>(sql)).rows
}
const claims = () =>
  all<{ revision: number }>('select candidate_id, revision, withdrawn, content::text from candidates')
const waiting = () => all<{ subject: string }>('select subject from to_compare')
const state = async () => {
  const [work] = await all<{ revision: number; member: number; state: number }>(
    `select revision, (content->'members'->0->>'version')::int as member, (select version from record_states) as state
       from works where state = 'live'`,
  )
  return work
}

describe('a version of a record with nothing but other counts', () => {
  it('is told by the work, compares nobody and leaves what was claimed as it is', async () => {
    await matcher.profiles(aProfile({ id: 'p', names: [NAME] }))
    await matcher.records(aRecord(given))
    await matcher.settle()
    const before = await claims()
    expect(before).toHaveLength(1)
    const was = await state()
    await matcher.records({ ...aRecord({ ...given, version: 2 }), citedByCount: 7 })
    expect(await waiting()).toEqual([])
    expect(await state()).toMatchObject({ member: 2, state: 2 })
    expect((await state())?.revision).toBeGreaterThan(was?.revision ?? 0)
    await matcher.settle()
    expect(await claims()).toEqual(before)
  })

  it('is compared where it says something else besides', async () => {
    const authors = [NAME, 'Ann Ar', 'Bo Bé']
    await matcher.records({ ...aRecord({ ...given, authors, version: 3 }), citedByCount: 8 })
    expect(await waiting()).toHaveLength(1)
    await matcher.settle()
    expect(await state()).toMatchObject({ member: 3, state: 3 })
  })
})
