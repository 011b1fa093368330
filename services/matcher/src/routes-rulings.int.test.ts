import { randomUUID } from 'node:crypto'
import { createApp, createMetrics, createVerifier, listen, openDatabase, type Principal } from '@atlas/runtime'
import { aDatabaseConfig, aGateway, asAdmin, quiet } from '@atlas/testing/vitest'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { rulingRoutes } from './routes-rulings.ts'
import { aCurator, CURATOR } from './testing/a-curator.ts'
import { aMatcher } from './testing/a-matcher.ts'
import { aRecord } from './testing/a-world.ts'

const config = await aDatabaseConfig('matcher')
const database = openDatabase(config, quiet)
const matcher = aMatcher(database, asAdmin(config))
const curator = aCurator(database, matcher.parts.outbox)
const { signer, verifier } = aGateway()
const server = await listen(
  createApp({
    logger: quiet,
    metrics: createMetrics('test'),
    routers: [rulingRoutes(curator.parts, createVerifier(verifier, Date.now))],
  }),
  0,
)
afterAll(async () => {
  await server.close()
  await database.close()
})

const article = aRecord({ source: 'crossref', sourceId: 'A', doi: '10.5555/a', title: 'Lattices of frozen brine' })
const other = aRecord({ source: 'hal', sourceId: 'B', doi: '10.5555/b', title: 'Brine told anew by other hands' })
const works = { article: '', other: '' }
let whole: Record<string, unknown> = {}

beforeEach(async () => {
  await matcher.clear()
  await matcher.records(article, other)
  const [one, two] = [(await curator.workOf(article))!, (await curator.workOf(other))!]
  Object.assign(works, { article: one.workId, other: two.workId })
  whole = {
    ...{ targetWorkId: two.workId, revision: one.revision, targetRevision: two.revision },
    ...{ reason: 'one page of the publisher shows both', via: 'api' },
  }
})

