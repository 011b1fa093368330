import { foldText } from '@atlas/identifiers'
import { type PreparedName, prepareName } from '../names/prepare-name.ts'
import { reduceNames } from '../names/reduce-names.ts'
import type { NameForm, PersonIdentifier, ProfileFeatures, SlotFeatures, WorkFeatures } from '../types.ts'
import { type PreparedAffiliations, prepareAffiliations } from './affiliations.ts'
import { type Coauthors, coauthorsOf, type PreparedByline, prepareByline } from './coauthors.ts'
import { topicWords } from './topics.ts'

// Prepared forms are folded and indexed once a work, slot or profile: hold them for a page of pairs, not for ever.

export interface PreparedWork {
  readonly work: WorkFeatures
  readonly byline: readonly PreparedByline[]
  readonly topics: ReadonlySet<string>
  /** Folded name and ISSNs. */
  readonly venues: ReadonlySet<string>
}

export interface PreparedSlot {
  readonly slot: SlotFeatures
  readonly work: PreparedWork
  readonly names: readonly PreparedName[]
  readonly ids: ReadonlySet<string>
  readonly affiliations: PreparedAffiliations
}

export interface PreparedProfile {
  readonly profile: ProfileFeatures
  readonly names: readonly PreparedName[]
  /** iD to whether it was proved. */
  readonly orcids: ReadonlyMap<string, boolean>
  /** `scheme:value` to mine, partly_mine, not_mine. */
  readonly ids: ReadonlyMap<string, string>
  /** Schemes in which the person has said which ids are his. */
  readonly schemes: ReadonlySet<string>
  readonly emails: ReadonlySet<string>
  readonly affiliations: PreparedAffiliations
  readonly coauthors: Coauthors
  readonly topics: ReadonlySet<string>
  readonly venues: ReadonlySet<string>
  /** First and last year of confirmed works and affiliations. */
  readonly years: readonly [number, number] | null
  readonly confirmed: Decided
  readonly rejected: Decided
}

/** What the slots a person decided on have in common with a slot to come. */
export interface Decided {
  readonly mentions: ReadonlySet<string>
  readonly ids: ReadonlySet<string>
  readonly rors: ReadonlySet<string>
  readonly names: ReadonlySet<string>
}

export function prepareWork(work: WorkFeatures): PreparedWork {
  return {
    work,
    byline: prepareByline(work.byline),
    topics: topicWords(work),
    venues: venuesOf(work),
  }
}

export function prepareSlot(slot: SlotFeatures, work: PreparedWork): PreparedSlot {
  return {
    slot,
    work,
    names: namesOf(slot.names),
    ids: new Set(slot.sourceIds.map(idKey)),
    affiliations: prepareAffiliations(slot.affiliations),
  }
}

export function prepareProfile(profile: ProfileFeatures): PreparedProfile {
  const { confirmed, rejected } = profile
  return {
    profile,
    names: namesOf(profile.names),
    ...identitiesOf(profile),
    affiliations: prepareAffiliations([...profile.affiliations, ...confirmed.flatMap(({ slot }) => slot.affiliations)]),
    coauthors: coauthorsOf(confirmed),
    topics: new Set(confirmed.flatMap(({ work }) => [...topicWords(work)])),
    venues: new Set(confirmed.flatMap(({ work }) => [...venuesOf(work)])),
    years: yearsOf(profile),
    confirmed: decidedOf(confirmed.map(({ slot }) => slot)),
    rejected: decidedOf(rejected.map(({ slot }) => slot)),
  }
}

/** What a person says are his iDs, ids of sources and addresses. */
export function identitiesOf({
  identities,
}: ProfileFeatures): Pick<PreparedProfile, 'orcids' | 'ids' | 'schemes' | 'emails'> {
  const known = identities.filter(({ policy }) => policy !== 'ignore')
  const authorIds = known.filter(({ type }) => type !== 'orcid' && type !== 'email')
  const mine = (ownership: string): boolean => ownership === 'mine'
  return {
    orcids: new Map(
      known
        .filter(({ type, ownership }) => type === 'orcid' && mine(ownership))
        .map(({ value, verifiedAt }) => [value, verifiedAt !== null]),
    ),
    ids: new Map(
      authorIds.map(({ type, value, ownership, policy }) => [
        `${type}:${value}`,
        policy === 'auto_reject' ? 'not_mine' : ownership,
      ]),
    ),
    schemes: new Set(authorIds.filter(({ ownership }) => mine(ownership)).map(({ type }) => type)),
    emails: new Set(known.filter(({ type }) => type === 'email').map(({ value }) => value.toLowerCase())),
  }
}

export function idKey({ scheme, value }: PersonIdentifier): string {
  return `${scheme}:${value}`
}

/** The name as one word that case, accents and order of the parts do not change. */
export function nameKey({ family, givenJoined }: PreparedName): string {
  return [family, givenJoined].sort().join(' ')
}

function namesOf(forms: readonly NameForm[]): readonly PreparedName[] {
  return reduceNames(forms.map(prepareName).filter(({ family }) => family !== ''))
}

function venuesOf({ venue, issns }: WorkFeatures): ReadonlySet<string> {
  const folded = foldText(venue ?? '')
    .replace(/\b\d+(?:st|nd|rd|th)?\b/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  return new Set([...issns, ...(folded === '' ? [] : [folded])])
}

function yearsOf({ confirmed, affiliations }: ProfileFeatures): readonly [number, number] | null {
  const years = [
    ...confirmed.flatMap(({ work }) => work.year ?? []),
    ...affiliations.flatMap(({ fromYear, toYear }) => [fromYear ?? [], toYear ?? []].flat()),
  ]
  return years.length === 0 ? null : [years.reduce((a, b) => Math.min(a, b)), years.reduce((a, b) => Math.max(a, b))]
}

export function decidedOf(slots: readonly SlotFeatures[]): Decided {
  return {
    mentions: new Set(slots.flatMap(({ mentionKeys }) => mentionKeys)),
    ids: new Set(slots.flatMap(({ sourceIds }) => sourceIds.map(idKey))),
    rors: new Set(slots.flatMap(({ affiliations }) => affiliations.flatMap(({ ror }) => ror ?? []))),
    names: new Set(slots.flatMap(({ names }) => names.map((name) => nameKey(prepareName(name))))),
  }
}
