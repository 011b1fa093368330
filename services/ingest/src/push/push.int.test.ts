import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { recordIdOf } from '@atlas/identifiers'
import { beforeAll, describe, expect, it } from 'vitest'
import { aPushServer, type PushServer } from '../testing/a-push-server.ts'
import { anIngest, type TestIngest } from '../testing/an-ingest.ts'
import { plainSource } from '../testing/plain-source.ts'

let ingest: TestIngest
let server: PushServer
beforeAll(async () => {
  ingest = await anIngest({ adapters: [plainSource(), { ...plainSource(), source: 'other' }] })
  server = await aPushServer(ingest)
})

const ZERO = { stored: 0, updated: 0, duplicate: 0, stale: 0, refused: 0 }
const lines = (name: string, count: number, from = 0) =>
  Array.from({ length: count }, (_, at) => `{"id":"${name}${from + at}","title":"T"}\n`).join('')
const keptOf = async (prefix: string) => {
  const { rows } = await ingest.database.query<{ count: number }>(
    'select count(*) as count from raw_records where starts_with(source_id, $1)',
    [prefix],
  )
  return rows[0]?.count ?? 0
}

describe('a push', () => {
  it('tells lines by their number, blank ones counted, and shows the first 100 refusals', async () => {
    const body = `\n${lines('n', 1)}\n[]\n${'{"title":"x"}\n'.repeat(120)}`
    const { json } = await server.send({ body })
    expect(json).toMatchObject({
      lines: 122,
      counts: { ...ZERO, stored: 1, refused: 121 },
      errorsTruncated: true,
      warnings: [],
    })
    expect(json.errors).toHaveLength(100)
    expect(json.errors[0]).toMatchObject({ line: 4, code: 'not_an_object' })
    expect(json.errors[1]).toMatchObject({ line: 5, code: 'missing_field', pointer: '/id' })
    const refused = await server.send({ method: 'GET', path: json.refusedLines, without: ['content-type'] })
    expect(refused.lines).toHaveLength(121)
    expect(refused.lines[120]).toMatchObject({ line: 124, code: 'missing_field', head: '{"title":"x"}' })
  })

  it('warns of what it keeps all the same', async () => {
    const { json } = await server.send({ body: '{"id":"untitled"}' })
    expect(json).toMatchObject({ counts: { stored: 1 }, warnings: [{ line: 1, code: 'no_title', pointer: '/title' }] })
  })

  it('H40 of gzip in gzip is refused line by line', async () => {
    const body = gzipSync(gzipSync(lines('gz', 50)))
    const { json } = await server.send({ headers: { 'content-encoding': 'gzip' }, body })
    expect(json.counts).toEqual({ ...ZERO, refused: json.lines })
    expect(json.errors[0]).toMatchObject({ line: 1, code: 'invalid_utf8' })
  })

  it('H84 twice at once keeps each record once', async () => {
    const body = lines('twice', 1_000)
    const [one, other] = await Promise.all([
      server.send({ body }),
      server.send({ body: gzipSync(body), headers: { 'content-encoding': 'gzip' } }),
    ])
    expect(one.json.counts.stored + other.json.counts.stored).toBe(1_000)
    expect(one.json.counts.duplicate + other.json.counts.duplicate).toBe(1_000)
    expect(await keptOf('twice')).toBe(1_000)
  })

  it('is sent again safely', async () => {
    const body = lines('again', 2_500)
    expect((await server.send({ body })).json.counts).toEqual({ ...ZERO, stored: 2_500 })
    expect((await server.send({ body })).json.counts).toEqual({ ...ZERO, duplicate: 2_500 })
  })

  it('?verbose tells of each record, and ends in a summary', async () => {
    const body = `${lines('v', 1_200)}[]\n`
    const { lines: told, headers } = await server.send({ path: '/v1/sources/plain/records?verbose', body })
    expect(headers['content-type']).toContain('application/x-ndjson')
    expect(told).toHaveLength(1_202)
    expect(told[0]).toEqual({
      line: 1,
      outcome: 'stored',
      sourceId: 'v0',
      rawVersion: 1,
      version: 1,
    })
    expect(told[1_200]).toMatchObject({ line: 1_201, outcome: 'refused', errors: [{ code: 'not_an_object' }] })
    expect(told[1_201]?.summary).toMatchObject({ lines: 1_201, counts: { ...ZERO, stored: 1_200, refused: 1 } })
  })

  it('?atomic keeps all or nothing', async () => {
    const path = '/v1/sources/plain/records?atomic=true'
    const bad = await server.send({ path, body: `${lines('atom', 999)}[]\n` })
    expect([bad.status, bad.json.code, bad.json.committedLines]).toEqual([422, 'atomic_refused', 0])
    expect(bad.json.errors).toMatchObject([{ line: 1_000, code: 'not_an_object' }])
    expect((await server.send({ path, body: lines('atom', 1_001) })).json.code).toBe('too_many_lines')
    expect(await keptOf('atom')).toBe(0)
    expect((await server.send({ path, body: lines('atom', 1_000) })).json.counts.stored).toBe(1_000)
  })

  it('H37 keeps the lines before broken compression, and says how many', async () => {
    const whole = gzipSync(
      Array.from({ length: 5_000 }, (_, at) => `{"id":"cut${at}","title":"${randomBytes(20).toString('hex')}"}\n`).join(
        '',
      ),
    )
    const { status, json } = await server.send({
      headers: { 'content-encoding': 'gzip' },
      body: whole.subarray(0, whole.length - 1_000),
    })
    expect([status, json.code]).toEqual([400, 'bad_compression'])
    expect(json.committedLines).toBeGreaterThan(4_000)
    expect(await keptOf('cut')).toBe(json.committedLines)
  })

  it('H80 that is not what its digest says keeps no line of the last chunk', async () => {
    const digest = `sha-256=:${Buffer.alloc(32).toString('base64')}:`
    const { json } = await server.send({ headers: { 'content-digest': digest }, body: lines('digest', 1_500) })
    expect([json.code, json.committedLines]).toEqual(['checksum_mismatch', 1_000])
    expect(await keptOf('digest')).toBe(1_000)
  })

  it('H85 keeps the name of a batch to one body', async () => {
    const headers = { 'batch-id': 'b-1' }
    const body = lines('batch', 1_100)
    expect((await server.send({ headers, body })).json).toMatchObject({ batchId: 'b-1', counts: { stored: 1_100 } })
    expect((await server.send({ headers, body })).json.counts.duplicate).toBe(1_100)
    const other = await server.send({ headers, body: lines('other', 1) })
    expect([other.status, other.json.code, other.json.committedLines]).toEqual([422, 'idempotency_key_reused', 0])
    expect(await keptOf('other')).toBe(0)
    const longer = await server.send({ headers, body: body + lines('batch-more', 1) })
    expect([longer.status, longer.json.code]).toEqual([422, 'idempotency_key_reused'])
  })

  it('H15 H16 that stops coming is given up, its complete lines kept', async () => {
    const slow = await aPushServer(await anIngest(), { slow: { windowMs: 300, minBytes: 30_000 } })
    const dripping = (async function* () {
      yield Buffer.from(lines('slow', 2))
      for (;;) {
        await wait(20)
        yield Buffer.from('{')
      }
    })()
    const answer = await slow.send({ body: dripping })
    expect([answer.status, answer.json.code, answer.json.committedLines]).toEqual([408, 'body_too_slow', 2])
    const text = `POST /v1/sources/plain/records HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${slow.key}\r\nContent-Type: application/x-ndjson\r\nContent-Length: 9999\r\n\r\n{"id":"half`
    expect(await slow.raw(text)).toMatch(/^HTTP\/1.1 408 .*body_too_slow/s)
  })

  it('H17 whose sender goes away leaves nothing of the line he was at', async () => {
    const text = `POST /v1/sources/plain/records HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${server.key}\r\nContent-Type: application/x-ndjson\r\nContent-Length: 9999\r\n\r\n{"id":"gone0","title":"T"}\n{"id":"gone1`
    const { connect } = await import('node:net')
    const socket = connect(server.port, '127.0.0.1')
    await new Promise<void>((resolve) => socket.write(text, () => resolve()))
    socket.resetAndDestroy()
    expect((await server.send({ body: lines('after', 1) })).status).toBe(200)
    expect(await keptOf('gone1')).toBe(0)
  })

  it('H31 is put off while too much is unsent', async () => {
    const own = await anIngest({ maxUnsent: 1_500 })
    const other = await aPushServer(own)
    const { json, status, headers } = await other.send({ body: lines('over', 4_000) })
    // The count is looked at twice a second at most; until then chunks go through.
    if (status === 503) expect(json).toMatchObject({ code: 'overloaded', committedLines: expect.any(Number) })
    await expect.poll(async () => (await other.send({ body: lines('over', 1) })).status).toBe(503)
    const last = await other.send({ body: lines('over', 1) })
    expect(last.json.code).toBe('overloaded')
    expect(last.headers['retry-after']).toBe('30')
    expect(headers['content-type']).toBeDefined()
  })

  it('H05 to another host is not ours', async () => {
    const other = await aPushServer(await anIngest(), { hosts: ['atlas.example'] })
    expect((await other.send({ body: lines('host', 1) })).json.code).toBe('wrong_host')
    expect((await other.send({ body: lines('host', 1), headers: { host: 'atlas.example:443' } })).status).toBe(200)
  })

  it('H90 whose database goes away says what is kept; sending again keeps the rest', async () => {
    const own = await anIngest()
    const other = await aPushServer(own)
    const { name } = own.config
    const body = (async function* () {
      for (let at = 0; at < 40; at++) {
        if (at === 20) {
          await expect
            .poll(async () => (await own.database.query('select from heads limit 1')).rowCount, { timeout: 30_000 })
            .toBe(1)
          await own.outside.query(`alter database "${name}" allow_connections false`)
          await own.outside.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name])
        }
        yield Buffer.from(lines('db', 500, at * 500))
      }
    })()
    const { status, json } = await other.send({ body })
    await own.outside.query(`alter database "${name}" allow_connections true`)
    expect([status, json.code]).toEqual([503, 'database_unavailable'])
    const all = Array.from({ length: 40 }, (_, at) => lines('db', 500, at * 500)).join('')
    // A connection that ended unnoticed may cost another answer of that kind.
    const sendAll = () => other.send({ body: all })
    let again = await sendAll()
    for (; again.status === 503; again = await sendAll()) expect(again.json.code).toBe('database_unavailable')
    expect(again.json.counts.duplicate).toBeGreaterThanOrEqual(json.committedLines)
    expect(again.json.counts.stored + again.json.counts.duplicate).toBe(20_000)
  })

  it('is explained to services only', async () => {
    const answer = await server.send({ method: 'GET', path: `/internal/records/${recordIdOf('plain', 'v0')}` })
    expect(answer.json.code).toBe('service_credential_required')
  })
})
