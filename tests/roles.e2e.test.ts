import { generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { createSigner, openDatabase, type Principal, readEnv, readSignerConfig } from '@atlas/runtime'
import type { DeploymentKeys, ServiceName } from '@atlas/testing/deployment'
import { databaseConfig, quiet } from '@atlas/testing/vitest'
import { describe, expect, inject, it } from 'vitest'
import { aDeployment } from './support/a-deployment.ts'

const made = aDeployment('roles')

const OWNERS = ['ingest', 'matcher', 'verifier', 'profiles', 'api', 'keys'] as const
type DatabaseOwner = (typeof OWNERS)[number]

/** `open`, or the code with which PostgreSQL refuses this login. */
async function tryLogin(user: string, password: string, database: string): Promise<string> {
  await using opened = openDatabase(databaseConfig(inject('stack').postgres, database, user, password), quiet)
  return opened.query('select 1').then(
    () => 'open',
    (error: { code?: string }) => error.code ?? String(error),
  )
}

describe('each service has its database, and no other', () => {
  const pairs = OWNERS.flatMap((owner) => OWNERS.map((other) => ({ owner, other })))
  const nameOf = (owner: DatabaseOwner) => made.current.deployment.databases.connection(owner, 'app').database

  it.each(pairs)('roles of $owner and the database of $other', async ({ owner, other }) => {
    const { databases } = made.current.deployment
    const wanted = owner === other ? 'open' : '42501'
    for (const role of ['app', 'migrate'] as const) {
      const { user, password } = databases.connection(owner, role)
      expect(`${user}: ${await tryLogin(user, password, nameOf(other))}`).toBe(`${user}: ${wanted}`)
    }
    // Nobody logs in as an owner, whatever the password.
    const { password } = databases.connection(owner, 'migrate')
    expect(await tryLogin(`${owner}_owner`, password, nameOf(other))).toMatch(/^28/)
  })

  it.each(['postgres', 'template1'])('no role of a service can connect to %s', async (database) => {
    for (const owner of OWNERS)
      for (const role of ['app', 'migrate'] as const) {
        const { user, password } = made.current.deployment.databases.connection(owner, role)
        expect(`${user}: ${await tryLogin(user, password, database)}`).toBe(`${user}: 42501`)
      }
  })

  it('no role of a service may become a role of another, and the app roles may become nobody', async () => {
    const { postgres } = inject('stack')
    await using admin = openDatabase(
      databaseConfig(postgres, 'postgres', postgres.adminUser, postgres.adminPassword),
      quiet,
    )
    const { rows } = await admin.query<{ pair: string }>(
      `select m.rolname || ' may be ' || r.rolname as pair
         from pg_auth_members a join pg_roles m on m.oid = a.member join pg_roles r on r.oid = a.roleid
        where split_part(m.rolname, '_', 1) = any($1)
        order by 1`,
      [OWNERS],
    )
    const expected = OWNERS.map((owner) => `${owner}_migrate may be ${owner}_owner`).sort()
    expect(rows.map(({ pair }) => pair)).toEqual(expected)
  })
})

const ID = '0197a000-0000-7000-8000-00000000000a'
const SERVICES = ['ingest', 'matcher', 'verifier', 'profiles', 'api'] as const
interface Command {
  readonly service: ServiceName
  readonly method: 'POST' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly body?: object | undefined
}

/** What the runtime gives every service. */
const OPERATOR: readonly (readonly [path: string, body?: object])[] = [
  ['/internal/republish/:topic'],
  ['/internal/quarantine/:id/replay'],
  ['/internal/quarantine/:id/discard', { reason: 'x' }],
  ['/internal/consumers/accept', { topic: 'works', reason: 'x' }],
]
const COMMANDS: readonly Command[] = [
  { service: 'ingest', method: 'POST', path: '/internal/keys', body: { sources: ['hal'] } },
  { service: 'ingest', method: 'POST', path: '/internal/renormalise', body: {} },
  { service: 'ingest', method: 'POST', path: '/internal/keys/:keyId/revoke', body: { reason: 'x' } },
  { service: 'ingest', method: 'POST', path: '/internal/keys/:keyId/rotate', body: { overlapHours: 1 } },
  { service: 'ingest', method: 'POST', path: '/internal/imports/:importId/restart' },
  { service: 'ingest', method: 'POST', path: '/internal/imports/:importId/cancel' },
  { service: 'ingest', method: 'POST', path: '/internal/imports/:importId/resume' },
  { service: 'matcher', method: 'POST', path: '/internal/rematch' },
  { service: 'matcher', method: 'POST', path: '/internal/shadow', body: {} },
  { service: 'matcher', method: 'POST', path: '/internal/shadow/apply' },
  { service: 'matcher', method: 'POST', path: '/internal/shadow/cancel' },
  {
    service: 'matcher',
    method: 'POST',
    path: '/v1/works/:workId/merge',
    body: { targetWorkId: ID, role: 'duplicate', revision: 1, targetRevision: 1, reason: 'x', via: 'api' },
  },
  {
    service: 'matcher',
    method: 'POST',
    path: '/v1/works/:workId/unmerge',
    body: { recordIds: [ID], revision: 1, reason: 'x', via: 'api' },
  },
  {
    service: 'matcher',
    method: 'POST',
    path: '/v1/works/rulings/:rulingId/withdraw',
    body: { reason: 'x', via: 'api' },
  },
  { service: 'profiles', method: 'POST', path: '/v1/profiles', body: { profiles: [{ displayName: 'x' }] } },
  { service: 'profiles', method: 'PATCH', path: '/v1/profiles/:profileId', body: { bio: 'x' } },
  { service: 'profiles', method: 'PATCH', path: '/v1/profiles/:profileId/settings', body: { language: 'fr' } },
  {
    service: 'profiles',
    method: 'POST',
    path: '/v1/profiles/:profileId/identities',
    body: { type: 'idref', value: 'x' },
  },
  { service: 'profiles', method: 'DELETE', path: '/v1/profiles/:profileId/identities/:identityId' },
  {
    service: 'verifier',
    method: 'POST',
    path: '/v1/questions/:candidateId/decisions',
    body: { decision: 'confirm', version: 0, revision: 1 },
  },
  ...SERVICES.flatMap((service) => OPERATOR.map(([path, body]): Command => ({ service, method: 'POST', path, body }))),
]
/** Commands that others than services give: their own credentials are tested where they are. */
const FROM_OUTSIDE = [
  'POST /v1/sources/:source/records',
  'POST /v1/imports',
  'POST /v1/imports/:importId/cancel',
  'POST /v1/imports/:importId/resume',
  'POST /v1/imports/uploads',
  'PATCH /v1/imports/uploads/:uploadId',
  'DELETE /v1/imports/uploads/:uploadId',
]

const ADMIN: Principal = { actor: 'operator', onBehalfOf: null, roles: ['admin'] }
const PERSON: Principal = { actor: ID, onBehalfOf: null, roles: ['researcher'] }

/** Headers as somebody with these keys makes them, whose clock is `shiftMs` off. */
function headersBy(keys: DeploymentKeys, principal: Principal = ADMIN, shiftMs = 0): Record<string, string> {
  const env = { SERVICE_SECRET: keys.services.cli, PRINCIPAL_PRIVATE_KEY: keys.principalPrivate }
  const config = readEnv(env, (from) => readSignerConfig(from, 'cli'))
  if (!config) throw new Error('these keys cannot sign')
  return createSigner(config, () => Date.now() + shiftMs).headersFor(principal)
}

function foreignKeys(keys: DeploymentKeys): DeploymentKeys {
  const { privateKey } = generateKeyPairSync('ed25519')
  return { ...keys, principalPrivate: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64') }
}

const without = (headers: Record<string, string>, name: string) =>
  Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name))

