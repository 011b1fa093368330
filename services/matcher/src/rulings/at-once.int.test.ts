import { randomUUID } from 'node:crypto'
import { openDatabase, Problem, type Tx } from '@atlas/runtime'
import type { RecordSnapshot } from '@atlas/schemas'
import { aDatabaseConfig, asAdmin, quiet } from '@atlas/testing/vitest'
import { afterAll, describe, expect, test } from 'vitest'
import { matchRecord } from '../handlers/match-record.ts'
import { aCurator, CURATOR } from '../testing/a-curator.ts'
import { aMatcher } from '../testing/a-matcher.ts'
import { aRecord, received } from '../testing/a-world.ts'
import { interleavings, type Lane, runLanes } from '../testing/lanes.ts'
import { makeRuling, type Wish } from './rule-on-works.ts'

const config = await aDatabaseConfig('matcher')
const database = openDatabase(config, quiet)
afterAll(() => database.close())
const matcher = aMatcher(database, asAdmin(config))
const curator = aCurator(database, matcher.parts.outbox)

const article = aRecord({ source: 'crossref', sourceId: 'A', doi: '10.5555/a', title: 'Lattices of frozen brine' })
const copy = aRecord({ source: 'openalex', sourceId: 'A2', doi: '10.5555/a', title: 'Lattices of frozen brine' })
const other = aRecord({ source: 'hal', sourceId: 'B', doi: '10.5555/b', title: 'Brine told anew by other hands' })
const third = aRecord({ source: 'pubmed', sourceId: 'C', doi: '10.5555/c', title: 'Tides of a bay in winter' })
const names = new Map([article, copy, other, third].map(({ recordId, sourceId }) => [recordId, sourceId]))

const shape = async () => {
  const { rows } = await database.query<{ members: string[] }>(
    'select array_agg(record_id) as members from work_members where to_revision is null group by work_id',
  )
  return rows
    .map(({ members }) =>
      members
        .map((id) => names.get(id))
        .sort()
        .join('+'),
    )
    .sort()
}

const arrives = (record: RecordSnapshot) => async (tx: Tx) => void (await matchRecord(tx, [received(record)]))

/** A ruling as a step; what refuses it takes everything of the step back. */
const rules = (wish: Wish, refusals: string[]) => async (tx: Tx) => {
  const said = { reason: 'r', via: 'api' }
  try {
    await makeRuling(tx, { wish, said, principal: CURATOR, key: randomUUID() }, curator.parts)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    refusals.push(error.code)
    await tx.query('rollback')
  }
}

const said = { reason: 'r', via: 'api' as const }
async function wishToLink(one: RecordSnapshot, target: RecordSnapshot): Promise<Wish> {
  const [work, into] = [(await curator.workOf(one))!, (await curator.workOf(target))!]
  return {
    type: 'link',
    workId: work.workId,
    precondition: { revision: work.revision, byHeader: false },
    body: { ...said, targetWorkId: into.workId, targetRevision: into.revision, role: null },
  }
}
async function wishToCut(record: RecordSnapshot): Promise<Wish> {
  const work = (await curator.workOf(record))!
  return {
    type: 'cut',
    workId: work.workId,
    precondition: { revision: work.revision, byHeader: false },
    body: { ...said, recordIds: [record.recordId] },
  }
}

/** Runs two lanes of a step and a commit each in every order, from the same beginning. */
async function inEveryOrder(
  begin: () => Promise<readonly [Lane, Lane]>,
  after: (order: string) => Promise<void>,
): Promise<void> {
  for (const order of interleavings(2, 2)) {
    await matcher.clear()
    await runLanes(database, await begin(), order)
    await after(order.join(''))
  }
}

