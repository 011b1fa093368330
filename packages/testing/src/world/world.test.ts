import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createWorld } from './world.ts'

const size = { seed: 'test', researchers: 60, strangers: 40 }
const hashOf = (lines: Iterable<string>) => {
  const hash = createHash('sha256')
  for (const line of lines) hash.update(line)
  return hash.digest('hex')
}
const lines = (from: number, to: number, seed = 'test') =>
  [...createWorld({ ...size, seed }).records(from, to)].map(({ source, line }) => `${source} ${line}\n`)

describe('a world', () => {
  it('has the same bytes for the same seed, and others for another', () => {
    expect(hashOf(lines(0, 200))).toBe(hashOf(lines(0, 200)))
    expect(hashOf(lines(0, 50, 'other'))).not.toBe(hashOf(lines(0, 50)))
  })

  it('describes a publication alike whichever range it is asked in', () => {
    const alone = [...createWorld(size).records(37, 38)].map(({ line }) => line)
    const among = [...createWorld(size).records(0, 80)]
      .filter(({ publication }) => publication === 37)
      .map(({ line }) => line)
    expect(among).toEqual(alone)
  })

  it('knows the person behind each author entry that it prints', () => {
    for (const record of createWorld(size).records(0, 150)) {
      const names =
        record.source === 'pubmed'
          ? (record.line.match(/<Author /g) ?? []).length
          : authorsIn(JSON.parse(record.line) as Parsed)
      expect(names, record.line.slice(0, 200)).toBe(record.authors.length)
    }
  })

  it('prints one record on one line', () => {
    for (const { line } of createWorld(size).records(0, 150)) expect(line).not.toMatch(/[\r\n]/)
  })

  it('has homonyms, preprints, corrections and authors without a profile', () => {
    const world = createWorld({ ...size, researchers: 300 })
    const names = [...world.profiles()].map(({ displayName }) => displayName)
    expect(new Set(names).size).toBeLessThan(names.length)
    const records = [...world.records(0, 400)]
    expect(records.some(({ correction }) => correction)).toBe(true)
    expect(records.some(({ doi }) => doi.startsWith('10.5072/pre.'))).toBe(true)
    expect(records.some(({ authors }) => authors.some((person) => person >= 300))).toBe(true)
  })
})

it('has names and titles that are as like one another as in life', () => {
  const world = createWorld({ seed: 'likeness', researchers: 2_000, strangers: 0 })
  const names = new Map([...world.profiles()].map(({ displayName, names }) => [displayName, names[0]?.family ?? '']))
  const families = [...names.values()]
  // Real collections: 0.0005 to 0.0039 (see vocabulary.ts); nobody's title is another's but for a few.
  expect(shareOfEqualPairs(families)).toBeGreaterThan(0.0005)
  expect(shareOfEqualPairs(families)).toBeLessThan(0.004)
  const titles = Array.from({ length: 4_000 }, (_, index) => world.publication(index).title)
  expect(new Set(titles).size / titles.length).toBeGreaterThan(0.985)
})

function shareOfEqualPairs(items: readonly string[]): number {
  const counts = [...Map.groupBy(items, (item) => item).values()].map(({ length }) => length)
  return counts.reduce((sum, n) => sum + n * (n - 1), 0) / (items.length * (items.length - 1))
}

interface Parsed {
  readonly authorships?: readonly unknown[]
  readonly author?: readonly unknown[]
  readonly authFullName_s?: readonly unknown[]
}

function authorsIn(record: Parsed): number {
  return (record.authorships ?? record.author ?? record.authFullName_s ?? []).length
}