/** Another's claims under a signature that was made for one's own. */
function altered(headers: Record<string, string>): Record<string, string> {
  const [body = '', signature = ''] = headers['atlas-principal']?.split('.') ?? []
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as object
  const other = Buffer.from(JSON.stringify({ ...claims, actor: 'somebody else' })).toString('base64url')
  return { ...headers, 'atlas-principal': `${other}.${signature}` }
}

/** Claims without a time after which they are nobody's, signed by the right key. */
function endless(keys: DeploymentKeys): Record<string, string> {
  const body = Buffer.from(JSON.stringify(ADMIN)).toString('base64url')
  const key = { key: Buffer.from(keys.principalPrivate, 'base64'), format: 'der', type: 'pkcs8' } as const
  return {
    ...headersBy(keys),
    'atlas-principal': `${body}.${sign(null, Buffer.from(body), key).toString('base64url')}`,
  }
}

const MINUTE = 60_000
const REFUSED: readonly (readonly [string, string, (keys: DeploymentKeys) => Record<string, string>])[] = [
  ['nothing', 'service_credential_required', () => ({})],
  ['no principal', 'principal_required', (keys) => without(headersBy(keys), 'atlas-principal')],
  ['no service credential', 'service_credential_required', (keys) => without(headersBy(keys), 'authorization')],
  ['a wrong secret', 'service_credential_invalid', (keys) => ({ ...headersBy(keys), authorization: 'Service cli:x' })],
  [
    'a service that is not known',
    'service_credential_invalid',
    (keys) => ({
      ...headersBy(keys),
      authorization: `Service notifier:${keys.services.cli}`,
    }),
  ],
  ["a person's key", 'service_credential_required', (keys) => ({ ...headersBy(keys), authorization: 'Bearer abc' })],
  ['a foreign signature', 'principal_invalid', (keys) => headersBy(foreignKeys(keys))],
  ['claims altered after they were signed', 'principal_invalid', (keys) => altered(headersBy(keys))],
  ['a signature of nothing', 'principal_invalid', (keys) => ({ ...headersBy(keys), 'atlas-principal': 'a.b' })],
  ['a principal of five minutes ago', 'principal_expired', (keys) => headersBy(keys, ADMIN, -5 * MINUTE)],
  ['a principal of the future', 'principal_expired', (keys) => headersBy(keys, ADMIN, 5 * MINUTE)],
  ['a principal that never expires', 'principal_expired', (keys) => endless(keys)],
]

