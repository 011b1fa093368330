import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto'
import { ATTRIBUTION_2 } from '@atlas/linkage'
import { createApp, createMetrics, createSigner, createVerifier, listen, openDatabase, systemIds } from '@atlas/runtime'
import type { RecordSnapshot } from '@atlas/schemas'
import { aDatabaseConfig, asAdmin, quiet } from '@atlas/testing/vitest'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { findRematch, rematchStep, startRematch } from './rematch.ts'
import { matcherRoutes } from './routes.ts'
import { saveModel } from './store/models.ts'
import { listSuspicious, type SuspiciousPage, type SuspiciousWork } from './store/suspicions.ts'
import { aCurator } from './testing/a-curator.ts'
import { aMatcher } from './testing/a-matcher.ts'
import { aRecord } from './testing/a-world.ts'

const config = await aDatabaseConfig('matcher')
const database = openDatabase(config, quiet)
afterAll(() => database.close())
const admin = asAdmin(config)
const matcher = aMatcher(database, admin)
const curator = aCurator(database, matcher.parts.outbox)
const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const signer = createSigner({ service: 'cli', secret: 'secret', privateKey }, Date.now)
const verifier = createVerifier(
  {
    credentials: [{ service: 'cli', sha256: createHash('sha256').update('secret').digest('hex') }],
    publicKeys: [publicKey],
  },
  Date.now,
)
const server = await listen(
  createApp({
    logger: quiet,
    metrics: createMetrics('test'),
    routers: [matcherRoutes({ database, verifier, ids: systemIds, logger: quiet, blockCap: 256 })],
  }),
  0,
)
afterAll(() => server.close())

const of = (sourceId: string, title: string, year: number, ...ids: readonly string[]): RecordSnapshot => ({
  ...aRecord({ sourceId, title, year, authors: ['Zbigniew Wojciechowskyj'] }),
  identifiers: ids.map((id) => {
    const [scheme = '', value = ''] = id.split(':')
    return { scheme, value, relation: 'self' }
  }),
})
const BRINE = 'Lattices of frozen brine in northern estuaries'
const SONG = 'Whale song in the winters of the strait'
const one = of('A', BRINE, 2020, 'doi:10.5555/a')
const two = of('B', BRINE, 2020, 'doi:10.5555/a')
const three = of('X', SONG, 2020, 'pmid:7')
const four = of('Y', SONG, 2020, 'pmid:7')
/** An aggregator gave it the identifiers of two articles. */
const sloppy = { ...of('S', BRINE, 2020, 'doi:10.5555/a', 'pmid:7'), titles: [], title: null }
const early = of('E', 'Tides of a bay', 1990, 'doi:10.5555/t')
const late = of('L', 'Tides of a bay', 2020, 'doi:10.5555/t')

const list = async () => (await listSuspicious(database, null, null, 200)).works
const kinds = (works: readonly SuspiciousWork[]) =>
  works.map(({ suspicions }) => suspicions.map(({ kind }) => kind).join())
const flags = async () => {
  const { rows } = await database.query<{ flags: string[] }>(
    "select content -> 'flags' as flags from works where state = 'live' order by content -> 'flags' ->> 0, work_id",
  )
  return rows.map(({ flags }) => flags)
}
const told = async () => {
  await admin.query('delete from outbox_references')
  return async () => (await admin.query("select from outbox_references where topic = 'works'")).rows.length
}

beforeEach(() => matcher.clear())

