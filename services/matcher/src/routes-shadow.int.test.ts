import { ATTRIBUTION_2, SHIPPED_RULES } from '@atlas/linkage'
import {
  createApp,
  createMetrics,
  createVerifier,
  listen,
  openDatabase,
  type Principal,
  systemIds,
} from '@atlas/runtime'
import { aDatabaseConfig, aGateway, asAdmin, quiet } from '@atlas/testing/vitest'
import { afterAll, expect, test } from 'vitest'
import { matcherRoutes } from './routes.ts'
import { shadowStep } from './shadow/shadow.ts'
import { saveModel } from './store/models.ts'
import { aMatcher } from './testing/a-matcher.ts'
import { aRecord } from './testing/a-world.ts'

const config = await aDatabaseConfig('matcher')
const database = openDatabase(config, quiet)
const matcher = aMatcher(database, asAdmin(config))
const gateway = aGateway()
const verifier = createVerifier(gateway.verifier, Date.now)
const server = await listen(
  createApp({
    logger: quiet,
    metrics: createMetrics('test'),
    routers: [matcherRoutes({ database, verifier, ids: systemIds, logger: quiet, blockCap: 100 })],
  }),
  0,
)
afterAll(async () => {
  await server.close()
  await database.close()
})

async function call(method: 'GET' | 'POST', path: string, body?: unknown, roles: Principal['roles'] = ['admin']) {
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`, {
    method,
    headers: {
      ...gateway.signer.headersFor({ actor: 'operator', onBehalfOf: null, roles }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

const rules = {
  name: 'strict',
  statuses: { 'same-title-authors': 'ambiguous', 'like-title-authors': 'ambiguous', 'like-title-year': 'weak' },
}

test('an operator starts, reads, and switches on; nobody else does, and nonsense is named', async () => {
  await saveModel(database, ATTRIBUTION_2)
  const title = 'Lattices of frozen brine in winter'
  await matcher.records(
    aRecord({ source: 'hal', sourceId: 'A', title }),
    aRecord({ source: 'crossref', sourceId: 'B', title }),
  )
  expect((await call('GET', '/internal/shadow')).body).toMatchObject({ shipped: SHIPPED_RULES.version, run: null })
  expect((await call('GET', '/internal/shadow/report')).status).toBe(404)
  for (const path of ['', '/apply', '/cancel'])
    expect((await call('POST', `/internal/shadow${path}`, { rules }, ['curator'])).status, path).toBe(403)
  const wrong = await call('POST', '/internal/shadow', { rules: { name: 'strict', disable: ['short-titel'] } })
  expect(wrong).toMatchObject({ status: 400, body: { code: 'invalid_rules' } })
  expect(wrong.body['detail']).toContain('no rule "short-titel"')

  expect((await call('POST', '/internal/shadow', { rules })).status).toBe(202)
  expect((await call('POST', '/internal/shadow/apply', {})).body).toMatchObject({ code: 'shadow_not_done' })
  while (await shadowStep(database, quiet));
  const report = await call('GET', '/internal/shadow/report?limit=1')
  expect(report.body).toMatchObject({
    run: { phase: 'done', goneThrough: 1, against: SHIPPED_RULES.version },
    summary: { changes: 2, kinds: { splits: 1, appears: 1 } },
  })
  const [first] = report.body['changes'] as { workId: string }[]
  expect(report.body['next']).toBe(first?.workId)
  const rest = (await call('GET', `/internal/shadow/report?after=${first?.workId}`)).body
  expect(rest).toMatchObject({ next: null, changes: [{}] })
  expect((await call('GET', '/internal/shadow/report?kind=splits')).body['changes']).toHaveLength(1)
  for (const query of ['kind=nonsense', 'after=1', 'limit=0', 'limit=201'])
    expect((await call('GET', `/internal/shadow/report?${query}`)).status, query).toBe(400)
  expect((await call('POST', '/internal/shadow/apply', {})).status).toBe(202)
  expect((await call('GET', '/internal/shadow')).body).toMatchObject({
    inUse: { variation: { name: 'strict' } },
    run: { phase: 'applied' },
    rematch: { phase: 'records' },
  })
})