async function send({ service, method, path, body }: Command, headers: Record<string, string>) {
  const { deployment } = made.current
  const filled = path.replace('/:topic', '/works').replace('/:id', '/1').replace(/:\w+/g, ID)
  const response = await fetch(new URL(filled, deployment.url(service)), {
    method,
    headers: {
      'idempotency-key': randomUUID(),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const { code } = (await response.json()) as { code?: string }
  return `${response.status} ${code}`
}

/** How many traces commands have left. */
async function effects(): Promise<Record<string, number>> {
  const { open } = made.current.deployment
  const count = async (service: ServiceName, table: string) =>
    (await open[service].query<{ n: number }>(`select count(*)::int as n from ${table}`)).rows[0]?.n ?? -1
  const own = [
    ['ingest', 'api_keys'],
    ['ingest', 'renormalise_runs'],
    ['matcher', 'rematch_runs'],
    ['matcher', 'shadow_runs'],
    ['matcher', 'work_rulings'],
    ['profiles', 'author_profiles'],
    ['profiles', 'profile_identities'],
    ['verifier', 'verification_acts'],
    ['verifier', 'idempotency_keys'],
  ] as const
  const shared = ['republish_runs', 'quarantine_decisions', 'consumer_accepts']
  const tables = [...own, ...SERVICES.flatMap((service) => shared.map((table) => [service, table] as const))]
  return Object.fromEntries(
    await Promise.all(
      tables.map(async ([service, table]) => [`${service} ${table}`, await count(service, table)] as const),
    ),
  )
}

describe('a command that does not prove for whom it is done', () => {
  it.each(COMMANDS)('is refused by $service: $method $path', async (command) => {
    const { keys } = made.current.deployment
    const found = []
    for (const [what, , headers] of REFUSED) found.push([what, await send(command, headers(keys))])
    expect(found).toEqual(REFUSED.map(([what, code]) => [what, `401 ${code}`]))
  })

  const notForResearchers = COMMANDS.filter(
    ({ path }) => path.startsWith('/internal/') || path.startsWith('/v1/works/') || path === '/v1/profiles',
  )
  it.each(notForResearchers)(
    'is refused by $service when it is done for a researcher: $method $path',
    async (command) => {
      expect(await send(command, headersBy(made.current.deployment.keys, PERSON))).toBe('403 forbidden')
    },
  )

  it('has done nothing', async () => {
    const left = Object.entries(await effects()).filter(([, count]) => count !== 0)
    expect(left).toEqual([])
  })

  it('would have been done with a good one', async () => {
    const { keys } = made.current.deployment
    const [create] = COMMANDS
    if (!create) throw new Error('no command')
    expect(await send(create, headersBy(keys))).toBe('201 undefined')
    expect((await effects())['ingest api_keys']).toBe(1)
  })
})

describe('the table of commands', () => {
  it('has every route that changes something', async () => {
    const found = new Set<string>()
    const root = fileURLToPath(new URL('../', import.meta.url))
    const files = [
      'services/{ingest,matcher,profiles,verifier}/src/**/*.ts',
      'packages/runtime/src/service/*.ts',
      'services/api/src/routes/internal.ts',
    ]
    for await (const file of glob(files, { cwd: root })) {
      if (/\.test\.ts$|\/testing\//.test(file)) continue
      for (const [, method = '', path = ''] of readFileSync(`${root}${file}`, 'utf8').matchAll(
        /\.(post|put|patch|delete)\(\s*['"`](\/[^'"`]*)['"`]/g,
      ))
        found.add(`${method.toUpperCase()} ${path}`)
    }
    const known = new Set([...COMMANDS.map(({ method, path }) => `${method} ${path}`), ...FROM_OUTSIDE])
    expect([...found].sort()).toEqual([...known].sort())
  })
})
