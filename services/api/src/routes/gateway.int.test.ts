import { randomUUID } from 'node:crypto'
import { openDatabase } from '@atlas/runtime'
import { aDatabaseConfig, asAdmin, quiet } from '@atlas/testing/vitest'
import fc from 'fast-check'
import { Redis } from 'ioredis'
import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { type Asked, aServedGateway, type Got } from '../testing/a-served-gateway.ts'
import { aCandidate, anAct, anAuthorship, aProfile, aWork, idOf } from '../testing/messages.ts'
import { project } from '../testing/project.ts'

const config = await aDatabaseConfig('api')
const database = openDatabase(config, quiet)
afterAll(() => database.close())
const admin = asAdmin(config)
const gateway = await aServedGateway(database)
const json = { 'content-type': 'application/json' }
const mine = aCandidate('p', 'a').candidateId
const theirs = aCandidate('q', 'b').candidateId
let cookie = ''

beforeEach(async () => {
  await database.query('select empty_read_model()')
  await project(
    database,
    { topic: 'works', value: aWork('w', ['a', 'b', 'c']) },
    ...['p', 'q'].map((name) => ({ topic: 'profiles' as const, value: aProfile(name) })),
    { topic: 'candidates', value: aCandidate('p', 'a', { score: 0.9 }) },
    { topic: 'candidates', value: aCandidate('q', 'b') },
    { topic: 'acts', value: anAct('q', 'b', 1, { statusAfter: 'uncertain', questionVersion: 1 }) },
    { topic: 'authorships', value: anAuthorship('p', 'c') },
  )
  cookie = await gateway.signIn(idOf('p'))
})

