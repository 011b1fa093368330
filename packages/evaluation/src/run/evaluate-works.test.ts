import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { WORK_BASELINES, workBaselineNamed } from '../baselines/works.ts'
import { createWorkEngine, DEFAULT_RULES } from '../engine/works.ts'
import { matchWorks } from '../match/works.ts'
import { worksHtml } from '../report/html/works.ts'
import { worksJson } from '../report/works-json.ts'
import { worksText, wrongWorkText } from '../report/works-text.ts'
import { aFolder } from '../testing/a-set.ts'
import { aSmallWorkSet } from '../testing/a-work-set.ts'
import { openWorkBench } from './evaluate-works.ts'

const engine = createWorkEngine([])
const { records, matches, labels, pairs } = aSmallWorkSet()

describe.each([
  { form: 'matches', files: { records, matches } },
  { form: 'labels', files: { records, labels } },
  { form: 'pairs', files: { records, pairs } },
])('truths in the form of $form', ({ form, files }) => {
  it('score lines of a file as the run that made them', async () => {
    using folder = aFolder(files, true)
    const bench = await openWorkBench(folder.path)
    const own = bench.run(engine)
    const file = join(folder.path, 'lines.ndjson')
    const lines = [...matchWorks(bench.set, engine)].map((line) => JSON.stringify(line))
    writeFileSync(file, lines.join('\n'))
    const theirs = await bench.ofFile(file, 'theirs')
    const figures = ({ model: _, rules: __, errors, ...rest }: typeof own) => ({
      ...rest,
      errors: errors.map(({ why: ___, right: ____, ...error }) => error),
    })
    // Links are known of a run only, and facets of labels are those of links.
    const without = (result: typeof own) => ({ ...figures(result), ...(form === 'labels' ? { facets: [] } : {}) })
    expect(without(theirs)).toEqual(without(own))
    expect(own).toMatchObject({ form, model: DEFAULT_RULES, records: 14 })
  })

  it('do not score lines about something else', async () => {
    using folder = aFolder(files, true)
    const bench = await openWorkBench(folder.path)
    const lines = [...matchWorks(bench.set, engine)].map((line) => JSON.stringify(line))
    const file = join(folder.path, 'lines.ndjson')
    const scored = (written: readonly (string | undefined)[]) => {
      writeFileSync(file, written.join('\n'))
      return bench.ofFile(file, 'theirs')
    }
    await expect(scored(lines.slice(0, -1))).rejects.toThrow(
      /lines.ndjson" has no line for record|there are 7 lines in/,
    )
    await expect(scored([...lines, lines[0]])).rejects.toThrow(/lines.ndjson:\d+: .*(twice|does not have there)/)
    await expect(scored(['{"record":"r99"}'])).rejects.toThrow('lines.ndjson:1: ')
  })

  it('do not depend on the order of the records', async () => {
    using there = aFolder(files, false)
    using back = aFolder({ ...files, records: records.toReversed() }, false)
    const results = await Promise.all([there, back].map(async ({ path }) => (await openWorkBench(path)).run(engine)))
    expect({ ...results[1], set: '' }).toEqual({ ...results[0], set: '' })
  })

  it('say null where they do not tell', async () => {
    using folder = aFolder(files, true)
    const json = worksJson([(await openWorkBench(folder.path)).run(engine)], false)
    const nulls =
      form === 'labels' ? ['precision', 'recall', 'f1'] : ['sensitivity', 'specificity', 'duplicatesKept', 'trueWorks']
    for (const field of nulls) expect(json).toHaveProperty(field, null)
    for (const field of ['set', 'form', 'model', 'rules', 'sizes', 'facets', 'intervals', 'oneToOne'])
      expect(json).toHaveProperty(field)
    expect(json).not.toHaveProperty('errors')
  })

  it('make a report that needs nothing from elsewhere and shows titles as text', async () => {
    const marked = records.map((record) => ({ ...record, title: `${record.title} <script>"x" & y</script>` }))
    using folder = aFolder({ ...files, records: marked }, true)
    const bench = await openWorkBench(folder.path)
    const results = [bench.run(engine), ...WORK_BASELINES.map((baseline) => bench.run(baseline.engine))]
    const html = worksHtml(results)
    expect(html).not.toMatch(/<(script|link|img|iframe)|\ssrc=|https?:|@import|url\(/)
    expect(html).not.toMatch(/NaN|undefined/)
    for (const { model } of results) {
      expect(html).toContain(model)
      expect(worksText(results)).toContain(model)
    }
    expect(html.match(/<svg /g)?.length).toBeGreaterThanOrEqual(form === 'pairs' ? 8 : 7)
  })
})

test('matches: what is found, wrong and missed, each with both records, the rule and the evidence', async () => {
  using folder = aFolder({ records, matches }, true)
  const bench = await openWorkBench(folder.path)
  const own = bench.run(engine)
  expect(own).toMatchObject({ right: 5, wrong: 0, missed: 1, precision: 1, recall: 5 / 6, works: 9 })
  expect(own.errors).toHaveLength(1)
  expect(own.errors[0]).toMatchObject({
    mistake: 'kept apart',
    left: { record: 'east:5', title: 'Ice that grows' },
    right: { record: 'west:5' },
    why: { status: null, reason: expect.stringMatching(/^not compared: /) },
  })
  const [error] = own.errors
  expect(error && wrongWorkText(error)).toContain('"Glaciers that grow while others melt away"')
  // Equal title, other people, other year: joined by the first word that says so.
  const byTitle = bench.run(workBaselineNamed('title-year').engine)
  expect(byTitle).toMatchObject({ right: 5, wrong: 0, missed: 1 })
  expect(bench.run(workBaselineNamed('same-doi').engine)).toMatchObject({ right: 0, precision: null, recall: 0, f1: 0 })
  expect(() => workBaselineNamed('title')).toThrow('no baseline "title"; there is title-year, same-doi')
})

test('matches: two clean lists go one to one, and the figures without it stand beside', async () => {
  const twin = { ...records[6], id: 'east:9', year: 2011 }
  using folder = aFolder({ records: [...records, twin], matches }, true)
  const bench = await openWorkBench(folder.path)
  const results = [bench.run(createWorkEngine(['west', 'east'])), bench.run(engine)]
  expect(results.map(({ wrong }) => wrong)).toEqual([0, 1])
  expect(worksJson(results, false)).toMatchObject({
    oneToOne: ['west', 'east'],
    wrong: 0,
    withoutOneToOne: { wrong: 1, oneToOne: [] },
  })
})

test('labels: which duplicate is kept and beside what, which unique record is lost to which', async () => {
  const lost = labels.map((label) => (label.record === 'east:0' ? { ...label, duplicate: false } : label))
  using folder = aFolder({ records, labels: lost }, true)
  const own = (await openWorkBench(folder.path)).run(engine)
  expect(own).toMatchObject({ duplicatesKept: 1, distinctWorksLost: 1, works: 9, trueWorks: 9, specificity: 8 / 9 })
  const [wrong, kept] = own.errors
  expect(wrong).toMatchObject({
    mistake: 'distinct work lost',
    left: { record: 'east:0' },
    right: { record: 'west:0' },
  })
  expect(kept).toMatchObject({ mistake: 'duplicate kept', left: { record: 'east:5' } })
  expect(own.rules.map(({ recall }) => recall)).toEqual(own.rules.map(() => null))
  expect(own.rules.reduce((all, rule) => all + rule.wrong, 0)).toBe(1)
})

test('pairs: each by itself, wrong ones with the rule', async () => {
  const turned = pairs.map((pair, at) => (at === 0 ? { ...pair, same: false } : pair))
  using folder = aFolder({ records, pairs: turned }, true)
  const own = (await openWorkBench(folder.path)).run(engine)
  expect(own).toMatchObject({ right: 4, wrong: 1, missed: 1, works: null })
  expect(own.errors.map(({ mistake }) => mistake)).toEqual(['joined', 'kept apart'])
  expect(own.rules.find(({ wrong }) => wrong === 1)?.reason).toBe(own.errors[0]?.why.reason)
})
