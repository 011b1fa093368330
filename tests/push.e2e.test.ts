import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { answered, asOperator, createPushKey } from '@atlas/testing/deployment'
import { beforeAll, describe, expect, it } from 'vitest'
import { aDeployment } from './support/a-deployment.ts'
import { type AtlasRun, atlas } from './support/atlas.ts'

const LINES = 5_000
/** Chunks have 1,000 lines: each member that is started dies after its second. */
const DYING = { ATLAS_FAILPOINT: 'push.after_commit:2', NODE_ENV: 'test' }

const test = aDeployment('push', {
  members: { profiles: 0, verifier: 0, api: 0 },
  env: (service) => ({ TIMERS: 'test', ...(service === 'ingest' ? DYING : {}) }),
})
const lineOf = (at: number) =>
  `{"DOI":"10.5555/push.${at}","title":["Moss number ${at} of many"],"type":"journal-article"}`
const file = () => join(test.current.dataDir, 'works.ndjson.gz')
let key = ''

/** The program as a source runs it: with a key, and no other secret. */
const push = (...args: string[]): Promise<AtlasRun> =>
  atlas(['push', '--source', 'crossref', ...args], {
    INGEST_URL: test.current.deployment.url('ingest'),
    ATLAS_PUSH_KEY: key,
  })

async function fateOf(doi: string): Promise<Record<string, unknown>> {
  const url = new URL(`/v1/sources/crossref/records/${doi}`, test.current.deployment.url('ingest'))
  return answered(await fetch(url, { headers: { authorization: `Bearer ${key}` } }))
}

beforeAll(async () => {
  key = await createPushKey(test.current.deployment, ['crossref'])
  const text = Array.from({ length: LINES }, (_, at) => `${lineOf(at)}\n`).join('')
  await writeFile(file(), gzipSync(text))
})

describe('atlas push', () => {
  it('F01 goes on by itself behind the last durable line while ingest is killed: nothing lost, nothing doubled', async () => {
    const { deployment } = test.current
    const done = await push(file())
    expect([done.exitCode, done.stderr]).toEqual([0, expect.stringContaining('connection_lost')])
    expect(done.lines.at(-1)).toMatchObject({ event: 'done', counts: { stored: LINES, duplicate: 0, refused: 0 } })
    expect(
      done.lines.filter(({ event }) => event === 'progress').map(({ line, lastRecord }) => [line, lastRecord]),
    ).toEqual([
      [2_000, '10.5555/push.1999'],
      [4_000, '10.5555/push.3999'],
      [5_000, '10.5555/push.4999'],
    ])
    expect(deployment.deaths.map(({ instance, code }) => [instance, code])).toEqual([
      ['ingest-1', 'SIGKILL'],
      ['ingest-1', 'SIGKILL'],
    ])
    const { rows } = await deployment.open.ingest.query<{ heads: number; versions: number; rows: number }>(
      `select (select count(*) from heads) as heads, (select count(*) from raw_records) as versions,
              (select count(distinct source_id) from raw_records) as rows`,
    )
    expect(rows[0]).toEqual({ heads: LINES, versions: LINES, rows: LINES })
    const { sources } = await asOperator<{ sources: { source: string }[] }>(deployment, 'ingest', 'GET', '/v1/sources')
    expect(sources.find(({ source }) => source === 'crossref')).toMatchObject({ records: LINES, versions: LINES })
  })

  it('says beforehand what would become of each line, and with 3 that some would be refused', async () => {
    const path = join(test.current.dataDir, 'try.ndjson')
    await writeFile(path, `${lineOf(1)}\n\n${lineOf(1).replace('Moss', 'Lichen')}\n{"title":["no DOI"]}\n`)
    const tried = await push('--dry-run', path, path)
    expect([tried.exitCode, tried.stderr]).toEqual([3, expect.stringContaining('2 records were refused')])
    expect(tried.lines).toMatchObject([
      { event: 'would', file: path, line: 1, outcome: 'duplicate', sourceId: '10.5555/push.1' },
      { file: path, line: 3, outcome: 'updated', class: 'identity', version: 2 },
      { file: path, line: 4, outcome: 'refused', errors: [{ code: 'missing_field', pointer: '/DOI' }] },
      { file: path, line: 1, outcome: 'duplicate' },
      { file: path, line: 3, outcome: 'duplicate' },
      { file: path, line: 4, outcome: 'refused' },
      { event: 'would', counts: { duplicate: 3, updated: 1, refused: 2, stored: 0, stale: 0 } },
    ])
    const done = await push(path)
    expect(done.exitCode).toBe(3)
    expect(done.lines).toMatchObject([
      { event: 'refused', file: path, line: 4, code: 'missing_field', pointer: '/DOI' },
      { event: 'progress', line: 4, counts: { duplicate: 1, updated: 1, refused: 1 } },
      { event: 'done' },
    ])
  })

  it('a record’s fate tells the work it is in', async () => {
    await expect
      .poll(() => fateOf('10.5555/push.1'), { timeout: 60_000 })
      .toMatchObject({
        state: 'published',
        publishedVersion: 2,
        versions: [{ class: 'identity' }, { class: 'first' }],
        work: { workId: expect.any(String) },
      })
  })

  it('says what is wrong with how it is called, and never takes a key as an argument', async () => {
    const { deployment, dataDir } = test.current
    const url = deployment.url('ingest')
    const without = await atlas(['push', '--source', 'crossref', file()], { INGEST_URL: url })
    expect([without.exitCode, without.stderr]).toEqual([2, expect.stringContaining('ATLAS_PUSH_KEY')])
    const keyFile = join(dataDir, 'key.txt')
    await writeFile(keyFile, `avk_00000000_${'x'.repeat(43)}\n`)
    const wrong = await atlas(['push', '--source', 'crossref', '--key-file', keyFile, file()], { INGEST_URL: url })
    expect([wrong.exitCode, wrong.stderr]).toEqual([1, expect.stringContaining('(invalid_api_key)')])
    expect(wrong.stderr).toContain('--from-line 1')
    const gone = await push(join(dataDir, 'gone.ndjson'))
    expect([gone.exitCode, gone.stderr]).toEqual([1, expect.stringContaining('cannot be read')])
  })
})