describe('at the same moment', () => {
  test('of two links of one work one is made, and the other is refused: that work has changed', async () => {
    let refusals: string[] = []
    await inEveryOrder(
      async () => {
        refusals = []
        await matcher.records(article, other, third)
        const [one, two] = [await wishToLink(article, other), await wishToLink(article, third)]
        return [
          [rules(one, refusals), 'commit'],
          [rules(two, refusals), 'commit'],
        ]
      },
      async (order) => {
        expect([order, refusals.length]).toEqual([order, 1])
        expect(['work_changed', 'work_merged']).toContain(refusals[0])
        expect([
          ['A+B', 'C'],
          ['A+C', 'B'],
        ]).toContainEqual(await shape())
      },
    )
  })

  test('a link and a cut of one work never both hold', async () => {
    let refusals: string[] = []
    await inEveryOrder(
      async () => {
        refusals = []
        await matcher.records(article, copy, other)
        const [one, two] = [await wishToLink(article, other), await wishToCut(copy)]
        return [
          [rules(one, refusals), 'commit'],
          [rules(two, refusals), 'commit'],
        ]
      },
      async (order) => {
        expect([order, refusals]).toEqual([order, ['work_changed']])
        expect([['A+A2+B'], ['A', 'A2', 'B']]).toContainEqual(await shape())
      },
    )
  })

  test('a record that arrives is in the linked work, or the curator is told that it came', async () => {
    let refusals: string[] = []
    await inEveryOrder(
      async () => {
        refusals = []
        await matcher.records(article, other)
        return [
          [rules(await wishToLink(article, other), refusals), 'commit'],
          [arrives(copy), 'commit'],
        ]
      },
      async (order) => {
        const wanted = refusals.length > 0 ? ['A+A2', 'B'] : ['A+A2+B']
        expect([order, await shape()]).toEqual([order, wanted])
      },
    )
  })

  test('two linked records that had both left come back into one work', async () => {
    await inEveryOrder(
      async () => {
        await matcher.records(article, other)
        await curator.link(article, other)
        for (const record of [article, other]) await matcher.records({ ...record, version: 2, deleted: true })
        return [
          [arrives({ ...article, version: 3 }), 'commit'],
          [arrives({ ...other, version: 3 }), 'commit'],
        ]
      },
      async (order) => expect([order, await shape()]).toEqual([order, ['A+B']]),
    )
  })

  test('what a withdrawal frees is free, also of who comes back meanwhile', async () => {
    let refusals: string[] = []
    await inEveryOrder(
      async () => {
        refusals = []
        await matcher.records(article, other)
        const { ruling } = await curator.link(article, other)
        for (const record of [article, other]) await matcher.records({ ...record, version: 2, deleted: true })
        await matcher.records({ ...article, version: 3 })
        return [
          [arrives({ ...other, version: 3 }), 'commit'],
          [rules({ type: 'withdraw', rulingId: ruling.rulingId }, refusals), 'commit'],
        ]
      },
      async (order) => expect([order, refusals, await shape()]).toEqual([order, [], ['A', 'B']]),
    )
  })

  test('fifty curators on four records: the ledger and the works agree', async () => {
    await matcher.clear()
    await matcher.records(article, copy, other, third)
    const turns = Array.from({ length: 50 }, (_, at) => at)
    const pairs = [article, copy, other, third].flatMap((one, at, all) => all.slice(at + 1).map((two) => [one, two]))
    const results = await Promise.all(
      turns.map(async (at) => {
        const [one, two] = pairs[at % pairs.length] as [RecordSnapshot, RecordSnapshot]
        return (at % 3 === 0 ? curator.cut(one) : curator.link(one, two)).then(
          () => 'made',
          (error: { code?: string; message: string }) => error.code ?? error.message,
        )
      }),
    )
    expect(results.filter((result) => result === 'made').length).toBeGreaterThan(0)
    const refusals = ['made', 'work_changed', 'work_merged', 'merge_cycle', 'same_work', 'nothing_to_cut_from']
    expect(results.filter((result) => !refusals.includes(result))).toEqual([])
    const { rows } = await database.query(
      `select from work_constraints c
         join work_members a on a.record_id = c.record_a and a.to_revision is null
         join work_members b on b.record_id = c.record_b and b.to_revision is null
        where (c.kind = 'must') <> (a.work_id = b.work_id)`,
    )
    expect(rows).toEqual([])
  })
})
