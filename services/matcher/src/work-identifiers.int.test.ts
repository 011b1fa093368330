import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { ATTRIBUTION_2 } from '@atlas/linkage'
import { createApp, createMetrics, createVerifier, listen, openDatabase } from '@atlas/runtime'
import type { RecordSnapshot } from '@atlas/schemas'
import { aDatabaseConfig, aGateway, asAdmin, quiet } from '@atlas/testing/vitest'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { adoptModel, findRematch, rematchStep } from './rematch.ts'
import { resolveWorks, soughtBy } from './resolve.ts'
import { identifierRoutes } from './routes-identifiers.ts'
import { findRelatedWorks } from './store/work-identifiers.ts'
import { aMatcher } from './testing/a-matcher.ts'
import { aRecord, type RecordGiven } from './testing/a-world.ts'

const config = await aDatabaseConfig('matcher')
const database = openDatabase(config, quiet)
afterAll(() => database.close())
const admin = asAdmin(config)
const matcher = aMatcher(database, admin)
beforeEach(() => matcher.clear())

const TITLE = 'Drift of plastic in northern estuaries'
/** `doi:10.1/x`, or with what is said of it `preprint_of doi:10.1/x`. */
const aRecordOf = (given: RecordGiven, ...ids: readonly string[]): RecordSnapshot => ({
  ...aRecord({ title: TITLE, ...given }),
  identifiers: ids.map((text) => {
    const [relation = '', id = ''] = text.includes(' ') ? text.split(' ') : ['self', text]
    return { relation, scheme: id.slice(0, id.indexOf(':')), value: id.slice(id.indexOf(':') + 1) }
  }),
})
const article = aRecordOf({ source: 'crossref', sourceId: 'A' }, 'doi:10.5555/a', 'part_of issn:0378-5955')
const copy = aRecordOf({ source: 'pubmed', sourceId: 'B' }, 'doi:10.5555/a', 'pmid:77')
const preprint = aRecordOf(
  { source: 'arxiv', sourceId: 'P', type: 'preprint' },
  'arxiv:1801.00001',
  'doi:10.48550/arxiv.1801.00001',
)

const stored = async () => {
  const { rows } = await database.query<{ one: string; version: string }>(
    `select concat(relation, ' ', scheme, ':', value, ' ', cardinality(record_ids)) as one, xmin::text as version
       from work_identifiers order by 1`,
  )
  return rows
}
const resolved = async (text: string) => (await resolveWorks(database, soughtBy(text, null))).works
const works = async () => {
  const { rows } = await database.query<{ work_id: string }>(
    "select work_id from works where state = 'live' order by 1",
  )
  return rows.map(({ work_id }) => work_id)
}

