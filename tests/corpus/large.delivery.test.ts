import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anIngest } from '../../services/ingest/src/testing/an-ingest.ts'
import { aChild } from './a-child.ts'
import { fuzzFiles, fuzzPushes } from './fuzzing.ts'
import { csv, plain, xml } from './import/file-case.ts'

/** MiB of JavaScript that the process may have, and by which it may grow after its first 10,000 records. */
const HEAP = 160
const GROWTH = 96
const MIB = 1 << 20

let child: Awaited<ReturnType<typeof aChild>>
let folder: string
let warm = 0
beforeAll(async () => {
  child = await aChild(await anIngest({ adapters: [plain, xml, csv] }), HEAP)
  folder = await mkdtemp(join(tmpdir(), 'atlas-large-'))
  await child.push(pieces(10_000, 8_000, (at) => `{"id":"warm${at}"`))
  warm = (await child.memory()).peakKiB
})
afterAll(() => rm(folder, { recursive: true }))

/** Lines in pieces of about a MiB; what is random in them keeps them from being all alike. */
function* pieces(count: number, bytes: number, start: (at: number) => string, join = '\n'): Generator<Buffer> {
  const note = 'n'.repeat(bytes)
  let gathered: string[] = []
  for (let at = 0; at < count; at++) {
    gathered.push(`${start(at)},"title":"T","note":"${note}"}${at === count - 1 && join !== '\n' ? '' : join}`)
    if (gathered.length * bytes < MIB && gathered.length < 10_000) continue
    yield Buffer.from(gathered.join(''))
    gathered = []
  }
  yield Buffer.from(gathered.join(''))
}

const grown = async () => ((await child.memory()).peakKiB - warm) / 1_024

describe('what is large', () => {
  it('H42 a body of 1 GiB is taken, and memory stays', async () => {
    const count = 131_072
    const answer = await child.push(pieces(count, 8_160, (at) => `{"id":"h42-${at}"`))
    expect(answer).toMatchObject({ status: 200, counts: { stored: count, refused: 0 } })
    expect(await grown()).toBeLessThan(GROWTH)
  })

  it('H44 a million lines are taken, and memory stays', async () => {
    const answer = await child.push(pieces(1_000_000, 0, (at) => `{"id":"h44-${at}"`))
    expect(answer).toMatchObject({ status: 200, counts: { stored: 1_000_000, refused: 0 } })
    expect(await grown()).toBeLessThan(GROWTH)
  })

  it('I11 a file of 1 GB is imported, and memory stays', async () => {
    const path = join(folder, 'large.jsonl')
    const count = 125_000
    await pipeline(
      pieces(count, 7_950, (at) => `{"id":"i11-${at}"`),
      createWriteStream(path),
    )
    expect(await child.import(path, 'plain')).toMatchObject({ state: 'done', counts: { stored: count, refused: 0 } })
    expect(await grown()).toBeLessThan(GROWTH)
  })

  it('I60 an array of 500 MB is imported, and memory stays', async () => {
    const path = join(folder, 'array.json')
    const count = 62_500
    function* array() {
      yield Buffer.from('[')
      yield* pieces(count, 7_950, (at) => `{"id":"i60-${at}"`, ',')
      yield Buffer.from(']')
    }
    await pipeline(array(), createWriteStream(path))
    expect(await child.import(path, 'plain')).toMatchObject({ state: 'done', counts: { stored: count, refused: 0 } })
    expect(await grown()).toBeLessThan(GROWTH)
  })
})

describe('ten thousand mutations', () => {
  it('as pushes have documented answers only', () => fuzzPushes(10_000, 20_260_101))
  it('as files have documented ends only', () => fuzzFiles(10_000, 20_260_101))
})
