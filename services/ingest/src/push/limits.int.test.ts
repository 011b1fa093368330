import { openDatabase } from '@atlas/runtime'
import { quiet } from '@atlas/testing/vitest'
import { afterAll, describe, expect, it } from 'vitest'
import { createKey, listKeys, revokeKey, rotateKey } from '../keys.ts'
import { type Answer, aPushServer } from '../testing/a-push-server.ts'
import { anIngest, type TestIngest } from '../testing/an-ingest.ts'
import { plainSource } from '../testing/plain-source.ts'

const lines = (name: string, count: number, from = 0) =>
  Array.from({ length: count }, (_, at) => `{"id":"${name}${from + at}","title":"T"}\n`).join('')

/** A second member: a pool of its own on the same database. */
function aMember(ingest: TestIngest): TestIngest {
  const database = openDatabase(ingest.config, quiet)
  afterAll(() => database.close())
  return { ...ingest, database }
}

const accepted = (answers: readonly Answer[]) => answers.filter(({ status }) => status === 200).length

async function keptIn(ingest: TestIngest, prefix: string): Promise<number> {
  const { rows } = await ingest.database.query<{ count: number }>(
    'select count(*) as count from raw_records where starts_with(source_id, $1)',
    [prefix],
  )
  return rows[0]?.count ?? 0
}

describe('the rate of a key', () => {
  it('H30 S37 is one for all members: what they accept together is the limit', async () => {
    const ingest = await anIngest()
    const limits = { ratePerMinute: 40 }
    const one = await aPushServer(ingest, { limits })
    const other = await aPushServer(aMember(ingest), { limits })
    const headers = { authorization: `Bearer ${one.key}` }
    const answers = await Promise.all(
      Array.from({ length: 120 }, (_, at) => (at % 2 ? one : other).send({ headers, body: lines(`r${at}-`, 1) })),
    )
    expect(accepted(answers)).toBe(40)
    const refused = answers.find(({ status }) => status !== 200)
    expect(refused?.json).toMatchObject({ status: 429, code: 'rate_limited' })
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0)
    expect(Number(refused?.headers['retry-after'])).toBeLessThanOrEqual(60)
    expect(refused?.headers['ratelimit-policy']).toBe('"requests";q=40;w=60')
    expect(refused?.headers['ratelimit']).toMatch(/^"requests";r=0;t=\d+$/)
    expect(await keptIn(ingest, 'r')).toBe(40)
  })

  it('begins anew with each window, and every answer says what is left', async () => {
    const ingest = await anIngest()
    const server = await aPushServer(ingest, { limits: { ratePerMinute: 2 } })
    const left = async () => (await server.send({ body: lines('w', 1) })).headers['ratelimit']
    expect(await left()).toMatch(/^"requests";r=1;/)
    expect(await left()).toMatch(/^"requests";r=0;/)
    expect((await server.send({ body: lines('w', 1) })).json.code).toBe('rate_limited')
    await ingest.database.query("update key_rates set window_started_at = now() - interval '61 seconds'")
    expect(await left()).toMatch(/^"requests";r=1;/)
  })

  it('is its own: 0 is none, and a refusal for another reason says it too', async () => {
    const server = await aPushServer(await anIngest(), { limits: { ratePerMinute: 1 }, keysPerSource: 3 })
    const free = await createKey(server.keys, { sources: ['plain'], ratePerMinute: 0, dailyBytes: 500 }, 'test')
    const headers = { authorization: `Bearer ${free.key}` }
    const answers = [await server.send({ headers, body: lines('f', 1) }), await server.send({ headers, body: '' })]
    expect(answers.map(({ status }) => status)).toEqual([200, 400])
    expect(answers[1]?.headers['ratelimit-policy']).toBe('"bytes";q=500;w=86400;qu="content-bytes"')
    expect(answers[1]?.headers['ratelimit']).toMatch(/^"bytes";r=\d+;t=\d+$/)
  })
})

describe('the quota of a day', () => {
  it('takes lines up to it, says where to go on, and costs nothing for what is sent again', async () => {
    const ingest = await anIngest()
    const server = await aPushServer(ingest, { limits: { dailyRecords: 2_500 } })
    const body = lines('q', 4_000)
    const { status, json, headers } = await server.send({ body })
    expect([status, json.code, json.committedLines]).toEqual([429, 'quota_exceeded', 2_500])
    expect(json).toMatchObject({ lastLine: 2_500, lastRecord: 'q2499', counts: { stored: 2_500 } })
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(86_400)
    expect(await keptIn(ingest, 'q')).toBe(2_500)
    expect((await server.send({ body: lines('q', 2_500) })).json.counts).toMatchObject({ duplicate: 2_500 })
    expect((await server.send({ body: lines('q', 1, 2_500) })).json.code).toBe('quota_exceeded')
    // A new day.
    await ingest.database.query('update key_usage set day = day - 1')
    expect((await server.send({ body })).json.counts).toMatchObject({ duplicate: 2_500, stored: 1_500 })
  })

  it('S37 is never passed, whoever sends at the same time through whichever member', async () => {
    const ingest = await anIngest()
    const limits = { dailyRecords: 300 }
    const one = await aPushServer(ingest, { limits })
    const other = await aPushServer(aMember(ingest), { limits })
    const headers = { authorization: `Bearer ${one.key}` }
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, at) => (at % 2 ? one : other).send({ headers, body: lines(`m${at}-`, 10) })),
    )
    expect(accepted(answers)).toBe(30)
    expect(await keptIn(ingest, 'm')).toBe(300)
  })

  it('of bytes ends a body where they are used up, and is of the decompressed', async () => {
    const ingest = await anIngest()
    const server = await aPushServer(ingest, { limits: { dailyBytes: 100_000 } })
    const line = `{"id":"b","title":"T"}\n`
    const { json } = await server.send({ body: lines('b', 10_000) })
    expect(json.code).toBe('quota_exceeded')
    const kept = await keptIn(ingest, 'b')
    expect(json.committedLines).toBe(kept)
    expect(kept).toBeLessThan(100_000 / line.length)
    const [key] = await listKeys(server.keys, Date.now())
    expect(key?.today.bytes).toBeLessThanOrEqual(100_000)
  })

  it('keeps nothing of an atomic body that it has no room for', async () => {
    const ingest = await anIngest()
    const server = await aPushServer(ingest, { limits: { dailyRecords: 5 } })
    const { json } = await server.send({ path: '/v1/sources/plain/records?atomic', body: lines('a', 6) })
    expect([json.code, json.committedLines, await keptIn(ingest, 'a')]).toEqual(['quota_exceeded', 0, 0])
  })
})

