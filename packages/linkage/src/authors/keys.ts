import { type PreparedName, prepareName } from '../names/prepare-name.ts'
import { reduceNames } from '../names/reduce-names.ts'
import type { BlockKey, BlockKind, KeyChoice, NameForm, ProfileFeatures, SlotFeatures, WorkFeatures } from '../types.ts'
import { FREQUENT_CLASSES, MODEL_1 } from './model.ts'

// Narrower keys by co-author and affiliation: so many of each, the same choice on both sides for short lists.
const MAX_COAUTHOR_KEYS = 24
const MAX_ROR_KEYS = 8

const ORDER: readonly BlockKind[] = [
  'orcid',
  'author_id',
  'email',
  'name_given',
  'name_coauthor',
  'name_affiliation',
  'name_initial',
  'name_family',
]

/** Every key a slot is stored and looked up under; the `narrower` ones are to be stored as well (`allKeys`). */
export function slotKeys(slot: SlotFeatures, work: WorkFeatures): readonly KeyChoice[] {
  if (slot.collective) return []
  return choicesOf({
    names: slot.names,
    exact: [
      ...slot.orcids.map((orcid): BlockKey => ({ key: `orcid:${orcid}`, kind: 'orcid' })),
      ...slot.sourceIds.map(({ scheme, value }): BlockKey => ({ key: `id:${scheme}:${value}`, kind: 'author_id' })),
      ...slot.emails.map((email): BlockKey => ({ key: `email:${email.toLowerCase()}`, kind: 'email' })),
    ],
    coauthors: () => rarest(familiesOf(work).flatMap((one) => (one.slotId === slot.slotId ? [] : one.family))),
    rors: slot.affiliations.flatMap(({ ror }) => ror ?? []),
  })
}

/** Every key a profile is stored and looked up under. */
export function profileKeys(profile: ProfileFeatures): readonly KeyChoice[] {
  const identities = profile.identities.filter(
    ({ policy, ownership }) => policy !== 'ignore' && ownership !== 'not_mine',
  )
  const { confirmed } = profile
  return choicesOf({
    names: profile.names,
    exact: identities.map(({ type, value }): BlockKey => {
      if (type === 'orcid') return { key: `orcid:${value}`, kind: 'orcid' }
      if (type === 'email') return { key: `email:${value.toLowerCase()}`, kind: 'email' }
      return { key: `id:${type}:${value}`, kind: 'author_id' }
    }),
    coauthors: () =>
      rarest(
        confirmed.flatMap(({ slot, work }) =>
          familiesOf(work).flatMap((one) => (one.slotId === slot.slotId ? [] : one.family)),
        ),
      ),
    rors: [
      ...profile.affiliations.flatMap(({ ror }) => ror ?? []),
      ...confirmed.flatMap(({ slot }) => slot.affiliations.flatMap(({ ror }) => ror ?? [])),
    ],
  })
}

/** The keys and their narrower ones, distinct and sorted: what a store indexes. */
export function allKeys(choices: readonly KeyChoice[]): readonly BlockKey[] {
  const distinct = new Map<string, BlockKind>()
  for (const { key, kind, narrower } of choices) {
    distinct.set(key, kind)
    for (const one of narrower) distinct.set(one.key, one.kind)
  }
  return [...distinct].map(([key, kind]) => ({ key, kind })).sort((a, b) => (a.key < b.key ? -1 : 1))
}

/** Identifiers first, names alone last; equal kinds by key. */
export function keysBySpecificity<K extends BlockKey>(keys: readonly K[]): readonly K[] {
  return keys.toSorted(
    (a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0),
  )
}

interface Material {
  readonly names: readonly NameForm[]
  readonly exact: readonly BlockKey[]
  /** Families of co-authors; asked for only under a frequent name. */
  readonly coauthors: () => readonly string[]
  readonly rors: readonly string[]
}

