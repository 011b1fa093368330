import type { ProblemDetail } from '@atlas/runtime'
import { beforeAll, describe, expect, it } from 'vitest'
import { ADAPTERS } from '../adapters/index.ts'
import { type Answer, aPushServer, type PushServer, type SendOptions } from '../testing/a-push-server.ts'
import { anIngest, type TestIngest } from '../testing/an-ingest.ts'
import { plainSource } from '../testing/plain-source.ts'
import { PUSH_CASES, type PushCase } from './push.corpus.ts'

let ingest: TestIngest
let server: PushServer
beforeAll(async () => {
  const adapters = [plainSource(), ...ADAPTERS.values()]
  ingest = await anIngest({ adapters })
  server = await aPushServer(ingest, { keyFor: adapters.map(({ source }) => source) })
})

const ZERO = { stored: 0, updated: 0, duplicate: 0, stale: 0, refused: 0 }

/** Everything a push may leave behind. */
async function traces() {
  const { rows } = await ingest.database.query<{ versions: number; refused: number }>(
    'select (select count(*) from raw_records) as versions, (select count(*) from refused_lines) as refused',
  )
  return rows[0] ?? { versions: 0, refused: 0 }
}

async function sent(send: SendOptions): Promise<{ answer: Answer; kept: number; refused: number }> {
  const before = await traces()
  const answer = await server.send(send)
  const after = await traces()
  return { answer, kept: after.versions - before.versions, refused: after.refused - before.refused }
}

describe('the corpus of inputs', () => {
  it.each(PUSH_CASES)('$id $name → $status $code $lines', async (one) => {
    const { answer, kept, refused } = await sent(one.send)
    expect(answer.status, answer.text.slice(0, 500)).toBe(one.status)
    expect(answer.headers).toMatchObject(one.headers ?? {})
    if (one.code !== undefined) {
      expectProblem(answer, one.code)
      // Lines before the failure may be kept, and then the answer says so.
      expect(kept).toBe(answer.json.committedLines === undefined ? 0 : answer.json.committedLines - refused)
      return
    }
    expectSummary(answer, one, 0)
    const { stored, updated, stale } = answer.json.counts
    expect({ kept, refused }).toEqual({ kept: stored + updated + stale, refused: one.lines?.length ?? 0 })
  })

  const refusedLines = PUSH_CASES.filter(
    ({ lines = [], counts }) => lines.length > 0 && counts?.['stored'] === undefined,
  )
  it.each(refusedLines)('$id $name is refused alone, among good lines', async (one) => {
    const alone = await server.send(one.send)
    const { answer } = await sent({ ...one.send, body: amongGoodLines(one) })
    expectSummary(answer, one, 2)
    const placeOf = ({ line = 0, column, pointer }: ProblemDetail) => ({ line, column, pointer })
    const moved = alone.json.errors.map((error) => ({ ...placeOf(error), line: (error.line ?? 0) + 1 }))
    expect(answer.json.errors.map(placeOf)).toEqual(moved)
  })
})

function expectProblem({ headers, json, status }: Answer, code: string): void {
  expect(headers['content-type']).toContain('application/problem+json')
  expect(json).toMatchObject({ code, status, type: `/docs/errors#${code}`, requestId: expect.any(String) })
  // A sentence that says what to do, and nothing of our insides.
  expect(json).toMatchObject({ title: expect.any(String), detail: expect.stringMatching(/\w \w/) })
  expect(JSON.stringify(json)).not.toMatch(/node_modules|\.ts:|select |insert |Error:/)
}

function expectSummary({ json }: Answer, one: PushCase, goodLines: number): void {
  expect(json.errors.map((error) => error.code)).toEqual(one.lines)
  for (const error of json.errors)
    expect(error).toMatchObject({ line: expect.any(Number), detail: expect.stringMatching(/\w \w/) })
  expect(json.counts).toEqual({ ...ZERO, ...one.counts, stored: (one.counts?.['stored'] ?? 0) + goodLines })
  if (one.warnings) expect(json.warnings.map((warning) => warning.code)).toEqual(one.warnings)
}

let goodLines = 0

function amongGoodLines({ send }: PushCase): Buffer {
  const source = /sources\/(\w+)\//.exec(send.path ?? '')?.[1] ?? 'plain'
  const made = { plain: 'good-', crossref: '10.5555/good-', openalex: 'https://openalex.org/W800000' }
  const good = () => {
    const id = `${made[source as keyof typeof made]}${++goodLines}`
    return JSON.stringify(source === 'crossref' ? { DOI: id, title: ['T'] } : { id, title: 'T' })
  }
  const { body = '' } = send
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) throw new Error('a case has its body as a whole')
  return Buffer.concat([Buffer.from(`${good()}\n`), Buffer.from(body), Buffer.from(`\n${good()}\n`)])
}

