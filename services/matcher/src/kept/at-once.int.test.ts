import { randomUUID } from 'node:crypto'
import { openDatabase, type Tx } from '@atlas/runtime'
import type { RecordSnapshot } from '@atlas/schemas'
import { aDatabaseConfig, asAdmin, quiet } from '@atlas/testing/vitest'
import { afterAll, expect, test } from 'vitest'
import { compareWorks } from '../compare/compare-works.ts'
import { matchRecord } from '../handlers/match-record.ts'
import { makeRuling, type Wish } from '../rulings/rule-on-works.ts'
import { aCurator, CURATOR } from '../testing/a-curator.ts'
import { aMatcher } from '../testing/a-matcher.ts'
import { aRecord, received } from '../testing/a-world.ts'
import { interleavings, type Lane, runLanes } from '../testing/lanes.ts'
import { aLink, anEnrichment } from '../testing/of-other-kinds.ts'

const config = await aDatabaseConfig('matcher')
const database = openDatabase(config, quiet)
afterAll(() => database.close())
const matcher = aMatcher(database, asAdmin(config))
const curator = aCurator(database, matcher.parts.outbox)

const arrives =
  (...records: readonly RecordSnapshot[]) =>
  async (tx: Tx) =>
    void (await matchRecord(
      tx,
      records.map((record) => received(record)),
    ))
const lane = (...records: readonly RecordSnapshot[]): Lane => [arrives(...records), 'commit']

const [A, B] = ['10.5555/a', '10.5555/b']
const title = 'The same in both sources, word for word'
const one = (version = 1, doi = A) => aRecord({ source: 'openalex', sourceId: 'one', doi, version, title })
const twin = (version = 1, doi = A) => aRecord({ source: 'crossref', sourceId: 'twin', doi, version, title })
const far = aRecord({ source: 'hal', sourceId: 'far', doi: B, title: 'Quite another thing about perovskite layers' })
const opened = (about = A, version = 1) => anEnrichment(about, { sourceId: 'E', version, adds: { openAccess: 'gold' } })
const cites = aLink(A, B, { sourceId: 'L' })

// The work at the other end, by the name that it does not have yet.
const PMID = { scheme: 'pmid', value: '4711' }
const citesAgain = {
  ...aLink(A, B, { sourceId: 'M' }),
  identifiers: [
    { scheme: 'doi', value: A, relation: 'citing' },
    { ...PMID, relation: 'cited' },
  ],
}
const farIsBoth = {
  ...aRecord({ source: 'hal', sourceId: 'far', version: 2, doi: B, title: far.title ?? '' }),
  identifiers: [
    { scheme: 'doi', value: B, relation: 'self' },
    { ...PMID, relation: 'self' },
  ],
}

/** What is there when the two have come one after the other. */
async function inTurn(
  before: readonly RecordSnapshot[],
  first: () => Promise<unknown>,
  second: () => Promise<unknown>,
) {
  await matcher.clear()
  for (const record of before) await matcher.records(record)
  await first()
  await second()
  await matcher.settle()
  return matcher.digest()
}

test.each([
  { name: 'a work, and what is about it', before: [], left: one(), right: opened() },
  {
    name: 'what is about a work, and its deletion',
    before: [one()],
    left: { ...one(2), deleted: true },
    right: opened(),
  },
  {
    name: 'what changes sides, and the work that it leaves',
    before: [one(), far, opened()],
    left: one(2),
    right: opened(B, 2),
  },
  { name: 'a work that takes another DOI, and what is about that', before: [one()], left: one(2, B), right: opened(B) },
  { name: 'a merge, and what is about one of both', before: [one(), twin(1, B)], left: twin(2), right: opened() },
  { name: 'a split, and what is about one of both', before: [one(), twin()], left: twin(2, B), right: opened(B) },
  { name: 'a link, and its two ends', before: [], left: cites, right: far },
  { name: 'a link and an enrichment of one work', before: [one(), far], left: cites, right: opened() },
  {
    name: 'a link by another name, and who makes both names one work',
    before: [one(), far, cites],
    left: citesAgain,
    right: farIsBoth,
  },
  {
    name: 'who makes two names one work, and the work that cites both',
    before: [far, cites, citesAgain],
    left: farIsBoth,
    right: one(),
  },
  {
    name: 'two members who bring the other one’s works',
    before: [one(), far],
    left: { ...cites, recordId: one().recordId, version: 2 },
    right: opened(B),
  },
])('$name arrive at once: the state of one after the other', async ({ before, left, right }) => {
  const expected = await inTurn(
    before,
    () => matcher.records(left),
    () => matcher.records(right),
  )
  expect(
    await inTurn(
      before,
      () => matcher.records(right),
      () => matcher.records(left),
    ),
  ).toEqual(expected)
  for (const order of interleavings(2, 2)) {
    await matcher.clear()
    for (const record of before) await matcher.records(record)
    await runLanes(database, [lane(left), lane(right)], order)
    await matcher.settle()
    expect({ order: order.join(''), ...(await matcher.digest()) }).toEqual({ order: order.join(''), ...expected })
  }
})

test('a work is compared while its only record becomes something that is kept: nothing is left of it', async () => {
  const { scorer, limits } = matcher.parts
  const before = async () => {
    await matcher.clear()
    await matcher.records(one())
  }
  const kept = { ...opened(B, 2), recordId: one().recordId }
  const compared: Lane = [async (tx) => void (await compareWorks(tx, scorer, limits)), 'commit']
  await before()
  await matcher.records(kept)
  await matcher.settle()
  const expected = await matcher.digest()
  for (const order of interleavings(2, 2)) {
    await before()
    await runLanes(database, [lane(kept), compared], order)
    await matcher.settle()
    expect({ order: order.join(''), ...(await matcher.digest()) }).toEqual({ order: order.join(''), ...expected })
  }
})

test.each([
  { name: 'the one cut off', about: A },
  { name: 'the one that stays', about: B },
])('a curator cuts while something about $name arrives: he is not refused for it', async ({ about }) => {
  const before = async () => {
    await matcher.clear()
    await matcher.records(one(), far)
    await curator.link(one(), far)
  }
  await before()
  await curator.cut(one())
  await matcher.records(opened(about))
  await matcher.settle()
  const expected = (await matcher.digest()).works
  for (const order of interleavings(2, 2)) {
    await before()
    const { workId, revision } = (await curator.workOf(one()))!
    const body = { recordIds: [one().recordId], reason: 'seen', via: 'api' as const }
    const wish: Wish = { type: 'cut', workId, precondition: { revision, byHeader: false }, body }
    const rules = async (tx: Tx) =>
      void (await makeRuling(tx, { wish, said: body, principal: CURATOR, key: randomUUID() }, curator.parts))
    await runLanes(database, [[rules, 'commit'], lane(opened(about))], order)
    await matcher.settle()
    const { works } = await matcher.digest()
    expect({ order: order.join(''), works }).toEqual({ order: order.join(''), works: expected })
  }
})
