import { type PreparedAffiliations, prepareAffiliations } from '../authors/affiliations.ts'
import { type PreparedByline, prepareByline } from '../authors/byline.ts'
import { type PreparedName, prepareName } from '../names/prepare-name.ts'
import { reduceNames } from '../names/reduce-names.ts'
import type { DecidedSlot, NameForm, ProfileFeatures, SlotFeatures, WorkFeatures } from '../types.ts'
import { type Circumstances, circumstancesOf, type WorkCircumstances } from './circumstances.ts'
import { type Frequencies, venueKey } from './frequencies.ts'
import { type Decided, decidedOf, type Identities, identitiesOf, idKey, nameKey } from './said.ts'
import { type KnownTopics, knownTopics, type TermVector, vectorOf } from './topics.ts'

export interface AttributedWork extends WorkCircumstances {
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
  /** Where it stands on the byline; -1 where that is cut before it. */
  readonly place: number
  readonly nameKeys: readonly string[]
  /** `scheme:value`. */
  readonly ids: ReadonlySet<string>
  /** In lower case. */
  readonly emails: readonly string[]
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
  readonly topics: KnownTopics
  readonly venues: ReadonlySet<string>
  /** Of the works that have one. */
  readonly years: readonly number[]
  readonly affiliations: PreparedAffiliations
  readonly circumstances: Circumstances
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
    terms: vectorOf(work.terms ?? [], frequencies.termWeight),
    venue,
    venueBits: frequencies.venueBits(venue),
    language: work.language ?? '',
    funders: work.funders ?? [],
    awards: work.awards ?? [],
    cites: work.cites ?? [],
    citedAs: work.citedAs ?? [],
  }
}

export function attributedSlot(slot: SlotFeatures, work: AttributedWork): AttributedSlot {
  const names = namesOf(slot.names)
  return {
    slot,
    slotId: slot.slotId,
    work,
    names,
    place: work.byline.findIndex(({ slotId }) => slotId === slot.slotId),
    nameKeys: names.map(nameKey),
    ids: new Set(slot.sourceIds.map(idKey)),
    emails: slot.emails.map((email) => email.toLowerCase()),
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
    topics: knownTopics(works.map(({ terms }) => terms)),
    years: works.flatMap(({ year }) => year ?? []),
    venues: new Set(works.flatMap(({ venue }) => (venue === '' ? [] : [venue]))),
    affiliations: prepareAffiliations([...affiliations, ...confirmed.flatMap(({ slot }) => slot.affiliations)]),
    circumstances: circumstancesOf(works),
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
