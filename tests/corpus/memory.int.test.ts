import { createWriteStream } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip, gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MAX_RECORD_BYTES } from '../../services/ingest/src/formats/limits.ts'
import { aZip } from '../../services/ingest/src/testing/an-archive.ts'
import { anIngest } from '../../services/ingest/src/testing/an-ingest.ts'
import { aChild } from './a-child.ts'
import { csv, plain, xml } from './import/file-case.ts'

/** MiB of JavaScript that the process may have; what held one of these inputs whole would end it. */
const HEAP = 96
/** MiB by which it may grow beyond what pushes that are taken had made of it: of ordinary records, and of the longest there are. */
const GROWTH = 16
/** A line of a file may be a whole answer of an API: up to 64 MiB are looked at before it is refused. */
const GROWTH_OF_FILES = 64 + 64

let child: Awaited<ReturnType<typeof aChild>>
let folder: string
let warm = 0
beforeAll(async () => {
  child = await aChild(await anIngest({ adapters: [plain, xml, csv] }), HEAP)
  folder = await mkdtemp(join(tmpdir(), 'atlas-memory-'))
  await child.push(records('warm', 3_000, 8_000))
  await child.push(records('longest', 2, MAX_RECORD_BYTES - 100))
  warm = (await child.memory()).peakKiB
})
afterAll(() => rm(folder, { recursive: true }))

const good = (id: string) => Buffer.from(`{"id":"${id}","title":"T"}\n`)
function* records(name: string, count: number, bytes: number): Generator<Buffer> {
  const note = 'n'.repeat(bytes)
  for (let at = 0; at < count; at++) yield Buffer.from(`{"id":"${name}${at}","title":"T","note":"${note}"}\n`)
}
function* filled(text: string, mebibytes: number): Generator<Buffer> {
  const piece = Buffer.alloc(1 << 20, text)
  for (let at = 0; at < mebibytes; at++) yield piece
}
function* all(...parts: readonly Iterable<Buffer>[]): Generator<Buffer> {
  for (const part of parts) yield* part
}
const between = (name: string, bad: Iterable<Buffer>) =>
  all([good(`${name}1`)], bad, [Buffer.from('\n'), good(`${name}2`)])

/** What the highest mark of the process was raised by, MiB. */
async function grown(): Promise<number> {
  return ((await child.memory()).peakKiB - warm) / 1_024
}

describe('a push', () => {
  it.each<[string, Iterable<Buffer>, string]>([
    ['H45 a line of 5 MiB', between('h45-', filled('a', 5)), 'line_too_long'],
    ['H46 64 MiB without a newline', between('h46-', filled('!', 64)), 'line_too_long'],
    ['H61 a million lists deep', between('h61-', [Buffer.from(`{"id":"a","x":${'['.repeat(1e6)}${']'.repeat(1e6)}}`)]), 'too_deep'], // biome-ignore format: a row
  ])('%s is refused alone, and not held', async (_, body, code) => {
    const answer = await child.push(body)
    expect(answer).toMatchObject({ status: 200, counts: { stored: 2, refused: 1 }, errors: [{ code, line: 2 }] })
    expect(await grown()).toBeLessThan(GROWTH)
  })

  it.each([
    ['gzip', gzipSync],
    ['zstd', zstdCompressSync],
  ] as const)('H39 200 MB of spaces in %s are not unpacked', async (coding, pack) => {
    const body = pack(Buffer.alloc(200 << 20, ' '))
    const answer = await child.push([body], { 'content-encoding': coding })
    expect(answer).toMatchObject({ status: 413, code: 'decompressed_too_large' })
    expect(await grown()).toBeLessThan(GROWTH)
  })
})

describe('an import', () => {
  const write = async (name: string, parts: Iterable<Buffer>, packed = false) => {
    const path = join(folder, name)
    if (packed) await pipeline(parts, createGzip({ level: 1 }), createWriteStream(path))
    else await pipeline(parts, createWriteStream(path))
    return path
  }

  it('I12 of 1 TB of NUL that takes no room ends at its first bytes', async () => {
    const path = join(folder, 'sparse.jsonl')
    await using file = await open(path, 'w')
    await file.truncate(1e12)
    expect(await child.import(path, 'plain')).toMatchObject({
      codes: [expect.stringMatching(/invalid_utf8|unexpected_format/)],
    })
    expect(await grown()).toBeLessThan(GROWTH_OF_FILES)
  })

  it('I21 of a bomb stops', async () => {
    const path = await write('bomb.jsonl.gz', all([Buffer.from('{"id":"a","x":"')], filled('x', 300)), true)
    expect(await child.import(path, 'plain')).toMatchObject({ state: 'failed', code: 'decompressed_too_large' })
    expect(await grown()).toBeLessThan(GROWTH_OF_FILES)
  })

  it('I26 of a zip whose files are larger than they say stops', async () => {
    const path = await write('liar.zip', [
      aZip([{ name: 'a.jsonl', content: Buffer.alloc(100 << 20, ' '), size: 1_000 }]),
    ])
    expect(await child.import(path, 'plain')).toMatchObject({ state: 'failed', code: 'decompressed_too_large' })
    expect(await grown()).toBeLessThan(GROWTH_OF_FILES)
  })

  it('I28 of a zip of very many entries reads none', async () => {
    const path = await write('many.zip', [
      aZip(Array.from({ length: 60_000 }, (_, at) => ({ name: `${at}`, stored: true }))),
    ])
    expect(await child.import(path, 'plain')).toMatchObject({ state: 'failed', code: 'too_many_entries' })
    expect(await grown()).toBeLessThan(GROWTH_OF_FILES)
  })

  it('I46 I47 of XML of a million tags or attributes', async () => {
    const start = Buffer.from('<set xmlns="urn:a"><rec><id>deep</id></rec>')
    const deep = await write('deep.xml', all([start], filled('<x>', 9)))
    expect(await child.import(deep, 'bad-xml')).toMatchObject({
      counts: { stored: 1, refused: 1 },
      codes: ['too_deep'],
    })
    const wide = await write('wide.xml', all([start, Buffer.from('<rec ')], filled("a='1' b='2' ", 12)))
    expect((await child.import(wide, 'bad-xml')).counts).toMatchObject({ stored: 0, refused: 1 })
    expect(await grown()).toBeLessThan(GROWTH_OF_FILES)
  })

  it('I60 of one array of 64 MB, an element of which is too large', async () => {
    function* array() {
      yield Buffer.from('[')
      for (const [at, record] of [...records('i60-', 7, 1_000)].entries())
        yield Buffer.concat([Buffer.from(at ? ',' : ''), record])
      yield Buffer.from(',{"id":"too-large","x":"')
      yield* filled('x', 64)
      yield Buffer.from('"},{"id":"i60-last"}]')
    }
    const path = await write('array.json', array())
    const told = await child.import(path, 'plain')
    expect(told).toMatchObject({
      state: 'done_with_rejects',
      counts: { stored: 8, refused: 1 },
      codes: ['line_too_long'],
    })
    expect(await grown()).toBeLessThan(GROWTH_OF_FILES)
  })
})