describe('what is no valid HTTP', () => {
  const start = (text: string) => `POST /v1/sources/plain/records HTTP/1.1\r\n${text}`
  const withKey = () =>
    start(`Host: a\r\nAuthorization: Bearer ${server.key}\r\nContent-Type: application/x-ndjson\r\n`)

  it.each([
    ['H03', 'no host', start('\r\n'), 400],
    ['H04', 'two hosts', start('Host: a\r\nHost: b\r\nConnection: close\r\n\r\n'), 400],
    ['H06', 'two lengths of body', start('Host: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n'), 400],
    ['H07', 'two Content-Lengths', start('Host: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'), 400],
    ['H07', 'the same twice', start('Host: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n'), 400],
    ...['-1', '+5', '1e3', '18446744073709551616'].map(
      (length) => ['H08', length, start(`Host: a\r\nContent-Length: ${length}\r\n\r\n`), 400] as const,
    ),
    ['H12', 'space before the colon', start('Host : a\r\n\r\n'), 400],
    ['H12', 'a folded header', start('Host: a\r\nX: a\r\n b\r\n\r\n'), 400],
    ['H12', 'NUL in a header', start('Host: a\r\nX: a\0b\r\n\r\n'), 400],
    ['H12', 'bare CR in a header', start('Host: a\r\nX: a\rb\r\n\r\n'), 400],
    ['H13', '20 kB of header', start(`Host: a\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`), 431],
    ['H13', '20 kB of URL', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`, 431],
    ['H13', '2,000 headers', start(`Host: a\r\n${'X: a\r\n'.repeat(4_000)}\r\n`), 431],
    ['H19', 'an unknown method', 'FETCH / HTTP/1.1\r\nHost: a\r\n\r\n', 400],
  ] as const)('%s %s', async (id, _, text, status) => {
    const before = await traces()
    const answer = await server.raw(text)
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    // Node answers a request without a host itself.
    if (id !== 'H03') expect(answer).toContain('application/problem+json')
    expect(await traces()).toEqual(before)
  })

  it('H10 a transfer encoding that is passed on undecoded', async () => {
    const answer = await server.raw(
      `${withKey()}Transfer-Encoding: gzip, chunked\r\nConnection: close\r\n\r\n0\r\n\r\n`,
    )
    expect(answer).toMatch(/^HTTP\/1.1 400 .*transfer_encoding_unsupported/s)
  })

  it('H11 a chunk of no size keeps no line of the body', async () => {
    const before = await traces()
    const line = '{"id":"chunk0","title":"T"}\n'
    const answer = await server.raw(
      `${withKey()}Transfer-Encoding: chunked\r\n\r\n${line.length.toString(16)}\r\n${line}\r\nzz\r\n`,
    )
    expect(answer).toMatch(/^HTTP\/1.1 400 /)
    expect(await traces()).toEqual(before)
  })

  it('H18 asks for what we cannot give, or for leave without a key', async () => {
    const foo = await server.raw(`${withKey()}Content-Length: 2\r\nExpect: foo\r\nConnection: close\r\n\r\n`)
    expect(foo).toMatch(/^HTTP\/1.1 417 /)
    const text = start(
      'Host: a\r\nContent-Type: application/x-ndjson\r\nContent-Length: 9999\r\nExpect: 100-continue\r\n',
    )
    expect(await server.raw(`${text}\r\n`)).toMatch(/HTTP\/1.1 401 .*missing_api_key/s)
  })

  it('H19 CONNECT', async () => {
    const answer = await server.raw('CONNECT evil:443 HTTP/1.1\r\nHost: evil\r\n\r\n')
    expect(answer).not.toMatch(/^HTTP\/1.1 2/)
  })

  it('H88 what follows a parse error is not executed', async () => {
    const before = await traces()
    const body = '{"id":"pipelined","title":"T"}\n'
    const second = `${withKey()}Content-Length: ${body.length}\r\n\r\n${body}`
    const answer = await server.raw(`${start('Host : a\r\n\r\n')}${second}`)
    expect(answer.match(/HTTP\/1\.1 /g)).toHaveLength(1)
    expect(await traces()).toEqual(before)
  })

  it('H89 a key among the trailers opens nothing', async () => {
    const head = start(
      'Host: a\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\nTrailer: Authorization\r\n',
    )
    const answer = await server.raw(`${head}\r\n0\r\nAuthorization: Bearer ${server.key}\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1.1 401 .*missing_api_key/s)
  })
})
