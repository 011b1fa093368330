import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { BASELINES } from '../baselines/named.ts'
import { createAuthorEngine, createPairEngine, DEFAULT_MODEL } from '../engine/linkage.ts'
import type { AuthorEngine } from '../engine/port.ts'
import { readAuthorSet, readPairSet } from '../neutral/read-set.ts'
import type { AuthorSet } from '../neutral/types.ts'
import { aFolder, aSmallSet, type SetFiles } from '../testing/a-set.ts'
import { answererOf } from '../truth/answers.ts'
import { readItemTruths } from '../truth/read-truths.ts'
import { matchAuthors } from './authors.ts'
import { matchPairs } from './pairs.ts'
import { readAuthorMatches } from './read-matches.ts'
import { writeLines } from './write.ts'

type Make = (set: AuthorSet) => AuthorEngine
const ENGINES: readonly { readonly name: string; readonly make: Make }[] = [
  { name: 'the engine', make: (set) => createAuthorEngine(set, DEFAULT_MODEL) },
  ...BASELINES.map(({ name, authors }) => ({ name, make: authors })),
]

async function linesOf(files: SetFiles, make: Make, answers: boolean): Promise<readonly string[]> {
  using folder = aFolder(files, false)
  const { set, items } = await readAuthorSet(folder.path)
  const answerer = answers ? answererOf(await readItemTruths(folder.path)) : undefined
  return [...matchAuthors(items, make(set), answerer)].map((match) => JSON.stringify(match))
}

describe.each(ENGINES)('$name', ({ make }) => {
  const files = aSmallSet()

  it('writes the same bytes whatever the labels say, and without them', async () => {
    const lines = await linesOf(files, make, false)
    expect(lines.some((line) => line.includes('"p":'))).toBe(true)
    const labels = fc.shuffledSubarray(
      files.stream.map(({ profile }) => profile),
      { minLength: files.stream.length },
    )
    await fc.assert(
      fc.asyncProperty(labels, async (permuted) => {
        const stream = files.stream.map((item, at) => ({ ...item, profile: permuted[at] ?? null }))
        expect(await linesOf({ ...files, stream }, make, false)).toEqual(lines)
      }),
      { numRuns: 10 },
    )
    const bare = files.stream.map(({ record, slot }) => ({ record, slot }))
    expect(await linesOf({ ...files, stream: bare }, make, false)).toEqual(lines)
  })

  it.each([false, true])('writes no line that depends on a later item (answers: %s)', async (answers) => {
    const lines = await linesOf(files, make, answers)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: files.stream.length }), async (kept) => {
        const stream = files.stream.slice(0, kept)
        const needed = new Set([...stream, ...files.profiles.flatMap(({ seeds }) => seeds)].map(({ record }) => record))
        const records = files.records.filter(({ id }) => needed.has(id))
        expect(await linesOf({ ...files, records, stream }, make, answers)).toEqual(lines.slice(0, kept))
      }),
      { numRuns: 10 },
    )
  })
})

test('a line says who, and accepts the first proposal from the threshold on', () => {
  const proposals = Array.from({ length: 12 }, (_, at) => ({ profile: `p${at}`, p: (12 - at) / 17 }))
  const engine = (threshold: number): AuthorEngine => ({
    model: 'm',
    threshold,
    propose: () => proposals,
    answer: () => undefined,
  })
  const [line] = matchAuthors([{ record: 'r', slot: 1 }], engine(12 / 17))
  expect(line?.accepted).toBe('p0')
  expect(line?.proposals).toHaveLength(10)
  expect(JSON.stringify(line)).toContain(
    '{"record":"r","slot":1,"accepted":"p0","proposals":[{"profile":"p0","p":0.705882},',
  )
  const [other] = matchAuthors([{ record: 'r', slot: 1 }], engine(0.7058825))
  expect(other?.accepted).toBeNull()
})

