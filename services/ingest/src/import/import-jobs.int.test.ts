import { type ChildProcess, spawn } from 'node:child_process'
import { hash } from 'node:crypto'
import { once } from 'node:events'
import { readdir, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { childEnv } from '@atlas/testing/vitest'
import { beforeAll, describe, expect, it } from 'vitest'
import { NOTHING } from '../arriving.ts'
import { aTar, aZip } from '../testing/an-archive.ts'
import { anImportServer, type ImportAnswer } from '../testing/an-import-server.ts'
import { anIngest, type TestIngest } from '../testing/an-ingest.ts'
import { plainSource } from '../testing/plain-source.ts'
import { sweepSpool } from './sweep-spool.ts'
import { importNext } from './worker.ts'

type Server = Awaited<ReturnType<typeof anImportServer>>
let ingest: TestIngest
let server: Server
beforeAll(async () => {
  ingest = await anIngest({ adapters: [plainSource(), { ...plainSource(), source: 'other' }] })
  server = await anImportServer(ingest)
})

const lines = (name: string, count: number) =>
  Array.from({ length: count }, (_, at) => `{"id":"${name}${at}","title":"T"}\n`).join('')

async function countOf(sql: string, values: readonly unknown[] = []): Promise<number> {
  const { rows } = await ingest.database.query<{ count: number }>(`select count(*) as count from ${sql}`, values)
  return rows[0]?.count ?? 0
}
const keptOf = (prefix: string) => countOf('raw_records where starts_with(source_id, $1)', [prefix])
const jobsOf = () => countOf('imports')
const inSpool = () => readdir(server.spoolDir)
/** What must be as it was when an upload is refused. */
const traces = async () => ({ jobs: await jobsOf(), spool: await inSpool() })

async function done(answer: ImportAnswer): Promise<ImportAnswer> {
  expect(answer.status).toBe(202)
  await server.work()
  return await server.job(answer.id)
}

const reportOf = async (id: number | undefined) =>
  (await server.send(`/v1/imports/${id}/refused`)).text
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))

