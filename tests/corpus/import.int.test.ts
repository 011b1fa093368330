import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FileResult } from '../../services/ingest/src/import/import-file.ts'
import { type ImportRequest, importFiles, type SkippedFile } from '../../services/ingest/src/import/import-files.ts'
import { renormalise } from '../../services/ingest/src/renormalise.ts'
import { findStoredBytes } from '../../services/ingest/src/store/raw-records.ts'
import { anIngest, type TestIngest } from '../../services/ingest/src/testing/an-ingest.ts'
import type { FileExpected } from './import/file-case.ts'
import { FILE_CASES, PATHS } from './import.ts'
import { grownBy, rows, tracesOf } from './traces.ts'

const adapters = [...new Map(FILE_CASES.map(({ adapter }) => [adapter.source, adapter])).values()]

let ingest: TestIngest
let folder: string
beforeAll(async () => {
  ingest = await anIngest({ adapters })
  folder = await mkdtemp(join(tmpdir(), 'atlas-corpus-'))
  await chmod(folder, 0o755)
})
afterAll(() => rm(folder, { recursive: true }))

interface RefusedRow {
  readonly code: string
  readonly line: number
  readonly column: number | null
  readonly offset: number
  readonly pointer: string | null
  readonly entry: string | null
  readonly detail: string
}

/** What the report says that was written since: `code [entry:]line[:column]@byte [pointer]`, its detail behind a dash. */
async function reportSince(last: number): Promise<string[]> {
  const { rows: found } = await ingest.database.query<RefusedRow>(
    `select code, line, line_column as column, byte_offset as offset, pointer, entry, detail
       from refused_lines where id > $1 order by id`,
    [last],
  )
  return found.map(({ code, line, column, offset, pointer, entry, detail }) => {
    const place = `${entry === null ? '' : `${entry.slice(0, 20)}:`}${line}${column === null ? '' : `:${column}`}@${offset}`
    return `${[code, place, pointer].filter(Boolean).join(' ')} - ${detail}`
  })
}

async function lastReported(): Promise<number> {
  const { rows: found } = await ingest.database.query<{ id: number }>(
    'select coalesce(max(id), 0) as id from refused_lines',
  )
  return found[0]?.id ?? 0
}

async function keptIds(): Promise<string[]> {
  const { rows: found } = await ingest.database.query<{ id: string }>('select source_id as id from raw_records')
  return found.map(({ id }) => id)
}

async function imported(paths: readonly string[], more: Partial<ImportRequest> = {}) {
  const [before, kept, reported] = [await tracesOf(ingest), new Set(await keptIds()), await lastReported()]
  const files: (FileResult | SkippedFile)[] = []
  await importFiles(ingest, {
    paths,
    source: 'plain',
    spoolDir: join(folder, 'spool'),
    signal: new AbortController().signal,
    onFile: (file) => void files.push(file),
    ...more,
  })
  return {
    files,
    stored: (await keptIds()).filter((id) => !kept.has(id)),
    grown: grownBy(before, await tracesOf(ingest)),
    report: await reportSince(reported),
  }
}

let folders = 0
async function aFolder(): Promise<string> {
  const own = join(folder, `case${++folders}`)
  await mkdir(own)
  return own
}

