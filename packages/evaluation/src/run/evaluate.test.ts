import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createAuthorEngine, createPairEngine, DEFAULT_MODEL } from '../engine/linkage.ts'
import { authorsText } from '../report/authors-text.ts'
import { wrongAnswerText, wrongPairText } from '../report/errors-text.ts'
import { authorsHtml } from '../report/html/authors.ts'
import { pairsHtml } from '../report/html/pairs.ts'
import { authorsJson } from '../report/json.ts'
import { pairsText } from '../report/pairs-text.ts'
import { aFolder, aSmallSet } from '../testing/a-set.ts'
import { openAuthorBench } from './evaluate-authors.ts'
import { openPairBench } from './evaluate-pairs.ts'

const quiet = () => undefined
const own = (set: Parameters<typeof createAuthorEngine>[0]) => createAuthorEngine(set, DEFAULT_MODEL)

test('lines of a file score as the run that made them, and lines of something else do not score', async () => {
  using folder = aFolder(aSmallSet(), true)
  const bench = await openAuthorBench(folder.path)
  const result = bench.run(own, false, quiet)
  expect(result).toMatchObject({ items: 24, truths: 18, nilTotal: 6, answers: false, model: DEFAULT_MODEL })
  const file = join(folder.path, 'lines.ndjson')
  const { matchAuthors } = await import('../match/authors.ts')
  const lines = [...matchAuthors(aSmallSet().stream, own(bench.set))].map((line) => JSON.stringify(line))
  writeFileSync(file, lines.join('\n'))
  const { threshold, f1, ece, facets, model } = await bench.ofFile(file, 'theirs', false)
  expect({ f1, ece, facets, model }).toEqual({ f1: result.f1, ece: result.ece, facets: result.facets, model: 'theirs' })
  expect(threshold).toBeGreaterThanOrEqual(result.threshold ?? 1)
  writeFileSync(file, lines.slice(1).join('\n'))
  await expect(bench.ofFile(file, 'theirs', false)).rejects.toThrow('there are 23 matches, and 24 items in the set')
  writeFileSync(file, [lines[1], lines[0], ...lines.slice(2)].join('\n'))
  await expect(bench.ofFile(file, 'theirs', false)).rejects.toThrow(
    'match 1 is about slot 0 of "w2-1", the stream has slot 0 of "w2-0"',
  )
})

test('answers help on the way', async () => {
  using folder = aFolder(aSmallSet(), true)
  const bench = await openAuthorBench(folder.path)
  const [alone, answered] = [bench.run(own, false, quiet), bench.run(own, true, quiet)]
  expect(answered.recallAt1).toBeGreaterThanOrEqual(alone.recallAt1)
  expect(answered.reliability).not.toEqual(alone.reliability)
})

test("the item's own facets are reported beside ours", async () => {
  const files = aSmallSet()
  const stream = files.stream.map((item, at) => ({ ...item, facets: { field: at % 2 === 0 ? 'botany' : 'law' } }))
  using folder = aFolder({ ...files, stream }, true)
  const { facets } = (await openAuthorBench(folder.path)).run(own, false, quiet)
  expect(facets.filter(({ facet }) => facet === 'field')).toMatchObject([
    { value: 'botany', items: 12 },
    { value: 'law', items: 12 },
  ])
})

test('a set without truths, or with a truth that is no profile, is not scored', async () => {
  const files = aSmallSet()
  using bare = aFolder({ ...files, stream: files.stream.map(({ record, slot }) => ({ record, slot })) }, true)
  await expect(openAuthorBench(bare.path)).rejects.toThrow('stream.jsonl.gz:1: "profile" is missing')
  using odd = aFolder({ ...files, stream: [{ ...files.stream[0], profile: 'p99' }] }, true)
  await expect(openAuthorBench(odd.path)).rejects.toThrow('stream.jsonl.gz:1: no profile "p99"')
})

test('a report needs nothing from elsewhere, and shows names as text', async () => {
  const files = aSmallSet()
  const stream = files.stream.map((item) => ({ ...item, facets: { '<b>field</b>': '"a" & b' } }))
  using folder = aFolder({ ...files, stream }, true)
  const bench = await openAuthorBench(folder.path)
  const results = [bench.run(own, false, quiet), bench.run(own, true, quiet), ...bench.baselines(quiet)]
  const html = authorsHtml(results)
  expect(html).not.toMatch(/<(script|link|img|iframe)|\ssrc=|https?:|@import|url\(/)
  expect(html).not.toContain('NaN')
  expect(html).toContain('&#60;b&#62;field')
  expect(html).not.toContain('<b>field')
  expect(html.match(/<svg /g)?.length).toBe(8)
  for (const { model } of results) expect(html).toContain(model)
  expect(authorsText(results)).toContain('averaging')
  expect(authorsJson(results, false)).toMatchObject({ withAnswers: { answers: true }, baselines: [{}, {}, {}, {}] })
  for (const field of 'set model threshold precision recall f1 nilAccepted nilTotal recallAt1 recallAt3 recallAt10 ece'.split(
    ' ',
  ))
    expect(authorsJson(results, false)).toHaveProperty(field)
})

test('wrong answers name names, works and reasons', async () => {
  using folder = aFolder(aSmallSet(), true)
  const bench = await openAuthorBench(folder.path)
  const none = bench.run((set) => ({ ...own(set), threshold: 1.1 }), false, quiet)
  expect(none.errors).toHaveLength(none.truths)
  const [first] = none.errors
  expect(first).toMatchObject({ mistake: 'missed', record: 'w2-0', name: 'Ada Mirski', truth: { profile: 'p0' } })
  expect(first && wrongAnswerText(first)).toContain('wrote "On coral reefs under heat, part 0"')
  const sum = first?.truth?.reasons.reduce((total, { weight }) => total + weight, 0)
  expect(sum).toBeGreaterThan(0)
  const all = bench.run((set) => ({ ...own(set), threshold: 0 }), false, quiet)
  expect(all.errors.some(({ mistake }) => mistake === 'stranger accepted')).toBe(true)
})

test('pairs from end to end', async () => {
  const { records } = aSmallSet()
  const pairs = [0, 2, 5].flatMap((person) => [
    {
      left: { record: `w0-${person}`, slot: 0 },
      right: { record: `w2-${person}`, slot: 0 },
      same: true,
      split: 'train',
    },
    {
      left: { record: `w0-${person}`, slot: 0 },
      right: { record: `w2-${(person + 4) % 8}`, slot: 0 },
      same: false,
      split: 'test',
    },
  ])
  using folder = aFolder({ records, pairs }, true)
  const bench = await openPairBench(folder.path)
  const results = [bench.run((set) => createPairEngine(set, DEFAULT_MODEL), quiet), ...bench.baselines(quiet)]
  expect(results[0]).toMatchObject({ pairs: 6, same: 3 })
  expect(results[0]?.splits.map(({ split }) => split)).toEqual(['test', 'train'])
  expect(pairsHtml(results)).not.toMatch(/NaN|https?:/)
  expect(pairsText(results)).toContain('train')
  for (const { errors } of results)
    for (const wrong of errors) expect(wrongPairText(wrong)).toMatch(/^(joined|kept apart) with /)
})