const as = (asked: Asked): Promise<Got> => gateway.ask({ ...asked, headers: { cookie, ...asked.headers } })
const decide = (body: unknown, headers: Record<string, string | readonly string[]> = {}, id = mine) =>
  as({
    method: 'POST',
    path: `/v1/candidates/${id}/verify`,
    headers: { ...json, 'idempotency-key': randomUUID(), ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
const RECEIPT = { actId: randomUUID(), chainSeq: 7, hash: 'ab', version: 1, status: 'confirmed', flags: [] }
const CONFIRM = { decision: 'confirm', version: 0, revision: 1 }

describe('a request that cannot be', () => {
  it.each([
    ['P01', '/v1/candidates/abc', 400, 'invalid_id'],
    ['P01', `/v1/candidates/${mine}0`, 400, 'invalid_id'],
    ['P01', `/v1/candidates/{${mine}}`, 400, 'invalid_id'],
    ['P02', '/v1/candidates/00000000-0000-0000-0000-000000000000', 404, 'not_found'],
    ['P03', '/v1/candidates/%zz', 400, 'bad_url_encoding'],
    ['P03', '/v1/candidates/%ff', 400, 'bad_url_encoding'],
    ['P04', '/v1/candidates/a%00b', 400, 'invalid_id'],
    ['P05', '/v1/candidates/%2e%2e%2fadmin', 400, 'invalid_id'],
    ['P11', '/admin/users', 404, 'not_found'],
    ['P15', '/v1/candidates?perPage=1e1', 400, 'invalid_parameter'],
    ['P15', '/v1/candidates?perPage=', 400, 'invalid_parameter'],
    ['P16', '/v1/candidates?perPage=0', 400, 'invalid_parameter'],
    ['P16', '/v1/candidates?perPage=101', 400, 'invalid_parameter'],
    ['P17', '/v1/candidates?page=100000', 400, 'unknown_parameter'],
    ['P18', '/v1/candidates?cursor=abc', 400, 'invalid_cursor'],
    ['P18', `/v1/candidates?cursor=${'a'.repeat(5000)}.b`, 400, 'invalid_cursor'],
    ['P20', '/v1/candidates?status=foo', 400, 'invalid_enum'],
    ['P20', '/v1/candidates?status=', 400, 'invalid_enum'],
    ['P20', '/v1/candidates?status=pending,confirmed', 400, 'invalid_enum'],
    ['P21', '/v1/candidates?sort=score_desc&sort=date_desc', 400, 'repeated_parameter'],
    ['P22', '/v1/candidates?a[__proto__][x]=1', 400, 'unknown_parameter'],
    ['P22', '/v1/candidates?__proto__=1', 400, 'unknown_parameter'],
    ['P22', '/v1/candidates?constructor=1', 400, 'unknown_parameter'],
    ['P23', `/v1/candidates?${'status=pending&'.repeat(51)}`, 400, 'too_many_parameters'],
    ['P24', '/v1/candidates?statsu=pending', 400, 'unknown_parameter'],
    ['P25', '/v1/candidates?minScore=NaN', 400, 'invalid_parameter'],
    ['P25', '/v1/candidates?minScore=1.1', 400, 'invalid_parameter'],
    ['P25', '/v1/candidates?minScore=0,9', 400, 'invalid_parameter'],
    ['P25', '/v1/candidates?minScore=0x1', 400, 'invalid_parameter'],
    ['P26', '/v1/candidates?sort=score_desc;drop', 400, 'invalid_enum'],
    ['P27', '/v1/profile/works?year=0', 400, 'invalid_parameter'],
    ['P27', '/v1/profile/works?year=10000', 400, 'invalid_parameter'],
    ['P30', '/v1/profile/works?search=a', 400, 'invalid_parameter'],
    ['P30', `/v1/profile/works?search=${'a'.repeat(501)}`, 400, 'invalid_parameter'],
    ['P33', '/v1/profile/works?search=a%00b', 400, 'invalid_parameter'],
    ['P74', '//v1/candidates', 404, 'not_found'],
    ['P74', '/V1/Candidates', 404, 'not_found'],
    ['P74', '/v1/candidates/', 404, 'not_found'],
    ['P81', '/v1/candidates?callback=x', 400, 'unknown_parameter'],
    ['P81', '/v1/stats?token=abc', 400, 'unknown_parameter'],
  ])('%s %s: %i %s', async (_id, path, status, code) => {
    const got = await as({ path })
    expect([got.status, got.body.code]).toEqual([status, code])
    expect(got.headers['content-type']).toContain('application/problem+json')
    expect(got.body).toMatchObject({ type: `/docs/errors#${code}`, requestId: expect.any(String) })
    expect(got.text).not.toMatch(/node_modules|\.ts\b|select |at .*\(/)
  })

  it('suggests the parameter that was meant', async () => {
    const got = await as({ path: '/v1/candidates?statsu=pending' })
    expect(got.body['detail']).toContain('is "status" meant?')
  })

  it.each([
    ['P72', { method: 'PUT', path: '/v1/candidates' }, 405, 'method_not_allowed'],
    [
      'P72',
      { method: 'POST', path: '/v1/stats', headers: { 'x-http-method-override': 'GET' } },
      405,
      'method_not_allowed',
    ],
    ['P73', { path: '/v1/stats', headers: { accept: 'application/xml' } }, 406, 'not_acceptable'],
    ['P78', { path: '/v1/stats', headers: { host: 'evil.example' } }, 421, 'misdirected_request'],
    [
      'P75',
      { method: 'POST', path: '/auth/logout', headers: { origin: 'https://evil.example' } },
      403,
      'cross_origin_refused',
    ],
    ['P75', { method: 'POST', path: '/auth/logout', headers: { origin: 'null' } }, 403, 'cross_origin_refused'],
    [
      'P75',
      { method: 'POST', path: '/auth/logout', headers: { 'sec-fetch-site': 'cross-site' } },
      403,
      'cross_origin_refused',
    ],
    ['C24', { path: '/auth/logout' }, 405, 'method_not_allowed'],
  ] as const)('%s %j: %i %s', async (_id, asked, status, code) => {
    const got = await as(asked)
    expect([got.status, got.body.code]).toEqual([status, code])
    if (status === 405) expect(got.headers.allow).toMatch(/^(GET|POST)$/)
  })

  it('P76 a preflight from another site gets no leave', async () => {
    const got = await as({ method: 'OPTIONS', path: '/v1/stats', headers: { origin: 'https://evil.example' } })
    expect(got.status).toBe(204)
    expect(Object.keys(got.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  })
})

describe('a decision that cannot be', () => {
  const big = JSON.stringify({ ...CONFIRM, notes: 'x'.repeat(66_000) })
  it.each([
    ['P38', '', {}, 400, 'body_required'],
    ['P38', '[]', {}, 400, 'not_an_object'],
    ['P38', 'null', {}, 400, 'not_an_object'],
    ['P39', '{"decision":', {}, 400, 'invalid_json'],
    ['P40', JSON.stringify(CONFIRM), { 'content-type': 'text/plain' }, 415, 'unsupported_media_type'],
    ['P40', 'decision=confirm', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'unsupported_media_type'],
    ['P42', big, {}, 413, 'body_too_large'],
    ['P42', JSON.stringify(CONFIRM), { 'content-encoding': 'gzip' }, 415, 'encoding_unsupported'],
    ['P43', '{"decision":"confirm","decision":"reject","version":0,"revision":1}', {}, 400, 'duplicate_key'],
    ['P44', '{"__proto__":{"isAdmin":true},"decision":"confirm","revision":1}', {}, 400, 'forbidden_key'],
    ['P07', { ...CONFIRM, profileId: idOf('q') }, {}, 400, 'unknown_field'],
    ['P45', { ...CONFIRM, decidedBy: 'me' }, {}, 400, 'unknown_field'],
    ['P45', { ...CONFIRM, status: 'confirmed' }, {}, 400, 'unknown_field'],
    ['P46', { version: 0, revision: 1 }, {}, 400, 'invalid_enum'],
    ['P46', { ...CONFIRM, decision: 'CONFIRM' }, {}, 400, 'invalid_enum'],
    ['P46', { ...CONFIRM, decision: ['confirm'] }, {}, 400, 'invalid_enum'],
    ['P47', { ...CONFIRM, confidence: 0.9 }, {}, 400, 'invalid_enum'],
    ['P47', { ...CONFIRM, evidence: {} }, {}, 400, 'invalid_field'],
    ['P47', { ...CONFIRM, evidence: Array(101).fill({ type: 'note' }) }, {}, 400, 'too_many_items'],
    ['P47', { ...CONFIRM, evidence: [{ type: 'hearsay' }] }, {}, 400, 'invalid_enum'],
    ['P48', { ...CONFIRM, notes: 'x'.repeat(5_001) }, {}, 400, 'field_too_long'],
    ['P48', { ...CONFIRM, notes: 'a\u0000b' }, {}, 400, 'forbidden_character'],
    ['P48', '{"decision":"confirm","version":0,"revision":1,"notes":"\\ud800"}', {}, 400, 'lone_surrogate'],
    ['P53', CONFIRM, { 'idempotency-key': '' }, 400, 'idempotency_key_invalid'],
    ['P47', { ...CONFIRM, revision: '1' }, {}, 400, 'invalid_field'],
    ['P47', { decision: 'confirm', version: 0 }, {}, 400, 'missing_field'],
    ['P53', CONFIRM, { 'idempotency-key': 'k'.repeat(300) }, 400, 'idempotency_key_invalid'],
    ['P53', CONFIRM, { 'idempotency-key': 'a b' }, 400, 'idempotency_key_invalid'],
    ['P53', CONFIRM, { 'idempotency-key': ['k1', 'k2'] }, 400, 'idempotency_key_invalid'],
  ])('%s %j %j: %i %s, and the owner is not asked', async (_id, body, headers, status, code) => {
    let asked = 0
    gateway.owner.answer = () => {
      asked++
      return { status: 201, body: RECEIPT }
    }
    const got = await decide(body, headers)
    expect([got.status, got.body.code, asked]).toEqual([status, code, 0])
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  })

  it('P52 names no key', async () => {
    const got = await as({
      method: 'POST',
      path: `/v1/candidates/${mine}/verify`,
      headers: json,
      body: JSON.stringify(CONFIRM),
    })
    expect([got.status, got.body.code]).toEqual([400, 'idempotency_key_required'])
  })

  it('P41 is not UTF-8', async () => {
    const got = await as({
      method: 'POST',
      path: `/v1/candidates/${mine}/verify`,
      headers: { ...json, 'idempotency-key': 'k' },
      body: Buffer.from('{"decision":"\xff"}', 'latin1'),
    })
    expect([got.status, got.body.code]).toEqual([400, 'invalid_utf8'])
  })

  it.each([
    [409, 'evidence_changed', { changes: ['name'] }],
    [409, 'slot_taken', {}],
    [412, 'version_conflict', { current: { version: 3 } }],
    [422, 'idempotency_key_reused', {}],
    [428, 'precondition_required', {}],
    [410, 'erased', {}],
  ])('is refused by the owner with %i %s, and so by us', async (status, code, more) => {
    gateway.owner.answer = () => ({ status, body: { code, detail: 'as the owner says', requestId: 'x', ...more } })
    const got = await decide(CONFIRM)
    expect([got.status, got.body]).toEqual([
      status,
      expect.objectContaining({ code, detail: 'as the owner says', type: `/docs/errors#${code}`, ...more }),
    ])
    expect(got.body['requestId']).not.toBe('x')
  })

  it('meets an owner who does not know us, stutters or is away', async () => {
    gateway.owner.answer = () => ({ status: 401, body: { code: 'principal_invalid' } })
    expect((await decide(CONFIRM)).body).toMatchObject({ status: 502, code: 'upstream_error' })
    const away = await aServedGateway(database, { verifierUrl: 'http://127.0.0.1:1', ownerTimeoutMs: 100 })
    const got = await away.ask({
      method: 'POST',
      path: `/v1/candidates/${mine}/verify`,
      headers: { ...json, 'idempotency-key': 'k', cookie },
      body: JSON.stringify(CONFIRM),
    })
    expect([got.status, got.body.code, got.headers['retry-after']]).toEqual([503, 'upstream_unavailable', '2'])
  })
})

describe("reading one's own writes", () => {
  it('shows a decision at once, and the act only when it comes', async () => {
    const seen: unknown[] = []
    gateway.owner.answer = ({ path, body, headers }) => {
      seen.push({ path, body, key: headers['idempotency-key'] })
      return { status: 201, body: RECEIPT, headers: { 'Idempotent-Replay': 'true' } }
    }
    const got = await decide(CONFIRM, { 'idempotency-key': 'key-1' })
    expect([got.status, got.body, got.headers.etag, got.headers['idempotent-replay']]).toEqual([
      201,
      RECEIPT,
      '"1"',
      'true',
    ])
    expect(seen).toEqual([{ path: `/v1/questions/${mine}/decisions`, body: { ...CONFIRM, via: 'api' }, key: 'key-1' }])
    // Nothing has been projected since.
    expect((await as({ path: `/v1/candidates/${mine}` })).body).toMatchObject({ status: 'confirmed', version: 1 })
    expect((await as({ path: '/v1/candidates' })).body['items']).toEqual([])
    expect((await as({ path: '/v1/candidates?status=confirmed' })).body['items']).toMatchObject([{ candidateId: mine }])
    expect((await as({ path: '/v1/stats' })).body).toMatchObject({
      pendingCount: 0,
      decidedCount: 1,
      verificationRate: 1,
    })
    expect((await as({ path: '/v1/acts' })).body['items']).toEqual([])
    await project(database, {
      topic: 'acts',
      value: anAct('p', 'a', 1, { statusAfter: 'confirmed', questionVersion: 1 }),
    })
    expect((await as({ path: `/v1/acts?candidateId=${mine}` })).body['items']).toMatchObject([
      { kind: 'confirm', seq: 1 },
    ])
  })
})

describe('what is mine', () => {
  it("S02 another's question is not there, word for word as one that never was", async () => {
    const [other, none] = [
      await as({ path: `/v1/candidates/${theirs}` }),
      await as({ path: `/v1/candidates/${idOf('no')}` }),
    ]
    const shape = ({ status, body: { requestId: _requestId, ...body } }: Got) => ({ status, body })
    expect(shape(other)).toEqual(shape(none))
    expect(other.status).toBe(404)
  })

  it.each([
    '/v1/candidates',
    '/v1/candidates?status=uncertain',
    '/v1/acts',
    '/v1/profile',
    '/v1/profile/works',
    '/v1/stats',
  ])('S01 %s has nothing of anybody else, and is kept by nobody on the way', async (path) => {
    const got = await as({ path })
    expect([got.status, got.headers['cache-control']]).toEqual([200, 'no-store'])
    for (const secret of [idOf('q'), theirs, 'Person q']) expect(got.text).not.toContain(secret)
  })

  it('shows a question with its reasons, sources and work; an id in capitals is the same id', async () => {
    const got = await as({ path: `/v1/candidates/${mine.toUpperCase()}` })
    expect(got.headers.etag).toBe('"0"')
    expect(got.body).toMatchObject({
      candidateId: mine,
      status: 'pending',
      reasons: [{ type: 'name_exact', weight: 2 }],
      sources: ['crossref'],
      work: {
        title: 'Title of w',
        members: [{ source: 'crossref', role: 'primary', versionKind: null }],
        fieldSources: [{ field: 'title', confidence: 0.95, agreeing: 1 }],
      },
    })
    expect(got.body).not.toHaveProperty('eventId')
  })

  it('shows a work of the catalogue with its access, licence and citations, and what it is made from', async () => {
    const opened = idOf('record opened')
    const gold = {
      revision: 9,
      openAccess: 'gold',
      openAccessLocations: [
        {
          url: 'https://a.example/1',
          pdfUrl: null,
          host: 'publisher',
          version: 'published',
          licence: 'cc-by',
          best: true,
          recordIds: [opened],
        },
      ],
      licence: 'cc-by',
      retracted: true,
      referenceCount: 40,
      citedByCount: 1_234,
      citedBy: [{ scheme: 'doi', value: '10.5555/citing' }],
      funders: [{ name: 'Fonds Boreal', identifiers: [], awards: ['FB-1'], recordIds: [idOf('record w')] }],
      enrichments: [{ recordId: opened, source: 'unpaywall', sourceId: '10.5555/w' }],
      fieldSources: [{ field: 'openAccess', recordId: opened, confidence: 0.9, agreeing: 1 }],
    }
    await project(database, { topic: 'works', value: aWork('w', ['a', 'b', 'c'], gold) })
    const path = `/v1/works/${idOf('work w')}`
    const got = await as({ path })
    expect([got.status, got.headers.etag]).toEqual([200, '"9"'])
    expect(got.body).toMatchObject({
      ...gold,
      references: [],
      byline: [{ position: 1 }, { position: 2 }, { position: 3 }],
    })
    const sources = await as({ path: `${path}/sources` })
    const { enrichments, fieldSources } = gold
    expect(sources.body).toEqual({
      ...{ workId: idOf('work w'), revision: 9, state: 'live', redirectTo: null, enrichments, fieldSources },
      members: [expect.objectContaining({ source: 'crossref', role: 'primary', linkedTo: null })],
    })
    // Of a question the work is shown without its lists.
    const { work } = (await as({ path: `/v1/candidates/${mine}` })).body as { work: object }
    expect(work).toMatchObject({ openAccess: 'gold', licence: 'cc-by', citedByCount: 1_234, retracted: true })
    expect(work).not.toHaveProperty('citedBy')
    for (const unknown of ['', '/sources'])
      expect((await as({ path: `/v1/works/${idOf('no')}${unknown}` })).status).toBe(404)
  })

  it('shows a work that an earlier build projected', async () => {
    const {
      openAccessLocations: _l,
      licence: _i,
      funders: _f,
      enrichments: _e,
      citedBy: _c,
      ...old
    } = aWork('w', ['a'], { revision: 10 })
    await project(database, { topic: 'works', value: old as ReturnType<typeof aWork> })
    const { body } = await as({ path: `/v1/works/${idOf('work w')}` })
    expect(body).toMatchObject({ openAccessLocations: [], licence: null, funders: [], citedBy: [], citedByCount: null })
  })

  it('filters by score, source and status', async () => {
    const count = async (query: string) =>
      ((await as({ path: `/v1/candidates?${query}` })).body['items'] as unknown[]).length
    const counts = [
      'minScore=0.9',
      'minScore=0.91',
      'source=crossref',
      'source=hal',
      'status=pending&status=rejected',
      'status=rejected',
    ]
    expect(await Promise.all(counts.map(count))).toEqual([1, 0, 1, 0, 1, 0])
  })

  it('waits for the work at the revision the claim was made of', async () => {
    await project(database, { topic: 'candidates', value: aCandidate('p', 'c', { workRevision: 5, score: 0.95 }) })
    const ids = async () =>
      ((await as({ path: '/v1/candidates' })).body['items'] as { slotId: string }[]).map(({ slotId }) => slotId)
    expect(await ids()).toEqual([idOf('a')])
    await project(database, { topic: 'works', value: aWork('w', ['a', 'b', 'c'], { revision: 5 }) })
    expect(await ids()).toEqual([idOf('c'), idOf('a')])
  })

  it('searches titles literally', async () => {
    const found = async (search: string) =>
      ((await as({ path: `/v1/profile/works?search=${encodeURIComponent(search)}` })).body['items'] as unknown[]).length
    const all = ['title', 'TITLE OF', '%%', '__', "o' or 1=1", '\\\\', ':*', 'é́x']
    expect(await Promise.all(all.map(found))).toEqual([1, 1, 0, 0, 0, 0, 0, 0])
  })
})

describe('pages', () => {
  const N = 40
  const scores = fc.array(fc.constantFrom(0.5, 0.6, 0.7, 0.8), { minLength: N, maxLength: N })
  const year = fc.constantFrom(2001, 2002, 2003)

  it('P19 leave nothing out and show nothing twice of what stays as it is, whatever happens to the rest between them', async () => {
    const setting = fc.record({
      scores,
      years: fc.array(year, { minLength: N, maxLength: N }),
      perPage: fc.integer({ min: 1, max: 12 }),
      sort: fc.constantFrom('score_desc', 'date_desc'),
      moved: fc.uniqueArray(fc.nat(N - 1), { maxLength: 10 }),
      to: fc.constantFrom(0.4, 0.65, 0.99),
    })
    await fc.assert(
      fc.asyncProperty(setting, async ({ scores, years, perPage, sort, moved, to }) => {
        await database.query('delete from questions where profile_id = $1', [idOf('p')])
        const rows = scores.map((score, i) => aCandidate('p', `row ${i}`, { score, year: years[i] ?? null }))
        await project(database, ...rows.map((value) => ({ topic: 'candidates' as const, value })))
        const shown: string[] = []
        for (let next: string | null = '', page = 0; next !== null; page++) {
          const path = `/v1/candidates?perPage=${perPage}&sort=${sort}${next && `&cursor=${encodeURIComponent(next)}`}`
          const { body } = await as({ path })
          shown.push(...(body['items'] as { candidateId: string }[]).map(({ candidateId }) => candidateId))
          next = body['next'] as string | null
          const at = moved[page]
          if (at !== undefined) {
            const value = aCandidate('p', `row ${at}`, { score: to, year: 2000 + (at % 5), revision: 2 })
            await project(database, { topic: 'candidates', value })
          }
          await project(database, { topic: 'candidates', value: aCandidate('p', `new ${page}`, { score: to }) })
        }
        const still = rows.filter((_, i) => !moved.includes(i)).map(({ candidateId }) => candidateId)
        const seen = shown.filter((id) => still.includes(id))
        expect(new Set(seen).size).toBe(seen.length)
        expect(new Set(seen)).toEqual(new Set(still))
      }),
      { numRuns: 12 },
    )
  })

  it('P18 a cursor is of its person, its list and its filter', async () => {
    await project(database, { topic: 'candidates', value: aCandidate('p', 'c', { score: 0.7 }) })
    const { body } = await as({ path: '/v1/candidates?perPage=1' })
    const cursor = String(body['next'])
    const at = async (path: string, who = cookie) =>
      (await as({ path: `${path}cursor=${encodeURIComponent(cursor)}`, headers: { cookie: who } })).status
    expect(await at('/v1/candidates?perPage=1&')).toBe(200)
    // As many as before is no part of the filter.
    expect(await at('/v1/candidates?perPage=7&')).toBe(200)
    expect(await at('/v1/candidates?sort=date_desc&')).toBe(400)
    expect(await at('/v1/candidates?minScore=0.5&')).toBe(400)
    expect(await at('/v1/acts?')).toBe(400)
    expect(await at('/v1/candidates?perPage=1&', await gateway.signIn(idOf('q')))).toBe(400)
    const flipped = `${cursor.slice(0, 3)}${cursor[3] === 'A' ? 'B' : 'A'}${cursor.slice(4)}`
    expect((await as({ path: `/v1/candidates?cursor=${flipped}` })).body.code).toBe('invalid_cursor')
  })
})

describe('sessions', () => {
  const stats = (headers: Record<string, string | readonly string[]>) => gateway.ask({ path: '/v1/stats', headers })

  it.each([
    ['C01', undefined, 'login_required'],
    ['C02', 'av_session=', 'session_invalid'],
    ['C02', 'av_session=a', 'session_invalid'],
    ['C03', `av_session=${'A'.repeat(43)}`, 'session_expired'],
    ['C07', 'av_session=j:{"a":1}', 'session_invalid'],
    ['C08', 'av_session=s:abc.deadbeef', 'session_invalid'],
    ['C09', '=x; noeq; ;;;;', 'login_required'],
    ['C11', '__proto__=x; constructor=y', 'login_required'],
    ['C12', `__Host-av_session=${'A'.repeat(43)}`, 'login_required'],
  ])('%s %s: 401 %s', async (_id, cookies, code) => {
    const got = await stats(cookies === undefined ? {} : { cookie: cookies })
    expect([got.status, got.body.code]).toEqual([401, code])
    if (code === 'session_invalid') expect(got.headers['set-cookie']?.[0]).toMatch(/^av_session=; Max-Age=0/)
  })

  it('C06 a cookie that came twice is refused', async () => {
    const got = await stats({ cookie: `${cookie}; av_session=${'B'.repeat(43)}` })
    expect([got.status, got.body.code]).toEqual([400, 'ambiguous_cookie'])
  })

  it('C04, C05 end at sign-out, and at the next sign-in', async () => {
    const second = await gateway.ask({
      method: 'POST',
      path: '/auth/development',
      headers: { ...json, cookie },
      body: JSON.stringify({ profileId: idOf('p') }),
    })
    const [set = ''] = second.headers['set-cookie'] ?? []
    expect(set).toMatch(/^av_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
    expect((await stats({ cookie })).body.code).toBe('session_expired')
    const now = set.split(';')[0] ?? ''
    const out = await gateway.ask({ method: 'POST', path: '/auth/logout', headers: { cookie: now } })
    expect([out.status, out.text]).toEqual([204, ''])
    expect((await stats({ cookie: now })).body.code).toBe('session_expired')
  })

  it('C15 a value nobody of us wrote is dropped', async () => {
    await using redis = Object.assign(new Redis(inject('stack').redisUrl), {
      async [Symbol.asyncDispose]() {
        redis.disconnect()
      },
    })
    const { createHash } = await import('node:crypto')
    const key = `session:${createHash('sha256').update(cookie.slice('av_session='.length)).digest('hex')}`
    for (const value of ['', 'no json', '[]', '{"profileId":1}', 'x'.repeat(2_000)]) {
      await redis.set(key, value)
      expect((await stats({ cookie })).body.code).toBe('session_invalid')
      expect(await redis.exists(key)).toBe(0)
    }
  })

  it('C16 end with the profile', async () => {
    await project(database, { topic: 'profiles', value: aProfile('p', { revision: 2, state: 'erased' }) })
    expect((await stats({ cookie })).body.code).toBe('session_expired')
  })

  it('C18 cannot be read without their store, and nothing is let through', async () => {
    const closed = await aServedGateway(database, { redisUrl: 'redis://127.0.0.1:1' })
    const got = await closed.ask({ path: '/v1/stats', headers: { cookie } })
    expect([got.status, got.body.code]).toEqual([503, 'session_store_unavailable'])
  })

  it('are made without proof in development only', async () => {
    const real = await aServedGateway(database, { developmentSignIn: false })
    const asked = {
      method: 'POST',
      path: '/auth/development',
      headers: json,
      body: JSON.stringify({ profileId: idOf('p') }),
    }
    expect((await real.ask(asked)).status).toBe(404)
    expect((await real.ask({ path: '/openapi.json' })).text).not.toContain('/auth/development')
    expect((await gateway.ask({ ...asked, body: JSON.stringify({ profileId: idOf('nobody') }) })).status).toBe(404)
  })
})

describe('rulings on works', () => {
  const RULED = {
    ruling: {
      ...{
        rulingId: randomUUID(),
        kind: 'link',
        workId: mine,
        otherWorkId: theirs,
        records: [mine],
        otherRecords: [theirs],
      },
      ...{ role: null, withdraws: null, withdrawnBy: null, inForce: true, actor: 'p', actorRole: 'curator' },
      ...{ onBehalfOf: null, via: 'api', reason: 'r', decidedAt: '2026-01-31T08:30:00.000Z', secret: 'stays inside' },
    },
    works: [{ workId: mine, revision: 8, members: [mine, theirs] }],
    changed: [mine],
  }
  const BODY = { targetWorkId: theirs, revision: 7, targetRevision: 6, role: 'version', reason: 'r' }
  const merge = (served: typeof gateway, session: string, body: object = BODY) =>
    served.ask({
      method: 'POST',
      path: `/v1/works/${mine}/merge`,
      headers: { ...json, cookie: session, 'idempotency-key': 'k-1' },
      body: JSON.stringify(body),
    })
  const rolesIn = (headers: NodeJS.Dict<string | string[]>) =>
    (
      JSON.parse(Buffer.from(String(headers['atlas-principal']).split('.')[0]!, 'base64url').toString()) as {
        roles: string[]
      }
    ).roles

  it('are forwarded for curators as such, for others as researchers, whom their owner refuses', async () => {
    const curating = await aServedGateway(database, { curators: new Set([idOf('p')]) })
    const asked: { path: string; body: unknown; roles: string[]; key: unknown }[] = []
    for (const { owner } of [gateway, curating])
      owner.answer = ({ path, body, headers }) => {
        asked.push({ path, body, roles: rolesIn(headers), key: headers['idempotency-key'] })
        return rolesIn(headers).includes('curator')
          ? { status: 201, body: RULED, headers: { 'idempotent-replay': 'true' } }
          : { status: 403, body: { code: 'forbidden', detail: 'only curators rule on works' } }
      }
    const made = await merge(curating, await curating.signIn(idOf('p')))
    expect([made.status, made.headers['idempotent-replay']]).toEqual([201, 'true'])
    expect(made.body).toMatchObject({ changed: [mine], ruling: { kind: 'link' } })
    expect(made.text).not.toContain('stays inside')
    const refused = await merge(gateway, cookie)
    expect([refused.status, refused.body.code]).toEqual([403, 'forbidden'])
    expect(asked).toEqual([
      { path: `/v1/works/${mine}/merge`, body: { ...BODY, via: 'api' }, roles: ['researcher', 'curator'], key: 'k-1' },
      { path: `/v1/works/${mine}/merge`, body: { ...BODY, via: 'api' }, roles: ['researcher'], key: 'k-1' },
    ])
  })

  it.each([
    ['P67 another role', { ...BODY, role: 'primary' }, 'invalid_enum'],
    ['no reason', { ...BODY, reason: ' ' }, 'invalid_field'],
    ['who rules', { ...BODY, actor: 'somebody' }, 'unknown_field'],
  ])('%s is refused here', async (_what, body, code) => {
    const got = await merge(gateway, cookie, body)
    expect([got.status, got.body.code]).toEqual([400, code])
  })
})

describe('while the read model is made anew', () => {
  it('nothing is read from it, decisions are taken, and what they say is kept', async () => {
    await database.query('insert into rebuilds default values')
    await database.query('select empty_read_model()')
    const read = await as({ path: '/v1/candidates' })
    expect([read.status, read.body.code, read.headers['retry-after']]).toEqual([503, 'read_model_rebuilding', '5'])
    gateway.owner.answer = () => ({ status: 201, body: RECEIPT })
    expect((await decide(CONFIRM)).status).toBe(201)
    await project(
      database,
      { topic: 'works', value: aWork('w', ['a']) },
      { topic: 'candidates', value: aCandidate('p', 'a') },
    )
    await database.query('update rebuilds set ended_at = now()')
    expect((await as({ path: `/v1/candidates/${mine}` })).body).toMatchObject({ status: 'confirmed', version: 1 })
  })
})

describe('the description', () => {
  it('is OpenAPI 3.1 of every route, with the schemas that validate', async () => {
    const { text } = await gateway.ask({ path: '/openapi.json' })
    const { openapi, paths, components } = JSON.parse(text) as {
      openapi: string
      paths: Record<string, Record<string, { security: object[]; responses: object; parameters?: { name: string }[] }>>
      components: { schemas: Record<string, object> }
    }
    expect(openapi).toMatch(/^3\.1\./)
    expect(
      Object.entries(paths)
        .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`))
        .sort(),
    ).toEqual([
      'get /v1/acts',
      'get /v1/candidates',
      'get /v1/candidates/{candidateId}',
      'get /v1/profile',
      'get /v1/profile/works',
      'get /v1/stats',
      'get /v1/works/{workId}',
      'get /v1/works/{workId}/rulings',
      'get /v1/works/{workId}/sources',
      'patch /v1/profile/settings',
      'post /auth/development',
      'post /auth/logout',
      'post /v1/candidates/{candidateId}/verify',
      'post /v1/works/rulings/{rulingId}/withdraw',
      'post /v1/works/{workId}/merge',
      'post /v1/works/{workId}/unmerge',
    ])
    expect(paths['/v1/candidates']?.['get']?.parameters?.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['status', 'minScore', 'source', 'sort', 'perPage', 'cursor']),
    )
    for (const [path, methods] of Object.entries(paths))
      for (const { security, responses } of Object.values(methods)) {
        expect(security, path).toEqual(path === '/auth/development' ? [] : [{ session: [] }])
        expect(Object.keys(responses), path).toContain('default')
      }
    const refs = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name = '']) => name)
    expect(refs.filter((name) => !(name in components.schemas))).toEqual([])
  })

  it('S36 every route but sign-in asks for a session, and refuses to write without', async () => {
    const { body } = await gateway.ask({ path: '/openapi.json' })
    for (const [path, methods] of Object.entries(body['paths'] as Record<string, object>))
      for (const method of Object.keys(methods)) {
        if (path === '/auth/development') continue
        const got = await gateway.ask({
          method: method.toUpperCase(),
          path: path.replace(/\{.*?\}/, mine),
          headers: json,
        })
        expect([`${method} ${path}`, got.status, got.body.code]).toEqual([`${method} ${path}`, 401, 'login_required'])
      }
  })

  it('has a page to try it that needs nobody but us', async () => {
    const page = await gateway.ask({ path: '/docs' })
    expect(page.status).toBe(200)
    const policy = String(page.headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toMatch(/https?:|script-src[^;]*unsafe/)
    const assets = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path)
    expect(assets.length).toBe(3)
    for (const path of [...assets, '/openapi.json', '/docs/errors']) {
      expect(path).toMatch(/^\//)
      const got = await gateway.ask({ path })
      expect([path, got.status]).toEqual([path, 200])
      expect(got.text.length).toBeGreaterThan(50)
    }
    expect((await gateway.ask({ path: '/docs/start.js' })).text).toContain('validatorUrl: null')
  })

  it('S29 the headers of every answer, good or bad, allow a page nothing', async () => {
    for (const path of ['/v1/stats', '/nowhere', '/openapi.json']) {
      const { headers } = await gateway.ask({ path })
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['strict-transport-security']).toContain('max-age=')
      expect(headers['x-powered-by']).toBeUndefined()
    }
  })

  it('the digest is for services only', async () => {
    expect((await gateway.ask({ path: '/internal/digest' })).status).toBe(401)
    const headers = gateway.signer.headersFor({ actor: 'operator', onBehalfOf: null, roles: ['admin'] })
    expect((await gateway.ask({ path: '/internal/digest?entity=works', headers })).body).toMatchObject({
      digests: [{ count: 1 }],
    })
    expect((await gateway.ask({ path: '/internal/digest?entity=x', headers })).body.code).toBe('invalid_enum')
  })
})

it('answers that lack the database say so, without a word of it', async () => {
  await admin.query('alter table questions rename to questions_away')
  const got = await as({ path: '/v1/candidates' })
  await admin.query('alter table questions_away rename to questions')
  expect([got.status, got.text]).toEqual([500, expect.not.stringMatching(/questions|42P01|select/)])
})