function choicesOf({ names, exact, coauthors, rors }: Material): readonly KeyChoice[] {
  const choices = new Map<string, KeyChoice>()
  for (const { key, kind } of exact) choices.set(key, { key, kind, frequent: false, narrower: [] })
  for (const name of reduceNames(names.map(prepareName).filter(({ family }) => family !== ''))) {
    for (const [family, given] of readings(name)) {
      const choice = nameChoice(family, given, coauthors, rors)
      const other = choices.get(choice.key)
      choices.set(
        choice.key,
        other ? { ...choice, narrower: distinct([...other.narrower, ...choice.narrower]) } : choice,
      )
    }
  }
  return keysBySpecificity([...choices.values()])
}

type Reading = readonly [family: string, given: readonly string[]]

/** A name and the ways in which a source may have cut it: double family names by part, family and given name swapped. */
function readings(name: PreparedName): readonly Reading[] {
  const families = new Set([name.family, name.familyWhole])
  const [first, last] = [name.familyParts[0], name.familyParts.at(-1)]
  if (name.familyParts.length > 1) for (const part of [first, last]) if (part && part.length > 2) families.add(part)
  const own = [...families].map((family): Reading => [family, name.given])
  return name.full ? [...own, [name.givenJoined, [name.family]]] : own
}

function nameChoice(
  family: string,
  given: readonly string[],
  coauthors: () => readonly string[],
  rors: readonly string[],
): KeyChoice {
  const initial = given[0]?.[0]
  if (initial === undefined)
    return { key: `n:${family}`, kind: 'name_family', frequent: isFrequent(family), narrower: [] }
  const block = `${family}|${initial}`
  const byGiven = headsOf(given).map((head): BlockKey => ({ key: `ng:${family}|${head}`, kind: 'name_given' }))
  const frequent = isFrequent(family)
  if (!frequent) return { key: `n:${block}`, kind: 'name_initial', frequent, narrower: byGiven }
  const narrower: readonly BlockKey[] = [
    ...byGiven,
    ...coauthors().map((other): BlockKey => ({ key: `nc:${block}|${other}`, kind: 'name_coauthor' })),
    ...[...new Set(rors)]
      .sort()
      .slice(0, MAX_ROR_KEYS)
      .map((ror): BlockKey => ({ key: `na:${block}|${ror}`, kind: 'name_affiliation' })),
  ]
  return { key: `n:${block}`, kind: 'name_initial', frequent, narrower }
}

// Four letters: Jean and Jean-Pierre, Alex and Alexander meet. A short first name also stands alone, and initials say
// nothing here: Wei, Wei F. and Wei-Feng meet.
function headsOf(given: readonly string[]): readonly string[] {
  const written = given.filter((token) => token.length > 1)
  const [first = ''] = written
  return first === '' ? [] : [...new Set([written.join('').slice(0, 4), first.slice(0, 4)])]
}

function isFrequent(family: string): boolean {
  return (MODEL_1.familyClass[family] ?? FREQUENT_CLASSES) < FREQUENT_CLASSES
}

/** The rarest first, so that both sides choose alike where they must choose. */
function rarest(families: readonly string[]): readonly string[] {
  const rank = (family: string): number => MODEL_1.familyClass[family] ?? FREQUENT_CLASSES + 1
  return [...new Set(families)].sort((a, b) => rank(b) - rank(a) || (a < b ? -1 : 1)).slice(0, MAX_COAUTHOR_KEYS)
}

interface BylineFamily {
  readonly slotId: string
  readonly family: string
}

// A byline is read once and not once for each of its slots.
const families = new WeakMap<WorkFeatures, readonly BylineFamily[]>()

function familiesOf(work: WorkFeatures): readonly BylineFamily[] {
  const known = families.get(work)
  if (known) return known
  const read = work.byline
    .map(({ slotId, name }) => ({ slotId, family: prepareName(name).family }))
    .filter(({ family }) => family.length > 1)
  families.set(work, read)
  return read
}

function distinct(keys: readonly BlockKey[]): readonly BlockKey[] {
  return [...new Map(keys.map((key) => [key.key, key])).values()]
}
