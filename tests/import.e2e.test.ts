import { spawn } from 'node:child_process'
import { hash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { gzipSync } from 'node:zlib'
import { createPushKey } from '@atlas/testing/deployment'
import { createWorld } from '@atlas/testing/world'
import { beforeAll, describe, expect, it } from 'vitest'
import { deploymentFile } from '../packages/cli/src/demo/deployment-file.ts'
import { aDeployment } from './support/a-deployment.ts'
import { ATLAS, type AtlasRun, atlas } from './support/atlas.ts'
import { noSamples, SAMPLES } from './support/samples.ts'

const test = aDeployment('import')
const world = createWorld({ seed: 'import', researchers: 8, strangers: 4 })
const records = [...world.records(0, 60)].filter(({ correction }) => !correction)
const linesOf = (source: string) => records.filter((record) => record.source === source).map(({ line }) => line)
let file = ''
let folder = ''

beforeAll(async () => {
  const { deployment, dataDir } = test.current
  file = join(dataDir, 'deployment.json')
  await writeFile(file, JSON.stringify(deploymentFile(deployment)))
  folder = join(dataDir, 'records')
})

const run = (...args: string[]) => atlas(['import', ...args], { ATLAS_DEPLOYMENT: file })
const done = ({ lines }: AtlasRun) => lines.find(({ event }) => event === 'done') ?? {}

/** The program, fed as `| atlas import -`. */
async function fed(input: Uint8Array, ...args: string[]): Promise<AtlasRun> {
  const { PATH, HOME } = process.env
  const child = spawn(ATLAS, ['import', ...args], { env: { PATH, HOME, USER: 'tester', ATLAS_DEPLOYMENT: file } })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk
  })
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk
  })
  child.stdin.end(input)
  const exitCode = await new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? 130)))
  const lines = stdout.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []))
  return { exitCode, stdout, stderr, lines }
}

describe('atlas import', () => {
  it('rehearses, takes patterns, and ends with a table of each source and the works made across them', async () => {
    for (const source of ['crossref', 'openalex']) {
      await mkdir(join(folder, source), { recursive: true })
      await writeFile(join(folder, source, 'a.jsonl.gz'), gzipSync(`${linesOf(source).join('\n')}\n`))
    }
    await writeFile(join(folder, 'crossref', 'read.me'), 'no records')
    const pattern = join(folder, '*', '*.gz')
    const rehearsal = await run(pattern, '--dry-run')
    expect(rehearsal.exitCode).toBe(0)
    const total = linesOf('crossref').length + linesOf('openalex').length
    expect(done(rehearsal)).toMatchObject({ files: 2, counts: { stored: total, duplicate: 0, refused: 0 } })

    const imported = await run(pattern, '--works')
    expect(imported.exitCode).toBe(0)
    expect(done(imported)).toMatchObject({ files: 2, counts: { stored: total } })
    const [head, crossref, openalex, all] = imported.stderr.split('\n')
    expect(head).toMatch(
      /^source +files +records +stored .* authors +with ORCID +affiliations +with ROR +works +shared$/,
    )
    expect(crossref).toMatch(new RegExp(`^crossref +1 +${linesOf('crossref').length} `))
    expect(openalex).toMatch(/^openalex +1 /)
    expect(all).toMatch(new RegExp(`^all +2 +${total} +${total} `))
    // The world's publications are in several sources: some works have records of both.
    expect(Number(openalex?.trim().split(/ +/).at(-1))).toBeGreaterThan(0)
  })

  it('reads standard input, and the same again finds nothing new', async () => {
    const body = gzipSync(`${linesOf('hal').join('\n')}\n`)
    const first = await fed(body, '--source', 'hal', '-')
    expect([first.exitCode, done(first)]).toMatchObject([0, { counts: { stored: linesOf('hal').length } }])
    const again = await fed(body, '--source', 'hal', '-')
    expect(done(again)).toMatchObject({ counts: { stored: 0, duplicate: linesOf('hal').length } })
    expect(again.lines.find(({ event }) => event === 'file')).toMatchObject({ sameAs: expect.any(Number) })
    expect(await fed(body, '-')).toMatchObject({ exitCode: 5, stdout: expect.stringContaining('unknown_source') })
  })

  it('imports only the file whose SHA-256 was given', async () => {
    const path = join(folder, 'crossref', 'a.jsonl.gz')
    const wrong = await run(path, '--sha256', '0'.repeat(64))
    expect(wrong).toMatchObject({ exitCode: 5, stdout: expect.stringContaining('checksum_mismatch') })
    const right = hash('sha256', gzipSync(`${linesOf('crossref').join('\n')}\n`))
    expect((await run(path, '--sha256', right)).exitCode).toBe(0)
    expect((await run(path, '--sha256', 'abc')).exitCode).toBe(2)
  })
})

describe('POST /v1/imports', () => {
  it('is imported by the running service, whose operators see the job', async () => {
    const { deployment } = test.current
    const key = await createPushKey(deployment, ['openalex', 'hal'])
    const body = gzipSync(`${linesOf('hal').join('\n')}\n`)
    const answer = await fetch(new URL('/v1/imports?source=hal', deployment.url('ingest')), {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/gzip' },
      body,
    })
    expect(answer.status).toBe(202)
    const { id } = (await answer.json()) as { readonly id: number }
    const atlasImports = (...args: string[]) => atlas(['imports', ...args], { ATLAS_DEPLOYMENT: file })
    const job = async () => (await atlasImports('show', String(id))).lines[0]
    await expect.poll(async () => (await job())?.['state'], { timeout: 60_000 }).toBe('done')
    expect(await job()).toMatchObject({
      source: 'hal',
      origin: 'upload',
      records: linesOf('hal').length,
    })
    expect((await atlasImports('list', '--source', 'hal')).lines[0]).toMatchObject({ id })
    expect(await atlasImports('resume', String(id))).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('import_not_resumable'),
    })
  })
})

describe.skipIf(noSamples !== undefined)(`atlas import of real records${noSamples ? ` (${noSamples})` : ''}`, () => {
  it('says of each source what came of it', { timeout: 900_000 }, async () => {
    const report = join(test.current.dataDir, 'refused.ndjson')
    const env = { ATLAS_DEPLOYMENT: file }
    const imported = await atlas(['import', SAMPLES, '--works', '--report', report], env, 800_000)
    console.log(imported.stderr)
    expect(imported.exitCode).toBe(5)
    const { sources, counts } = done(imported) as {
      readonly counts: Readonly<Record<string, number>>
      readonly sources: readonly {
        readonly records: number
        readonly counts: Readonly<Record<string, number>>
        readonly reading: { readonly refused: Readonly<Record<string, number>> }
      }[]
    }
    const sum = (of: Readonly<Record<string, number>>) => Object.values(of).reduce((a, b) => a + b, 0)
    for (const one of sources) {
      expect(sum(one.counts)).toBe(one.records)
      expect(sum(one.reading.refused)).toBe(one.counts['refused'])
    }
    expect(sources.reduce((all, one) => all + one.records, 0)).toBe(sum(counts))
  })
})
