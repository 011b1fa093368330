import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { atlas } from './support/atlas.ts'

const lines = (values: readonly unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('')

describe('atlas evaluate blocks', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'atlas-blocks-'))
    const record = (id: string) => ({ id, title: id, year: 2010, authors: [{ name: 'Ada Mirski' }] })
    const slot = (id: string) => ({ record: id, slot: 0 })
    writeFileSync(join(folder, 'records.jsonl'), lines([record('seed'), record('one')]))
    writeFileSync(join(folder, 'profiles.jsonl'), lines([{ id: 'ada', names: ['Ada Mirski'], seeds: [slot('seed')] }]))
    writeFileSync(join(folder, 'stream.jsonl'), lines([{ ...slot('one'), profile: 'ada' }]))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('tells a person and a program what blocking finds, and by which cap', async () => {
    const told = await atlas(['evaluate', 'blocks', '--data', folder])
    expect(told.stdout).toMatch(/split above \d+ +1\.0000[\s\S]*n:mirski\|a +1/)
    const json = await atlas(['evaluate', 'blocks', '--data', folder, '--cap', '7', '--json'])
    expect(json.lines).toMatchObject([
      { recall: 1, truths: 1, capped: { cap: 7, pairs: { mean: 1, p99: 1 } }, missed: 0 },
    ])
  })

  it('says how it is used, and refuses a cap that is none', async () => {
    expect((await atlas(['evaluate', 'blocks', '--help'])).stdout).toMatch(/Examples:[\s\S]*evaluate blocks --data/)
    const refused = await atlas(['evaluate', 'blocks', '--data', folder, '--cap', '0'])
    expect([refused.exitCode, refused.stderr]).toEqual([2, expect.stringMatching('not a whole number above 0')])
  })
})
