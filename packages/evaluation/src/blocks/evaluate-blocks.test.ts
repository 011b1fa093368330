import { describe, expect, it } from 'vitest'
import { aFolder } from '../testing/a-set.ts'
import { blocksJson, blocksText } from './blocks-text.ts'
import { evaluateBlocks } from './evaluate-blocks.ts'

const record = (id: string, ...names: readonly string[]) => ({
  id,
  title: id,
  year: 2010,
  authors: names.map((name) => ({ name })),
})
const slot = (id: string) => ({ record: id, slot: 0 })
const GIVEN = ['Zora', 'Zita', 'Zeno', 'Zack', 'Zoe', 'Zuri', 'Zain', 'Zeke']

/** Eight people of one family name and initial, one of another, and what they wrote later. */
const SET = {
  records: [
    ...GIVEN.map((given) => record(`of ${given}`, `${given} Quill`, `Friend Of${given}`)),
    record('of Bo', 'Bo Lind'),
    record('full', 'Zita Quill'),
    record('initial, with a friend', 'Z. Quill', 'Friend OfZack'),
    record('initial alone', 'Z. Quill'),
    record('of nobody', 'Ada Mirski'),
    record('wrong label', 'Ines Falk'),
    record('another given name', 'Carla Lind'),
  ],
  profiles: [
    ...GIVEN.map((given) => ({ id: given, names: [`${given} Quill`], seeds: [slot(`of ${given}`)] })),
    { id: 'Bo', names: ['Bo Lind'], seeds: [slot('of Bo')] },
  ],
  stream: [
    { ...slot('full'), profile: 'Zita' },
    { ...slot('initial, with a friend'), profile: 'Zack' },
    { ...slot('initial alone'), profile: 'Zora' },
    { ...slot('of nobody'), profile: null },
    { ...slot('wrong label'), profile: 'Bo' },
    { ...slot('another given name'), profile: 'Bo' },
  ],
}

describe('blocking, measured on a set', () => {
  it('counts pairs and truths with blocks of any size', async () => {
    using folder = aFolder(SET, true)
    const { uncapped, capped, kept, truths, profiles, slots } = await evaluateBlocks(folder.path, 8)
    expect({ truths, profiles, slots, kept }).toEqual({ truths: 5, profiles: 9, slots: 6, kept: 1 })
    expect(uncapped).toMatchObject({ cap: null, found: 3, recall: 0.6, cut: 0 })
    expect(uncapped.pairs).toEqual({ mean: 4, p50: 0, p99: 8, max: 8 })
    expect(capped).toEqual({ ...uncapped, cap: 8 })
  })

  it('says what a cap costs: the abbreviated name is found by its co-author, and without one it is not', async () => {
    using folder = aFolder(SET, false)
    const { capped, kept, missed, recallOfNamed, largest } = await evaluateBlocks(folder.path, 7)
    expect(capped).toMatchObject({ cap: 7, found: 2, foundBy: { name_words: 1, name_coauthor: 1 } })
    expect(capped.pairs).toEqual({ mean: 2 / 6, p50: 0, p99: 1, max: 1 })
    expect(kept).toBeCloseTo(2 / 3)
    expect(missed.map(({ record, sharesWord }) => [record, sharesWord])).toEqual([
      ['initial alone', true],
      ['wrong label', false],
      ['another given name', true],
    ])
    expect(recallOfNamed).toBe(2 / 4)
    expect(largest[0]).toEqual({ key: 'n:quill|z', profiles: 8 })
  })

  it('counts a truth that only the cap hides among those that can be found, whatever its words', async () => {
    const { records, profiles, stream } = SET
    const short = { ...slot('initial alone'), profile: 'A' }
    using folder = aFolder(
      {
        records: [...records, record('of A', 'A. Quill'), record('of B', 'A. Quill'), record('later', 'A. Q')],
        profiles: [...profiles, { id: 'A', names: ['A. Q'], seeds: [] }, { id: 'B', names: ['A. Q'], seeds: [] }],
        stream: [...stream, { ...short, record: 'later' }],
      },
      true,
    )
    const { missed, uncapped } = await evaluateBlocks(folder.path, 1)
    expect(uncapped.found).toBe(4)
    expect(missed.find(({ profile }) => profile === 'A')).toMatchObject({ name: 'A. Q', sharesWord: true })
  })

  it('is told to a person and to a program', async () => {
    using folder = aFolder(SET, false)
    const figures = await evaluateBlocks(folder.path, 7)
    expect(blocksText(figures, true)).toMatch(
      /split above 7 +0\.4000 +2 .*\n[\s\S]*n:quill\|z +8[\s\S]*wrong label#0 Ines Falk/,
    )
    expect(blocksText(figures, false)).not.toMatch('wrong label#0')
    expect(JSON.parse(JSON.stringify(blocksJson(figures, false)))).toMatchObject({
      recall: 0.4,
      missed: 3,
      uncapped: { cap: null, pairs: { max: 8 } },
    })
  })

  it('takes the left of a pair for a profile', async () => {
    const { records } = SET
    const pair = (left: string, right: string, same: boolean) => ({ left: slot(left), right: slot(right), same })
    const pairs = [pair('of Zita', 'full', true), pair('of Zora', 'of Bo', false), pair('of Bo', 'wrong label', true)]
    using folder = aFolder({ records, pairs }, true)
    const { truths, profiles, capped } = await evaluateBlocks(folder.path, 64)
    expect({ truths, profiles, found: capped.found }).toEqual({ truths: 2, profiles: 3, found: 1 })
  })
})
