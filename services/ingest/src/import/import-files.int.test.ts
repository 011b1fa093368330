import { type ChildProcess, spawn } from 'node:child_process'
import { appendFile, mkdir, mkdtemp, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { NOTHING } from '../arriving.ts'
import { anIngest, type TestIngest } from '../testing/an-ingest.ts'
import { type FileProgress, type FileResult, importFile, type RefusedRecord } from './import-file.ts'
import { exitCodeOf, type ImportRequest, importFiles, type SkippedFile } from './import-files.ts'

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

async function run(paths: readonly string[], more: Partial<ImportRequest> = {}) {
  const files: (FileResult | SkippedFile)[] = []
  const refused: RefusedRecord[] = []
  const progress: FileProgress[] = []
  const summary = await importFiles(ingest, {
    paths,
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
      ['ixed/4.csv', 'done_with_rejects', undefined],
      ['ed/5.jsonl', 'failed', 'failed_empty'],
    ])
    expect(refused.map(({ file, line, errors }) => [file.slice(-7), line, errors[0]?.code])).toEqual([
      ['1.jsonl', 4, 'not_an_object'],
      ['1.jsonl', 5, 'missing_field'],
      ['d/4.csv', 1, 'unexpected_format'],
    ])
    expect(summary.counts).toEqual({ ...NOTHING, stored: 2_504, refused: 3 })
    expect(exitCodeOf(summary)).toBe(3)
  })

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

  it('I03 through a name that became a link is refused', async () => {
    const path = await aFile('target.jsonl', lines('target', 1))
    const { symlink } = await import('node:fs/promises')
    const link = join(folder, 'link.jsonl')
    await symlink(path, link)
    const adapter = ingest.adapters.get('plain')
    if (!adapter) throw new Error('no adapter')
    const ignore = () => undefined
    const options = { adapter, fetchedAt: null, restart: false, signal: new AbortController().signal }
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
    const { host, port, name, user, password } = own.config
    const { brokers, registryUrl } = inject('stack')
    return spawn(process.execPath, ['--conditions=development', main, ...args], {
      env: {
        PATH: process.env['PATH'],
        NODE_ENV: 'test',
        KAFKA_BROKERS: brokers.join(','),
        SCHEMA_REGISTRY_URL: registryUrl,
        DB_HOST: host,
        DB_PORT: String(port),
        DB_NAME: name,
        DB_USER: user,
        DB_PASSWORD: password,
        ...env,
      },
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
    expect([replaced.code, replaced.file.code]).toEqual([3, 'file_changed'])
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
