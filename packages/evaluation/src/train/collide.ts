import type { AuthorSet, NeutralAuthor, NeutralProfile, NeutralRecord, SlotRef } from '../neutral/types.ts'
import { randomFrom } from '../score/random.ts'
import type { ItemTruth } from '../truth/read-truths.ts'

export interface Collision {
  readonly seed: number
  /** Which share of those without a profile is made a namesake of a group. */
  readonly strangers: number
  /** Titles without abstracts. */
  readonly titlesOnly?: boolean
  /** Which share of co-authors is met once. */
  readonly newCoauthors?: number
}

/** A set in which many people bear one name, made from one in which few do. */
export interface Collided {
  readonly set: AuthorSet
  readonly truths: readonly ItemTruth[]
}

// Of our own choosing: groups of 2 to 10 people, a third of them known by initials.
const GROUP = { least: 2, most: 10 }
const INITIALS = 0.35

/**
 * Gives groups of people who never wrote together one name, and that name to strangers as well: natural data teach that
 * an equal name is nearly proof, because they hold so few namesakes. The same seed makes the same set.
 */
export function collide(set: AuthorSet, truths: readonly ItemTruth[], { seed, strangers }: Collision): Collided {
  const random = randomFrom(seed)
  const owners = ownersOf(set, truths)
  const groups = groupsOf(set.profiles, owners, random)
  const names = groups.map((group) => nameOf(group, set.profiles, random))
  const groupOf = new Map(groups.flatMap((group, at) => group.map((id) => [id, at] as const)))
  const namesakes = new Map<string, number>()
  // A byline never has one name twice.
  const taken = new Set([...owners].map(([place, id]) => `${recordOf(place)} ${groupOf.get(id)}`))
  for (const truth of truths) {
    if (truth.profile !== null || random() >= strangers) continue
    const group = Math.floor(random() * names.length)
    if (taken.has(`${truth.record} ${group}`)) continue
    taken.add(`${truth.record} ${group}`)
    namesakes.set(placeOf(truth), group)
  }
  const bearerOf = (ref: SlotRef): number | undefined => {
    const owner = owners.get(placeOf(ref))
    return owner === undefined ? namesakes.get(placeOf(ref)) : groupOf.get(owner)
  }
  const renamed = new Map<string, NeutralRecord>()
  return {
    set: {
      ...set,
      profiles: set.profiles.map((profile) => ({ ...profile, names: renamedProfile(profile, groupOf, names) })),
      record(id) {
        const known = renamed.get(id)
        if (known) return known
        const record = renamedRecord(set.record(id), bearerOf, names)
        renamed.set(id, record)
        return record
      },
    },
    truths: truths.filter((truth) => bearerOf(truth) !== undefined),
  }
}

type Name = Pick<NeutralAuthor, 'name' | 'given' | 'family'>

function renamedProfile(
  profile: NeutralProfile,
  groupOf: ReadonlyMap<string, number>,
  names: readonly Name[],
): readonly string[] {
  const name = names[groupOf.get(profile.id) ?? -1]
  return name ? [name.name] : profile.names
}

function renamedRecord(
  record: NeutralRecord,
  bearerOf: (ref: SlotRef) => number | undefined,
  names: readonly Name[],
): NeutralRecord {
  return {
    ...record,
    authors: record.authors.map((author, slot) => {
      const name = names[bearerOf({ record: record.id, slot }) ?? -1]
      return name ? { ...author, ...name } : author
    }),
  }
}

function ownersOf(set: AuthorSet, truths: readonly ItemTruth[]): ReadonlyMap<string, string> {
  return new Map([
    ...set.profiles.flatMap(({ id, seeds }) => seeds.map((seed) => [placeOf(seed), id] as const)),
    ...truths.flatMap((truth) => (truth.profile === null ? [] : [[placeOf(truth), truth.profile] as const])),
  ])
}

/** Profiles in groups of which no two ever stood on one byline. */
function groupsOf(
  profiles: readonly NeutralProfile[],
  owners: ReadonlyMap<string, string>,
  random: () => number,
): readonly (readonly string[])[] {
  const records = new Map<string, Set<string>>()
  for (const [place, id] of owners) {
    const own = records.get(id) ?? new Set<string>()
    records.set(id, own.add(recordOf(place)))
  }
  const shuffled = profiles.map(({ id }) => ({ id, at: random() })).sort((a, b) => a.at - b.at)
  const groups: string[][] = []
  let open: { readonly ids: string[]; readonly records: Set<string>; readonly size: number } | undefined
  for (const { id } of shuffled) {
    if (!open || open.ids.length >= open.size) {
      open = { ids: [], records: new Set(), size: GROUP.least + Math.floor(random() * (GROUP.most - GROUP.least + 1)) }
      groups.push(open.ids)
    }
    const own = [...(records.get(id) ?? [])]
    if (own.some((record) => open?.records.has(record))) continue
    for (const record of own) open.records.add(record)
    open.ids.push(id)
  }
  return groups
}

/** A name nobody bears: somebody's given name and the family name of another with an ending of its own. */
function nameOf(group: readonly string[], profiles: readonly NeutralProfile[], random: () => number): Name {
  const word = () => {
    const of = profiles[Math.floor(random() * profiles.length)]?.names[0] ?? ''
    return of
      .replace(/[^\p{L} ]/gu, '')
      .split(' ')
      .filter((part) => part.length > 2)
  }
  const ending = [...String(group[0] ?? '')].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 676, 7)
  const letters = String.fromCharCode(97 + Math.floor(ending / 26), 97 + (ending % 26))
  const family = `${word().at(-1) ?? 'Ray'}${letters}`
  const first = word()[0] ?? 'Kim'
  const given = random() < INITIALS ? `${first.charAt(0)}.` : first
  return { name: `${given} ${family}`, given, family }
}

function recordOf(place: string): string {
  return place.slice(0, place.lastIndexOf('#'))
}

function placeOf({ record, slot }: SlotRef): string {
  return `${record}#${slot}`
}
