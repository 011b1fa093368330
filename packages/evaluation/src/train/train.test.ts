import { COMPARISON_NAMES, COMPARISONS, type Levels } from '@atlas/linkage'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { faultOf } from '../engine/model-file.ts'
import type { AuthorSet, NeutralAuthor, NeutralRecord } from '../neutral/types.ts'
import type { ItemTruth } from '../truth/read-truths.ts'
import { collide } from './collide.ts'
import { type Example, fit } from './fit.ts'
import { type Material, without } from './material.ts'
import { titlesOnly, withNewCoauthors } from './sparse.ts'

const OPTIONS = { penalty: 0.5, rounds: 200 }
const example = (candidates: readonly Levels[], truth: number): Example => ({
  candidates,
  truth,
  nobody: 0,
  rarity: { of: 'name', level: 'usual' },
  weight: 1,
  isPair: false,
})
const model = (of: ReturnType<typeof fit>) => ({
  ...of,
  version: 'x',
  unproven: 6,
  publish: 0.2,
  threshold: 0.5,
  pairThreshold: 0.5,
  frequencies: { terms: {}, venues: {} },
  about: {},
})
const times = (n: number, one: Example) => Array.from({ length: n }, () => one)

describe('fitting', () => {
  it('makes what goes with the truth weigh more', () => {
    const learnt = fit(
      [
        ...times(30, example([{ name: 'exact', coauthors: 'many' }], 0)),
        ...times(30, example([{ name: 'exact', coauthors: 'none' }], -1)),
      ],
      OPTIONS,
    )
    expect(learnt.weights.coauthors['many']).toBeGreaterThan((learnt.weights.coauthors['none'] ?? 0) + 2)
  })

  it('never lets a better level weigh less, whatever the examples say', () => {
    const anyLevels = fc.record(
      Object.fromEntries(COMPARISON_NAMES.map((name) => [name, fc.constantFrom(...COMPARISONS[name])])),
      { requiredKeys: [] },
    )
    const anyExample = fc
      .record({ candidates: fc.array(anyLevels, { maxLength: 3 }), truth: fc.integer({ min: -1, max: 2 }) })
      .map(({ candidates, truth }) => example(candidates, truth < candidates.length ? truth : -1))
    fc.assert(
      fc.property(fc.array(anyExample, { maxLength: 30 }), (examples) => {
        expect(faultOf(model(fit(examples, { penalty: 0.5, rounds: 60 })))).toBeUndefined()
      }),
      { numRuns: 40 },
    )
  })

  it('makes the same of the same', () => {
    const examples = [example([{ name: 'exact' }, { name: 'initials' }], 1), example([{ name: 'exact' }], 0)]
    expect(fit(examples, OPTIONS)).toEqual(fit(examples, OPTIONS))
  })
})

const author = (name: string): NeutralAuthor => ({
  name,
  given: null,
  family: null,
  affiliations: [],
  emails: [],
  ids: [],
  orcid: null,
})
const PEOPLE = 30
const records = new Map<string, NeutralRecord>(
  Array.from({ length: 60 }, (_, at): [string, NeutralRecord] => [
    `r${at}`,
    {
      id: `r${at}`,
      title: `Title ${at}`,
      abstract: `What ${at} is about`,
      year: 2000 + at,
      venue: null,
      doi: null,
      language: null,
      keywords: [],
      issns: [],
      references: [],
      funders: [],
      authors: [at, at + 1, at + 7]
        .map((one) => author(`Given${one % PEOPLE} Family${one % PEOPLE}`))
        .concat(author('A Stranger')),
    },
  ]),
)
const owner = (at: number, slot: number) => (at + [0, 1, 7][slot]!) % PEOPLE
const set: AuthorSet = {
  name: 'made',
  profiles: Array.from({ length: PEOPLE }, (_, one) => ({
    id: `p${one}`,
    names: [`Given${one} Family${one}`],
    seeds: [{ record: `r${one}`, slot: 0 }],
    emails: [],
    ids: [],
    orcid: null,
    affiliations: [],
  })),
  record: (id) => records.get(id) as NeutralRecord,
}
const truths: readonly ItemTruth[] = Array.from({ length: 60 }, (_, at) =>
  [1, 2, 3].map((slot) => ({
    record: `r${at}`,
    slot,
    profile: slot === 3 ? null : `p${owner(at, slot)}`,
    facets: {},
  })),
).flat()

