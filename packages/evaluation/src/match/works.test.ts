import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WORK_BASELINES } from '../baselines/works.ts'
import { createWorkEngine, type WorkEngine } from '../engine/works.ts'
import { readWorkSet } from '../neutral/read-work-set.ts'
import { aFolder, type SetFiles } from '../testing/a-set.ts'
import { aSmallWorkSet } from '../testing/a-work-set.ts'
import { matchWorks } from './works.ts'

const ENGINES: readonly { readonly name: string; readonly engine: WorkEngine }[] = [
  { name: 'the engine', engine: createWorkEngine([]) },
  { name: 'the engine, one-to-one', engine: createWorkEngine(['west', 'east']) },
  ...WORK_BASELINES,
]

async function linesOf(files: SetFiles, engine: WorkEngine): Promise<readonly string[]> {
  using folder = aFolder(files, false)
  return [...matchWorks(await readWorkSet(folder.path), engine)].map((line) => JSON.stringify(line))
}

describe.each(ENGINES)('$name', ({ engine }) => {
  const { records, matches, labels, pairs } = aSmallWorkSet()

  it('writes the same bytes whatever the labels say, without them, and where they cannot be read', async () => {
    const lines = await linesOf({ records }, engine)
    expect(lines).toHaveLength(records.length)
    const shuffled = matches.map(({ left }, at) => ({ left, right: matches.at(at - 1)?.right }))
    expect(await linesOf({ records, matches: shuffled }, engine)).toEqual(lines)
    expect(await linesOf({ records, labels }, engine)).toEqual(lines)
    expect(await linesOf({ records, labels: ['no JSON'], matches: ['{"left": 7'] }, engine)).toEqual(lines)
  })

  it('writes the same bytes of pairs whatever their verdict', async () => {
    const lines = await linesOf({ records, pairs }, engine)
    expect(lines).toHaveLength(pairs.length)
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.boolean(), { minLength: pairs.length, maxLength: pairs.length }),
        async (verdicts) => {
          const judged = pairs.map(({ left, right }, at) => ({ left, right, same: verdicts[at] }))
          expect(await linesOf({ records, pairs: judged }, engine)).toEqual(lines)
        },
      ),
      { numRuns: 5 },
    )
    const bare = pairs.map(({ left, right }) => ({ left, right }))
    expect(await linesOf({ records, pairs: bare }, engine)).toEqual(lines)
  })

  it('says the same of every record in whatever order they stand', async () => {
    const lines = (await linesOf({ records }, engine)).toSorted()
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([...records], { minLength: records.length }), async (shuffled) => {
        const written = await linesOf({ records: shuffled }, engine)
        expect(written.map((line) => JSON.parse(line).record)).toEqual(shuffled.map(({ id }) => id))
        expect(written.toSorted()).toEqual(lines)
      }),
      { numRuns: 10 },
    )
  })

  it('says the same of a pair from either side', async () => {
    const there = await linesOf({ records, pairs }, engine)
    const back = await linesOf(
      { records, pairs: pairs.map(({ left, right }) => ({ left: right, right: left })) },
      engine,
    )
    const said = (line: string) => [JSON.parse(line).status, JSON.parse(line).reason]
    expect(back.map(said)).toEqual(there.map(said))
  })
})

it('a line says in which cluster a record is, or what two are to each other', async () => {
  const { records, pairs } = aSmallWorkSet()
  const [engine] = ENGINES
  const lines = await linesOf({ records }, engine?.engine ?? createWorkEngine([]))
  expect(lines[0]).toBe('{"record":"west:0","cluster":"east:0"}')
  expect(lines).toContain('{"record":"east:7","cluster":"east:7"}')
  expect((await linesOf({ records, pairs }, createWorkEngine([])))[6]).toBe(
    '{"left":"west:0","right":"east:7","status":"different","reason":"other-authors"}',
  )
})
