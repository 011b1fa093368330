import { expect, it } from 'vitest'
import { CHUNK } from '../chunks.ts'
import { aPushServer } from '../testing/a-push-server.ts'
import { anIngest } from '../testing/an-ingest.ts'

/** Pieces of a body, and how many bytes of them were taken off our hands. */
function aBody(pieces: number, pieceAt: (at: number) => string) {
  const taken = { bytes: 0 }
  const body = (async function* () {
    for (let at = 0; at < pieces; at++) {
      const piece = Buffer.from(pieceAt(at))
      yield piece
      taken.bytes += piece.length
    }
  })()
  return { taken, body }
}

/** Resolves when `value` is above 0 and has been the same ten times in a row, with turns of the loop between. */
async function settled(value: () => number): Promise<number> {
  let last = 0
  let same = 0
  await expect
    .poll(
      () => {
        const now = value()
        same = now > 0 && now === last ? same + 1 : 0
        last = now
        return same >= 10
      },
      { interval: 100, timeout: 60_000 },
    )
    .toBe(true)
  return last
}

it('P3 H42 a body is taken no faster than it is committed, however long it is', async () => {
  const ingest = await anIngest()
  const server = await aPushServer(ingest)
  const note = 'x'.repeat(7_940)
  const line = (at: number) => `{"id":"long${at}","title":"T","note":"${note}"}\n`
  const { taken, body } = aBody(320, (piece) => Array.from({ length: 50 }, (_, n) => line(50 * piece + n)).join(''))
  const other = await ingest.database.pool.connect()
  try {
    await other.query('begin')
    await other.query('lock table heads in share row exclusive mode')
    const pushed = server.send({ body })
    const held = await settled(() => taken.bytes)
    // 128 MB are waiting. Two chunks, a third that is being filled, and what two sockets hold on this machine.
    expect(held).toBeGreaterThan(CHUNK.bytes / 2)
    expect(held).toBeLessThan(3 * CHUNK.bytes + (16 << 20))
    await other.query('commit')
    expect((await pushed).json).toMatchObject({ lines: 16_000, counts: { stored: 16_000 } })
  } finally {
    other.release(true)
  }
})

it('P3 a reader of ?verbose who does not read holds the push back', async () => {
  const server = await aPushServer(await anIngest())
  // 34 MB of results: more than two sockets hold.
  const line = `{"id":"${'x'.repeat(500)}","title":"T"}\n`
  const { taken, body } = aBody(600, () => line.repeat(100))
  const abort = new AbortController()
  const response = await fetch(`http://127.0.0.1:${server.port}/v1/sources/plain/records?verbose`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.key}`, 'content-type': 'application/x-ndjson' },
    body: ReadableStream.from(body),
    duplex: 'half',
    signal: abort.signal,
  } as RequestInit)
  expect(response.status).toBe(200)
  expect(await settled(() => taken.bytes)).toBeLessThan((60_000 * line.length) / 2)
  abort.abort()
})