describe('an upload', () => {
  it('becomes a job, is imported by a worker, and leaves the spool', async () => {
    const answer = await server.upload('source=plain', lines('one', 2_500))
    expect(answer).toMatchObject({ status: 202, state: 'received', records: 0, source: 'plain', name: 'upload.ndjson' })
    expect(server.woken.times).toBeGreaterThan(0)
    expect(await inSpool()).toHaveLength(1)
    expect(await keptOf('one')).toBe(0)
    const job = await done(answer)
    expect(job).toMatchObject({
      state: 'done',
      records: 2_500,
      counts: { ...NOTHING, stored: 2_500 },
      bytes: job.sizeBytes,
      sha256: hash('sha256', lines('one', 2_500)),
      secondsLeft: null,
    })
    expect(job.recordsPerSecond).toBeGreaterThan(0)
    expect(await inSpool()).toEqual([])
    const { imports } = await server.send('/v1/imports?state=done')
    expect(imports?.map(({ id }) => id)).toContain(job.id)
  })

  it.each<[string, string, Uint8Array]>([
    ['gz', 'application/gzip', gzipSync(lines('gz', 20))],
    [
      'tar',
      'application/x-tar',
      aTar([
        { name: 'a.jsonl', content: lines('tar', 12) },
        { name: 'b.jsonl', content: lines('tarb', 8) },
      ]),
    ],
    ['tgz', 'application/gzip', gzipSync(aTar([{ name: 'a.jsonl', content: lines('tgz', 20) }]))],
    [
      'zip',
      'application/zip',
      aZip([
        { name: 'a.jsonl', content: lines('zip', 12) },
        { name: 'b.json', content: `{"items":[${lines('zipb', 8).trim().replaceAll('\n', ',')}]}` },
      ]),
    ],
  ])('is unpacked: %s', async (name, type, body) => {
    const job = await done(await server.upload('source=plain', body, { 'content-type': type }))
    expect(job).toMatchObject({ state: 'done', records: 20, counts: { stored: 20 } })
    expect(await keptOf(name)).toBe(20)
  })

  it('I09 of the same bytes says so, finds duplicates only and writes no raw, head or outbox row', async () => {
    const first = await done(await server.upload('source=plain', lines('twice', 1_500)))
    const rows = () =>
      Promise.all(
        ['raw_records', 'raw_blocks', 'heads', 'outbox_references', 'refused_lines'].map((name) => countOf(name)),
      )
    const before = await rows()
    const again = await server.upload('source=plain', lines('twice', 1_500))
    expect(again).toMatchObject({ sameAs: first.id, note: `same sha256 as import ${first.id}` })
    expect(await done(again)).toMatchObject({
      state: 'done',
      counts: { ...NOTHING, duplicate: 1_500 },
      sameAs: first.id,
    })
    expect(await rows()).toEqual(before)
  })

  it('reports each refused record with its file, place, code and an excerpt', async () => {
    const body = aZip([
      { name: 'good.jsonl', content: lines('report', 3) },
      { name: '../evil.jsonl', content: lines('evil', 3) },
      { name: 'bad.jsonl', content: `${lines('reportb', 1)}{"title":"x"}\n[1]\n` },
    ])
    const job = await done(
      await server.upload('source=plain&name=dump.zip', body, { 'content-type': 'application/zip' }),
    )
    expect(job).toMatchObject({ state: 'done_with_rejects', counts: { stored: 4, refused: 3 } })
    expect(job.refusedByCode).toEqual({ archive_entry_path: 1, missing_field: 1, not_an_object: 1 })
    const offset = lines('reportb', 1).length
    expect(await reportOf(job.id)).toMatchObject([
      { file: 'dump.zip', entry: '../evil.jsonl', line: 1, code: 'archive_entry_path', excerpt: '' },
      {
        entry: 'bad.jsonl',
        line: 2,
        byteOffset: offset,
        code: 'missing_field',
        pointer: '/id',
        excerpt: '{"title":"x"}',
      },
      { entry: 'bad.jsonl', line: 3, byteOffset: offset + 14, code: 'not_an_object', excerpt: '[1]' },
    ])
  })

  it('is rehearsed: counts and report as if, and nothing is kept', async () => {
    const body = `${lines('dry', 1_200)}[]\n${lines('dry', 1)}`
    const job = await done(await server.upload('source=plain&dryRun=true', body))
    expect(job).toMatchObject({
      state: 'done_with_rejects',
      dryRun: true,
      counts: { ...NOTHING, stored: 1_200, refused: 1, duplicate: 1 },
    })
    expect(await keptOf('dry')).toBe(0)
    expect(await reportOf(job.id)).toMatchObject([{ line: 1_201, code: 'not_an_object' }])
    expect(await server.upload('source=plain', body)).not.toHaveProperty('sameAs')
    await server.work()
  })

  it('I20 with another checksum than its contents keeps them, and says so', async () => {
    const packed = gzipSync(lines('crc', 50))
    packed.writeUInt32LE(7, packed.length - 8)
    const job = await done(await server.upload('source=plain', packed, { 'content-type': 'application/gzip' }))
    expect(job).toMatchObject({ state: 'failed_checksum', code: 'failed_checksum', records: 50, resumable: false })
    expect(await reportOf(job.id)).toMatchObject([{ line: 51, code: 'bad_compression' }])
    expect(await keptOf('crc')).toBe(50)
  })

  it('I65 with half of it bad stops after the thousandth refusal, and goes on when told to', async () => {
    const body = Array.from({ length: 6_000 }, (_, at) => (at % 2 ? '[]\n' : `{"id":"half${at}","title":"T"}\n`)).join(
      '',
    )
    const job = await done(await server.upload('source=plain', body))
    expect(job).toMatchObject({
      state: 'failed_too_many_bad_lines',
      records: 2_000,
      counts: { stored: 1_000, refused: 1_000 },
    })
    const resumed = await server.send(`/v1/imports/${job.id}/resume?keepGoing=true`, { method: 'POST' })
    expect(resumed).toMatchObject({ status: 202, state: 'received' })
    expect(await done(resumed)).toMatchObject({
      state: 'done_with_rejects',
      counts: { ...NOTHING, stored: 3_000, refused: 3_000 },
    })
    expect(await reportOf(job.id)).toHaveLength(3_000)
  })

  it('I67 of another source is noticed in its first records: nothing is kept', async () => {
    const before = await countOf('refused_lines')
    const job = await done(await server.upload('source=plain', '{"DOI":"10.1/x"}\n'.repeat(150)))
    expect(job).toMatchObject({ state: 'failed_source_mismatch', code: 'source_mismatch', records: 0, counts: NOTHING })
    expect(await countOf('refused_lines')).toBe(before)
  })

  it.each<[string, string, Uint8Array, string]>([
    ['I34 xz', 'source=plain', Buffer.from('fd377a585a000000', 'hex'), 'archive_unsupported'],
    ['I34 7z', 'source=plain', Buffer.from('377abcaf271c0000', 'hex'), 'archive_unsupported'],
    ['I34 rar', 'source=plain', Buffer.from('526172211a070100', 'hex'), 'archive_unsupported'],
    ['I34 lz4', 'source=plain', Buffer.from('04224d1864000000', 'hex'), 'archive_unsupported'],
    [
      'I35 a PDF that is a zip, too',
      'source=plain&name=x.zip',
      Buffer.concat([Buffer.from('%PDF-1.7\n'), aZip([{ name: 'a', content: '{}' }])]),
      'not_an_archive',
    ],
    ['I29 a zip in gzip', 'source=plain', gzipSync(aZip([{ name: 'a', content: '{}' }])), 'archive_nested'],
    ['no tar', 'source=plain&name=x.tar', Buffer.from('{"id":"a"}'), 'not_an_archive'],
    ['an empty gzip', 'source=plain', gzipSync(''), 'failed_empty'],
    ['I19 a cut gzip', 'source=plain', gzipSync(lines('cut', 9)).subarray(0, -9), 'bad_compression'],
    [
      'I21 a bomb',
      'source=plain',
      gzipSync(Buffer.concat([Buffer.from('['), Buffer.alloc(64 << 20, ' ')])),
      'decompressed_too_large',
    ],
  ])('%s fails', async (_, query, body, code) => {
    const job = await done(await server.upload(query, body, { 'content-type': 'application/octet-stream' }))
    expect(job.code).toBe(code)
    expect(job.state).toBe(code.startsWith('failed') ? code : `failed_${code}`)
  })

  it('I29 an archive in an archive is refused alone', async () => {
    const body = aTar([
      { name: 'a.zip', content: aZip([{ name: 'a', content: '{}' }]) },
      { name: 'b.jsonl.gz', content: gzipSync(lines('nest', 2)) },
    ])
    const job = await done(await server.upload('source=plain', body, { 'content-type': 'application/x-tar' }))
    expect(job).toMatchObject({ state: 'done_with_rejects', counts: { stored: 2, refused: 1 } })
    expect(await reportOf(job.id)).toMatchObject([{ entry: 'a.zip', code: 'archive_nested' }])
  })

  it('I18 is read as what it is, with a warning where its name says otherwise', async () => {
    const job = await done(await server.upload('source=plain&name=x.json', gzipSync(lines('mis', 3))))
    expect(job).toMatchObject({ state: 'done', counts: { stored: 3 }, warnings: [{ code: 'extension_mismatch' }] })
    const other = await done(await server.upload('source=plain&name=x.jsonl.gz', lines('misb', 3)))
    expect(other).toMatchObject({ state: 'done', counts: { stored: 3 }, warnings: [{ code: 'extension_mismatch' }] })
  })

  it('I73 that is not what its sha256 says leaves nothing', async () => {
    const before = await traces()
    const body = lines('sum', 3)
    expect(await server.upload(`source=plain&sha256=${'0'.repeat(64)}`, body)).toMatchObject({
      status: 422,
      code: 'checksum_mismatch',
    })
    const digest = `sha-256=:${Buffer.alloc(32).toString('base64')}:`
    expect(await server.upload('source=plain', body, { 'content-digest': digest })).toMatchObject({
      status: 422,
      code: 'checksum_mismatch',
    })
    expect(await traces()).toEqual(before)
    expect(await keptOf('sum')).toBe(0)
    expect(await done(await server.upload(`source=plain&sha256=${hash('sha256', body)}`, body))).toMatchObject({
      state: 'done',
    })
  })

  it('I71 that breaks off makes no job and leaves nothing', async () => {
    const before = await traces()
    async function* broken() {
      yield Buffer.from(lines('broken', 3_000))
      await expect.poll(inSpool).toHaveLength(before.spool.length + 1)
      throw new Error('the line broke')
    }
    await expect(server.upload('source=plain', broken())).rejects.toThrow()
    await expect.poll(traces).toEqual(before)
  })

  it.each<[string, string, Record<string, string>, number, string]>([
    ['I68 for a source that is not the key’s', 'source=other', {}, 403, 'forbidden'],
    ['for no source', '', {}, 400, 'invalid_parameter'],
    ['for a source nobody knows', 'source=none', {}, 404, 'unknown_source'],
    ['with a parameter nobody knows', 'source=plain&sourcs=x', {}, 400, 'unknown_parameter'],
    ['with a parameter twice', 'source=plain&name=a&name=b', {}, 400, 'repeated_parameter'],
    ['without a type', 'source=plain', { 'content-type': '' }, 415, 'unsupported_media_type'],
    [
      'with a form of fields',
      'source=plain',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      'unsupported_media_type',
    ],
    ['compressed by the way', 'source=plain', { 'content-encoding': 'gzip' }, 415, 'encoding_unsupported'],
    ['of no bytes', 'source=plain', {}, 400, 'empty_body'],
  ])('%s is refused', async (_, query, headers, status, code) => {
    const before = await traces()
    expect(await server.upload(query, code === 'empty_body' ? '' : lines('no', 2), headers)).toMatchObject({
      status,
      code,
    })
    expect(await traces()).toEqual(before)
  })

  it('is seen by keys of its source only', async () => {
    const { id } = await server.upload('source=plain', lines('seen', 1))
    const { key } = await server.keyFor(['other'])
    for (const [path, method] of [
      ['', 'GET'],
      ['/cancel', 'POST'],
      ['/resume', 'POST'],
      ['/refused', 'GET'],
    ] as const)
      expect(await server.send(`/v1/imports/${id}${path}`, { key, method })).toMatchObject({
        status: 404,
        code: 'not_found',
      })
    expect((await server.send('/v1/imports', { key })).imports).toEqual([])
    expect(await server.send('/v1/imports/abc')).toMatchObject({ status: 400, code: 'invalid_id' })
    expect(await server.send(`/v1/imports/${id}`, { key: '' })).toMatchObject({ status: 401 })
    expect(await server.send(`/internal/imports/${id}`)).toMatchObject({ status: 401 })
    await server.work()
  })
})

