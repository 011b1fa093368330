import { describe, expect, it } from 'vitest'
import { provenProfile, provenSlot } from './evidence.ts'
import { createPopulation } from './people.ts'
import { wordOf } from './words.ts'
import { laterSlot, profileOf } from './works.ts'

const COUNT = 6_000

describe('a made-up population', () => {
  const population = createPopulation('test')
  const people = Array.from({ length: COUNT }, (_, at) => population.person(at))

  it('is the same whoever is asked for first', () => {
    const other = createPopulation('test')
    for (const at of [5_000, 3, 17, 3]) expect(other.person(at)).toEqual(people[at])
    expect(createPopulation('another').person(3).name).not.toEqual(people[3]?.name)
  })

  it('has few family names that very many bear, and very many that few bear, as real bylines have', () => {
    const sizes = sizesOf(people.map(({ name }) => name.family))
    const shareOf = (first: number) => sizes.slice(0, first).reduce((a, b) => a + b, 0) / COUNT
    // Names of the bylines of medicine and of computing at hand: the first .013 and .028, the first hundred .19 and .39.
    expect(shareOf(1)).toBeGreaterThan(0.013)
    expect(shareOf(1)).toBeLessThan(0.028)
    expect(shareOf(100)).toBeGreaterThan(0.19)
    expect(shareOf(100)).toBeLessThan(0.39)
  })

  it('makes two people share family name and initial as often as real names do', () => {
    const sizes = sizesOf(people.map(({ name }) => `${name.family}|${name.given[0]?.[0]}`))
    const pairs = sizes.reduce((sum, size) => sum + size * (size - 1), 0) / (COUNT * (COUNT - 1))
    // .00007 among the names of medicine at hand, .00031 among those of computing.
    expect(pairs).toBeGreaterThan(0.00007)
    expect(pairs).toBeLessThan(0.00031)
  })

  it('knows of each person works of his own group, and writes a later one', () => {
    const profile = profileOf(population, 30)
    const { slot, work } = laterSlot(population, 30)
    expect(profile.confirmed.length).toBeGreaterThan(0)
    expect(work.byline[0]?.slotId).toBe(slot.slotId)
    expect(laterSlot(createPopulation('test'), 30)).toEqual({ slot, work })
  })
})

describe('made-up evidence', () => {
  const COUNT = 1_000
  const population = createPopulation('test')
  const profiles = Array.from({ length: COUNT }, (_, at) => provenProfile(population, at))
  const slots = Array.from({ length: COUNT }, (_, at) => provenSlot(population, at))

  it('is there for some', () => {
    const share = (items: readonly boolean[]) => items.filter(Boolean).length / COUNT
    expect(share(slots.map(({ slot }) => slot.orcids.length > 0))).toBeCloseTo(0.2, 1)
    expect(share(profiles.map(({ rejected }) => rejected.length > 0))).toBeCloseTo(0.15, 1)
    expect(share(profiles.map(({ identities }) => identities.length > 0))).toBeGreaterThan(0.4)
  })

  it('leaves each slot on the byline of its work', () => {
    for (const { slot, work } of slots) {
      expect(slot.workId).toBe(work.workId)
      expect(work.byline.map(({ slotId }) => slotId)).toContain(slot.slotId)
    }
  })

  it('is the same whenever it is asked for', () => {
    expect(provenSlot(createPopulation('test'), 30)).toEqual(slots[30])
    expect(provenProfile(createPopulation('test'), 30)).toEqual(profiles[30])
  })
})

describe('made-up words', () => {
  it('are another one for another rank', () => {
    expect(new Set(Array.from({ length: 20_000 }, (_, rank) => wordOf(rank, 'b'))).size).toBe(20_000)
  })
})

function sizesOf(values: readonly string[]): readonly number[] {
  return [...Map.groupBy(values, (value) => value).values()].map(({ length }) => length).sort((a, b) => b - a)
}
