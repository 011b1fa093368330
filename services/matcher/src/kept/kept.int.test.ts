import { createApp, createMetrics, listen, openDatabase } from '@atlas/runtime'
import type { RecordSnapshot } from '@atlas/schemas'
import { aDatabaseConfig, asAdmin, quiet } from '@atlas/testing/vitest'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { explainRecord } from '../explain.ts'
import { recordRoutes } from '../routes-records.ts'
import { workOf } from '../snapshots.ts'
import { listCandidateIds, listWorkIds, loadPublishedCandidates, loadPublishedWorks } from '../store/published.ts'
import { aCurator } from '../testing/a-curator.ts'
import { aMatcher } from '../testing/a-matcher.ts'
import { aProfile, aRecord } from '../testing/a-world.ts'
import { aLink, anEnrichment, aPerson, aPlace } from '../testing/of-other-kinds.ts'
import { MAX_LINKS } from './additions.ts'

const config = await aDatabaseConfig('matcher')
const database = openDatabase(config, quiet)
const matcher = aMatcher(database, asAdmin(config))
const curator = aCurator(database, matcher.parts.outbox)
const server = await listen(
  createApp({ logger: quiet, metrics: createMetrics('test'), routers: [recordRoutes(database)] }),
  0,
)
afterAll(async () => {
  await server.close()
  await database.close()
})
beforeEach(() => matcher.clear())

const DOI = '10.5555/brine'
const article = (over: Partial<RecordSnapshot> = {}, version = 1) =>
  aRecord({ source: 'crossref', sourceId: DOI, doi: DOI, version, title: 'Lattices of frozen brine', adds: over })
const opened = (version = 1, adds: Partial<RecordSnapshot> = {}) =>
  anEnrichment(DOI, {
    sourceId: DOI,
    version,
    adds: { openAccess: 'gold', openAccessLocations: [aPlace('https://a.example/1')], ...adds },
  })