describe('a form', () => {
  const part = (content: string, disposition = 'name="file"; filename="a.jsonl"', more = '') =>
    `--b\r\nContent-Disposition: form-data; ${disposition}\r\n${more}\r\n${content}\r\n`
  const form = (...parts: readonly string[]) => `${parts.join('')}--b--\r\n`
  const post = (body: string, type = 'multipart/form-data; boundary=b') =>
    server.upload('source=plain', body, { 'content-type': type })

  it('I70 of one file is an upload; its name is shown, never used', async () => {
    const names = [
      'filename="../../x.jsonl"',
      "filename*=utf-8''a%00b",
      `filename="${'n'.repeat(5_000)}"`,
      'filename="evil\u202etxt.exe"',
    ]
    for (const [at, name] of names.entries()) {
      const answer = await post(form(part(lines(`form${at}-`, 2), `name="f"; ${name}`)))
      const job = await done(answer)
      expect(job).toMatchObject({ state: 'done', counts: { stored: 2 } })
      expect(job.name).not.toMatch(/[/\p{C}]/u)
      expect(job.name?.length).toBeLessThanOrEqual(256)
    }
    expect(await keptOf('form')).toBe(8)
  })

  it.each<[string, () => Promise<ImportAnswer>, number, string]>([
    ['no file', () => post(form(part('x', 'name="source"'))), 400, 'multipart_invalid'],
    ['nothing', () => post(form()), 400, 'multipart_invalid'],
    ['two files', () => post(form(part(lines('f', 1)), part(lines('f', 1)))), 400, 'multipart_invalid'],
    ['a file and a field', () => post(form(part(lines('f', 1)), part('x', 'name="source"'))), 400, 'multipart_invalid'],
    [
      '100 parts',
      () => post(form(...Array.from({ length: 100 }, () => part('x', 'name="x"')))),
      400,
      'multipart_invalid',
    ],
    ['a field of 10 MB', () => post(form(part('x'.repeat(10 << 20), 'name="x"'))), 413, 'body_too_large'],
    ['no boundary', () => post(form(part('x')), 'multipart/form-data'), 400, 'multipart_invalid'],
    ['another boundary', () => post(form(part('x')), 'multipart/form-data; boundary=c'), 400, 'multipart_invalid'],
    [
      'a part header of 1 MB',
      () => post(form(part('x', undefined, `X: ${'y'.repeat(1 << 20)}\r\n`))),
      400,
      'multipart_invalid',
    ],
    ['an end too early', () => post(part(lines('f', 1))), 400, 'multipart_invalid'],
  ])('I69 with %s is refused, and nothing stays', async (_, send, status, code) => {
    const before = await traces()
    expect(await send()).toMatchObject({ status, code })
    expect(await traces()).toEqual(before)
  })
})