async function call(path: string, init: RequestInit) {
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`, init)
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  }
}
const post = (path: string, body: unknown, headers: Record<string, string> = {}, principal: Principal = CURATOR) =>
  call(path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
      ...signer.headersFor(principal),
      ...headers,
    },
    body: JSON.stringify(body),
  })
const merge = (change: Record<string, unknown> = {}, headers: Record<string, string> = {}, principal?: Principal) =>
  post(`/v1/works/${works.article}/merge`, { ...whole, ...change }, headers, principal)
const get = (path: string, principal: Principal = CURATOR) => call(path, { headers: signer.headersFor(principal) })
const without = (name: string) => Object.fromEntries(Object.entries(whole).filter(([key]) => key !== name))

describe('a ruling over HTTP', () => {
  it('is made, told, listed and withdrawn', async () => {
    const made = await merge({ role: 'version' })
    expect(made.status).toBe(201)
    const { ruling, works: now } = made.body as { ruling: { rulingId: string }; works: { members: string[] }[] }
    expect(ruling).toMatchObject({ kind: 'link', role: 'version', inForce: true, actor: CURATOR.actor })
    expect(now.map(({ members }) => members.length)).toEqual([2])
    const survivor = (await curator.workOf(article))!.workId
    const listed = await get(`/v1/works/${survivor}/rulings`)
    expect(listed.body).toMatchObject({ workId: survivor, state: 'live', rulings: [{ rulingId: ruling.rulingId }] })
    const withdrawn = await post(`/v1/works/rulings/${ruling.rulingId}/withdraw`, { reason: 'two papers', via: 'cli' })
    expect(withdrawn.status).toBe(201)
    const after = await get(`/v1/works/${works.other}/rulings`)
    expect(after.body).toMatchObject({
      rulings: [{ kind: 'withdraw', withdraws: ruling.rulingId }, { inForce: false }],
    })
  })

  it('is made once for a key, and told again to whoever lost the answer', async () => {
    const key = { 'idempotency-key': randomUUID() }
    const [first, again] = [await merge({}, key), await merge({}, key)]
    expect(again.headers.get('idempotent-replay')).toBe('true')
    expect(again.body).toEqual(first.body)
    expect((await merge({ reason: 'another' }, key)).body['code']).toBe('idempotency_key_reused')
    const { rows } = await database.query('select from work_rulings')
    expect(rows).toHaveLength(1)
  })

  it.each<[string, Principal, number, string]>([
    ['a researcher', { actor: 'p', onBehalfOf: null, roles: ['researcher'] }, 403, 'forbidden'],
    ['a proxy', { actor: 'p', onBehalfOf: 'q', roles: ['proxy'] }, 403, 'forbidden'],
    ['an operator', { actor: 'o', onBehalfOf: null, roles: ['admin'] }, 201, ''],
  ])('%s asks', async (_who, principal, status, code) => {
    const answer = await merge({}, {}, principal)
    expect([answer.status, answer.body['code'] ?? '']).toEqual([status, code])
    if (status === 403) expect((await get(`/v1/works/${works.article}/rulings`, principal)).status).toBe(403)
  })

  it.each<[string, () => Promise<{ status: number; body: Record<string, unknown> }>, number, string]>([
    ['another role', () => merge({ role: 'primary' }), 400, 'invalid_enum'],
    ['a role of another type', () => merge({ role: 1 }), 400, 'invalid_enum'],
    ['no reason', () => merge({ reason: '  ' }), 400, 'invalid_field'],
    ['a reason like a book', () => merge({ reason: 'x'.repeat(2_001) }), 400, 'field_too_long'],
    ['a field too many', () => merge({ actor: 'me' }), 400, 'unknown_field'],
    ['a target that is no id', () => merge({ targetWorkId: 'abc' }), 400, 'invalid_field'],
    ['no revision', () => post(`/v1/works/${works.article}/merge`, without('revision')), 428, 'precondition_required'],
    [
      'no target revision',
      () => post(`/v1/works/${works.article}/merge`, without('targetRevision')),
      400,
      'missing_field',
    ],
    ['a stale target', () => merge({ targetRevision: 1 }), 409, 'work_changed'],
    ['a weak ETag', () => merge({}, { 'if-match': 'W/"7"' }), 400, 'invalid_precondition'],
    [
      'a stale ETag',
      () => post(`/v1/works/${works.article}/merge`, without('revision'), { 'if-match': '"1"' }),
      412,
      'work_changed',
    ],
    ['a work that is not there', () => post(`/v1/works/${randomUUID()}/merge`, whole), 404, 'not_found'],
    ['a path that is no id', () => post('/v1/works/abc/merge', whole), 400, 'invalid_id'],
    ['itself', () => merge({ targetWorkId: works.article }), 422, 'same_work'],
    ['the only record', () => cut([article.recordId]), 422, 'nothing_to_cut_from'],
    ['nobody', () => cut([]), 400, 'invalid_field'],
    ['a stranger', () => cut([other.recordId]), 422, 'not_a_member'],
  ])('%s is refused', async (_what, ask, status, code) => {
    const answer = await ask()
    expect([answer.status, answer.body['code']]).toEqual([status, code])
    expect((await database.query('select from work_rulings')).rows).toEqual([])
  })

  const cut = (recordIds: readonly string[]) =>
    post(`/v1/works/${works.article}/unmerge`, { recordIds, revision: whole['revision'], reason: 'r', via: 'api' })

  it('a body is not read of whoever carries no principal', async () => {
    const answer = await call(`/v1/works/${works.article}/merge`, { method: 'POST', body: 'not even JSON' })
    expect([answer.status, answer.body['code']]).toEqual([401, 'service_credential_required'])
    const put = await call(`/v1/works/${works.article}/merge`, { method: 'PUT' })
    expect(put.status).toBe(405)
  })
})
