import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { InputLine } from './lines.ts'
import { type LineCounts, NO_LINES, pushApi, sum } from './push-api.ts'
import { type PushEvent, pushLines } from './push-lines.ts'

/** What befalls one request, after some of its lines were kept. */
type Fault =
  | { readonly kind: 'cut'; readonly kept: number }
  | { readonly kind: 'cut before asking'; readonly kept: number }
  | { readonly kind: 'refuse'; readonly kept: number }
  | { readonly kind: 'fail'; readonly kept: number; readonly status: 408 | 429 | 503; readonly retryAfter?: number }

/** A service that keeps lines as ingest does: durable up to a line, whatever becomes of the request. */
const kept: string[] = []
const batches = new Map<
  string,
  { lastLine: number; lastRecord: string | null; counts: LineCounts; refused: number[] }
>()
let faults: Fault[] = []
let cutting = 0

function keep(batchId: string, lines: readonly string[]) {
  const known = new Set(kept)
  let counts = NO_LINES
  const refused: number[] = []
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '') continue
    const outcome = line.startsWith('bad') ? 'refused' : known.has(line) ? 'duplicate' : 'stored'
    if (outcome === 'refused') refused.push(at + 1)
    if (outcome === 'stored') kept.push(line)
    known.add(line)
    counts = sum(counts, { ...NO_LINES, [outcome]: 1 })
  }
  const batch = { lastLine: lines.length, lastRecord: lines.at(-1) ?? null, counts, refused }
  batches.set(batchId, batch)
  return batch
}

function answer(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

const server = createServer(async (request, response) => {
  const [, batchId = '', refused] = /batches\/([^/]+)(\/refused)?$/.exec(request.url ?? '') ?? []
  const batch = batches.get(batchId)
  if (request.method === 'GET' && cutting-- > 0) return void response.destroy()
  if (refused && batch) {
    const told = batch.refused.map((line) => ({ line, code: 'bad', detail: 'd', pointer: null, head: 'h' }))
    return void response.end(told.map((one) => `${JSON.stringify(one)}\n`).join(''))
  }
  if (request.method === 'GET') return answer(response, batch ? 200 : 404, batch ?? { code: 'not_found' })
  const body = Buffer.concat(await request.toArray()).toString()
  const lines = body.split('\n').slice(0, -1)
  const fault = faults.shift()
  const id = String(request.headers['batch-id'])
  if (!fault) return answer(response, 200, keep(id, lines))
  const state =
    fault.kept > 0 ? keep(id, lines.slice(0, fault.kept)) : { lastLine: 0, lastRecord: null, counts: NO_LINES }
  if (fault.kind === 'cut before asking') cutting = 1
  if (fault.kind === 'cut' || fault.kind === 'cut before asking') return void response.destroy()
  if (fault.kind === 'refuse') return answer(response, 400, { ...state, code: 'too_many_bad_lines', detail: 'look' })
  const headers = fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) }
  answer(response, fault.status, { ...state, code: 'overloaded', detail: 'later' }, headers)
})
let url = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => void server.close())
beforeEach(() => {
  kept.length = 0
  batches.clear()
  faults = []
  cutting = 0
})

let runs = 0

async function pushed(texts: readonly string[], maxWaitMs = 300_000) {
  const events: PushEvent[] = []
  const slept: number[] = []
  const lines = (async function* (): AsyncGenerator<InputLine> {
    for (const [at, text] of texts.entries()) yield { file: 'f', line: at + 1, bytes: Buffer.from(text) }
  })()
  const counts = await pushLines(lines, {
    api: pushApi({ url, source: 'plain', key: 'k', fetchedAt: undefined }),
    runId: `run${++runs}`,
    sleep: async (ms) => void slept.push(ms),
    onEvent: (event) => events.push(event),
    maxWaitMs,
  })
  return { counts, events, slept }
}

const some = (count: number) => Array.from({ length: count }, (_, at) => `line ${at}`)

describe('pushing lines', () => {
  it('loses nothing and doubles nothing, whatever interrupts it', async () => {
    const fault: fc.Arbitrary<Fault> = fc.oneof(
      fc.record({ kind: fc.constant('cut' as const), kept: fc.nat(30) }),
      fc.record({ kind: fc.constant('cut before asking' as const), kept: fc.nat(30) }),
      fc.record({
        kind: fc.constant('fail' as const),
        kept: fc.nat(30),
        status: fc.constantFrom(408 as const, 429 as const, 503 as const),
      }),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(fault, { maxLength: 6 }),
        fc.array(fc.boolean(), { maxLength: 30 }),
        async (met, blank) => {
          kept.length = 0
          batches.clear()
          faults = [...met]
          const texts = blank.map((isBlank, at) => (isBlank ? ' ' : `line ${at}`))
          const { counts } = await pushed(texts)
          expect(kept).toEqual(texts.filter((text) => text !== ' '))
          expect(counts).toEqual({ ...NO_LINES, stored: kept.length })
        },
      ),
      { numRuns: 60 },
    )
  })

  it('goes on behind the last line that is durable', async () => {
    faults = [{ kind: 'cut', kept: 4 }]
    const { events } = await pushed(some(10))
    const progress = events.flatMap((event) => (event.event === 'progress' ? [[event.line, event.lastRecord]] : []))
    expect(progress).toEqual([
      [4, 'line 3'],
      [10, 'line 9'],
    ])
  })

  it('waits as long as it is told, and longer each time where it is not', async () => {
    faults = [
      { kind: 'fail', kept: 0, status: 429, retryAfter: 17 },
      { kind: 'fail', kept: 0, status: 503 },
      { kind: 'fail', kept: 0, status: 503 },
    ]
    expect((await pushed(some(3))).slept).toEqual([17_000, 2_000, 4_000])
  })

  it('stops where it would wait too long, or nobody is there, and says how to go on', async () => {
    faults = [{ kind: 'fail', kept: 2, status: 429, retryAfter: 3_600 }]
    await expect(pushed(some(5))).rejects.toMatchObject({
      exitCode: 4,
      message: 'stopped: later (overloaded); go on with "f" --from-line 3',
    })
    faults = Array.from({ length: 20 }, () => ({ kind: 'cut', kept: 0 }))
    await expect(pushed(some(5))).rejects.toMatchObject({
      exitCode: 4,
      message: expect.stringContaining('connection_lost'),
    })
    faults = [{ kind: 'refuse', kept: 1 }]
    await expect(pushed(some(5))).rejects.toMatchObject({
      exitCode: 1,
      message: 'stopped: look (too_many_bad_lines); go on with "f" --from-line 2',
    })
  })

  it('tells of each refused line where it stands in the file', async () => {
    faults = [{ kind: 'cut', kept: 3 }]
    const { events, counts } = await pushed(['line 0', 'bad 1', 'line 2', 'line 3', 'bad 4'])
    const refused = events.flatMap((event) => (event.event === 'refused' ? [[event.file, event.line, event.code]] : []))
    expect(refused).toEqual([
      ['f', 2, 'bad'],
      ['f', 5, 'bad'],
    ])
    expect(counts).toEqual({ ...NO_LINES, stored: 3, refused: 2 })
  })

  it('sends parts that fit into memory, and no part of blank lines', async () => {
    const { events } = await pushed([...some(10_001), ...Array.from({ length: 10_000 }, () => '')])
    expect(kept).toHaveLength(10_001)
    expect(events.map((event) => event.event === 'progress' && event.line)).toEqual([10_000, 20_000])
  })
})