describe('made-up collisions of names', () => {
  const collided = collide(set, truths, { seed: 5, strangers: 0.5 })

  it('give many people one name, and no byline one name twice', () => {
    const names = collided.set.profiles.map((profile) => profile.names[0])
    expect(new Set(names).size).toBeLessThan(PEOPLE)
    for (const id of records.keys()) {
      const byline = collided.set
        .record(id)
        .authors.map((one) => one.name)
        .filter((one) => one !== 'A Stranger')
      expect(new Set(byline).size, id).toBe(byline.length)
    }
  })

  it('keep the truths, and leave out whoever kept his name', () => {
    for (const truth of collided.truths) {
      const before = truths.find(({ record, slot }) => record === truth.record && slot === truth.slot)
      expect(truth).toEqual(before)
      const profile = collided.set.profiles.find(({ id }) => id === truth.profile)
      if (profile) expect(collided.set.record(truth.record).authors[truth.slot]?.name).toBe(profile.names[0])
    }
    expect(collided.truths.some(({ profile }) => profile === null)).toBe(true)
  })

  it('are the same for the same seed', () => {
    const again = collide(set, truths, { seed: 5, strangers: 0.5 })
    expect(again.truths).toEqual(collided.truths)
    expect(again.set.record('r3')).toEqual(collided.set.record('r3'))
  })
})

describe('sets that know less', () => {
  it('have titles without abstracts and keywords, and are otherwise the same', () => {
    const { abstract, keywords, ...rest } = titlesOnly(set).record('r3')
    expect([abstract, keywords]).toEqual([null, []])
    expect(set.record('r3')).toMatchObject(rest)
  })

  it('have other people beside those asked about, each met once, and the same for the same seed', () => {
    const changed = withNewCoauthors(set, truths, 1, 9)
    const asked = new Set(
      [...truths, ...set.profiles.flatMap(({ seeds }) => seeds)].map(({ record, slot }) => `${record}#${slot}`),
    )
    const met = new Map<string, number>()
    for (const id of new Set([...asked].map((place) => place.slice(0, place.lastIndexOf('#')))))
      for (const [slot, { name }] of changed.record(id).authors.entries()) {
        if (asked.has(`${id}#${slot}`)) expect(name).toBe(set.record(id).authors[slot]?.name)
        else met.set(name, (met.get(name) ?? 0) + 1)
      }
    expect([...met.values()].every((times) => times === 1)).toBe(true)
    expect(withNewCoauthors(set, truths, 1, 9).record('r3')).toEqual(changed.record('r3'))
    expect(withNewCoauthors(set, truths, 0, 9).record('r3')).toEqual(set.record('r3'))
  })
})

it('what is held out is nowhere in the rest: neither asked about nor a candidate', () => {
  const one = (truth: string | null, place: string): Material => ({
    places: [place],
    block: 'b',
    candidates: ['p1', 'p2'].map((profile) => ({ profile, levels: {} })),
    truth,
    nobody: 0,
    rarity: { of: 'name', level: 'usual' },
    weight: 1,
    isPair: false,
  })
  const rest = without([one('p1', 'r#0'), one('p2', 'r#1'), one(null, 'r#2'), one(null, 'r#3')], {
    profiles: new Set(['p1']),
    places: new Set(['r#3']),
  })
  expect(rest.map(({ places }) => places[0])).toEqual(['r#1', 'r#2'])
  expect(rest.flatMap(({ candidates }) => candidates.map(({ profile }) => profile))).toEqual(['p2', 'p2'])
})
