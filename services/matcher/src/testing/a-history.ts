// Small worlds for properties: few titles, identifiers and names, so that everything meets everything.
import type { Act, Profile, RecordSnapshot } from '@atlas/schemas'
import fc from 'fast-check'
import { anAct, aProfile, aRecord, type RecordGiven, uuidOf } from './a-world.ts'
import { anAddition, someOfOtherKinds } from './of-other-kinds.ts'

/** Every version a record ever had, every state of the profiles, and what their persons decided. */
export interface World {
  readonly records: readonly (readonly RecordSnapshot[])[]
  readonly profiles: readonly (readonly Profile[])[]
  /** Of each profile in order; each act counts. */
  readonly acts: readonly (readonly Act[])[]
}

const SOURCES = ['openalex', 'crossref', 'hal']
const TITLES = [
  'Photosynthetic yields of submerged cyanobacteria under variable light',
  'Thermal conductivity of layered perovskite membranes at low pressure',
]
const ORCIDS = ['0000-0002-1825-0097', '0000-0000-0001-0007']
// Three who may be one and another: on a byline of several of them a profile meets more than one slot, and a slot meets
// more than one profile.
const PEOPLE = [
  'Zbigniew Wojciechowskyj',
  'Oluwaseun Adeyemi-Babatunde',
  'Thjodhildur Sigurbjornsdottir',
  'Z. Wojciechowskyj',
  'Zbigniew K. Wojciechowskyj',
]

const rarely = (times: number) => fc.nat({ max: times }).map((n) => n === 1)

const author = fc.record({
  name: fc.constantFrom(...PEOPLE),
  orcid: fc.option(fc.constantFrom(...ORCIDS), { nil: undefined }),
  affiliation: fc.option(fc.constantFrom('Universitas Miskatonica', 'Collegium Borealis'), { nil: undefined }),
})

/** What a source may say of a publication. */
export const aContent = fc.record({
  title: fc.constantFrom(...TITLES),
  doi: fc.option(fc.constantFrom('10.5555/alpha', '10.5555/beta', '10.5555/gamma'), { nil: undefined }),
  year: fc.constantFrom(2020, 2020, 2019),
  type: fc.constantFrom('article', 'article', 'preprint'),
  authors: fc.uniqueArray(author, { minLength: 2, maxLength: 4, selector: ({ name }) => name }),
  deleted: rarely(9),
  suppressed: rarely(12),
  adds: anAddition,
})

/** Record number `place` as this version says it. */
export function aVersion(
  place: number,
  version: number,
  given: typeof aContent extends fc.Arbitrary<infer C> ? C : never,
) {
  const authors = given.authors.map(({ name, orcid, affiliation }) => ({
    name,
    ...(orcid ? { orcid } : {}),
    ...(affiliation ? { affiliation } : {}),
  }))
  const { doi, ...rest } = given
  const source = SOURCES[place % SOURCES.length] ?? 'openalex'
  const all: RecordGiven = { ...rest, ...(doi ? { doi } : {}), authors, source, sourceId: `R${place}`, version }
  return aRecord(all)
}

const versions = (place: number) =>
  fc
    .array(aContent, { minLength: 1, maxLength: 3 })
    .map((contents) => contents.map((given, index) => aVersion(place, index + 1, given)))

const states = (place: number) =>
  fc
    .array(
      fc.record({
        names: fc.uniqueArray(fc.constantFrom(...PEOPLE), { minLength: 1, maxLength: 2 }),
        orcid: fc.option(fc.constantFrom(...ORCIDS), { nil: undefined }),
        state: rarely(9).map((is) => (is ? ('merged' as const) : ('active' as const))),
      }),
      { minLength: 1, maxLength: 3 },
    )
    .map((all) =>
      all.map(({ names, orcid, state }, index) =>
        aProfile({ id: `P${place}`, revision: index + 1, names, state, ...(orcid ? { orcid } : {}) }),
      ),
    )

