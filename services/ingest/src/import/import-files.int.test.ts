import { type ChildProcess, spawn } from 'node:child_process'
import { hash } from 'node:crypto'
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { childEnv } from '@atlas/testing/vitest'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NOTHING } from '../arriving.ts'
import { aTar, aZip } from '../testing/an-archive.ts'
import { anIngest, type TestIngest } from '../testing/an-ingest.ts'
import { type FileProgress, type FileResult, importFile } from './import-file.ts'
import { exitCodeOf, type ImportRequest, importFiles, type SkippedFile } from './import-files.ts'
import type { RefusedRecord } from './run-job.ts'

let ingest: TestIngest
let folder: string
beforeAll(async () => {
  ingest = await anIngest()
  folder = join(await mkdtemp(join(tmpdir(), 'atlas-import-')), 'plain')
  await mkdir(folder)
})
afterAll(() => rm(join(folder, '..'), { recursive: true }))

const lines = (name: string, count: number) =>
  Array.from({ length: count }, (_, at) => `{"id":"${name}${at}","title":"T"}\n`).join('')

async function aFile(name: string, content: string | Uint8Array): Promise<string> {
  await writeFile(join(folder, name), content)
  return join(folder, name)
}

async function run(paths: readonly string[], more: Partial<ImportRequest> = {}, parts: TestIngest = ingest) {
  const files: (FileResult | SkippedFile)[] = []
  const refused: RefusedRecord[] = []
  const progress: FileProgress[] = []
  const summary = await importFiles(parts, {
    paths,
    spoolDir: join(folder, '..', 'spool'),
    signal: new AbortController().signal,
    onFile: (file) => void files.push(file),
    onRefused: (one) => void refused.push(one),
    onProgress: (one) => void progress.push(one),
    ...more,
  })
  return { summary, files, refused, progress }
}

async function keptOf(prefix: string, of: TestIngest = ingest): Promise<number> {
  const { rows } = await of.database.query<{ count: number }>(
    'select count(*) as count from raw_records where starts_with(source_id, $1)',
    [prefix],
  )
  return rows[0]?.count ?? 0
}

