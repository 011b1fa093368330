import { randomUUID } from 'node:crypto'
import { ATTRIBUTION_2 } from '@atlas/linkage'
import { openDatabase } from '@atlas/runtime'
import type { RecordSnapshot } from '@atlas/schemas'
import { aDatabaseConfig, asAdmin, quiet } from '@atlas/testing/vitest'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { explainRecord } from '../explain.ts'
import { findRematch, rematchStep, startRematch } from '../rematch.ts'
import { saveModel } from '../store/models.ts'
import { aCurator, workById } from '../testing/a-curator.ts'
import { aMatcher } from '../testing/a-matcher.ts'
import { aProfile, aRecord } from '../testing/a-world.ts'

const config = await aDatabaseConfig('matcher')
const database = openDatabase(config, quiet)
afterAll(() => database.close())
const admin = asAdmin(config)
const matcher = aMatcher(database, admin)
const curator = aCurator(database, matcher.parts.outbox)

const NAME = 'Zbigniew Wojciechowskyj'
const article = aRecord({
  source: 'crossref',
  sourceId: 'A',
  doi: '10.5555/a',
  title: 'Lattices of frozen brine',
  authors: [NAME],
})
const copy = aRecord({
  source: 'openalex',
  sourceId: 'A2',
  doi: '10.5555/a',
  title: 'Lattices of frozen brine',
  authors: [NAME],
})
const other = aRecord({
  source: 'hal',
  sourceId: 'B',
  doi: '10.5555/b',
  title: 'Frozen brine as a lattice, told anew',
  authors: [NAME],
})
const third = aRecord({
  source: 'pubmed',
  sourceId: 'C',
  doi: '10.5555/c',
  title: 'Tides of a bay in winter',
  authors: [NAME],
})
const records = [article, copy, other, third]
const names = new Map(records.map(({ recordId, sourceId }) => [recordId, sourceId]))

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
const rolesOf = async (record: RecordSnapshot) => {
  const { workId } = (await curator.workOf(record))!
  const { rows } = await database.query<{ source_id: string; role: string }>(
    `select m->>'sourceId' as source_id, m->>'role' as role from works, json_array_elements(content->'members') as m where work_id = $1`,
    [workId],
  )
  return Object.fromEntries(rows.map(({ source_id, role }) => [source_id, role]))
}
const constraints = async () =>
  (await database.query<{ kind: string }>('select kind from work_constraints order by record_a, record_b')).rows.map(
    ({ kind }) => kind,
  )
const told = async () => {
  const { rows } = await admin.query<{ object_id: string }>(
    "select distinct object_id from outbox_references where topic = 'works' order by 1",
  )
  await admin.query('delete from outbox_references')
  return rows.map(({ object_id }) => object_id)
}
const refused = (promise: Promise<unknown>) =>
  promise.then(
    () => 'not refused',
    ({ status, code }: { status: number; code: string }) => `${status} ${code}`,
  )

beforeEach(async () => {
  await matcher.clear()
  await saveModel(database, ATTRIBUTION_2)
  await matcher.profiles(aProfile({ id: 'p', names: [NAME] }))
  await matcher.records(...records)
  await matcher.settle()
  await told()
})

describe('a link', () => {
  test('makes two works one, published as such, and its withdrawal restores what was', async () => {
    const before = await matcher.digest()
    const works = [(await curator.workOf(article))!.workId, (await curator.workOf(other))!.workId].sort()
    const { ruling, works: now, changed } = await curator.link(article, other)
    expect(await shape()).toEqual(['A+A2+B', 'C'])
    expect(now.map(({ members }) => members.length)).toEqual([3])
    expect([...changed].sort()).toEqual(works)
    expect(await told()).toEqual(works)
    expect(ruling).toMatchObject({ kind: 'link', inForce: true, actor: 'curator-1', actorRole: 'curator' })
    await matcher.settle()
    await curator.withdraw(ruling.rulingId)
    await matcher.settle()
    expect(await matcher.digest()).toEqual(before)
    expect(await constraints()).toEqual([])
    expect(await refused(curator.withdraw(ruling.rulingId))).toBe('409 already_withdrawn')
  })

  test('says what the one work is of the other, whose primary record speaks', async () => {
    // By itself crossref speaks before hal, and so would its copy.
    await curator.link(article, other, 'part')
    expect(await rolesOf(article)).toEqual({ A: 'part', A2: 'part', B: 'primary' })
    await curator.link(other, third, 'version')
    expect(await rolesOf(article)).toEqual({ A: 'part', A2: 'part', B: 'version', C: 'primary' })
  })

  test('survives a rematch, a correction, and the death and return of a record', async () => {
    await curator.link(article, other)
    await matcher.records({ ...other, version: 2, title: 'Another title altogether' })
    expect(await shape()).toEqual(['A+A2+B', 'C'])
    await startRematch(database, randomUUID(), quiet)
    while ((await findRematch(database))?.phase !== 'done') {
      await rematchStep(database, matcher.parts.outbox, quiet)
      await matcher.settle()
    }
    expect(await shape()).toEqual(['A+A2+B', 'C'])
    await matcher.records({ ...other, version: 3, deleted: true })
    expect(await shape()).toEqual(['A+A2', 'C'])
    await matcher.records({ ...other, version: 4 })
    expect(await shape()).toEqual(['A+A2+B', 'C'])
  })
})