test('with answers a truth among the first three is confirmed, and the others of the three rejected', () => {
  const said: unknown[] = []
  const engine: AuthorEngine = {
    model: 'm',
    threshold: 2,
    propose: () => ['a', 'b', 'c', 'd'].map((profile) => ({ profile, p: 0.5 })),
    answer: (item, confirmed, rejected) => said.push([item.slot, confirmed, rejected]),
  }
  const truths = ['b', 'd', null, 'c'].map((profile, slot) => ({ record: 'r', slot, profile, facets: {} }))
  const seen: number[] = []
  for (const { slot } of matchAuthors(truths, engine, answererOf(truths))) seen.push(slot, said.length)
  // The answer to an item comes after its line: none before the first, one before the second.
  expect(seen).toEqual([0, 0, 1, 1, 2, 1, 3, 1])
  expect(said).toEqual([
    [0, 'b', ['a', 'c']],
    [3, 'c', ['a', 'b']],
  ])
})

test('an answer makes the engine surer of what is like it', async () => {
  using folder = aFolder(aSmallSet(), false)
  const { set } = await readAuthorSet(folder.path)
  const engine = createAuthorEngine(set, DEFAULT_MODEL)
  const of = (profile: string) =>
    engine.propose({ record: 'w3-7', slot: 0 }).find((one) => one.profile === profile)?.p ?? 0
  const before = of('p5')
  engine.answer({ record: 'w2-7', slot: 0 }, 'p5', ['p3'])
  expect(of('p5')).toBeGreaterThan(before)
})

test('pairs: the order of the two makes no difference, and two slots of one circle beat two strangers', async () => {
  // Of one of the two much more is known: one direction alone would say something else.
  const names = (count: number) => Array.from({ length: count }, (_, at) => ({ name: `Person Number${at + count}` }))
  const uneven = [3, 18].map((count) => ({ id: `of ${count}`, title: null, year: 2010, authors: names(count) }))
  const records = [
    ...aSmallSet().records,
    ...uneven.map((one) => ({ ...one, authors: [{ name: 'Bo Larsen' }, ...one.authors] })),
  ]
  const slot = (record: string) => ({ record, slot: 0 })
  const pairs = [
    { left: slot('w0-0'), right: slot('w2-0') },
    { left: slot('w0-5'), right: slot('w3-4') },
  ]
  using folder = aFolder({ records, pairs }, true)
  const set = await readPairSet(folder.path)
  for (const engine of [createPairEngine(set, DEFAULT_MODEL), ...BASELINES.map((baseline) => baseline.pairs(set))]) {
    for (const left of records.slice(-4))
      for (const right of records)
        expect(engine.compare(slot(left.id), slot(right.id))).toBe(engine.compare(slot(right.id), slot(left.id)))
    const [same, other] = [...matchPairs(pairs, engine)]
    expect(same?.p).toBeGreaterThan(other?.p ?? 1)
  }
})

test('lines are written as they are made, and read back as they were', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'atlas-lines-'))
  const file = join(folder, 'out.ndjson')
  const matches = [
    { record: 'r', slot: 0, accepted: null, proposals: [] },
    { record: 'r', slot: 1, accepted: 'p', proposals: [{ profile: 'p', p: 0.9 }] },
  ]
  const counts: number[] = []
  await writeLines(file, matches, (written) => counts.push(written))
  expect(counts).toEqual([1, 2])
  expect(readFileSync(file, 'utf8')).toBe(matches.map((match) => `${JSON.stringify(match)}\n`).join(''))
  expect(await readAuthorMatches(file)).toEqual(matches)
  await writeLines(file, [{ ...matches[1], accepted: 'q' }], () => undefined)
  await expect(readAuthorMatches(file)).rejects.toThrow(
    'out.ndjson:1: "accepted" is "q", which is not the first proposal',
  )
  await expect(writeLines(join(folder, 'no/such/out'), matches, () => undefined)).rejects.toThrow('ENOENT')
  rmSync(folder, { recursive: true })
})
