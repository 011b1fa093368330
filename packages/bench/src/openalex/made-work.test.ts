import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { zstdRatio } from './made-file.ts'
import { madeWork } from './made-work.ts'

const SAMPLES = join(process.env['ATLAS_SHARED'] ?? '../shared', 'data/samples/openalex')
// All works of OpenAlex among the samples, one a line.
const FILES = [
  'works-biodiversity-finance.jsonl',
  'works-biodiversity-finance-earlier-version.jsonl',
  'works-snapshot-format.jsonl',
]
const made = Array.from({ length: 1_000 }, (_, no) => Buffer.from(madeWork('test', no)))

function sampled(): Buffer[] | undefined {
  try {
    return FILES.flatMap((file) =>
      readFileSync(join(SAMPLES, file), 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => Buffer.from(line)),
    )
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

describe('a made-up work of OpenAlex', () => {
  it('is the same each time, and another one under another number', () => {
    expect(madeWork('test', 7)).toBe(made[7]?.toString())
    expect(new Set(made.map(String)).size).toBe(made.length)
  })

  it('has about 8 kB', () => {
    const mean = made.reduce((sum, { length }) => sum + length, 0) / made.length
    expect(mean).toBeGreaterThan(7_500)
    expect(mean).toBeLessThan(8_500)
  })

  it('is packed as well as real ones are, within a tenth', (test) => {
    const real = sampled()
    if (real === undefined) return test.skip(`no samples in ${SAMPLES}`)
    const ratio = zstdRatio(made) / zstdRatio(real)
    expect(ratio).toBeGreaterThan(0.9)
    expect(ratio).toBeLessThan(1.1)
  })
})