describe('a cut', () => {
  test('keeps apart what one identifier would join, for ever, also from what comes later', async () => {
    const { works } = await curator.cut(copy)
    expect(await shape()).toEqual(['A', 'A2', 'B', 'C'])
    expect(works).toHaveLength(2)
    await matcher.records({ ...copy, version: 2 })
    const late = aRecord({
      source: 'datacite',
      sourceId: 'A3',
      doi: '10.5555/a',
      title: 'Lattices of frozen brine',
      authors: [NAME],
    })
    names.set(late.recordId, 'A3')
    await matcher.records(late)
    // With one of the two, never with both.
    expect(await shape()).toHaveLength(4)
    expect((await shape()).join()).toMatch(/A\+A3|A2\+A3/)
  })

  test('outranks an earlier link, is outranked by a later one, and each is kept', async () => {
    const first = await curator.link(article, other)
    const second = await curator.cut(other)
    expect(await shape()).toEqual(['A+A2', 'B', 'C'])
    expect(await constraints()).toEqual(['cannot', 'cannot'])
    const last = await curator.link(other, copy)
    expect(await shape()).toEqual(['A+A2+B', 'C'])
    expect(await constraints()).toEqual(['must'])
    // Without the last one the cut stands again, without the cut the first link.
    await curator.withdraw(last.ruling.rulingId)
    expect(await shape()).toEqual(['A+A2', 'B', 'C'])
    await curator.withdraw(second.ruling.rulingId)
    expect(await shape()).toEqual(['A+A2+B', 'C'])
    await curator.withdraw(first.ruling.rulingId)
    expect(await shape()).toEqual(['A+A2', 'B', 'C'])
    const { rows } = await database.query<{ kind: string }>('select kind from work_rulings order by ruling_no')
    expect(rows.map(({ kind }) => kind)).toEqual(['link', 'cut', 'link', 'withdraw', 'withdraw', 'withdraw'])
  })

  test('that names a record which left takes effect when it comes back', async () => {
    const { ruling } = await curator.cut(copy)
    await matcher.records({ ...copy, version: 2, deleted: true })
    expect(await shape()).toEqual(['A', 'B', 'C'])
    await matcher.records({ ...copy, version: 3 })
    expect(await shape()).toEqual(['A', 'A2', 'B', 'C'])
    await matcher.records({ ...copy, version: 4, deleted: true })
    await curator.withdraw(ruling.rulingId)
    await matcher.records({ ...copy, version: 5 })
    expect(await shape()).toEqual(['A+A2', 'B', 'C'])
  })
})

test('whoever asks why a record is where it is learns who ruled so, and why', async () => {
  const { ruling } = await curator.link(article, other, 'version')
  const told = await explainRecord(database, article.recordId)
  expect(told?.constraints).toEqual([
    {
      with: other.recordId,
      kind: 'must',
      role: { recordId: article.recordId, role: 'version' },
      ruling: {
        rulingId: ruling.rulingId,
        kind: 'link',
        by: 'curator-1',
        as: 'curator',
        reason: ruling.reason,
        decidedAt: ruling.decidedAt,
      },
    },
  ])
})

describe('what cannot be ruled', () => {
  const wish = async (one: RecordSnapshot, target: RecordSnapshot) => {
    const [work, other] = [(await curator.workOf(one))!, (await curator.workOf(target))!]
    const body = {
      ...{ reason: 'r', via: 'api' as const, role: null },
      ...{ targetWorkId: other.workId, targetRevision: other.revision },
    }
    return {
      type: 'link' as const,
      workId: work.workId,
      precondition: { revision: work.revision, byHeader: false },
      body,
    }
  }

  test('a work merged into itself, into what it was merged into, and back', async () => {
    const once = await wish(article, other)
    const back = await wish(other, article)
    expect(await refused(curator.rule(await wish(article, copy)))).toBe('422 same_work')
    await curator.rule(once)
    expect(await refused(curator.rule(once))).toBe('409 work_merged')
    expect(await refused(curator.rule(back))).toBe('409 merge_cycle')
    const survivor = (await curator.workOf(article))!.workId
    const gone = [once.workId, back.workId].find((id) => id !== survivor)!
    expect(await workById(database, gone)).toMatchObject({ state: 'redirect', redirectTo: survivor })
  })

  test('back by way of a third', async () => {
    const [one, three] = [await wish(article, other), await wish(third, article)]
    await curator.rule(one)
    await curator.link(other, third)
    expect(await refused(curator.rule(three))).toBe('409 merge_cycle')
  })

  test('of works that changed since they were shown', async () => {
    const stale = await wish(article, other)
    await matcher.records({ ...article, version: 2, title: 'Lattices of frozen brine in spring' })
    expect(await refused(curator.rule(stale))).toBe('409 work_changed')
    const byHeader = { ...stale, precondition: { ...stale.precondition, byHeader: true } }
    expect(await refused(curator.rule(byHeader))).toBe('412 work_changed')
    expect(await constraints()).toEqual([])
  })

  test('cuts of strangers, of everything, of too much', async () => {
    const { workId, revision } = (await curator.workOf(article))!
    const cut = (...recordIds: string[]) =>
      refused(
        curator.rule({
          type: 'cut',
          workId,
          precondition: { revision, byHeader: false },
          body: { reason: 'r', via: 'api', recordIds },
        }),
      )
    expect(await cut(other.recordId)).toBe('422 not_a_member')
    expect(await cut(article.recordId, copy.recordId)).toBe('422 nothing_to_cut_from')
    expect(await cut(article.recordId, article.recordId)).toBe('400 repeated_item')
    expect(await refused(curator.withdraw(randomUUID()))).toBe('404 not_found')
  })

  test('the ledger is never changed, by nobody', async () => {
    await curator.link(article, other)
    const change = "update work_rulings set reason = 'another'"
    await expect(database.query(change)).rejects.toThrow(/permission denied/)
    await expect(admin.query(change)).rejects.toThrow(/kept for ever/)
    await expect(admin.query('delete from work_rulings')).rejects.toThrow(/kept for ever/)
    await expect(admin.query('truncate work_rulings cascade')).rejects.toThrow(/kept for ever/)
  })
})