describe('an upload in parts', () => {
  const patch = (id: string | undefined, offset: number, body: ImportBody, headers: Record<string, string> = {}) =>
    server.send(`/v1/imports/uploads/${id}`, {
      method: 'PATCH',
      body,
      headers: { 'upload-offset': String(offset), ...headers },
    })
  type ImportBody = string | Uint8Array | AsyncIterable<Uint8Array>
  const begin = (query: string) => server.send(`/v1/imports/uploads?source=plain&${query}`, { method: 'POST' })

  it('goes on where it broke off, and becomes a job with its last byte', async () => {
    const body = lines('parts', 2_000)
    const { uploadId, offset, status } = await begin(`size=${body.length}&name=x.jsonl&sha256=${hash('sha256', body)}`)
    expect([status, offset]).toEqual([201, 0])
    expect(await patch(uploadId, 0, body.slice(0, 10_000))).toMatchObject({ status: 200, offset: 10_000 })
    async function* broken() {
      yield Buffer.from(body.slice(10_000, 30_000))
      await expect.poll(async () => (await server.send(`/v1/imports/uploads/${uploadId}`)).offset).toBe(30_000)
      throw new Error('the line broke')
    }
    await expect(patch(uploadId, 10_000, broken())).rejects.toThrow()
    // Until the server has seen that the line broke it answers that a part is being received, with the same offset.
    await expect
      .poll(() => patch(uploadId, 0, ''))
      .toMatchObject({ detail: 'the next part begins at 30000', upload: { offset: 30_000 } })
    const answer = await patch(uploadId, 30_000, body.slice(30_000))
    expect(await done(answer)).toMatchObject({ state: 'done', name: 'x.jsonl', counts: { stored: 2_000 } })
    expect(await server.send(`/v1/imports/uploads/${uploadId}`)).toMatchObject({ status: 404 })
  })

  it.each<[string, number, string, Record<string, string>]>([
    ['a wrong offset', 7, 'x', {}],
    ['a part that was sent already', 0, 'abcde', {}],
    ['another size', 5, 'x', { 'upload-length': '11' }],
    ['more than it has', 5, 'x'.repeat(6), {}],
  ])('I72 with %s: 409, and nothing of the part stays', async (_, offset, body, headers) => {
    const { uploadId } = await begin('size=10')
    await patch(uploadId, 0, 'abcde')
    expect(await patch(uploadId, offset, body, headers)).toMatchObject({
      status: 409,
      code: 'upload_offset_mismatch',
      upload: { offset: 5 },
    })
    expect(await server.send(`/v1/imports/uploads/${uploadId}`)).toMatchObject({ offset: 5 })
    await server.send(`/v1/imports/uploads/${uploadId}`, { method: 'DELETE' })
    expect(await inSpool()).toEqual([])
  })

  it('that is too long without saying so before leaves nothing of the part', async () => {
    const { uploadId } = await begin('size=20000')
    async function* long() {
      yield Buffer.alloc(15_000, 'x')
      yield Buffer.alloc(15_000, 'x')
    }
    expect(await patch(uploadId, 0, long())).toMatchObject({ status: 409, code: 'upload_offset_mismatch' })
    expect(await server.send(`/v1/imports/uploads/${uploadId}`)).toMatchObject({ offset: 0 })
    await server.send(`/v1/imports/uploads/${uploadId}`, { method: 'DELETE' })
  })

  it('I73 is compared with its sha256 when it is whole', async () => {
    const { uploadId } = await begin(`size=5&sha256=${'0'.repeat(64)}`)
    expect(await patch(uploadId, 0, 'abcde')).toMatchObject({ status: 422, code: 'checksum_mismatch' })
    expect(await inSpool()).toEqual([])
  })

  it('I71 that nobody goes on with is removed within the hour; so is what a dead process left', async () => {
    const { uploadId } = await begin('size=10')
    await patch(uploadId, 0, 'abcde')
    await server.upload('source=plain', lines('needed', 1))
    await sweepSpool({ ...ingest, spool: server.spool })
    expect(await inSpool()).toHaveLength(2)
    const longAgo = new Date(Date.now() - 55 * 60_000)
    for (const name of await inSpool()) await utimes(join(server.spoolDir, name), longAgo, longAgo)
    await ingest.database.query("update uploads set touched_at = now() - interval '55 minutes'")
    await sweepSpool({ ...ingest, spool: server.spool })
    expect((await inSpool()).map((name) => name.split('.')[1])).toEqual(['import'])
    expect(await server.send(`/v1/imports/uploads/${uploadId}`)).toMatchObject({ status: 404 })
    await server.work()
    expect(await keptOf('needed')).toBe(1)
  })
})