describe('the identifiers of works', () => {
  test('are those of all members, each with what it is to the work', async () => {
    await matcher.records(article, copy, preprint)
    expect((await stored()).map(({ one }) => one)).toEqual([
      'has_version arxiv:1801.00001 1',
      'has_version doi:10.48550/arxiv.1801.00001 1',
      'self doi:10.5555/a 2',
      'self pmid:77 1',
    ])
  })

  test('lead to the work, in whatever form they are written, and say as what', async () => {
    await matcher.records(article, copy, preprint)
    const [workId] = await works()
    for (const text of ['https://doi.org/10.5555/A', 'PMID 77', '77'])
      expect(await resolved(text)).toMatchObject([
        { workId, relation: 'self', exact: true, title: TITLE, doi: '10.5555/a' },
      ])
    expect(await resolved('https://arxiv.org/abs/1801.00001v3')).toMatchObject([{ workId, relation: 'has_version' }])
    expect(await resolved('10.5555/b')).toEqual([])
  })

  test('another version of a DOI leads to it, too, and is called inexact', async () => {
    await matcher.records(aRecordOf({ sourceId: 'V' }, 'doi:10.6084/m9.figshare.123.v2'))
    expect(await resolved('10.6084/m9.figshare.123.v2')).toMatchObject([{ exact: true }])
    for (const other of ['10.6084/m9.figshare.123.v1', '10.6084/m9.figshare.123'])
      expect(await resolved(other)).toMatchObject([{ value: '10.6084/m9.figshare.123.v2', exact: false }])
    await matcher.records(aRecordOf({ sourceId: 'U', title: 'Sea otters' }, 'doi:10.6084/m9.figshare.9'))
    expect(await resolved('10.6084/m9.figshare.9.v4')).toMatchObject([{ value: '10.6084/m9.figshare.9', exact: false }])
  })

  test('only rows that differ are written', async () => {
    await matcher.records(article, preprint)
    const before = new Map((await stored()).map(({ one, version }) => [one, version]))
    await matcher.records(copy)
    const after = new Map((await stored()).map(({ one, version }) => [one, version]))
    for (const same of ['has_version arxiv:1801.00001 1', 'has_version doi:10.48550/arxiv.1801.00001 1'])
      expect(after.get(same)).toBe(before.get(same))
    expect([...after.keys()]).toContain('self doi:10.5555/a 2')
    expect([...after.keys()]).not.toContain('self doi:10.5555/a 1')
  })

  test('go with the record that said so, and with the work; a split gives each its own', async () => {
    await matcher.records(article, copy, preprint)
    await matcher.records({ ...copy, version: 2, deleted: true })
    expect((await stored()).map(({ one }) => one)).not.toContain('self pmid:77 1')
    const corrected = aRecordOf({ source: 'arxiv', sourceId: 'P', version: 2, title: 'Sea otters' }, 'arxiv:1801.00001')
    await matcher.records(corrected)
    const apart = [await resolved('1801.00001'), await resolved('10.5555/a')].map(([work]) => work)
    expect(apart).toMatchObject([{ relation: 'self' }, { relation: 'self' }])
    expect(new Set(apart.map((work) => work?.workId)).size).toBe(2)
    await matcher.records({ ...article, version: 2, deleted: true }, { ...corrected, version: 3, deleted: true })
    expect(await stored()).toEqual([])
  })

  test('are the same in whatever order the records came', async () => {
    const all = [article, copy, preprint]
    await matcher.records(...all)
    const atOnce = (await stored()).map(({ one }) => one)
    for (const order of [all.toReversed(), [preprint, copy, article], [copy, preprint, article]]) {
      await matcher.clear()
      for (const record of order) await matcher.records(record)
      expect((await stored()).map(({ one }) => one)).toEqual(atOnce)
    }
  })

  test('name works that are related, from both sides', async () => {
    const erratum = aRecordOf(
      { sourceId: 'E', title: `Erratum: ${TITLE}` },
      'doi:10.5555/e',
      'erratum_of doi:10.5555/a',
    )
    await matcher.records(article, erratum)
    const ids = await works()
    const [corrected] = await resolved('10.5555/a').then((found) => found.filter(({ relation }) => relation === 'self'))
    const other = ids.find((id) => id !== corrected?.workId) ?? ''
    expect(ids).toHaveLength(2)
    expect(await findRelatedWorks(database, corrected?.workId ?? '')).toMatchObject([
      { workId: other, here: 'self', there: 'erratum_of', value: '10.5555/a' },
    ])
    expect(await findRelatedWorks(database, other)).toMatchObject([
      { workId: corrected?.workId, here: 'erratum_of', there: 'self' },
    ])
  })

  test('of works that an earlier build stored come with the rematch that the migration begins', async () => {
    await matcher.records(article, copy, preprint)
    const before = (await stored()).map(({ one }) => one)
    await adoptModel(database, ATTRIBUTION_2, randomUUID())
    await admin.query("delete from work_identifiers; update rematch_runs set phase = 'done', finished_at = now()")
    // Field sources of an earlier build say nothing of confidence.
    await admin.query(`update works set content = (content::jsonb || '{"fieldSources": []}')::json`)
    const migration = readFileSync(new URL('../migrations/0004_identifiers.sql', import.meta.url), 'utf8')
    await admin.query(migration.slice(migration.indexOf('insert into rematch_runs')))
    expect(await findRematch(database)).toMatchObject({ phase: 'records' })
    while (await rematchStep(database, matcher.parts.outbox, quiet));
    expect((await stored()).map(({ one }) => one)).toEqual(before)
  })
})

test('over HTTP only a service is answered, and only for an identifier', async () => {
  const { signer, verifier } = aGateway()
  const routers = [identifierRoutes(database, createVerifier(verifier, Date.now))]
  await using server = await listen(createApp({ logger: quiet, metrics: createMetrics('test'), routers }), 0)
  const headers = await signer.headersFor({ actor: 'operator', onBehalfOf: null, roles: ['admin'] })
  const ask = async (query: string, withHeaders: Record<string, string> = headers) => {
    const answer = await fetch(`http://127.0.0.1:${server.port}/internal/works/resolve?${query}`, {
      headers: withHeaders,
    })
    return [answer.status, await answer.json()] as const
  }
  await matcher.records(article)
  expect((await ask('identifier=10.5555/a', {}))[0]).toBe(401)
  expect((await ask('identifier=tides'))[0]).toBe(400)
  expect((await ask('scheme=doi'))[0]).toBe(400)
  const found = { works: [{ relation: 'self', exact: true, title: TITLE }] }
  expect(await ask('identifier=doi:10.5555/a')).toMatchObject([200, found])
  expect(await ask('scheme=doi&value=10.5555/a')).toMatchObject([200, found])
})