describe('an import', () => {
  it('takes a folder of files of any form, and says where what it refused stands', async () => {
    await mkdir(join(folder, 'mixed'))
    await writeFile(join(folder, 'mixed/1.jsonl'), `${lines('one', 2)}\n[]\n{"title":"x"}\n`)
    await writeFile(join(folder, 'mixed/2.json'), JSON.stringify({ items: [{ id: 'two0' }, { id: 'two1' }] }))
    await writeFile(join(folder, 'mixed/3.jsonl.gz'), gzipSync(lines('three', 2_500)))
    await writeFile(join(folder, 'mixed/4.csv'), 'id,title\n1,2\n')
    await writeFile(join(folder, 'mixed/5.jsonl'), '')
    const { summary, files, refused } = await run([join(folder, 'mixed')], { source: 'plain' })
    expect(files.map(({ state, name, code }) => [name.slice(-10), state, code])).toEqual([
      ['ed/1.jsonl', 'done_with_rejects', undefined],
      ['xed/2.json', 'done', undefined],
      ['3.jsonl.gz', 'done', undefined],
      ['ixed/4.csv', 'failed', 'unexpected_format'],
      ['ed/5.jsonl', 'failed', 'failed_empty'],
    ])
    expect(refused.map(({ file, line, errors }) => [file.slice(-7), line, errors[0]?.code])).toEqual([
      ['1.jsonl', 4, 'not_an_object'],
      ['1.jsonl', 5, 'missing_field'],
      ['d/4.csv', 1, 'unexpected_format'],
    ])
    expect(summary.counts).toEqual({ ...NOTHING, stored: 2_504, refused: 3 })
    expect(exitCodeOf(summary)).toBe(5)
    const [first] = (await run([join(folder, 'mixed/1.jsonl')], { source: 'plain' })).files
    expect(first).toMatchObject({ state: 'done_with_rejects' })
  })

  it('of a file that breaks off is no import that is done; given again when it is whole, it is', async () => {
    const array = `[${lines('breaks', 1_500).trim().replaceAll('\n', ',')}]`
    const path = await aFile('broken.json', array.slice(0, -20))
    const cut = await run([path])
    expect(cut.files).toMatchObject([
      { state: 'failed', code: 'invalid_json', counts: { ...NOTHING, stored: 1_499, refused: 1 } },
    ])
    expect((cut.files[0] as FileResult).detail).toMatch(/^record 1500: .*the 1499 records that could be read are kept/)
    expect(cut.refused).toMatchObject([{ line: 1_500, errors: [{ code: 'invalid_json' }] }])
    expect([exitCodeOf(cut.summary), cut.summary.failed]).toEqual([5, 1])
    expect((await run([path])).files).toMatchObject([
      { state: 'failed', counts: { ...NOTHING, duplicate: 1_499, refused: 1 }, sameAs: expect.any(Number) },
    ])
    await writeFile(path, array)
    const whole = await run([path])
    expect(whole.files).toMatchObject([{ state: 'done', counts: { ...NOTHING, duplicate: 1_499, stored: 1 } }])
    expect(whole.files[0]).not.toHaveProperty('resumedAt')
  })

  it.each(['push.before_commit', 'push.after_commit'])(
    'of a file that breaks off does not forget it where it is stopped at %s',
    async (point) => {
      const name = `off-${point.slice(5, 6)}`
      const array = `[${lines(name, 1_500).trim().replaceAll('\n', ',')}]`
      const entries = [
        { name: 'broken.json', content: array.slice(0, -20) },
        { name: 'whole.json', content: array.replaceAll(name, `${name}whole`) },
      ]
      const path = await aFile(`${name}.tar`, aTar(entries))
      const stop = new Error('stopped')
      // Behind the chunk that holds the break, which is the second.
      let left = 2
      const hit = (at: string) => {
        if (at === point && --left === 0) throw stop
      }
      await expect(run([path], {}, { ...ingest, failpoints: { hit } })).rejects.toBe(stop)
      const { files } = await run([path])
      expect(files).toMatchObject([
        { state: 'failed', code: 'invalid_json', counts: { ...NOTHING, stored: 2_999, refused: 1 } },
      ])
      expect((files[0] as FileResult).detail).toMatch(/^"broken.json", record 1500: /)
    },
  )

  it('I09 of the same bytes again finds only duplicates, writes no record, and says which import it equals', async () => {
    const path = await aFile('twice.jsonl', lines('twice', 1_500))
    const first = await run([path])
    const second = await run([path])
    expect(first.summary.counts).toEqual({ ...NOTHING, stored: 1_500 })
    expect(second.summary.counts).toEqual({ ...NOTHING, duplicate: 1_500 })
    expect(exitCodeOf(second.summary)).toBe(0)
    const [one, other] = [first.files[0] as FileResult, second.files[0] as FileResult]
    expect(other.sameAs).toBe(one.importId)
    expect(first.progress.at(-1)).toMatchObject({ records: 1_500, bytes: first.progress.at(-1)?.sizeBytes })
  })

  it('I10 of a file that is being imported is refused', async () => {
    const path = await aFile('at-once.jsonl', lines('atonce', 3_000))
    const both = await Promise.all([run([path]), run([path])])
    expect(both.map(({ files }) => files[0]?.code).sort()).toEqual(['import_in_progress', undefined])
    expect(await keptOf('atonce')).toBe(3_000)
  })

  it('I12 of a hole of a terabyte says so at once', async () => {
    const path = await aFile('hole.jsonl', '')
    await truncate(path, 2 ** 40)
    const { files, refused } = await run([path])
    expect(files).toMatchObject([{ state: 'failed', code: 'invalid_utf8', counts: { ...NOTHING, refused: 1 } }])
    expect(refused).toMatchObject([{ line: 1, errors: [{ code: 'invalid_utf8' }] }])
    // Its SHA-256 is not known: nothing is the same as it.
    const [job] = (await ingest.database.query('select file_sha256 from imports order by id desc limit 1')).rows
    expect(job).toEqual({ file_sha256: null })
    await rm(path)
  })

  it('I19 of broken gzip keeps the records before the break', async () => {
    const whole = gzipSync(
      Array.from({ length: 6_000 }, (_, at) => `{"id":"broken${at}","title":"${Math.sin(at)}"}\n`).join(''),
    )
    const { files, summary } = await run([await aFile('broken.jsonl.gz', whole.subarray(0, whole.length - 9_000))])
    expect(files).toMatchObject([{ state: 'failed', code: 'bad_compression' }])
    expect(await keptOf('broken')).toBe(summary.counts.stored)
    expect(summary.counts.stored).toBeGreaterThan(1_000)
  })

  it.each(['I07 grows', 'I08 is cut'])('%s while it is read: what was read is kept', async (what) => {
    const name = what.slice(4, 6)
    const path = await aFile(`${name}.jsonl`, lines(name, 12_000))
    let touched: Promise<unknown> | undefined
    const { files } = await run([path], {
      onProgress: () => {
        touched ??= what.includes('grows') ? appendFile(path, lines('more', 1)) : truncate(path, 100_000)
      },
    })
    await touched
    expect(files).toMatchObject([{ state: 'failed', code: 'file_changed_during_import' }])
    expect(await keptOf(name)).toBeGreaterThan(999)
  })

  it('I17 that is cancelled says how much is kept, and goes on there', async () => {
    const path = await aFile('cancel.jsonl', lines('cancel', 5_000))
    const stop = new AbortController()
    const first = await run([path], { signal: stop.signal, onProgress: () => stop.abort() })
    expect(first.files[0]?.state).toBe('cancelled')
    expect(exitCodeOf(first.summary)).toBe(130)
    const kept = first.summary.counts.stored
    expect(await keptOf('cancel')).toBe(kept)
    const second = await run([path])
    expect(second.files[0]).toMatchObject({ state: 'done', resumedAt: kept, counts: { stored: 5_000, duplicate: 0 } })
  })

  it.each(['raw_records', 'heads'])(
    'F57 for which the disk of the database is full, in %s, keeps what was committed and goes on there',
    async (table) => {
      const name = `full-${table}-`
      const path = await aFile(`${name}.jsonl`, lines(name, 4_500))
      // As the server says it, in the middle of the fourth chunk.
      await ingest.admin.query(`
        create function out_of_room() returns trigger language plpgsql as $$
        begin raise exception 'could not extend file: No space left on device' using errcode = 'disk_full'; end $$;
        create trigger out_of_room before insert on ${table} for each row when (new.source_id = '${name}3500')
        execute function out_of_room()`)
      const full = await run([path])
      expect(full.files).toMatchObject([
        { state: 'failed', code: 'failed_storage', records: 3_000, counts: { ...NOTHING, stored: 3_000 } },
      ])
      expect((full.files[0] as FileResult).detail).toContain('3000 records are kept')
      expect(await keptOf(name)).toBe(3_000)
      await ingest.admin.query('drop function out_of_room cascade')
      const whole = await run([path])
      expect(whole.files).toMatchObject([{ state: 'done', resumedAt: 3_000, counts: { ...NOTHING, stored: 4_500 } }])
      expect(await keptOf(name)).toBe(4_500)
    },
  )

  it('I03 through a name that became a link is refused', async () => {
    const path = await aFile('target.jsonl', lines('target', 1))
    const { symlink } = await import('node:fs/promises')
    const link = join(folder, 'link.jsonl')
    await symlink(path, link)
    const adapter = ingest.adapters.get('plain')
    if (!adapter) throw new Error('no adapter')
    const ignore = () => undefined
    const { signal } = new AbortController()
    const flags = { restart: false, dryRun: false, keepGoing: false }
    const options = { ...flags, adapter, fetchedAt: null, spoolDir: folder, signal }
    const result = await importFile(ingest, {
      ...options,
      path: link,
      name: link,
      onProgress: ignore,
      onRefused: ignore,
    })
    expect(result).toMatchObject({ state: 'failed', code: 'symlink_refused' })
  })
})