/** What the person of a profile decides on author entries of any version of the records. */
const decisions = (place: number, records: readonly (readonly RecordSnapshot[])[]) => {
  const mentions = records
    .flat()
    .flatMap(({ recordId, version, authors }) =>
      authors.map(({ mentionKey, position }) => ({ key: mentionKey, recordId, version, position })),
    )
  const decision = fc.record({
    kind: fc.constantFrom('confirm', 'confirm', 'reject', 'reopen'),
    mention: fc.constantFrom(...mentions),
    via: rarely(5).map((is) => (is ? 'auto' : 'web')),
  })
  return fc.array(decision, { maxLength: 3 }).map((all) =>
    all.map(({ kind, mention, via }, at) => {
      const about = {
        candidateId: uuidOf(`about ${mention.key}`),
        workId: uuidOf('w'),
        slotId: uuidOf('s'),
        relatedWorkId: null,
        candidateKind: 'work_authorship',
        evidence: '',
        mentions: [mention],
      }
      return anAct({ profileId: uuidOf(`P${place}`), seq: at + 1, kind, via, about })
    }),
  )
}

export const aWorld: fc.Arbitrary<World> = fc
  .record({ records: fc.integer({ min: 2, max: 9 }), profiles: fc.integer({ min: 1, max: 5 }) })
  .chain(({ records, profiles }) =>
    fc.record({
      records: fc.tuple(...Array.from({ length: records }, (_, place) => versions(place))),
      profiles: fc.tuple(...Array.from({ length: profiles }, (_, place) => states(place))),
    }),
  )
  .chain(({ records, profiles }) =>
    fc.record({
      records: fc.constant(records),
      profiles: fc.constant(profiles),
      acts: fc.tuple(...profiles.map((_, place) => decisions(place, records))),
      others: someOfOtherKinds,
    }),
  )
  .map(({ records, others, ...world }) => ({ ...world, records: [...records, ...others] }))

export type Step =
  | { readonly type: 'records'; readonly records: readonly RecordSnapshot[] }
  | { readonly type: 'profiles'; readonly profiles: readonly Profile[] }
  | { readonly type: 'acts'; readonly acts: readonly Act[] }
  | { readonly type: 'round' }

/**
 * A way for a world to arrive: the versions of one object in order, some snapshots skipped but never the last, some again, in
 * chunks, with rounds of the second step in between.
 */
export function anArrival(world: World): fc.Arbitrary<readonly Step[]> {
  const lanes = [
    ...world.records.map((all) => all.map((record) => ({ record }))),
    ...world.profiles.map((all) => all.map((profile) => ({ profile }))),
    ...world.acts.map((all) => all.map((act) => ({ act }))),
  ]
  const all = lanes.flatMap((lane, index) => lane.map((_, place) => ({ lane: index, place })))
  return fc
    .record({
      order: fc.array(fc.nat({ max: Math.max(0, lanes.length - 1) }), { maxLength: all.length * 3 }),
      skip: fc.array(fc.boolean(), { minLength: all.length, maxLength: all.length }),
      again: fc.array(fc.boolean(), { minLength: all.length, maxLength: all.length }),
      chunk: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 8 }),
      rounds: fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }),
    })
    .map(({ order, skip, again, chunk, rounds }) => {
      const queues = lanes.map((lane, index) =>
        lane.flatMap((item, place) => {
          const number = all.findIndex((one) => one.lane === index && one.place === place)
          if (skip[number] && place < lane.length - 1 && !('act' in item)) return []
          return again[number] ? [item, item] : [item]
        }),
      )
      const taken = [...order, ...queues.flatMap((queue, lane) => queue.map(() => lane))].flatMap(
        (lane) => queues[lane]?.shift() ?? [],
      )
      const steps: Step[] = []
      for (let from = 0, turn = 0; from < taken.length; turn++) {
        const size = chunk[turn % chunk.length] ?? 1
        const part = taken.slice(from, from + size)
        from += size
        const records = part.flatMap((item) => ('record' in item ? item.record : []))
        const profiles = part.flatMap((item) => ('profile' in item ? item.profile : []))
        if (records.length > 0) steps.push({ type: 'records', records })
        const acts = part.flatMap((item) => ('act' in item ? item.act : []))
        if (profiles.length > 0) steps.push({ type: 'profiles', profiles })
        if (acts.length > 0) steps.push({ type: 'acts', acts })
        if (rounds[turn % rounds.length]) steps.push({ type: 'round' })
      }
      return steps
    })
}

/** The last state of everything. */
export function lastOf(world: World): {
  readonly records: readonly RecordSnapshot[]
  readonly profiles: readonly Profile[]
  readonly acts: readonly Act[]
} {
  return {
    acts: world.acts.flat(),
    records: world.records.flatMap((all) => all.at(-1) ?? []),
    profiles: world.profiles.flatMap((all) => all.at(-1) ?? []),
  }
}
