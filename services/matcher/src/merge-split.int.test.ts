import { workIdOf } from '@atlas/identifiers'
import { openDatabase } from '@atlas/runtime'
import { aDatabaseConfig, asAdmin, quiet } from '@atlas/testing/vitest'
import { afterAll, describe, expect, test } from 'vitest'
import { aMatcher } from './testing/a-matcher.ts'
import { aProfile, aRecord } from './testing/a-world.ts'

const config = await aDatabaseConfig('matcher')
const database = openDatabase(config, quiet)
afterAll(() => database.close())
const matcher = aMatcher(database, asAdmin(config))

const NAME = 'Zbigniew Wojciechowskyj'
const left = aRecord({
  source: 'hal',
  sourceId: 'L',
  doi: '10.5555/left',
  title: 'Lattices of frozen brine',
  authors: [NAME],
})
const right = (version: number, doi: string) =>
  aRecord({ source: 'crossref', sourceId: 'R', version, doi, title: 'Lattices of frozen brine', authors: [NAME] })

interface Row {
  readonly work_id: string
  readonly state: string
  readonly redirect_to: string | null
  readonly revision: number
}
const works = async () =>
  (await database.query<Row>('select work_id, state, redirect_to, revision from works order by work_id')).rows
const candidates = async () =>
  (
    await database.query<{ candidate_id: string; withdrawn: boolean; reason: string | null; replaces: string[] }>(
      `select candidate_id, withdrawn, withdrawn_reason as reason, content->'replaces' as replaces from candidates order by candidate_id`,
    )
  ).rows
/** Ids told to the relay since it was last asked. */
const told = async () => {
  const admin = asAdmin(config)
  const { rows } = await admin.query<{ object_id: string }>(
    "select object_id from outbox_references where topic = 'works'",
  )
  await admin.query('delete from outbox_references')
  return new Set(rows.map(({ object_id }) => object_id))
}

describe('two works that become one, and two again', () => {
  test('the id of the smallest record stays, the other redirects, is published as such, and lives again', async () => {
    await matcher.profiles(aProfile({ id: 'p', names: [NAME] }))
    await matcher.records(left, right(1, '10.5555/right'))
    await matcher.settle()
    const apart = await works()
    expect(apart.map(({ state }) => state)).toEqual(['live', 'live'])
    const digest = await matcher.digest()
    await told()

    await matcher.records(right(2, '10.5555/left'))
    await matcher.settle()
    const [stays, goes] = await works()
    const redirect = [stays, goes].find((work) => work?.state === 'redirect')
    const survivor = [stays, goes].find((work) => work?.state === 'live')
    expect(survivor?.work_id).toBe(workIdOf([left.recordId, right(2, '').recordId].sort()[0] ?? ''))
    expect(redirect?.redirect_to).toBe(survivor?.work_id)
    const before = apart.find(({ work_id }) => work_id === redirect?.work_id)
    expect(redirect?.revision).toBeGreaterThan(before?.revision ?? Infinity)
    expect(await told()).toEqual(new Set(apart.map(({ work_id }) => work_id)))

    await matcher.records(right(3, '10.5555/right'))
    await matcher.settle()
    const again = await works()
    expect(again.map(({ work_id, state, redirect_to }) => ({ work_id, state, redirect_to }))).toEqual(
      apart.map(({ work_id }) => ({ work_id, state: 'live', redirect_to: null })),
    )
    for (const { work_id, revision } of again)
      expect(revision).toBeGreaterThan([stays, goes].find((work) => work?.work_id === work_id)?.revision ?? Infinity)
    expect(await told()).toEqual(new Set(apart.map(({ work_id }) => work_id)))
    expect(await matcher.digest()).toMatchObject({ works: digest.works, candidates: digest.candidates })
  })

  test('the claim on a slot that is in another one is withdrawn, names its successor, and is made again', async () => {
    expect((await candidates()).map(({ withdrawn }) => withdrawn)).toEqual([false, false])
    await matcher.records(right(4, '10.5555/left'))
    await matcher.settle()
    const merged = await candidates()
    const gone = merged.find(({ withdrawn }) => withdrawn)
    expect(gone?.reason).toBe('slot_gone')
    expect(merged.find(({ withdrawn }) => !withdrawn)?.replaces).toEqual([gone?.candidate_id])
    await matcher.records(right(5, '10.5555/right'))
    await matcher.settle()
    expect((await candidates()).map(({ withdrawn }) => withdrawn)).toEqual([false, false])
  })

  test('a member that is deleted leaves, and its id points where the others are', async () => {
    await matcher.records(right(6, '10.5555/left'))
    await matcher.records({ ...right(7, '10.5555/left'), deleted: true })
    await matcher.records({ ...left, version: 2, deleted: true })
    await matcher.settle()
    expect((await works()).map(({ state }) => state)).toEqual(['gone', 'gone'])
    expect((await candidates()).every(({ withdrawn }) => withdrawn)).toBe(true)
    await matcher.records({ ...left, version: 3 })
    await matcher.settle()
    expect((await works()).map(({ state }) => state).sort()).toEqual(['gone', 'live'])
  })
})