describe('a file that is bad, or odd', () => {
  it.each(FILE_CASES)('$id $title → $expect.state $expect.code', async ({ adapter, name, make, expect: expected }) => {
    const path = join(await aFolder(), name)
    const bytes = Buffer.from(make() as string)
    await writeFile(path, bytes)
    const { files, stored, grown, report } = await imported([path], { source: adapter.source })
    const told = report.map((text, at) => (text.startsWith(expected.refused[at] ?? '?') ? expected.refused[at] : text))
    expect(told).toEqual(expected.refused)
    const { counts = {} } = expected
    expect(files.map(({ state, code }) => [state, code])).toEqual([[expected.state, expected.code]])
    expect(stored).toEqual(counts['stored'] ? expect.arrayContaining([...expected.stored]) : expected.stored)
    expect(grown).toEqual(leftBy(expected))
    if (expected.warned) expect(files[0]).toMatchObject({ warnings: expected.warned.map((code) => ({ code })) })
    await expectBytesOf(bytes, adapter.source, name.includes('.') ? [] : stored)
  })

  it('is read again from what was kept of it, and is as it was', async () => {
    for (const adapter of adapters) {
      const next = { ...adapter, version: adapter.version + 1 }
      const { counts } = await renormalise(ingest, { adapter: next, signal: new AbortController().signal })
      expect({ source: adapter.source, ...counts }).toMatchObject({ changed: 0, refused: 0, overtaken: 0 })
    }
  })

  it('I37 I38 I39 neither reads a file nor asks an address that its DOCTYPE names', async () => {
    const own = await aFolder()
    await writeFile(join(own, 'canary'), 'canary-of-the-corpus')
    let asked = 0
    const listener = createServer(() => {
      asked += 1
    }).listen(0, '127.0.0.1')
    await once(listener, 'listening')
    const { port } = listener.address() as AddressInfo
    const places = [`file://${own}/canary`, `http://127.0.0.1:${port}/x`]
    const doctypes = places.flatMap((at) => [
      `<!DOCTYPE set [<!ENTITY e SYSTEM "${at}">]>`,
      `<!DOCTYPE set SYSTEM "${at}" [<!ENTITY % p SYSTEM "${at}"> %p;]>`,
      `<!DOCTYPE set SYSTEM "${at}">`,
    ])
    for (const [nth, doctype] of doctypes.entries()) {
      const path = join(own, `${nth}.xml`)
      await writeFile(path, `${doctype}<set xmlns="urn:a"><rec><id>entity${nth}</id><title>&e;</title></rec></set>`)
      const { files, stored, report } = await imported([path], { source: 'bad-xml' })
      expect(stored).toEqual([])
      expect(JSON.stringify([files, report])).not.toContain('canary-of')
    }
    listener.close()
    expect(asked).toBe(0)
  })
})

/** Rows of an import: its own, a version a record that is kept, a head a record, a message a change, a report a mistake. */
function leftBy({ stored, refused, counts = {}, code }: FileExpected) {
  const more = { stored: 0, updated: 0, stale: 0, ...counts }
  const heads = stored.length + more.stored
  return rows({
    imports: code === 'failed_empty' ? 0 : 1,
    raw_records: heads + more.updated + more.stale,
    heads,
    outbox_references: heads,
    refused_lines: refused.length,
  })
}

/** What is kept of a record are bytes of its file as they stand there. */
async function expectBytesOf(file: Buffer, source: string, ids: readonly string[]): Promise<void> {
  const wanted = ids.map((sourceId) => ({ sourceId, rawVersion: 1 }))
  for (const { bytes } of await findStoredBytes(ingest.database, source, wanted)) {
    expect(bytes.length).toBeGreaterThan(0)
    expect(file.includes(Buffer.from(bytes))).toBe(true)
  }
}

describe('a name that is bad, or odd', () => {
  it.each(PATHS)('$id $title', async ({ make, refused, stored: expected, within = false, asNobody = false }) => {
    const own = await aFolder()
    const paths = await make(own)
    const asRoot = asNobody && process.geteuid?.() === 0
    if (asRoot) process.seteuid?.(65_534)
    const { files, stored, grown } = await imported(paths, within ? { within: own } : {}).finally(
      () => asRoot && process.seteuid?.(0),
    )
    const faults = files.filter(({ state }) => state === 'skipped' || state === 'failed')
    expect(faults.map(({ name, code }) => `${basename(name)} ${code}`)).toEqual(refused)
    for (const { detail } of faults) expect(detail).toMatch(/\w \w/)
    expect(stored).toEqual(expected)
    const { length } = expected
    expect(grown).toEqual(rows({ imports: length, raw_records: length, heads: length, outbox_references: length }))
  })
})
