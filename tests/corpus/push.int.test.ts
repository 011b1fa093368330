import type { ProblemDetail } from '@atlas/runtime'
import { beforeAll, describe, expect, it } from 'vitest'
import { ADAPTERS } from '../../services/ingest/src/adapters/index.ts'
import { findStoredBytes } from '../../services/ingest/src/store/raw-records.ts'
import {
  type Answer,
  aPushServer,
  type PushServer,
  type SendOptions,
} from '../../services/ingest/src/testing/a-push-server.ts'
import { anIngest, type TestIngest } from '../../services/ingest/src/testing/an-ingest.ts'
import { plainSource } from '../../services/ingest/src/testing/plain-source.ts'
import type { PushExpected } from './push/push-case.ts'
import { PUSH_CASES, WIRE } from './push.ts'
import { grownBy, rows, tracesOf } from './traces.ts'

let ingest: TestIngest
let server: PushServer
beforeAll(async () => {
  const adapters = [plainSource(), ...ADAPTERS.values()]
  ingest = await anIngest({ adapters: [...adapters, { ...plainSource(), source: 'not-mine' }] })
  server = await aPushServer(ingest, { keyFor: adapters.map(({ source }) => source) })
})

const ZERO = { stored: 0, updated: 0, duplicate: 0, stale: 0, refused: 0 }

/** Sends it, and tells what it left behind. */
async function sent(send: SendOptions) {
  const before = await tracesOf(ingest)
  const answer = await server.send(send)
  return { answer, grown: grownBy(before, await tracesOf(ingest)) }
}

describe('a push that is bad, or odd', () => {
  it.each(PUSH_CASES)(
    '$id $title → $expect.status $expect.code $expect.refused',
    async ({ make, expect: expected }) => {
      const given = make(server)
      const { answer, grown } = await sent(given)
      expect(answer.status, answer.text.slice(0, 500)).toBe(expected.status)
      expect(answer.headers).toMatchObject(expected.headers ?? {})
      if (expected.code !== undefined) {
        expectProblem(answer, expected.code)
        const { committedLines = 0, counts = {} } = answer.json
        if (expected.committedLines !== 'any') expect(committedLines).toBe(expected.committedLines ?? 0)
        expect(grown).toEqual(leftBy({ ...expected, counts: expected.counts ?? counts }))
        return
      }
      expectSummary(answer, expected)
      expect(grown).toEqual(leftBy(expected))
      await expectBytesKept(given, answer)
    },
  )

  const alone = PUSH_CASES.filter(({ expect: { refused = [], counts } }) => refused.length > 0 && !counts?.['stored'])
  it.each(alone)('$id $title is refused alone: the records before and behind it are kept', async (kase) => {
    const given = kase.make(server)
    const { answer, grown } = await sent({ ...given, body: amongGood(given) })
    expect(answer.status).toBe(200)
    const { expect: expected } = kase
    const among = { ...expected, refused: expected.refused?.map(aLineLater) ?? [], counts: { refused: 1, stored: 2 } }
    expectSummary(answer, among)
    expect(grown).toEqual(leftBy(among))
    const report = await server.send({ method: 'GET', path: answer.json.refusedLines, without: ['content-type'] })
    expect(report.lines.map(placeOf)).toEqual(among.refused)
  })
})

function expectProblem({ headers, json, status, text }: Answer, code: string): void {
  expect(headers['content-type']).toContain('application/problem+json')
  expect(json).toMatchObject({ code, status, type: `/docs/errors#${code}`, requestId: expect.any(String) })
  // A sentence that says what to do, and nothing of our insides.
  expect(json).toMatchObject({ title: expect.any(String), detail: expect.stringMatching(/\w \w/) })
  expect(text).not.toMatch(/node_modules|\.ts:|select |insert |Error:/)
}

type Placed = Pick<ProblemDetail, 'code'> & { readonly [K in 'line' | 'column' | 'pointer']?: unknown }

/** `code line[:column] [pointer]` */
function placeOf({ code, line, column, pointer }: Placed): string {
  const where = typeof column === 'number' ? `${line}:${column}` : `${line}`
  return [code, where, pointer].filter((part) => typeof part === 'string' && part !== '').join(' ')
}

function aLineLater(place: string): string {
  return place.replace(/ (\d+)/, (_, line: string) => ` ${Number(line) + 1}`)
}

function expectSummary({ json, text }: Answer, { refused = [], counts, warned }: PushExpected): void {
  expect(json.errors.map(placeOf)).toEqual(refused)
  for (const { detail } of json.errors) expect(detail).toMatch(/\w \w/)
  expect(json.counts).toEqual({ ...ZERO, ...counts })
  if (warned) expect(json.warnings.map(placeOf)).toEqual(warned)
  expect(text).not.toMatch(/node_modules|\.ts:|Error:/)
}

/** Rows of an answer: a version a record that is kept, a head a record, a message a change, a report a mistake. */
function leftBy({ counts = {}, refused = [], published }: PushExpected) {
  const { stored = 0, updated = 0, stale = 0 } = counts
  return rows({
    raw_records: stored + updated + stale,
    heads: stored,
    outbox_references: published ?? stored,
    refused_lines: Math.max(refused.length, counts['refused'] ?? 0),
  })
}

/** What is kept are the very bytes that were sent. */
async function expectBytesKept({ path, body, headers }: SendOptions, { json }: Answer): Promise<void> {
  const { counts, lastRecord } = json
  if (counts.stored === 0 || lastRecord === null || headers?.['content-encoding'] !== undefined) return
  const kept = await findStoredBytes(ingest.database, sourceOf(path), [{ sourceId: lastRecord, rawVersion: 1 }])
  expect(kept).toHaveLength(1)
  for (const { bytes } of kept) expect(Buffer.from(body as string).includes(Buffer.from(bytes))).toBe(true)
}

function sourceOf(path = ''): string {
  return /sources\/([\w-]+)\//.exec(path)?.[1] ?? 'plain'
}

let goodLines = 0

function amongGood({ path, body = '' }: SendOptions): Buffer {
  const source = sourceOf(path)
  const good = () => {
    const id = `${{ plain: 'good-', crossref: '10.5555/good-', openalex: 'https://openalex.org/W800000' }[source]}${++goodLines}`
    return JSON.stringify(source === 'crossref' ? { DOI: id, title: ['T'] } : { id, title: 'T' })
  }
  return Buffer.concat([Buffer.from(`${good()}\n`), Buffer.from(body as string), Buffer.from(`\n${good()}\n`)])
}

describe('what is no valid HTTP', () => {
  it.each(WIRE)('$id $title → $status $code', async ({ make, status, code }) => {
    const before = await tracesOf(ingest)
    const answer = await server.raw(make(server))
    if (status === 0) expect(answer).not.toMatch(/^HTTP\/1\.1 2/)
    else expect(answer).toMatch(new RegExp(`^(HTTP/1.1 100 Continue\r\n\r\n)?HTTP/1.1 ${status} `))
    if (code !== undefined) expect(answer).toMatch(new RegExp(`application/problem\\+json[^]*"code":"${code}"`))
    // What follows a mistake is not taken for another request.
    expect(answer.match(/HTTP\/1\.1 [2-5]/g)?.length ?? 0).toBeLessThanOrEqual(1)
    expect(grownBy(before, await tracesOf(ingest))).toEqual({})
  })
})
