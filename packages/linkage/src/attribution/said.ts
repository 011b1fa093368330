import { type PreparedName, prepareName } from '../names/prepare-name.ts'
import type { PersonIdentifier, ProfileFeatures, SlotFeatures } from '../types.ts'

/** What a person says of himself. */
export interface Identities {
  /** iD to whether it was proved. */
  readonly orcids: ReadonlyMap<string, boolean>
  /** `scheme:value` to mine, partly_mine, not_mine. */
  readonly ids: ReadonlyMap<string, string>
  /** Schemes in which the person has said which ids are his. */
  readonly schemes: ReadonlySet<string>
  readonly emails: ReadonlySet<string>
}

/** What the slots a person decided on have in common with a slot to come. */
export interface Decided {
  readonly mentions: ReadonlySet<string>
  readonly ids: ReadonlySet<string>
  readonly rors: ReadonlySet<string>
  readonly names: ReadonlySet<string>
}

// Most people have said nothing of the kind: they share what is empty, which then is at hand whoever is compared.
const NO_IDENTITIES: Identities = { orcids: new Map(), ids: new Map(), schemes: new Set(), emails: new Set() }
const NOTHING_DECIDED: Decided = { mentions: new Set(), ids: new Set(), rors: new Set(), names: new Set() }

/** What a person says are his iDs, ids of sources and addresses. */
export function identitiesOf({ identities }: ProfileFeatures): Identities {
  if (identities.length === 0) return NO_IDENTITIES
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

export function decidedOf(slots: readonly SlotFeatures[]): Decided {
  if (slots.length === 0) return NOTHING_DECIDED
  return {
    mentions: new Set(slots.flatMap(({ mentionKeys }) => mentionKeys)),
    ids: new Set(slots.flatMap(({ sourceIds }) => sourceIds.map(idKey))),
    rors: new Set(slots.flatMap(({ affiliations }) => affiliations.flatMap(({ ror }) => ror ?? []))),
    names: new Set(slots.flatMap(({ names }) => names.map((name) => nameKey(prepareName(name))))),
  }
}

export function idKey({ scheme, value }: PersonIdentifier): string {
  return `${scheme}:${value}`
}

/** The name as one word that case, accents and order of the parts do not change. */
export function nameKey({ family, givenJoined }: PreparedName): string {
  return [family, givenJoined].sort().join(' ')
}
