import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { candidateIdOf } from '@atlas/identifiers'
import { createApp, createMetrics, createSigner, createVerifier, listen, type Principal } from '@atlas/runtime'
import { quiet } from '@atlas/testing/vitest'
import { afterAll, describe, expect, it } from 'vitest'
import { readCheckpoints } from './checkpoint-files.ts'
import { writeCheckpoint } from './checkpoint-worker.ts'
import { auditRoutes } from './routes-audit.ts'
import { decisionRoutes } from './routes-decisions.ts'
import { internalRoutes } from './routes-internal.ts'
import { aVerifier, researcher } from './testing/a-verifier.ts'
import { idOf } from './testing/messages.ts'

const verifier = await aVerifier()
await verifier.oneQuestion()
const gateway = generateKeyPairSync('ed25519')
const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const checkpointDir = await mkdtemp(join(tmpdir(), 'atlas-checkpoints-'))
const { revision } = await verifier.question('p', 'a')
const commands = createVerifier(
  {
    credentials: [{ service: 'api', sha256: createHash('sha256').update('secret').digest('hex') }],
    publicKeys: [gateway.publicKey],
  },
  Date.now,
)
const signer = createSigner({ service: 'api', secret: 'secret', privateKey: gateway.privateKey }, Date.now)
const server = await listen(
  createApp({
    logger: quiet,
    metrics: createMetrics('test'),
    routers: [
      decisionRoutes(verifier.deciding, commands),
      auditRoutes(() => readCheckpoints(checkpointDir), publicKey.export({ format: 'pem', type: 'spki' }).toString()),
      internalRoutes({ ...verifier.deciding, verifier: commands, checkpointDir, publicKey }),
    ],
  }),
  0,
)
afterAll(() => server.close())
afterAll(() => rm(checkpointDir, { recursive: true, force: true }))

interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Record<string, unknown>
}