const works = async () => {
  const all = await loadPublishedWorks(database, await listWorkIds(database, null, 1_000))
  return all.map(workOf)
}
const onlyWork = async () => {
  const [work, ...others] = (await works()).filter(({ state }) => state === 'live')
  if (!work || others.length > 0) throw new Error(`${others.length + (work ? 1 : 0)} works`)
  return work
}
const get = async (path: string) => {
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`)
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
const countOf = async (table: string) =>
  (await database.query<{ n: number }>(`select count(*) as n from ${table}`)).rows[0]?.n

describe('a record that describes no work', () => {
  test.each([
    { record: aPerson(DOI, { sourceId: '0000-0002-1825-0097' }), why: 'kept: describes a person' },
    { record: { ...aPerson(DOI, { sourceId: 'x' }), kind: 'institution' }, why: 'kept: describes an organisation' },
    { record: aLink(DOI, '10.5555/other', { sourceId: '1-2' }), why: 'kept: links two works' },
    { record: opened(), why: 'kept: adds to a work that others describe' },
    { record: { ...opened(), kind: 'venue' }, why: 'kept: describes no work (venue)' },
  ])('$why: makes no work, no key, no slot, waits for nothing', async ({ record, why }) => {
    const outcomes = await matcher.records(record)
    expect(outcomes).toEqual([{ type: 'done', outbox: [] }])
    for (const table of ['records', 'record_keys', 'works', 'slots', 'to_compare', 'record_states'])
      expect({ table, n: await countOf(table) }).toEqual({ table, n: 0 })
    expect(await explainRecord(database, record.recordId)).toMatchObject({
      terminalState: { state: 'kept', version: 1, why },
    })
    expect((await get(`/internal/records/${record.recordId}`)).body).toMatchObject({
      kind: record.kind,
      state: 'kept',
      workId: null,
    })
    expect(await matcher.records(record)).toEqual([{ type: 'skipped', reason: 'stale' }])
    expect(await matcher.records({ ...record, openAccess: 'closed', suppressed: true })).toMatchObject([
      { type: 'rejected' },
    ])
    expect((await matcher.digest()).records.count).toBe(1)
  })

  test('that described one leaves it, and comes back', async () => {
    const other = aRecord({ source: 'hal', sourceId: 'h', doi: DOI, title: 'Lattices of frozen brine' })
    await matcher.records(article(), other)
    await matcher.settle()
    const before = await matcher.digest()
    expect((await onlyWork()).members).toHaveLength(2)
    await matcher.records(article({ kind: 'enrichment', openAccess: 'green' }, 2))
    await matcher.settle()
    expect(await onlyWork()).toMatchObject({ members: [{ source: 'hal' }], openAccess: 'green' })
    expect(await explainRecord(database, article().recordId)).toMatchObject({
      terminalState: { state: 'kept', version: 2 },
      addsTo: [(await onlyWork()).workId],
      memberships: [{ toRevision: expect.any(Number) }],
    })
    await matcher.records(article({}, 3))
    await matcher.settle()
    expect((await onlyWork()).openAccess).toBeNull()
    expect((await matcher.digest()).works).toEqual(before.works)
    expect(await countOf('kept_records')).toBe(0)
  })

  test('that is the last one of a work takes the work with it', async () => {
    await matcher.records(article())
    await matcher.records(article({ kind: 'author' }, 2))
    expect((await works()).map(({ state, openAccess }) => ({ state, openAccess }))).toEqual([
      { state: 'gone', openAccess: null },
    ])
  })
})

describe('an enrichment', () => {
  const profile = aProfile({ id: 'p', names: ['Ada Lovelace'] })
  const candidates = async () => loadPublishedCandidates(database, await listCandidateIds(database, null, 100))

  test('gives a new revision of the work and nothing else; none where the work shows what it showed', async () => {
    await matcher.profiles(profile)
    await matcher.records(article())
    await matcher.settle()
    const [before, asked] = [await onlyWork(), await candidates()]
    expect(asked).toHaveLength(1)
    const [outcome] = await matcher.records(opened())
    const after = await onlyWork()
    expect(outcome).toMatchObject({ type: 'done', outbox: [{ topic: 'works', objectId: after.workId }] })
    expect(after.revision).toBeGreaterThan(before.revision)
    expect(after).toEqual({
      ...before,
      eventId: after.eventId,
      revision: after.revision,
      openAccess: 'gold',
      openAccessLocations: [{ ...aPlace('https://a.example/1'), recordIds: [opened().recordId] }],
      enrichments: [{ recordId: opened().recordId, source: 'unpaywall', sourceId: DOI }],
      fieldSources: [
        ...before.fieldSources,
        { field: 'openAccess', recordId: opened().recordId, confidence: 0.9, agreeing: 1 },
      ],
      causedBy: [opened().recordId],
    })
    expect(await countOf('to_compare')).toBe(0)
    expect(await matcher.records(opened(2))).toEqual([{ type: 'done', outbox: [] }])
    expect((await onlyWork()).revision).toBe(after.revision)
    expect(await candidates()).toEqual(asked)
  })

  test('does not overtake a comparison that waits', async () => {
    await matcher.profiles(profile)
    await matcher.settle()
    await matcher.records(article())
    await matcher.records(opened())
    await matcher.settle()
    expect(await candidates()).toHaveLength(1)
    expect((await get(`/internal/records/${article().recordId}`)).body).toMatchObject({
      state: 'matched',
      nCandidates: 1,
    })
  })

  test('counts as a source of open access: one that agrees makes it surer, one that does not less sure', async () => {
    const openAccess = async () => (await onlyWork()).fieldSources.find(({ field }) => field === 'openAccess')
    await matcher.records(aRecord({ source: 'hal', sourceId: 'h', doi: DOI, adds: { openAccess: 'green' } }))
    const alone = await openAccess()
    await matcher.records(opened(1, { openAccess: 'green' }))
    expect(await openAccess()).toMatchObject({ agreeing: 2 })
    expect((await openAccess())!.confidence!).toBeGreaterThan(alone!.confidence!)
    await matcher.records(opened(2, { openAccess: 'closed' }))
    expect((await openAccess())!.confidence!).toBeLessThan(alone!.confidence!)
    await matcher.records({ ...opened(3), deleted: true })
    expect(await openAccess()).toEqual(alone)
  })

  test('about a work that comes later is there when it comes, also at the DOI of a version', async () => {
    const preprint = aRecord({
      source: 'biorxiv',
      sourceId: 'b',
      doi: '10.1101/2020.01.01.000001',
      type: 'preprint',
      title: 'Lattices of frozen brine',
    })
    await matcher.records(anEnrichment('10.1101/2020.01.01.000001', { sourceId: 'v', adds: { openAccess: 'green' } }))
    await matcher.records(article())
    expect((await onlyWork()).openAccess).toBeNull()
    await matcher.records(preprint)
    expect(await onlyWork()).toMatchObject({ openAccess: 'green', members: [{}, { role: 'version' }] })
  })

  test('that says that the work was retracted marks it, one of a version does not', async () => {
    const preprint = aRecord({
      source: 'biorxiv',
      sourceId: 'b',
      doi: '10.1101/2020.01.01.000001',
      type: 'preprint',
      title: 'Lattices of frozen brine',
    })
    const says = (about: string, retracted: boolean, version = 1) =>
      anEnrichment(about, { sourceId: about, version, adds: { retracted } })
    await matcher.records(article(), preprint, says('10.1101/2020.01.01.000001', true))
    expect((await onlyWork()).retracted).toBe(false)
    await matcher.records(says(DOI, true))
    expect(await onlyWork()).toMatchObject({ retracted: true, members: [{}, {}] })
    expect(await onlyWork()).not.toHaveProperty('saysRetracted')
    await matcher.records(says(DOI, false, 2))
    expect((await onlyWork()).retracted).toBe(false)
  })

  test('goes with the member whose identifier it is about, when a curator cuts it off', async () => {
    const twin = aRecord({
      source: 'hal',
      sourceId: 'h',
      doi: '10.5555/other',
      title: 'Brine told anew by other hands',
    })
    await matcher.records(article(), twin, opened())
    await curator.link(article(), twin)
    expect(await onlyWork()).toMatchObject({ openAccess: 'gold', members: [{}, {}] })
    await curator.cut(article())
    const shown = new Map(
      (await works()).flatMap((work) => work.members.map(({ sourceId }) => [sourceId, work.openAccess])),
    )
    expect(shown).toEqual(
      new Map([
        [DOI, 'gold'],
        ['h', null],
      ]),
    )
  })
})

describe('links', () => {
  test('are counted exactly and listed up to a bound, smallest first; what is said twice is one', async () => {
    await matcher.records(article({ citedByCount: 3 }))
    const links = Array.from({ length: MAX_LINKS + 40 }, (_, n) =>
      aLink(`10.5555/c${String(n).padStart(5, '0')}`, DOI, { sourceId: `${n}-1` }),
    )
    for (let from = 0; from < links.length; from += 64) await matcher.records(...links.slice(from, from + 64))
    await matcher.records(
      aLink('10.5555/c00000', DOI, { sourceId: 'again' }),
      aLink(DOI, '10.5555/cited', { sourceId: 'r' }),
    )
    const work = await onlyWork()
    expect(work).toMatchObject({ citedByCount: MAX_LINKS + 40, referenceCount: 1, openAccess: null })
    expect(work.citedBy).toHaveLength(MAX_LINKS)
    expect(work.citedBy[0]).toEqual({ scheme: 'doi', value: '10.5555/c00000' })
    expect(work.citedBy.at(-1)).toEqual({ scheme: 'doi', value: '10.5555/c00999' })
    expect(work.references).toEqual([{ scheme: 'doi', value: '10.5555/cited' }])
  })

  test('are counted by work: its DOI, its PMID and the DOI of its preprint are one, as soon as they are known to be', async () => {
    const [doi, pmid] = [
      { scheme: 'doi', value: '10.5555/far' },
      { scheme: 'pmid', value: '4711' },
    ]
    const link = (sourceId: string, one: typeof doi, other: typeof doi) => ({
      ...aLink('', '', { sourceId }),
      identifiers: [
        { ...one, relation: 'citing' },
        { ...other, relation: 'cited' },
      ],
    })
    const [here, nobody] = [
      { scheme: 'doi', value: DOI },
      { scheme: 'doi', value: '10.5555/nobody' },
    ]
    const far = (version: number, identifiers: readonly (typeof doi)[]) =>
      aRecord({
        ...{ source: 'pubmed', sourceId: 'far', version, title: 'Brine told anew by other hands' },
        adds: { identifiers: identifiers.map((one) => ({ ...one, relation: 'self' })) },
      })
    const both = [link('1', here, doi), link('2', here, pmid), link('3', doi, here), link('4', pmid, here)]
    const counts = async () => {
      await matcher.recount()
      const { referenceCount, references, citedByCount, citedBy } = (await workWith(article().recordId))!
      return [referenceCount, citedByCount, references.map(({ value }) => value), citedBy.map(({ value }) => value)]
    }
    const apart = [3, 2, ['10.5555/far', '10.5555/nobody', '4711'], ['10.5555/far', '4711']]
    const asOne = [2, 1, ['10.5555/far', '10.5555/nobody'], ['10.5555/far']]
    await matcher.records(article(), ...both, link('5', here, nobody))
    expect(await counts()).toEqual(apart)
    await matcher.records(far(1, [doi]))
    expect(await counts()).toEqual(apart)
    await matcher.records(far(2, [doi, pmid]))
    expect(await counts()).toEqual(asOne)
    // What only restates it counts nothing anew.
    await matcher.records({ ...far(3, [doi, pmid]), abstract: 'Said at length.' })
    expect((await database.query(`select from to_compare where kind = 'links'`)).rows).toEqual([])
    await matcher.records(far(4, [pmid]))
    expect(await counts()).toEqual(apart)
    // Of two records a person makes one work, and two again.
    const twin = aRecord({ source: 'crossref', sourceId: 'twin', doi: doi.value, title: 'Quite another title' })
    await matcher.records(twin)
    expect(await counts()).toEqual(apart)
    await curator.link(twin, far(4, [pmid]))
    expect(await counts()).toEqual(asOne)
    await curator.cut(twin)
    expect(await counts()).toEqual(apart)
  })

  test('a source that counts more than the links that are known is believed, and named', async () => {
    await matcher.records(article({ citedByCount: 7 }), aLink('10.5555/x', DOI, { sourceId: '1-1' }))
    const work = await onlyWork()
    expect(work).toMatchObject({ citedByCount: 7, citedBy: [{ value: '10.5555/x' }] })
    expect(work.fieldSources).toContainEqual({
      field: 'citedByCount',
      recordId: article().recordId,
      confidence: null,
      agreeing: 1,
    })
  })
})

describe('records of works', () => {
  test('that were withdrawn are taken out like deleted ones; retracted ones mark the work', async () => {
    await matcher.records(article({ retracted: true }))
    expect((await onlyWork()).retracted).toBe(true)
    await matcher.records(article({ deletedBecause: 'withdrawn' }, 2))
    expect((await works()).map(({ state }) => state)).toEqual(['gone'])
    await matcher.records(article({}, 3))
    expect((await onlyWork()).retracted).toBe(false)
  })

  test('are found by id, with role and state; works are counted by the sources that share them', async () => {
    const twin = aRecord({ source: 'hal', sourceId: 'h', doi: DOI, title: 'Lattices of frozen brine' })
    const alone = aRecord({ source: 'hal', sourceId: 'i', title: 'Brine told anew by other hands' })
    await matcher.records(article(), twin, alone)
    const { workId, revision } = await onlyWorkOf(twin)
    expect((await get(`/internal/records/${twin.recordId}`)).body).toMatchObject({
      ...{ recordId: twin.recordId, version: 1, kind: 'work', live: true, state: null, nCandidates: 0 },
      ...{ workId, workRevision: revision, role: 'duplicate', reason: 'same-id', addsTo: [] },
    })
    await matcher.settle()
    expect((await get(`/internal/records/${twin.recordId}`)).body).toMatchObject({ state: 'unmatched' })
    expect((await get('/internal/works/across-sources')).body).toEqual({
      works: 2,
      acrossSources: 1,
      bySource: [
        { source: 'crossref', works: 1, shared: 1 },
        { source: 'hal', works: 2, shared: 1 },
      ],
    })
    expect((await get('/internal/works/across-sources?source=crossref')).body).toMatchObject({
      works: 1,
      acrossSources: 1,
    })
    expect((await get('/internal/works/across-sources?source=;')).status).toBe(400)
    expect((await get('/internal/records/x')).status).toBe(400)
    expect((await get(`/internal/records/${aRecord({ sourceId: 'none' }).recordId}`)).status).toBe(404)
  })
})

async function workWith(recordId: string) {
  return (await works()).find(({ members }) => members.some((one) => one.recordId === recordId))
}

async function onlyWorkOf(record: RecordSnapshot) {
  const work = (await works()).find(({ members }) => members.some(({ recordId }) => recordId === record.recordId))
  if (!work) throw new Error(`record "${record.recordId}" is in no work`)
  return work
}
