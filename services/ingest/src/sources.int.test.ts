import { createHash, generateKeyPairSync } from 'node:crypto'
import { createSigner, createVerifier } from '@atlas/runtime'
import { beforeAll, describe, expect, it } from 'vitest'
import type { SourceView } from './sources.ts'
import { listSourceStates } from './store/source-counts.ts'
import { aPushServer, type PushServer } from './testing/a-push-server.ts'
import { anIngest, send, type TestIngest } from './testing/an-ingest.ts'
import { plainSource } from './testing/plain-source.ts'

const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const credentials = [{ service: 'cli', sha256: createHash('sha256').update('s').digest('hex') }]
const verifier = createVerifier({ credentials, publicKeys: [publicKey] }, () => Date.now())
const signer = createSigner({ service: 'cli', secret: 's', privateKey }, () => Date.now())
const as = (...roles: ('admin' | 'researcher')[]) => signer.headersFor({ actor: 'a', onBehalfOf: null, roles })

const other = { ...plainSource(), source: 'other' }
let ingest: TestIngest
let server: PushServer
beforeAll(async () => {
  ingest = await anIngest({ adapters: [plainSource(), other] })
  server = await aPushServer(ingest, { verifier })
})

async function sourcesFor(headers: Readonly<Record<string, string>> = {}): Promise<readonly SourceView[]> {
  const { text } = await server.send({ method: 'GET', path: '/v1/sources', headers })
  return (JSON.parse(text) as { sources: SourceView[] }).sources
}

const ZERO = { stored: 0, updated: 0, duplicate: 0, stale: 0, refused: 0 }

describe('sources', () => {
  it('tell what came: of its own to a key, of all to an operator', async () => {
    expect(await sourcesFor()).toMatchObject([
      {
        source: 'plain',
        records: 0,
        versions: 0,
        counts: ZERO,
        refusedByCode: {},
        lastSuccessAt: null,
        silentSeconds: null,
      },
    ])
    const body =
      '{"id":"a","title":"T"}\n{"id":"b","title":"T"}\n[]\n{"title":"no id"}\n{"id":"a","title":"U"}\nnonsense\n'
    await server.send({ body })
    await server.send({ body: '{"id":"a","title":"U"}\n' })
    await send(ingest, [{ id: 'o', title: 'T' }], { adapter: other })
    const [plain, ...none] = await sourcesFor()
    expect(none).toEqual([])
    expect(plain).toMatchObject({
      formats: ['json'],
      schema: '/v1/sources/plain/schema',
      records: 2,
      versions: 3,
      counts: { stored: 2, updated: 1, duplicate: 1, stale: 0, refused: 3 },
      refusedByCode: { not_an_object: 1, missing_field: 1, invalid_json: 1 },
    })
    // Nobody relays here.
    expect(plain?.unsent).toBeGreaterThan(0)
    expect(Date.now() - Date.parse(plain?.lastSuccessAt ?? '')).toBeLessThan(60_000)
    expect((await sourcesFor(as('admin'))).map(({ source, records }) => [source, records])).toEqual([
      ['other', 1],
      ['plain', 2],
    ])
  })

  it('are nobody else’s business', async () => {
    const code = async (headers: Readonly<Record<string, string>>, without: readonly string[] = []) =>
      (await server.send({ method: 'GET', path: '/v1/sources', headers, without })).json.code
    expect(await code({}, ['authorization'])).toBe('missing_api_key')
    expect(await code(as('researcher'))).toBe('forbidden')
    expect(await code({ authorization: 'Service cli:wrong' })).toBe('service_credential_invalid')
  })

  it('are counted exactly, also by many at once and where a chunk is tried again', async () => {
    const own = await anIngest()
    const lines = (from: number) => Array.from({ length: 50 }, (_, at) => ({ id: `p${from + at}`, title: 'T' }))
    // Overlapping halves: who loses the race for a head starts its transaction again.
    await Promise.all(Array.from({ length: 12 }, (_, at) => send(own, [...lines(at * 25), '[]'])))
    const [state] = await listSourceStates(own.database, ['plain'])
    const { rows } = await own.database.query<{ heads: number; versions: number }>(
      'select (select count(*) from heads) as heads, (select count(*) from raw_records) as versions',
    )
    expect(state?.counts).toEqual({ ...ZERO, stored: 325, duplicate: 275, refused: 12 })
    expect(rows[0]).toEqual({ heads: 325, versions: 325 })
    expect(state?.refusedByCode).toEqual({ not_an_object: 12 })
  })
})

describe('the schema of a record', () => {
  it('is published where the source is', async () => {
    const { status, headers, text } = await server.send({ method: 'GET', path: '/v1/sources/plain/schema' })
    expect([status, headers['content-type']]).toEqual([200, 'application/schema+json; charset=utf-8'])
    expect(JSON.parse(text)).toMatchObject({ $id: '/v1/sources/plain/schema', type: 'object' })
    expect((await server.send({ method: 'GET', path: '/v1/sources/other/schema' })).json.code).toBe(
      'source_not_allowed',
    )
    expect((await server.send({ method: 'GET', path: '/v1/sources/none/schema' })).json.code).toBe('unknown_source')
    expect(
      (await server.send({ method: 'GET', path: '/v1/sources/none/schema', headers: as('admin') })).json.code,
    ).toBe('unknown_source')
  })
})