describe('a key', () => {
  it('is counted: requests, bytes, what became of lines, when it was used last', async () => {
    const server = await aPushServer(await anIngest())
    const before = Date.now() - 1_000
    const body = `${lines('c', 3)}[]\n`
    await server.send({ body })
    await server.send({ body })
    await server.send({ path: '/v1/sources/plain/records?dryRun', body: lines('dry', 5) })
    const [key] = await listKeys(server.keys, Date.now())
    expect(key).toMatchObject({
      requests: 3,
      bytes: 2 * body.length,
      counts: { stored: 3, duplicate: 3, refused: 2, updated: 0, stale: 0 },
      today: { requests: 3, records: 5, bytes: 2 * body.length },
    })
    expect(Date.parse(key?.lastUsedAt ?? '')).toBeGreaterThan(before)
  })

  it('H25 opens nothing from its revocation on: the push that is under way ends at its next chunk', async () => {
    const ingest = await anIngest()
    const server = await aPushServer(ingest)
    const body = (async function* () {
      for (let at = 0; at < 30; at++) {
        if (at === 10) {
          await expect.poll(() => keptIn(ingest, 'u'), { timeout: 30_000 }).toBeGreaterThan(0)
          await revokeKey(server.keys, server.keyId, 'test', 'leaked')
        }
        yield Buffer.from(lines('u', 500, at * 500))
      }
    })()
    const { status, json } = await server.send({ body })
    expect([status, json.code]).toEqual([401, 'invalid_api_key'])
    expect(json.committedLines).toBeLessThanOrEqual(5_000)
    expect(await keptIn(ingest, 'u')).toBe(json.committedLines)
    expect(json).toMatchObject({ lastLine: json.committedLines, lastRecord: `u${json.committedLines - 1}` })
  })

  it('F72 is rotated with time to hand it over: both work, then only the new one', async () => {
    const ingest = await anIngest({ adapters: [plainSource(), { ...plainSource(), source: 'other' }] })
    const server = await aPushServer(ingest, { keyFor: ['plain', 'other'] })
    const { keys, keyId } = server
    const hour = 3_600_000
    const made = await rotateKey(keys, keyId, { overlapMs: hour, expiresAt: null }, 'test', Date.now())
    const [now, before] = await listKeys(keys, Date.now())
    expect(now).toMatchObject({
      id: made.id,
      replaces: keyId,
      sources: ['plain', 'other'],
      state: 'active',
      expiresAt: null,
    })
    expect(before).toMatchObject({ id: keyId, state: 'active' })
    const send = async (key: string) =>
      (await server.send({ headers: { authorization: `Bearer ${key}` }, body: lines('o', 1) })).status
    expect([await send(server.key), await send(made.key)]).toEqual([200, 200])
    // One more would be three of a source.
    const once = { overlapMs: hour, expiresAt: null }
    await expect(rotateKey(keys, made.id, once, 'test', Date.now())).rejects.toMatchObject({
      code: 'too_many_active_keys',
    })
    await ingest.database.query('update api_keys set expires_at = now() where id = $1', [keyId])
    expect([await send(server.key), await send(made.key)]).toEqual([401, 200])
    await expect(rotateKey(keys, keyId, once, 'test', Date.now())).rejects.toMatchObject({ code: 'key_not_active' })
    await expect(rotateKey(keys, 'nobody00', once, 'test', Date.now())).rejects.toMatchObject({ code: 'not_found' })
  })

  it('H02 that came in clear is flagged, and one that is not ours is not', async () => {
    const server = await aPushServer(await anIngest())
    const clear = { 'x-forwarded-proto': 'http' }
    const wrong = { ...clear, authorization: `Bearer avk_${server.keyId}_${'y'.repeat(43)}` }
    expect((await server.send({ headers: wrong, body: lines('x', 1) })).json.code).toBe('https_required')
    expect((await listKeys(server.keys, Date.now()))[0]?.exposedAt).toBeNull()
    expect((await server.send({ headers: clear, body: lines('x', 1) })).json.code).toBe('https_required')
    expect((await listKeys(server.keys, Date.now()))[0]?.exposedAt).not.toBeNull()
  })
})
