import {
  createApp,
  createMetrics,
  createOutbox,
  createVerifier,
  listen,
  type Principal,
  systemIds,
} from '@atlas/runtime'
import { TOPICS } from '@atlas/schemas'
import { aDatabase, aGateway, quiet } from '@atlas/testing/vitest'
import { afterAll, describe, expect, it } from 'vitest'
import { profileCommands } from '../commands.ts'
import type { StoredProfile } from '../profile.ts'
import { profileRoutes } from './profiles.ts'

const gateway = aGateway()
const database = await aDatabase('profiles')
const server = await listen(
  createApp({
    logger: quiet,
    metrics: createMetrics('profiles'),
    routers: [
      profileRoutes({
        database,
        ids: systemIds,
        commands: profileCommands(database, createOutbox({ profiles: TOPICS.profiles })),
        verifier: createVerifier(gateway.verifier, () => Date.now()),
      }),
    ],
  }),
  0,
)
afterAll(() => server.close())

const ADMIN: Principal = { actor: 'operator', onBehalfOf: null, roles: ['admin'] }
const person = (profileId: string): Principal => ({ actor: profileId, onBehalfOf: null, roles: ['researcher'] })

interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: { code?: string; errors?: { code: string; pointer?: string }[] } & Record<string, unknown>
}

async function call(
  method: string,
  path: string,
  principal?: Principal,
  body?: unknown,
  raw?: RequestInit,
): Promise<Answer> {
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...raw,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(principal ? gateway.signer.headersFor(principal) : {}),
      ...(raw?.headers as Record<string, string>),
    },
  })
  const answered = {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Answer['body'],
  }
  if (answered.status >= 400) {
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    expect(answered.body).toMatchObject({
      status: answered.status,
      code: expect.any(String),
      requestId: expect.any(String),
    })
  }
  return answered
}

async function aStored(request: object = {}): Promise<StoredProfile> {
  const { status, body } = await call('POST', '/v1/profiles', ADMIN, { profiles: [{ displayName: 'Ada', ...request }] })
  expect(status).toBe(201)
  const [profile] = body['profiles'] as StoredProfile[]
  if (!profile) throw new Error('no profile was made')
  return profile
}

const ID = '0197a000-0000-7000-8000-00000000000a'
const ROUTES = [
  ['POST', '/v1/profiles', { profiles: [{ displayName: 'x' }] }],
  ['GET', '/v1/profiles/by-identity?type=orcid&value=x', undefined],
  ['GET', `/v1/profiles/${ID}`, undefined],
  ['PATCH', `/v1/profiles/${ID}`, { bio: 'x' }],
  ['PATCH', `/v1/profiles/${ID}/settings`, { language: 'fr' }],
  ['POST', `/v1/profiles/${ID}/identities`, { type: 'idref', value: 'x' }],
  ['DELETE', `/v1/profiles/${ID}/identities/${ID}`, undefined],
] as const

describe('who may', () => {
  it.each(ROUTES)('%s %s is refused without a credential', async (method, path, body) => {
    expect(await call(method, path, undefined, body)).toMatchObject({
      status: 401,
      body: { code: 'service_credential_required' },
    })
  })

  it('a wrong secret, no principal and a principal signed by somebody else are refused', async () => {
    const path = `/v1/profiles/${ID}`
    const headers = gateway.signer.headersFor(ADMIN)
    const foreign = aGateway().signer.headersFor(ADMIN)
    const codes = await Promise.all(
      [
        { ...headers, authorization: 'Service api:wrong' },
        { authorization: headers['authorization'] ?? '' },
        { ...headers, 'atlas-principal': foreign['atlas-principal'] ?? '' },
        { ...headers, 'atlas-principal': 'a.b' },
      ].map(async (given) => (await call('GET', path, undefined, undefined, { headers: given })).body.code),
    )
    expect(codes).toEqual([
      'service_credential_invalid',
      'principal_required',
      'principal_invalid',
      'principal_invalid',
    ])
  })

  it('a person reads and changes himself; another is not there, and differs in nothing from who does not exist', async () => {
    const me = await aStored()
    const other = await aStored()
    const paths = (id: string) =>
      [
        ['GET', `/v1/profiles/${id}`, undefined],
        ['PATCH', `/v1/profiles/${id}`, { bio: 'mine' }],
        ['PATCH', `/v1/profiles/${id}/settings`, { language: 'fr' }],
        ['POST', `/v1/profiles/${id}/identities`, { type: 'idref', value: 'z' }],
      ] as const
    for (const [method, path, body] of paths(me.profileId))
      expect((await call(method, path, person(me.profileId), body)).status).toBe(method === 'POST' ? 201 : 200)
    for (const [method, path, body] of paths(other.profileId)) {
      const foreign = await call(method, path, person(me.profileId), body)
      const missing = await call(method, path.replace(other.profileId, ID), person(me.profileId), body)
      expect(foreign.status).toBe(404)
      expect({ ...foreign.body, requestId: '' }).toEqual({ ...missing.body, requestId: '' })
    }
    expect((await call('GET', `/v1/profiles/${other.profileId}`, ADMIN)).body).toMatchObject({
      bio: null,
      identities: [],
    })
    expect(
      await call('POST', '/v1/profiles', person(me.profileId), { profiles: [{ displayName: 'x' }] }),
    ).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    })
  })

  it('a proof is believed of a service, not of a person', async () => {
    const { profileId } = await aStored()
    const claim = {
      type: 'orcid',
      value: '0000-0002-1825-0097',
      method: 'orcid_oauth',
      verifiedAt: '2026-01-01T00:00:00Z',
    }
    const path = `/v1/profiles/${profileId}/identities`
    const claimed = await call('POST', path, person(profileId), claim)
    expect(claimed.body['identities']).toMatchObject([{ verifiedAt: null, method: 'manual' }])
    const proved = await call('POST', path, ADMIN, { ...claim, value: '0000-0000-0001-0007' })
    expect(proved.body['identities']).toMatchObject([
      {},
      { verifiedAt: '2026-01-01T00:00:00.000Z', method: 'orcid_oauth' },
    ])
  })
})

