import { randomUUID } from 'node:crypto'
import { ATTRIBUTION_2 } from '@atlas/linkage'
import { openDatabase } from '@atlas/runtime'
import { aDatabaseConfig, asAdmin, quiet } from '@atlas/testing/vitest'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { adoptModel, findRematch, rematchStep, startRematch } from './rematch.ts'
import { saveModel } from './store/models.ts'
import { aMatcher } from './testing/a-matcher.ts'
import { aProfile, aRecord } from './testing/a-world.ts'

const config = await aDatabaseConfig('matcher')
const database = openDatabase(config, quiet)
afterAll(() => database.close())
const admin = asAdmin(config)
const matcher = aMatcher(database, admin)
const { outbox } = matcher.parts
const step = () => rematchStep(database, outbox, quiet)

// More records than one page of the first phase.
const records = Array.from({ length: 130 }, (_, at) =>
  aRecord({
    sourceId: `W${at}`,
    doi: `10.5555/${at}`,
    title: `Lattices of frozen brine ${at}`,
    authors: ['Zbigniew Wojciechowskyj'],
  }),
)

async function finish(): Promise<void> {
  while ((await findRematch(database))?.phase !== 'done') {
    await step()
    await matcher.settle()
  }
}

beforeEach(async () => {
  await saveModel(database, ATTRIBUTION_2)
  await matcher.clear()
  await admin.query('delete from rematch_runs')
  await matcher.profiles(aProfile({ id: 'p', names: ['Zbigniew Wojciechowskyj'] }))
  for (let from = 0; from < records.length; from += 64) await matcher.records(...records.slice(from, from + 64))
  await matcher.settle()
})

describe('everything is scored again', () => {
  test('and what another build had left behind is put right: keys, scores, claims', async () => {
    const right = await matcher.digest()
    await admin.query(`delete from slot_keys; update slots set keys = '{}'; update profiles set keys = '{}', features = '{}'::json;
      delete from profile_keys; delete from slot_odds; update candidates set score = 0.51 where random() < 0.5; update works set features = '{}'::json`)
    expect(await matcher.digest()).not.toEqual(right)
    await startRematch(database, randomUUID(), quiet)
    await finish()
    expect(await matcher.digest()).toEqual(right)
  })

  test('and goes on where it was after a death at any page; whoever starts it again joins it', async () => {
    const run = await startRematch(database, randomUUID(), quiet)
    await step()
    const half = await findRematch(database)
    expect(half).toMatchObject({ runId: run?.runId, phase: 'records', queued: 64 })
    expect(half?.position).not.toBeNull()
    const died = new Error('died')
    const dying = { ...outbox, append: () => Promise.reject(died) }
    await expect(rematchStep(database, dying, quiet)).rejects.toBe(died)
    expect(await findRematch(database)).toEqual(half)
    expect((await startRematch(database, randomUUID(), quiet))?.runId).toBe(run?.runId)
    await finish()
    const { rows } = await database.query<{ n: number }>('select count(*) as n from works')
    expect(await findRematch(database)).toMatchObject({
      runId: run?.runId,
      queued: records.length + 1 + (rows[0]?.n ?? 0),
    })
  })

  test('two members never do one page twice', async () => {
    await startRematch(database, randomUUID(), quiet)
    await Promise.all([step(), step(), step()])
    const queued = (await findRematch(database))?.queued ?? 0
    await finish()
    expect(queued % 64).toBe(0)
    expect((await findRematch(database))?.queued).toBe(2 * records.length + 1)
  })

  test('changes nothing and tells nothing where nothing changed', async () => {
    const before = await matcher.digest()
    await admin.query('delete from outbox_references')
    await startRematch(database, randomUUID(), quiet)
    await finish()
    expect(await matcher.digest()).toEqual(before)
    expect((await database.query('select from outbox_references')).rows).toEqual([])
  })

  test('by itself once a build comes with another model, and from the start when a run was under way', async () => {
    const other = (name: string) => ({ ...ATTRIBUTION_2, version: `${name} ${randomUUID()}` })
    const [next, third] = [other('next'), other('third')]
    await adoptModel(database, next, randomUUID())
    await step()
    const run = await findRematch(database)
    expect(run).toMatchObject({ modelVersion: next.version, phase: 'records', queued: 64 })
    // Another pod of the same build changes nothing; one of a later build does.
    await adoptModel(database, next, randomUUID())
    expect(await findRematch(database)).toEqual(run)
    await adoptModel(database, third, randomUUID())
    expect(await findRematch(database)).toMatchObject({
      runId: run?.runId,
      modelVersion: third.version,
      position: null,
    })
    await finish()
    await matcher.clear()
    await adoptModel(database, other('of an empty database'), randomUUID())
    expect(await findRematch(database)).toMatchObject({ modelVersion: third.version, phase: 'done' })
  })
})