describe('an import of archives', () => {
  it('takes each file in them, refuses what is not one, and leaves the rest to be imported', async () => {
    await mkdir(join(folder, 'packed'))
    const entries = [
      { name: 'a/one.jsonl', content: lines('packa', 3) },
      { name: 'b.jsonl.gz', content: gzipSync(lines('packb', 3)) },
      { name: '../c.jsonl', content: lines('packc', 3) },
    ]
    await writeFile(join(folder, 'packed/1.tar.gz'), gzipSync(aTar([...entries, { name: 'link', type: '2' }])))
    await writeFile(join(folder, 'packed/2.zip'), aZip([...entries, { name: 'd.csv', content: 'x' }]))
    await writeFile(join(folder, 'packed/3.tar.zst'), zstdCompressSync(lines('packd', 3)))
    const { files, refused } = await run([join(folder, 'packed')], { source: 'plain' })
    expect(files.map(({ state, code, ...rest }) => [state, code, 'counts' in rest && rest.counts])).toEqual([
      ['done_with_rejects', undefined, { ...NOTHING, stored: 6, refused: 2 }],
      ['done_with_rejects', undefined, { ...NOTHING, duplicate: 6, refused: 2 }],
      ['failed', 'not_an_archive', NOTHING],
    ])
    expect(refused.map(({ entry, errors }) => [entry, errors[0]?.code])).toEqual([
      ['../c.jsonl', 'archive_entry_path'],
      ['link', 'archive_entry_type'],
      ['../c.jsonl', 'archive_entry_path'],
      ['d.csv', 'unexpected_format'],
      [undefined, 'not_an_archive'],
    ])
  })

  it.each<[string, (entries: readonly { name: string; content: string }[]) => Uint8Array]>([
    ['tar', aTar],
    ['zip', aZip],
  ])('%s goes on within the file it was cancelled in', async (kind, pack) => {
    const entries = ['a', 'b', 'c'].map((name) => ({
      name: `${name}.jsonl`,
      content: lines(`in${kind}${name}`, 1_400),
    }))
    const path = await aFile(`cut.${kind}`, pack(entries))
    const stop = new AbortController()
    const first = await run([path], { signal: stop.signal, onProgress: () => stop.abort() })
    expect(first.files[0]?.state).toBe('cancelled')
    const kept = first.summary.counts.stored
    expect(kept).toBeLessThan(4_200)
    const second = await run([path])
    expect(second.files[0]).toMatchObject({ state: 'done', resumedAt: kept, counts: { ...NOTHING, stored: 4_200 } })
  })
})

