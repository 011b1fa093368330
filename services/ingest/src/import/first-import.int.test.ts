import { AsyncLocalStorage } from 'node:async_hooks'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anIngest, send, type TestIngest } from '../testing/an-ingest.ts'
import type { FileResult } from './import-file.ts'
import { importFiles } from './import-files.ts'

const RECORDS = 5_400
const line = (at: number) => `{"id":"first${at}","title":"T"}`
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => line(from + at))

let folder: string
let path: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atlas-first-'))
  path = join(folder, 'dump.jsonl')
  await writeFile(path, `${range(0, RECORDS).join('\n')}\n`)
})
afterAll(() => rm(folder, { recursive: true }))

const STOPPED = new Error('stopped')

/**
 * One run, cut short at the second time it comes by a point, with 2,000 records at most; at the first, others push some of
 * what it is about to take, and some of what the next run will find there.
 */
async function run(ingest: TestIngest, point: string): Promise<FileResult | undefined> {
  const pushes: Promise<unknown>[] = []
  // A point is come by inside a transaction, which is not theirs.
  const outside = AsyncLocalStorage.snapshot()
  let done = 0
  let passed = 0
  const hit = (at: string) => {
    if (at !== point) return
    passed += 1
    if (passed === 2) throw STOPPED
    for (const lines of [range(done + 1_800, Math.min(done + 2_600, RECORDS)), [`{"id":"beside${done}","title":"T"}`]])
      pushes.push(outside(() => send(ingest, lines)))
  }
  const files: FileResult[] = []
  const importing = importFiles(
    { ...ingest, failpoints: { hit } },
    {
      ...{ paths: [path], source: 'plain', spoolDir: folder, signal: new AbortController().signal },
      onProgress: ({ records }) => {
        done = records
      },
      onFile: (file) => files.push(file as FileResult),
    },
  )
  const [ended] = await Promise.allSettled([importing])
  await Promise.all(pushes)
  if (ended?.status === 'rejected' && ended.reason !== STOPPED) throw ended.reason
  return files[0]
}

describe('a first import', () => {
  it.each(['push.before_commit', 'push.after_commit'])(
    'that is stopped at %s again and again, beside pushes of its source, keeps and publishes every record once',
    async (point) => {
      const ingest = await anIngest()
      const numbers = async (text: string) => Object.values((await ingest.database.query(text)).rows[0] ?? {})
      let file: FileResult | undefined
      let runs = 0
      let committed = 0
      while (file === undefined && ++runs <= 12) {
        file = await run(ingest, point)
        const [records = 0] = await numbers('select records from imports')
        // A run begins behind what the one before had committed.
        expect(Number(records)).toBeGreaterThanOrEqual(committed)
        committed = Number(records)
      }
      expect(runs).toBeGreaterThan(2)
      expect(file).toMatchObject({ state: 'done', records: RECORDS })
      const { stored = 0, duplicate = 0, ...rest } = file?.counts ?? {}
      expect([stored + duplicate, duplicate > 0, rest]).toEqual([RECORDS, true, { updated: 0, stale: 0, refused: 0 }])
      const [rows, ids] = await numbers('select count(*)::int, count(distinct source_id)::int as ids from raw_records')
      expect(rows).toBe(ids)
      const heads =
        'select count(*)::int, (count(*) filter (where version = 1 and raw_versions = 1))::int as once from heads'
      expect(await numbers(heads)).toEqual([rows, rows])
      const sent = 'select count(*)::int, count(distinct object_id)::int as objects from outbox_references'
      expect(await numbers(sent)).toEqual([rows, rows])
      const ofTheFile = "select count(*)::int from heads where starts_with(source_id, 'first')"
      expect(await numbers(ofTheFile)).toEqual([RECORDS])
    },
  )
})
