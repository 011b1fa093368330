import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { recordIdOf } from '@atlas/identifiers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { crossref } from './adapters/crossref.ts'
import { openalex } from './adapters/openalex.ts'
import { workFinder } from './find-work.ts'
import { createKey } from './keys.ts'
import { type Answer, aPushServer, type PushServer } from './testing/a-push-server.ts'
import { anIngest, type TestIngest } from './testing/an-ingest.ts'
import { plainSource } from './testing/plain-source.ts'

/** What the matcher answers to which record. */
const matcher = new Map<string, { status: number; body: string }>()
const asked: string[] = []
const standIn = createServer((request, response) => {
  asked.push(`${request.url} ${request.headers.authorization}`)
  const { status, body } = matcher.get(request.url ?? '') ?? { status: 404, body: '{}' }
  response.writeHead(status, { 'content-type': 'application/json' }).end(body)
})
let url = ''
let ingest: TestIngest
let server: PushServer
beforeAll(async () => {
  await new Promise<void>((resolve) => standIn.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(standIn.address() as AddressInfo).port}`
  ingest = await anIngest({ adapters: [plainSource(), crossref, openalex] })
  const findWork = workFinder({ url, secret: 's3', timeoutMs: 2_000 })
  server = await aPushServer(ingest, { keyFor: ['plain', 'crossref', 'openalex'], findWork })
})
afterAll(() => void standIn.close())

const fateOf = (id: string, source = 'plain'): Promise<Answer> =>
  server.send({ method: 'GET', path: `/v1/sources/${source}/records/${id}`, without: ['content-type'] })
const push = (...records: object[]) => server.send({ body: records.map((one) => JSON.stringify(one)).join('\n') })

const placePath = (id: string) => `/internal/records/${recordIdOf('plain', id)}`

describe('the fate of a record', () => {
  it('is every version with what it changed, whether it was published, and if not why', async () => {
    const record = (rest: object) => ({ id: 'r1', ...rest })
    await push(record({ updated: '2026-02-01T00:00:00Z', title: 'A' }))
    await push(record({ updated: '2026-02-02T00:00:00Z', title: 'B' }))
    await push(record({ title: 'B', updated: '2026-02-02T00:00:00Z' }))
    await push(record({ updated: '2026-01-01T00:00:00Z', title: 'old' }))
    const { json, status } = await fateOf('r1')
    expect(status).toBe(200)
    expect(json).toMatchObject({
      source: 'plain',
      sourceId: 'r1',
      recordId: recordIdOf('plain', 'r1'),
      // Nobody relays here.
      state: 'waiting',
      rawVersion: 3,
      publishedVersion: 2,
      refused: [],
      versionsTruncated: false,
      versions: [
        {
          rawVersion: 4,
          class: 'stale',
          publishedVersion: null,
          current: false,
          notPublished: 'older than the current version',
        },
        {
          rawVersion: 3,
          class: 'cosmetic',
          publishedVersion: null,
          current: true,
          notPublished: 'nothing changed that others see',
        },
        { rawVersion: 2, class: 'identity', publishedVersion: 2, current: false, notPublished: null },
        { rawVersion: 1, class: 'first', publishedVersion: 1, stamp: '2026-02-01T00:00:00.000Z', notPublished: null },
      ],
    })
  })

  it('is the work it is in, as the matcher says; that it does not is said too', async () => {
    await push({ id: 'w1', title: 'A' })
    expect((await fateOf('w1')).json).toMatchObject({ work: null, workUnknown: 'the matcher has not read the record' })
    const workId = recordIdOf('plain', 'x')
    const place = { kind: 'work', live: true, state: 'matched', workId, reason: 'same-doi', nCandidates: 3 }
    const saysPlace = (rest: object) =>
      matcher.set(placePath('w1'), { status: 200, body: JSON.stringify({ ...place, ...rest }) })
    saysPlace({})
    const { json } = await fateOf('w1')
    expect(json).toMatchObject({ work: { workId, reason: 'same-doi' } })
    expect(json).not.toHaveProperty('workUnknown')
    expect(json).not.toHaveProperty('noWork')
    const nowhere = { workId: null, reason: null }
    for (const [rest, noWork] of [
      [{ live: false, state: null }, 'the matcher has taken the record out'],
      [{ kind: 'citation', state: 'kept' }, 'a record of kind "citation" describes no work'],
      [{ state: 'quarantined' }, 'the matcher placed it nowhere: quarantined'],
    ] as const) {
      saysPlace({ ...nowhere, ...rest })
      expect((await fateOf('w1')).json).toMatchObject({ work: null, noWork })
    }
    expect(asked.at(-1)).toBe(`${placePath('w1')} Service ingest:s3`)
    matcher.set(placePath('w1'), { status: 401, body: '{}' })
    expect((await fateOf('w1')).json).toMatchObject({ workUnknown: 'the matcher refused to say: 401' })
    matcher.set(placePath('w1'), { status: 200, body: '<html>' })
    expect((await fateOf('w1')).json).toMatchObject({ workUnknown: 'the matcher refused to say: 200' })
    const away = await aPushServer(ingest, {
      keyFor: ['plain'],
      keysPerSource: 9,
      findWork: workFinder({ url: 'http://127.0.0.1:9', secret: '', timeoutMs: 500 }),
    })
    const path = '/v1/sources/plain/records/w1'
    expect((await away.send({ method: 'GET', path })).json).toMatchObject({
      workUnknown: 'the matcher does not answer',
    })
    const without = await aPushServer(ingest, { keyFor: ['plain'], keysPerSource: 9 })
    expect((await without.send({ method: 'GET', path })).json).toMatchObject({
      workUnknown: 'no matcher is configured',
    })
  })

  it('is its deletion and its objection, and the lines of it that could not be kept', async () => {
    await push({ id: 'd1', title: 'A' })
    await push({ _atlas: { op: 'delete', sourceId: 'd1' } })
    expect((await fateOf('d1')).json).toMatchObject({
      state: 'deleted',
      versions: [{ class: 'deleted' }, { class: 'first' }],
    })

    await push({ id: 's1', title: 'A' })
    await ingest.admin.query("insert into suppressed (kind, key, reason) values ('record', $1, 'objection')", [
      recordIdOf('plain', 's1'),
    ])
    await push({ id: 's1', title: 'B' })
    expect((await fateOf('s1')).json).toMatchObject({ state: 'suppressed' })

    await push({ id: 'f1', title: 'x'.repeat(10_001) })
    const never = await fateOf('f1')
    expect(never.json).toMatchObject({
      state: 'refused',
      rawVersion: null,
      versions: [],
      work: null,
      refused: [{ line: 1, code: 'field_too_long', pointer: '' }],
    })
    await push({ id: 'f1', title: 'short' })
    expect((await fateOf('f1')).json).toMatchObject({
      state: 'waiting',
      rawVersion: 1,
      refused: [{ code: 'field_too_long' }],
    })

    await push({ _atlas: { op: 'delete', sourceId: 'n1' } })
    expect((await fateOf('n1')).json).toMatchObject({
      state: 'deleted',
      publishedVersion: null,
      versions: [{ class: 'deleted', notPublished: 'nothing had been published that could be taken back' }],
    })
  })

  it('is found by any form of the id, encoded or not', async () => {
    const path = '/v1/sources/crossref/records'
    await server.send({ path, body: '{"DOI":"10.5555/a/b(1)","title":["T"]}' })
    await server.send({ path, body: '{"DOI":"10.5555/refused","title":["T"],"author":"nobody"}' })
    for (const form of [
      '10.5555/a/b(1)',
      '10.5555%2Fa%2Fb(1)',
      'https://doi.org/10.5555/A/b(1)',
      'https%3A%2F%2Fdoi.org%2F10.5555%2FA%2Fb(1)',
    ])
      expect([form, (await fateOf(form, 'crossref')).json]).toMatchObject([form, { sourceId: '10.5555/a/b(1)' }])
    expect((await fateOf('10.5555/refused', 'crossref')).json).toMatchObject({
      state: 'refused',
      refused: [{ code: 'invalid_field', pointer: '/author' }],
    })
  })

  it('is for the holder of the source and for what can be an id', async () => {
    expect((await fateOf('never')).json).toMatchObject({ status: 404, code: 'not_found' })
    expect((await fateOf('nonsense', 'openalex')).json).toMatchObject({ status: 400, code: 'invalid_id' })
    expect((await fateOf('a%00b')).json).toMatchObject({ status: 400, code: 'invalid_id' })
    expect((await fateOf('%zz')).json).toMatchObject({ status: 400, code: 'bad_url_encoding' })
    const method = await server.send({ method: 'DELETE', path: '/v1/sources/plain/records/r1' })
    expect([method.status, method.headers['allow']]).toEqual([405, 'GET'])
    const { key } = await createKey({ ...server.keys, keysPerSource: 9 }, { sources: ['crossref'] }, 'test')
    const other = await server.send({
      method: 'GET',
      path: '/v1/sources/plain/records/r1',
      headers: { authorization: `Bearer ${key}` },
    })
    expect(other.json).toMatchObject({ status: 403, code: 'source_not_allowed' })
    const nobody = await server.send({
      method: 'GET',
      path: '/v1/sources/plain/records/r1',
      without: ['authorization'],
    })
    expect(nobody.json.code).toBe('missing_api_key')
  })
})