describe('bodies', () => {
  const profiles = (request: object) => ({ profiles: [{ displayName: 'x', ...request }] })
  it.each([
    [{}, 'missing_field', '/profiles'],
    [{ profiles: [] }, 'invalid_field', '/profiles'],
    [profiles({ displayName: '  ' }), 'invalid_field', '/profiles/0/displayName'],
    [profiles({ displayName: 'x'.repeat(1_001) }), 'field_too_long', '/profiles/0/displayName'],
    [profiles({ revision: 7 }), 'unknown_field', '/profiles/0/revision'],
    [profiles({ profileId: 'abc' }), 'invalid_field', '/profiles/0/profileId'],
    [profiles({ settings: { autoConfirmThreshold: 2 } }), 'invalid_field', '/profiles/0/settings/autoConfirmThreshold'],
    [
      profiles({ settings: { autoConfirmThreshold: '0.9' } }),
      'invalid_field',
      '/profiles/0/settings/autoConfirmThreshold',
    ],
    [profiles({ settings: { visibility: 'all' } }), 'invalid_enum', '/profiles/0/settings/visibility'],
    [profiles({ identities: [{ type: 'name_variant', value: 'x' }] }), 'invalid_enum', '/profiles/0/identities/0/type'],
  ])('%j is refused as %s at %s', async (body, code, pointer) => {
    expect(await call('POST', '/v1/profiles', ADMIN, body)).toMatchObject({
      status: 400,
      body: { code, errors: [{ code, pointer }] },
    })
  })

  it.each([
    ['not JSON', '{', 'application/json', 400, 'invalid_json'],
    ['no object', '[]', 'application/json', 400, 'not_an_object'],
    ['nothing', '', 'application/json', 400, 'body_required'],
    ['a key twice', '{"profiles":[],"profiles":[]}', 'application/json', 400, 'duplicate_key'],
    ['a dangerous key', '{"__proto__":{"isAdmin":true}}', 'application/json', 400, 'forbidden_key'],
    ['a form', 'a=b', 'application/x-www-form-urlencoded', 415, 'unsupported_media_type'],
    ['more than it may', `{"a":"${'x'.repeat(600_000)}"}`, 'application/json', 413, 'body_too_large'],
  ])('%s is refused', async (_, text, type, status, code) => {
    const raw = { body: text, headers: { 'content-type': type } }
    expect(await call('POST', '/v1/profiles', ADMIN, undefined, raw)).toMatchObject({ status, body: { code } })
  })

  it.each([
    [{ type: 'orcid', value: '0000-0002-1825-0098' }, 400, 'invalid_orcid'],
    [{ type: 'idref', value: 'twice' }, 409, 'identity_exists'],
  ])('identity %j is refused as %i %s', async (identity, status, code) => {
    const { profileId } = await aStored({ identities: [{ type: 'idref', value: 'twice' }] })
    expect(await call('POST', `/v1/profiles/${profileId}/identities`, person(profileId), identity)).toMatchObject({
      status,
      body: { code },
    })
  })

  it('an identity of somebody who proved it is refused without saying whose', async () => {
    const identity = { type: 'email', value: 'proved@example.org' }
    const holder = await aStored({ identities: [{ ...identity, method: 'email', verifiedAt: '2026-01-01T00:00:00Z' }] })
    const { profileId } = await aStored()
    const { status, body } = await call('POST', `/v1/profiles/${profileId}/identities`, person(profileId), identity)
    expect([status, body.code]).toEqual([409, 'identity_taken'])
    expect(JSON.stringify(body)).not.toContain(holder.profileId)
  })
})

describe('paths', () => {
  it.each([
    ['GET', '/v1/profiles/abc', 400, 'invalid_id'],
    ['GET', '/v1/profiles/%zz', 400, 'bad_url_encoding'],
    ['GET', `/v1/profiles/${ID}`, 404, 'not_found'],
    ['GET', `/v1/profiles/${ID}/`, 404, 'not_found'],
    ['GET', '/V1/profiles/by-identity', 404, 'not_found'],
    ['GET', '/v1/profiles/by-identity?type=a&type=b&value=c', 400, 'invalid_parameter'],
    ['DELETE', '/v1/profiles', 405, 'method_not_allowed'],
  ])('%s %s is %i %s', async (method, path, status, code) => {
    expect(await call(method, path, ADMIN)).toMatchObject({ status, body: { code } })
  })

  it('takes an id in capitals', async () => {
    const { profileId } = await aStored()
    expect((await call('GET', `/v1/profiles/${profileId.toUpperCase()}`, ADMIN)).status).toBe(200)
  })

  it('removes an identity by its id', async () => {
    const { profileId, identities } = await aStored({ identities: [{ type: 'idref', value: 'gone' }] })
    const path = `/v1/profiles/${profileId}/identities/${identities[0]?.identityId}`
    expect((await call('DELETE', path, person(profileId))).body['identities']).toEqual([])
    expect(await call('DELETE', path, person(profileId))).toMatchObject({ status: 404, body: { code: 'not_found' } })
  })
})