describe('a job', () => {
  it('I17 that waits is cancelled at once, and resumed', async () => {
    const { id } = await server.upload('source=plain', lines('wait', 5))
    expect(await server.send(`/v1/imports/${id}/cancel`, { method: 'POST' })).toMatchObject({
      status: 202,
      state: 'cancelled',
      resumable: true,
    })
    await server.work()
    expect(await keptOf('wait')).toBe(0)
    expect(await done(await server.send(`/v1/imports/${id}/resume`, { method: 'POST' }))).toMatchObject({
      state: 'done',
    })
    expect(await server.send(`/v1/imports/${id}/resume`, { method: 'POST' })).toMatchObject({
      status: 409,
      code: 'import_not_resumable',
    })
  })

  it('I17 that runs ends behind a chunk, says how much is kept, and goes on there', async () => {
    const { id } = await server.upload('source=plain', lines('run', 9_000))
    const cancelled: Promise<unknown>[] = []
    const cancel = () => {
      if (cancelled.length === 0) cancelled.push(server.send(`/v1/imports/${id}/cancel`, { method: 'POST' }))
    }
    await server.work(undefined, { failpoints: { hit: cancel } })
    await Promise.all(cancelled)
    const job = await server.job(id)
    expect(job.state).toBe('cancelled')
    expect(job.detail).toBe(`${job.records} records are kept`)
    expect(job.records).toBeLessThan(9_000)
    expect(await keptOf('run')).toBe(job.records)
    expect(await done(await server.send(`/v1/imports/${id}/resume`, { method: 'POST' }))).toMatchObject({
      state: 'done',
      counts: { ...NOTHING, stored: 9_000 },
    })
  })

  it('is left by a service that stops, and gone on with by the next', async () => {
    const { id } = await server.upload('source=plain', lines('stop', 6_000))
    const stop = new AbortController()
    await server.work(stop.signal, { failpoints: { hit: () => stop.abort() } }).catch(() => undefined)
    const left = await server.job(id)
    expect(left.state).toBe('importing')
    expect(left.records).toBeLessThan(6_000)
    await server.work()
    expect(await server.job(id)).toMatchObject({ state: 'done', counts: { ...NOTHING, stored: 6_000 } })
  })

  it('I80 is had by one of several workers', async () => {
    const answers = await Promise.all(
      Array.from({ length: 4 }, (_, at) => server.upload('source=plain', lines(`who${at}-`, 1_500))),
    )
    const { signal } = new AbortController()
    const workers = ['a', 'b', 'c'].map(async (instance) => {
      while (await importNext({ ...server.worker, instance }, signal));
    })
    await Promise.all(workers)
    for (const { id } of answers)
      expect(await server.job(id)).toMatchObject({ state: 'done', counts: { ...NOTHING, stored: 1_500 } })
    expect(await keptOf('who')).toBe(6_000)
  })

  it('I80 that another member took keeps nothing of ours', async () => {
    const { id } = await server.upload('source=plain', lines('lease', 6_000))
    const steal = () => ingest.database.query('update imports set lease_owner = $2 where id = $1', [id, 'thief'])
    const thefts: Promise<unknown>[] = []
    const hit = (name: string) => {
      if (name === 'push.after_commit' && thefts.length === 0) thefts.push(steal())
    }
    await importNext({ ...server.worker, failpoints: { hit } }, new AbortController().signal)
    await Promise.all(thefts)
    const left = await server.job(id)
    expect(await keptOf('lease')).toBe(left.records)
    expect(left).toMatchObject({ state: 'importing' })
    expect(left.records).toBeLessThan(6_000)
    await ingest.database.query('update imports set lease_until = now() where id = $1', [id])
    await server.work()
    expect(await server.job(id)).toMatchObject({ state: 'done', counts: { ...NOTHING, stored: 6_000 } })
  })

  it('I10 with the bytes of one that runs waits for it', async () => {
    const body = lines('same', 2_500)
    const [one, two] = [await server.upload('source=plain', body), await server.upload('source=plain', body)]
    const { signal } = new AbortController()
    await Promise.all(['a', 'b'].map((instance) => importNext({ ...server.worker, instance }, signal)))
    await server.work()
    const [first, second] = [await server.job(one.id), await server.job(two.id)]
    expect([first, second]).toMatchObject([{ counts: { stored: 2_500 } }, { counts: { stored: 0, duplicate: 2_500 } }])
  })

  it('I82 of another version is not guessed at: an operator restarts it', async () => {
    const { id } = await server.upload('source=plain', lines('old', 5))
    await ingest.database.query('update imports set job_version = 99 where id = $1', [id])
    await server.work()
    expect(await server.job(id)).toMatchObject({
      state: 'failed_job_version_unsupported',
      code: 'job_version_unsupported',
    })
    const restart = `/internal/imports/${id}/restart`
    expect(await server.send(restart, { method: 'POST' })).toMatchObject({ status: 401 })
    expect(await server.as('researcher', restart)).toMatchObject({ status: 403, code: 'forbidden' })
    expect(await done(await server.as('admin', restart))).toMatchObject({ state: 'done', counts: { stored: 5 } })
    expect(await server.as('admin', restart)).toMatchObject({ status: 409, code: 'import_not_resumable' })
    const all = await server.as('admin', '/internal/imports?state=done', 'GET')
    expect(all.imports?.[0]).toMatchObject({ id, state: 'done' })
    expect(await server.as('admin', `/internal/imports/${id}`, 'GET')).toMatchObject({ id, source: 'plain' })
  })

  it('that ends the process each time is not begun for ever', async () => {
    const { id } = await server.upload('source=plain', lines('loop', 5))
    await ingest.database.query('update imports set attempts = 5 where id = $1', [id])
    await server.work()
    expect(await server.job(id)).toMatchObject({ code: 'crash_loop', records: 0 })
  })
})

