import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { type AnswerBody, aPushServer, type PushServer } from '../testing/a-push-server.ts'
import { anIngest, type TestIngest } from '../testing/an-ingest.ts'

const lines = (name: string, count: number, from = 0) =>
  Array.from({ length: count }, (_, at) => `{"id":"${name}${from + at}","title":"T"}\n`).join('')

const batch = async (server: PushServer, id: string) =>
  (await server.send({ method: 'GET', path: `/v1/sources/plain/batches/${id}`, without: ['content-type'] })).json

async function versionsOf(ingest: TestIngest): Promise<{ records: number; versions: number }> {
  const { rows } = await ingest.database.query<{ records: number; versions: number }>(
    'select (select count(*) from heads) as records, (select count(*) from raw_records) as versions',
  )
  return rows[0] ?? { records: 0, versions: 0 }
}

/** Sends the head and part of a body that says it is longer, and cuts the connection once `until` holds. */
async function cutOff(server: PushServer, batchId: string, part: string, until: () => Promise<boolean>): Promise<void> {
  const head = `POST /v1/sources/plain/records HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${server.key}\r\nContent-Type: application/x-ndjson\r\nBatch-Id: ${batchId}\r\nContent-Length: ${part.length + 9_999}\r\n\r\n`
  const socket = connect(server.port, '127.0.0.1')
  socket.write(head + part)
  await expect.poll(until, { timeout: 30_000 }).toBe(true)
  socket.resetAndDestroy()
}

describe('an interrupted push', () => {
  it('names the last durable record, and goes on behind it: nothing is lost, nothing doubled', async () => {
    const ingest = await anIngest()
    const server = await aPushServer(ingest)
    const all = lines('cut', 3_500)
    const at = all.indexOf('{"id":"cut2700"')
    await cutOff(server, 'b-1', all.slice(0, at + 9), async () => (await batch(server, 'b-1')).committedLines === 2_000)
    const known = await batch(server, 'b-1')
    expect(known).toMatchObject({ lastLine: 2_000, lastRecord: 'cut1999', state: 'open', counts: { stored: 2_000 } })
    const rest = all.split('\n').slice(known.lastLine).join('\n')
    const { json } = await server.send({ headers: { 'batch-id': 'b-2' }, body: rest })
    expect(json.counts).toMatchObject({ stored: 1_500, duplicate: 0 })
    expect(await versionsOf(ingest)).toEqual({ records: 3_500, versions: 3_500 })
    expect(await batch(server, 'b-2')).toMatchObject({ state: 'complete', lastLine: 1_500, lastRecord: 'cut3499' })
  })

  it('counts blank and refused lines where it says how far it came, and names a record that is kept', async () => {
    const server = await aPushServer(await anIngest(), { limits: { maxLines: 3 } })
    const body = `\n${lines('few', 2)}\n[]\n${lines('few', 1, 2)}`
    const { json } = await server.send({ headers: { 'batch-id': 'few' }, body })
    const expected = { committedLines: 3, lastLine: 5, lastRecord: 'few1' }
    expect(json).toMatchObject({ ...expected, code: 'too_many_lines', counts: { stored: 2, refused: 1 } })
    expect(await batch(server, 'few')).toMatchObject(expected)
  })

  it('keeps what it knows of a batch when the body begins anew', async () => {
    const server = await aPushServer(await anIngest())
    const body = lines('anew', 1_500)
    await cutOff(server, 'a', body.slice(0, -9), async () => (await batch(server, 'a')).committedLines === 1_000)
    const { json } = await server.send({ headers: { 'batch-id': 'a' }, body })
    expect(json.counts.stored + json.counts.duplicate).toBe(1_500)
    expect(await batch(server, 'a')).toMatchObject({ state: 'complete', lastLine: 1_500, lastRecord: 'anew1499' })
  })

  it('is nothing to ask about where nothing was kept, or for another', async () => {
    const server = await aPushServer(await anIngest())
    const code = async (path: string, headers = {}): Promise<AnswerBody['code']> =>
      (await server.send({ method: 'GET', path, headers })).json.code
    expect(await code('/v1/sources/plain/batches/never')).toBe('not_found')
    const nobody = { authorization: `Bearer avk_00000000_${'x'.repeat(43)}` }
    expect(await code('/v1/sources/plain/batches/never', nobody)).toBe('invalid_api_key')
  })
})