describe('an import of standard input', () => {
  async function* fed(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
    for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size)
  }
  const pipe = (bytes: Uint8Array, size: number, more: Partial<ImportRequest> = {}) =>
    run(['-'], { source: 'plain', stdin: fed(bytes, size), ...more })

  it.each<[string, (text: string) => Uint8Array]>([
    ['plain', (text) => Buffer.from(text)],
    ['gzip', (text) => gzipSync(text)],
    ['tar', (text) => aTar([{ name: 'a.jsonl', content: text }])],
  ])('of %s goes on by leaving out what is committed, whatever pieces it comes in', async (name, pack) => {
    const bytes = pack(lines(`stdin-${name}`, 5_000))
    const stop = new AbortController()
    const first = await pipe(bytes, 50_000, { signal: stop.signal, onProgress: () => stop.abort(), stdinName: name })
    expect(first.files[0]?.state).toBe('cancelled')
    const kept = await keptOf(`stdin-${name}`)
    expect(kept).toBeGreaterThan(0)
    expect(kept).toBeLessThan(5_000)
    const other = Buffer.from(bytes)
    // Of gzip the time in its header: what it holds is the same, and it is another file.
    other.write('x', { plain: 100, gzip: 4, tar: 5_000 }[name] ?? 0)
    const wrong = await pipe(other, 7_001, { stdinName: name })
    expect(wrong.files[0]?.code).toBe('file_changed')
    expect(await keptOf(`stdin-${name}`)).toBe(kept)
    const again = await pipe(bytes, 7_001, { stdinName: name })
    expect(again.files[0]).toMatchObject({ state: 'done', resumedAt: kept, counts: { stored: 5_000, duplicate: 0 } })
    expect(await keptOf(`stdin-${name}`)).toBe(5_000)
  })

  it('keeps a zip first, whose directory is at its end, and leaves nothing of it', async () => {
    const zip = aZip([{ name: 'a.jsonl', content: lines('stdinzip', 10) }])
    expect((await pipe(zip, 100)).files[0]).toMatchObject({ state: 'done', counts: { stored: 10 } })
    expect(await readdir(join(folder, '..', 'spool'))).toEqual([])
  })

  it('I73 is compared with a SHA-256 before anything of it is kept', async () => {
    const bytes = Buffer.from(lines('stdinsum', 10))
    const wrong = await pipe(bytes, 100, { sha256: '0'.repeat(64) })
    expect(wrong.files[0]).toMatchObject({ state: 'failed', code: 'checksum_mismatch' })
    expect(await keptOf('stdinsum')).toBe(0)
    expect((await pipe(bytes, 100, { sha256: hash('sha256', bytes) })).files[0]?.state).toBe('done')
  })
})