describe('a process', () => {
  const main = fileURLToPath(new URL('../testing/import-child-main.ts', import.meta.url))

  function child(args: readonly string[], env: Record<string, string> = {}, before = ''): ChildProcess {
    const command = `${before} exec "$0" --conditions=development "$@"`
    return spawn('/bin/sh', ['-c', command, process.execPath, main, ...args], {
      env: childEnv(ingest.config, { IMPORT_SPOOL_DIR: server.spoolDir, ...env }),
      stdio: ['pipe', 'pipe', 'inherit'],
    })
  }

  it.each(['push.before_commit', 'push.after_commit'])(
    'I14 killed at %s leaves a job that another goes on with at the exact record',
    async (point) => {
      const name = `kill${point.slice(5, 6)}`
      const entries = ['a', 'b', 'c'].map((file) => ({
        name: `${file}.jsonl`,
        content: lines(`${name}${file}`, 1_700),
      }))
      const { id } = await server.upload('source=plain', aTar(entries), { 'content-type': 'application/x-tar' })
      const dead = child(['work'], { ATLAS_FAILPOINT: `${point}:3` })
      expect((await once(dead, 'close'))[1]).toBe('SIGKILL')
      const committed = point === 'push.after_commit' ? 3_000 : 2_000
      expect(await server.job(id)).toMatchObject({ state: 'importing', records: committed })
      expect(await keptOf(name)).toBe(committed)
      // The dead one's lease has a second left.
      await expect
        .poll(
          async () => {
            await server.work()
            return (await server.job(id)).state
          },
          { timeout: 20_000 },
        )
        .toBe('done')
      expect(await server.job(id)).toMatchObject({ counts: { ...NOTHING, stored: 5_100 } })
      expect(await keptOf(name)).toBe(5_100)
      expect(
        await countOf('heads where starts_with(source_id, $1) and (version <> 1 or raw_version <> 1)', [name]),
      ).toBe(0)
    },
  )

  it('F57 I13 without room for an upload says so; the rest is sent when there is room', async () => {
    const body = lines('room', 4_000)
    // The kernel's own limit on the size of a file: 64 blocks of 512 bytes.
    const full = child(['serve'], {}, 'ulimit -f 64;')
    const [port] = await once(full.stdout ?? process.stdin, 'data')
    const answer = await fetch(`http://127.0.0.1:${Number(port)}/v1/imports?source=plain`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.key}`, 'content-type': 'application/x-ndjson' },
      body,
    })
    const problem = (await answer.json()) as {
      readonly code: string
      readonly import: { readonly id: number; readonly state: string }
      readonly upload: { readonly uploadId: string; readonly offset: number }
    }
    full.stdin?.end()
    await once(full, 'close')
    expect([answer.status, problem.code, problem.import.state]).toEqual([507, 'failed_storage', 'failed_storage'])
    const { uploadId, offset } = problem.upload
    expect(offset).toBeGreaterThan(0)
    expect(offset).toBeLessThanOrEqual(64 * 1_024)
    expect(await server.job(problem.import.id)).toMatchObject({ state: 'failed_storage', records: 0 })
    await server.work()
    expect(await keptOf('room')).toBe(0)
    const rest = await server.send(`/v1/imports/uploads/${uploadId}`, {
      method: 'PATCH',
      headers: { 'upload-offset': String(offset) },
      body: body.slice(offset),
    })
    expect(rest.id).toBe(problem.import.id)
    expect(await done(rest)).toMatchObject({ state: 'done', counts: { ...NOTHING, stored: 4_000 } })
  })

  it('killed between the spool and the job leaves no job', async () => {
    const before = await traces()
    const dying = child(['serve'], { ATLAS_FAILPOINT: 'import.spooled:1' })
    const [port] = await once(dying.stdout ?? process.stdin, 'data')
    const sent = fetch(`http://127.0.0.1:${Number(port)}/v1/imports?source=plain`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.key}`, 'content-type': 'application/x-ndjson' },
      body: lines('gone', 3),
    })
    await expect(sent).rejects.toThrow()
    expect(await jobsOf()).toBe(before.jobs)
    const left = (await inSpool()).filter((name) => !before.spool.includes(name))
    expect(left).toHaveLength(1)
    const longAgo = new Date(Date.now() - 55 * 60_000)
    for (const name of left) await utimes(join(server.spoolDir, name), longAgo, longAgo)
    await sweepSpool({ ...ingest, spool: server.spool })
    expect(await traces()).toEqual(before)
  })
})