async function call(path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`, init)
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  }
}

const question = `/v1/questions/${candidateIdOf(idOf('a'), idOf('p'))}/decisions`
const whole = { decision: 'confirm', version: 0, revision, via: 'web' }

function decide(
  body: unknown,
  headers: Record<string, string> = {},
  principal: Principal = researcher('p'),
  path = question,
) {
  return call(path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
      ...signer.headersFor(principal),
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

describe('a decision over HTTP', () => {
  it.each<[string, Record<string, string>, string]>([
    ['no credential', {}, 'service_credential_required'],
    ['another secret', { authorization: 'Service api:wrong' }, 'service_credential_invalid'],
    ['no principal', { authorization: 'Service api:secret' }, 'principal_required'],
    [
      'a principal of its own making',
      { authorization: 'Service api:secret', 'atlas-principal': 'e30.AAAA' },
      'principal_invalid',
    ],
  ])('with %s is refused before its body is read', async (_what, headers, code) => {
    const answer = await call(question, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: '{',
    })
    expect(answer).toMatchObject({ status: 401, body: { code } })
  })

  it.each<[string, unknown, Record<string, string>, number, string]>([
    ['no key', whole, { 'idempotency-key': '' }, 400, 'idempotency_key_invalid'],
    ['a key of 300 characters', whole, { 'idempotency-key': 'x'.repeat(300) }, 400, 'idempotency_key_invalid'],
    ['text', 'hello', { 'content-type': 'text/plain' }, 415, 'unsupported_media_type'],
    ['broken JSON', '{"decision":', {}, 400, 'invalid_json'],
    ['a list', '[]', {}, 400, 'not_an_object'],
    ['a decision twice', '{"decision":"confirm","decision":"reject"}', {}, 400, 'duplicate_key'],
    ['__proto__', '{"__proto__":{"isAdmin":true}}', {}, 400, 'forbidden_key'],
    ['66 KiB', { ...whole, notes: 'x'.repeat(66 * 1024) }, {}, 413, 'body_too_large'],
    ['NUL', { ...whole, notes: 'a\u0000b' }, {}, 400, 'forbidden_character'],
    ['an unknown field', { ...whole, decidedBy: 'x' }, {}, 400, 'unknown_field'],
    ['no version', { ...whole, version: undefined }, {}, 428, 'precondition_required'],
    ['a weak If-Match', { ...whole, version: undefined }, { 'if-match': 'W/"0"' }, 400, 'invalid_precondition'],
    ['an old If-Match', { ...whole, version: undefined }, { 'if-match': '"9"' }, 412, 'version_conflict'],
    ['an old version', { ...whole, version: 9 }, {}, 409, 'version_conflict'],
    ['a reopen of what is open', { ...whole, decision: 'reopen' }, {}, 409, 'invalid_transition'],
  ])('with %s: nothing happens', async (_what, body, headers, status, code) => {
    const answer = await decide(body, headers)
    expect(answer).toMatchObject({ status, body: { code } })
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(await verifier.acts()).toEqual([])
  })

  it.each([
    ['an id that is none', '/v1/questions/abc/decisions', 400, 'invalid_id'],
    ['an id with NUL', '/v1/questions/a%00b/decisions', 400, 'invalid_id'],
    ['an unknown id', `/v1/questions/${idOf('nobody')}/decisions`, 404, 'not_found'],
  ])('about %s', async (_what, path, status, code) => {
    expect(await decide(whole, {}, researcher('p'), path)).toMatchObject({ status, body: { code } })
  })

  it('about somebody else is not there, in the same words', async () => {
    const unknown = await decide(whole, {}, researcher('p'), `/v1/questions/${idOf('nobody')}/decisions`)
    const foreign = await decide(whole, {}, researcher('q'))
    expect({ ...foreign.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' })
  })

  it('is recorded with a receipt, and answered alike when it is asked again', async () => {
    const key = randomUUID()
    const first = await decide(whole, { 'idempotency-key': key })
    expect(first).toMatchObject({
      status: 201,
      body: { chainSeq: 1, version: 1, questionVersion: 1, status: 'confirmed', flags: [] },
    })
    const reordered = JSON.stringify(Object.fromEntries(Object.entries(whole).reverse()))
    const again = await decide(reordered, { 'idempotency-key': key })
    expect(again).toMatchObject({ status: 201, body: first.body })
    expect(again.headers.get('idempotent-replay')).toBe('true')
    expect(await decide({ ...whole, decision: 'reject' }, { 'idempotency-key': key })).toMatchObject({
      status: 422,
      body: { code: 'idempotency_key_reused' },
    })
  })
})

describe('the audit', () => {
  it('publishes checkpoints to anyone, and what they say is in the receipts', async () => {
    await writeCheckpoint({
      ...verifier.deciding,
      directory: checkpointDir,
      origin: 'test',
      privateKey,
      everyMs: 0,
      everyActs: 1,
    })
    const published = await call('/v1/audit/checkpoints')
    const acts = await verifier.database.query<{ hash: Buffer }>('select hash from verification_acts')
    expect(published.body).toMatchObject({ checkpoints: [{ chainSeq: 1, hash: acts.rows[0]!.hash.toString('hex') }] })
    expect(published.headers.get('cache-control')).toContain('public')
  })
})

describe('what is for services only', () => {
  const asService = { headers: { authorization: 'Service api:secret' } }
  it.each([
    '/internal/acts',
    '/internal/head',
    '/internal/digest?entity=acts',
    '/internal/audit/verify',
    '/internal/backlog',
  ])('%s wants a credential', async (path) => {
    expect(await call(path)).toMatchObject({ status: 401 })
    expect(await call(path, asService)).toMatchObject({ status: 200 })
  })
  it('verifies, explains and never shows what is sealed', async () => {
    expect((await call('/internal/audit/verify', asService)).body).toMatchObject({ acts: 1, coveredTo: 1 })
    const { body } = await call(`/internal/explain/candidate/${candidateIdOf(idOf('a'), idOf('p'))}`, asService)
    expect(body).toMatchObject({
      question: { status: 'confirmed', version: 1 },
      place: { workId: idOf('work w') },
      stands: { status: 'confirmed', decision: 'confirm' },
      acts: [{ kind: 'confirm', about: { slotId: idOf('a') } }],
      authorship: { state: 'verified' },
    })
    expect(JSON.stringify(body)).not.toContain('"private"')
    expect((await call(`/internal/explain/work/${idOf('work w')}`, asService)).body).toMatchObject({
      questions: [{ status: 'confirmed' }],
    })
    expect(await call('/internal/digest?entity=everything', asService)).toMatchObject({
      status: 400,
      body: { code: 'invalid_enum' },
    })
  })
})