describe('a rehearsal', () => {
  it('says what would become of the records, and writes nothing at all', async () => {
    const path = await aFile('dry.jsonl', `${lines('dry', 1_500)}[]\n${lines('dry', 2)}`)
    const rows = async () => {
      const tables = ['imports', 'raw_records', 'heads', 'refused_lines', 'outbox_references', 'source_counts']
      const counts = tables.map((name) => ingest.database.query(`select count(*) as count from ${name}`))
      return (await Promise.all(counts)).map(({ rows }) => rows[0])
    }
    const before = await rows()
    const { files, refused } = await run([path], { dryRun: true })
    expect(files).toMatchObject([
      { state: 'done_with_rejects', counts: { ...NOTHING, stored: 1_500, duplicate: 2, refused: 1 } },
    ])
    expect(files[0]).not.toHaveProperty('importId')
    expect(refused).toMatchObject([{ line: 1_501 }])
    expect(await rows()).toEqual(before)
  })
})

describe('an import that is killed', () => {
  const main = fileURLToPath(new URL('../import-main.ts', import.meta.url))
  const work = (count: number) =>
    Array.from({ length: count }, (_, at) => `${JSON.stringify(openalexWork(at))}\n`).join('')
  const openalexWork = (at: number) => ({
    id: `https://openalex.org/W${4_000_000_000 + at}`,
    display_name: `On the matter of ${at}`,
    title: `On the matter of ${at}`,
    type: 'article',
    publication_year: 2020,
    authorships: [],
    updated_date: '2026-01-01T00:00:00.000000',
  })

  function start(own: TestIngest, args: readonly string[], env: Record<string, string> = {}): ChildProcess {
    return spawn(process.execPath, ['--conditions=development', main, ...args], {
      env: childEnv(own.config, env),
      stdio: ['ignore', 'pipe', 'inherit'],
    })
  }

  async function ended(child: ChildProcess) {
    let text = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
    const code = await new Promise((resolve) => child.once('close', (exit, signal) => resolve(signal ?? exit)))
    const events = text.split('\n').flatMap((line) => (line.endsWith('}') ? [JSON.parse(line)] : []))
    return {
      code,
      done: events.find(({ event }) => event === 'done'),
      file: events.find(({ event }) => event === 'file'),
    }
  }

  it('F57 and has no room to keep its standard input says so, keeps nothing, and is given it again', async () => {
    const own = await anIngest()
    const zip = aZip([{ name: 'works.jsonl', content: work(5_500) }])
    const given = async (limit: string) => {
      const command = `${limit} exec "$0" --conditions=development "$1" --source openalex -`
      const child = spawn('sh', ['-c', command, process.execPath, main], {
        env: childEnv(own.config, { TMPDIR: tmpdir() }),
        stdio: ['pipe', 'pipe', 'inherit'],
      })
      // Who has no room does not read the rest.
      child.stdin.on('error', () => child.stdin.destroy())
      child.stdin.end(zip)
      return ended(child)
    }
    // The kernel's own limit on the size of a file: 64 blocks of 512 bytes.
    const full = await given('ulimit -f 64;')
    expect(full.file).toMatchObject({ state: 'failed', code: 'failed_storage' })
    expect(full.code).toBe(5)
    expect(await keptOf('W', own)).toBe(0)
    const again = await given('')
    expect([again.code, again.done?.counts]).toEqual([0, { ...NOTHING, stored: 5_500 }])
  })

  it.each(['push.before_commit', 'push.after_commit'])(
    'I14 at %s goes on at the last committed record',
    async (point) => {
      const own = await anIngest()
      const dir = join(folder, '..', `kill-${point}`, 'openalex')
      await mkdir(dir, { recursive: true })
      const path = join(dir, 'works.jsonl')
      await writeFile(path, work(5_500))
      const killed = await ended(start(own, [dir], { ATLAS_FAILPOINT: `${point}:3` }))
      expect(killed.code).toBe('SIGKILL')
      const committed = point === 'push.after_commit' ? 3_000 : 2_000
      expect(await keptOf('W', own)).toBe(committed)
      const again = await ended(start(own, [dir]))
      expect(again.code).toBe(0)
      expect(again.file).toMatchObject({ state: 'done', resumedAt: committed, counts: { stored: 5_500, duplicate: 0 } })
      expect(await keptOf('W', own)).toBe(5_500)
      const { rows } = await own.database.query('select 1 from heads where version <> 1 or raw_version <> 1')
      expect(rows).toEqual([])
    },
  )

  it('I15 I16 does not go on with another file', async () => {
    const own = await anIngest()
    const dir = join(folder, '..', 'replaced', 'openalex')
    await mkdir(dir, { recursive: true })
    const path = join(dir, 'works.jsonl')
    await writeFile(path, work(4_000))
    await ended(start(own, [path], { ATLAS_FAILPOINT: 'push.after_commit:1' }))
    const { mtime } = await stat(path)
    const text = await readFile(path, 'utf8')
    await writeFile(path, text.replace('On the matter of 3', 'In the matter of 3'))
    await utimes(path, mtime, mtime)
    const replaced = await ended(start(own, [path]))
    expect([replaced.code, replaced.file.code]).toEqual([5, 'file_changed'])
    await truncate(path, 100)
    expect((await ended(start(own, [path]))).file.code).toBe('file_changed')
    await writeFile(path, text)
    const restarted = await ended(start(own, [path, '--restart', '--report', join(dir, 'report.ndjson')]))
    expect(restarted.file).toMatchObject({ state: 'done', counts: { duplicate: 1_000, stored: 3_000 } })
    expect(await readFile(join(dir, 'report.ndjson'), 'utf8')).toBe('')
  })

  it('says what is wrong with its arguments', async () => {
    const child = await ended(start(ingest, []))
    expect(child.code).toBe(2)
  })
})