describe('a work that looks wrong', () => {
  test('is listed, and says so wherever it is published', async () => {
    await matcher.records(one, two, three, four)
    expect(await list()).toEqual([])
    await matcher.records(sloppy)
    expect(await list()).toEqual([
      {
        workId: (await curator.workOf(sloppy))?.workId,
        title: BRINE,
        members: 5,
        suspicions: [
          {
            kind: 'bridge',
            details: 'one record joins parts of 2 and 2 others',
            recordIds: [sloppy.recordId],
          },
        ],
      },
    ])
    expect(await flags()).toEqual([['suspicious', 'suspicious-bridge']])
  })

  test('is so whatever came first', async () => {
    const records = [one, two, three, four, sloppy, early, late]
    await matcher.records(...records)
    const [all, digest] = [await list(), await matcher.digest()]
    expect(kinds(all).sort()).toEqual(['bridge', 'years-apart'])
    for (const order of [records.toReversed(), [sloppy, late, one, three, two, early, four]]) {
      await matcher.clear()
      for (const record of order) await matcher.records(record)
      expect(await list()).toEqual(all)
      expect((await matcher.digest()).works).toEqual(digest.works)
    }
  })

  test('looks right again once the source has corrected its record', async () => {
    await matcher.records(one, two, three, four, sloppy)
    const published = await told()
    await matcher.records({ ...of('S', BRINE, 2020, 'doi:10.5555/a'), version: 2 })
    expect(await list()).toEqual([])
    expect((await flags()).flat()).toEqual([])
    expect(await published()).toBe(2)
  })

  test('looks right again once a curator has cut out what does not belong', async () => {
    await matcher.records(one, two, three, four, sloppy)
    const ruled = await curator.cut(three, four)
    expect(await list()).toEqual([])
    await curator.withdraw(ruled.ruling.rulingId)
    expect(kinds(await list())).toEqual(['bridge'])
  })

  test('looks right again once a curator has said that they are one work', async () => {
    await matcher.records(one, two, three, four, sloppy, early, late)
    await curator.cut(three, four)
    await curator.link(three, one)
    await curator.cut(late)
    await curator.link(late, early)
    expect((await curator.workOf(sloppy))?.members).toHaveLength(5)
    expect((await curator.workOf(early))?.members).toHaveLength(2)
    expect(await list()).toEqual([])
  })

  test('is found by a rematch where an earlier build had stored it, and is told about', async () => {
    await saveModel(database, ATTRIBUTION_2)
    await matcher.records(one, two, three, four, sloppy)
    const right = await list()
    await admin.query("update works set suspicions = '[]', suspicion_kinds = '{}'")
    const published = await told()
    await startRematch(database, randomUUID(), quiet)
    while ((await findRematch(database))?.phase !== 'done') {
      await rematchStep(database, matcher.parts.outbox, quiet)
      await matcher.settle()
    }
    expect(await list()).toEqual(right)
    expect(await published()).toBe(1)
    await admin.query('delete from rematch_runs')
  })
})

describe('the list over HTTP', () => {
  const ask = async (
    query: string,
    headers: Record<string, string> = signer.headersFor({ actor: 'c', onBehalfOf: null, roles: [] }),
  ) => {
    const response = await fetch(`http://127.0.0.1:${server.port}/internal/works/suspicious${query}`, { headers })
    return { status: response.status, body: (await response.json()) as SuspiciousPage & { readonly code?: string } }
  }

  test('is read in pages, of one kind or of all', async () => {
    await matcher.records(
      ...[one, two, three, four, sloppy],
      ...Array.from({ length: 4 }, (_, at) => [
        of(`E${at}`, `Tides of bay ${at}`, 1990, `doi:10.5555/t${at}`),
        of(`L${at}`, `Tides of bay ${at}`, 2020, `doi:10.5555/t${at}`),
      ]).flat(),
    )
    const whole = await ask('')
    expect(whole.body).toEqual({ works: await list(), next: null })
    expect(whole.body.works).toHaveLength(5)
    const pages: SuspiciousWork[] = []
    for (let next: string | null | undefined; next !== null; ) {
      const { body } = await ask(`?limit=2${next === undefined ? '' : `&after=${next}`}`)
      pages.push(...body.works)
      next = body.next
    }
    expect(pages).toEqual(whole.body.works)
    expect(kinds((await ask('?kind=years-apart')).body.works)).toEqual(Array(4).fill('years-apart'))
    expect(kinds((await ask('?kind=bridge&limit=1')).body.works)).toEqual(['bridge'])
    expect((await ask('?kind=many-members')).body).toEqual({ works: [], next: null })
  })

  test.each([
    ['?kind=nonsense', 400, 'invalid_enum'],
    ['?kind=bridge&kind=bridge', 400, 'invalid_enum'],
    ['?after=7', 400, 'invalid_parameter'],
    ['?limit=0', 400, 'invalid_parameter'],
    ['?limit=201', 400, 'invalid_parameter'],
    ['?limit=1e2', 400, 'invalid_parameter'],
    ['?limit=1&limit=2', 400, 'invalid_parameter'],
  ])('refuses %s', async (query, status, code) => {
    expect(await ask(query)).toMatchObject({ status, body: { code } })
  })

  test('is for our services only', async () => {
    expect(await ask('', {})).toMatchObject({ status: 401, body: { code: 'service_credential_required' } })
  })
})
