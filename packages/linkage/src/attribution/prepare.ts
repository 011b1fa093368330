import { type PreparedAffiliations, prepareAffiliations } from '../authors/affiliations.ts'
import { type PreparedByline, prepareByline } from '../authors/byline.ts'
import { type PreparedName, prepareName } from '../names/prepare-name.ts'
import { reduceNames } from '../names/reduce-names.ts'
import type { DecidedSlot, NameForm, ProfileFeatures, SlotFeatures, WorkFeatures } from '../types.ts'
import { type Frequencies, venueKey } from './frequencies.ts'
import { type Decided, decidedOf, type Identities, identitiesOf, idKey } from './said.ts'

/** Weights of words, of length 1 together. */
export type TermVector = ReadonlyMap<string, number>

export interface AttributedWork {
  readonly workId: string
  readonly year: number | null
  readonly byline: readonly PreparedByline[]
  readonly terms: TermVector
  readonly venue: string
  readonly venueBits: number
}

export interface AttributedSlot {
  readonly slot: SlotFeatures
  readonly slotId: string
  readonly work: AttributedWork
  readonly names: readonly PreparedName[]
  /** `scheme:value`. */
  readonly ids: ReadonlySet<string>
  readonly affiliations: PreparedAffiliations
}

export interface AttributedProfile extends Identities {
  readonly profileId: string
  readonly names: readonly PreparedName[]
  readonly works: readonly AttributedWork[]
  /** Works on whose byline the person already has a slot: he has no second one there. */
  readonly workIds: ReadonlySet<string>
  /** Whole names written with, and on how many works. */
  readonly coauthors: ReadonlyMap<string, number>
  /** Family and initial of everybody written with, and of those never written out. */
  readonly initials: ReadonlySet<string>
  readonly abbreviated: ReadonlySet<string>
  readonly field: TermVector
  readonly venues: ReadonlySet<string>
  readonly affiliations: PreparedAffiliations
  readonly confirmed: Decided
  readonly rejected: Decided
  /** Whole names beside the slots that are not his, and never beside those that are. */
  readonly othersCoauthors: ReadonlySet<string>
}

export function attributedWork(work: WorkFeatures, frequencies: Frequencies): AttributedWork {
  const venue = venueKey(work.venue)
  return {
    workId: work.workId,
    year: work.year,
    byline: prepareByline(work.byline),
    terms: unit(new Map((work.terms ?? []).map((term) => [term, frequencies.termWeight(term)]))),
    venue,
    venueBits: frequencies.venueBits(venue),
  }
}

export function attributedSlot(slot: SlotFeatures, work: AttributedWork): AttributedSlot {
  return {
    slot,
    slotId: slot.slotId,
    work,
    names: namesOf(slot.names),
    ids: new Set(slot.sourceIds.map(idKey)),
    affiliations: prepareAffiliations(slot.affiliations),
  }
}

/** `workOf` prepares a confirmed work: many profiles share one. */
export function attributedProfile(
  profile: ProfileFeatures,
  workOf: (work: WorkFeatures) => AttributedWork,
): AttributedProfile {
  const { profileId, names, affiliations, confirmed, rejected } = profile
  const works = confirmed.map(({ work }) => workOf(work))
  const own = coauthorsOf(confirmed, works)
  const theirs = coauthorsOf(
    rejected,
    rejected.map(({ work }) => workOf(work)),
  )
  return {
    profileId,
    names: namesOf(names),
    works,
    workIds: new Set(works.map(({ workId }) => workId)),
    ...own,
    field: unit(sumOf(works.map(({ terms }) => terms))),
    venues: new Set(works.flatMap(({ venue }) => (venue === '' ? [] : [venue]))),
    affiliations: prepareAffiliations([...affiliations, ...confirmed.flatMap(({ slot }) => slot.affiliations)]),
    ...identitiesOf(profile),
    confirmed: decidedOf(confirmed.map(({ slot }) => slot)),
    rejected: decidedOf(rejected.map(({ slot }) => slot)),
    othersCoauthors: new Set([...theirs.coauthors.keys()].filter((name) => !own.coauthors.has(name))),
  }
}

function coauthorsOf(confirmed: readonly DecidedSlot[], works: readonly AttributedWork[]) {
  const coauthors = new Map<string, number>()
  const initials = new Set<string>()
  const abbreviated = new Set<string>()
  for (const [at, { slot }] of confirmed.entries())
    for (const one of works[at]?.byline ?? []) {
      if (one.slotId === slot.slotId) continue
      if (one.full === '') abbreviated.add(one.initials)
      else coauthors.set(one.full, (coauthors.get(one.full) ?? 0) + 1)
      initials.add(one.initials)
    }
  return { coauthors, initials, abbreviated }
}

function namesOf(forms: readonly NameForm[]): readonly PreparedName[] {
  return reduceNames(forms.map(prepareName).filter(({ family }) => family !== ''))
}

function sumOf(vectors: readonly TermVector[]): TermVector {
  const sum = new Map<string, number>()
  for (const vector of vectors) for (const [term, weight] of vector) sum.set(term, (sum.get(term) ?? 0) + weight)
  return sum
}

function unit(vector: TermVector): TermVector {
  let squares = 0
  for (const weight of vector.values()) squares += weight * weight
  if (squares === 0) return new Map()
  const length = Math.sqrt(squares)
  return new Map([...vector].flatMap(([term, weight]) => (weight > 0 ? [[term, weight / length]] : [])))
}

/** Cosine of two vectors of length 1. */
export function cosine(a: TermVector, b: TermVector): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a]
  let sum = 0
  for (const [term, weight] of small) sum += weight * (large.get(term) ?? 0)
  return sum
}
