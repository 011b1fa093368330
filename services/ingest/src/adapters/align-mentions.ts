import {
  compatibleNames,
  foldName,
  mayBeSamePerson,
  nameKeys,
  type PersonalName,
  parsePersonalName,
} from '@atlas/identifiers'
import type { RecordAuthor } from '@atlas/schemas'
import { neighboursOf, sharesIdentifier } from './same-holder.ts'
import { withinEdits } from './within-edits.ts'

export interface Alignment {
  /** Keys of the past, by the key of the entry that they now belong to. */
  readonly aliasesOf: ReadonlyMap<string, readonly string[]>
  /** Keys of entries that a vanished key may belong to, and may not. */
  readonly ambiguous: ReadonlySet<string>
}

interface Entry {
  readonly mention: RecordAuthor
  readonly at: number
  readonly name: PersonalName
}

// Names that share a key; past this many a name says nothing, and 5,000 corrected names would be 25 million pairs.
const MAX_CANDIDATES = 50

/** Finds for each key that vanished the entry whose name was corrected, among the entries whose keys are new. */
export function alignVanished(previous: readonly RecordAuthor[], current: readonly RecordAuthor[]): Alignment {
  const had = new Set(previous.map(({ mentionKey }) => mentionKey))
  const has = new Set(current.map(({ mentionKey }) => mentionKey))
  const vanished = entries(previous, (key) => !has.has(key))
  const fresh = entries(current, (key) => !had.has(key))
  if (vanished.length === 0 || fresh.length === 0) return { aliasesOf: new Map(), ambiguous: new Set() }
  const matching = new Matching()
  const sameLength = previous.length === current.length
  matching.take(byAlias(vanished, fresh))
  matching.take(byIdentifier(matching.openOf(vanished, fresh)))
  matching.take(byPlace(matching.openOf(vanished, fresh), previous, current, sameLength))
  const left = matching.openOf(vanished, fresh)
  matching.takeOrDoubt(byName(left))
  return matching
}

function entries(mentions: readonly RecordAuthor[], wanted: (key: string) => boolean): Entry[] {
  return mentions.flatMap((mention, at) =>
    wanted(mention.mentionKey) ? [{ mention, at, name: parsePersonalName(mention) }] : [],
  )
}

type Pair = readonly [Entry, Entry]
interface Open {
  readonly vanished: readonly Entry[]
  readonly fresh: readonly Entry[]
}

/** Pairs found so far: one to one. */
class Matching implements Alignment {
  readonly aliasesOf = new Map<string, readonly string[]>()
  readonly ambiguous = new Set<string>()
  private readonly done = new Set<Entry>()

  openOf(vanished: readonly Entry[], fresh: readonly Entry[]): Open {
    const open = (entry: Entry) => !this.done.has(entry)
    return { vanished: vanished.filter(open), fresh: fresh.filter(open) }
  }

  /** Takes the pairs whose two sides have no other. */
  take(pairs: readonly Pair[]): void {
    for (const [old, now] of onlyUnique(pairs)) {
      this.done.add(old).add(now)
      this.aliasesOf.set(now.mention.mentionKey, [old.mention.mentionKey, ...old.mention.aliases])
      if (old.mention.ambiguousAlias) this.ambiguous.add(now.mention.mentionKey)
    }
  }

  /** The same, and what has several partners is in doubt. */
  takeOrDoubt(pairs: readonly Pair[]): void {
    const unique = new Set(onlyUnique(pairs))
    this.take([...unique])
    for (const pair of pairs) if (!unique.has(pair)) this.ambiguous.add(pair[1].mention.mentionKey)
  }
}

function onlyUnique(pairs: readonly Pair[]): Pair[] {
  const count = new Map<Entry, number>()
  for (const entry of pairs.flat()) count.set(entry, (count.get(entry) ?? 0) + 1)
  return pairs.filter(([old, now]) => count.get(old) === 1 && count.get(now) === 1)
}

/** A name that was corrected, and is now what it was before. */
function byAlias(vanished: readonly Entry[], fresh: readonly Entry[]): Pair[] {
  const freshBy = new Map(fresh.map((entry) => [entry.mention.mentionKey, entry]))
  return vanished.flatMap((old) => {
    const now = old.mention.aliases.map((key) => freshBy.get(key)).find((entry) => entry !== undefined)
    return now === undefined ? [] : [[old, now] as const]
  })
}

function byIdentifier({ vanished, fresh }: Open): Pair[] {
  const index = new Map<string, Entry[]>()
  for (const entry of fresh) for (const id of identifiersOf(entry)) push(index, id, entry)
  return vanished.flatMap((old) => {
    const found = new Set(identifiersOf(old).flatMap((id) => index.get(id) ?? []))
    return [...found]
      .filter((now) => sharesIdentifier(old.mention, now.mention) === true)
      .map((now) => [old, now] as const)
  })
}

function identifiersOf({ mention }: Entry): string[] {
  return [
    ...(mention.orcid === null ? [] : [mention.orcid]),
    ...mention.sourceIds.map(({ scheme, value }) => `${scheme} ${value}`),
  ]
}

/** Between the same neighbours, or at the same place of a list as long as before, with a name that may be the old one. */
function byPlace(
  { vanished, fresh }: Open,
  previous: readonly RecordAuthor[],
  current: readonly RecordAuthor[],
  sameLength: boolean,
): Pair[] {
  const between = new Map(fresh.map((entry) => [neighboursOf(current, entry.at), entry]))
  const placed = new Map(sameLength ? fresh.map((entry) => [entry.at, entry]) : [])
  return vanished.flatMap((old) => {
    const now = between.get(neighboursOf(previous, old.at)) ?? placed.get(old.at)
    return now !== undefined && mayBeCorrected(old, now) ? [[old, now] as const] : []
  })
}

function byName({ vanished, fresh }: Open): Pair[] {
  const index = new Map<string, Entry[]>()
  for (const entry of fresh) for (const key of nameKeys(entry.name)) push(index, key, entry)
  return vanished.flatMap((old) => {
    const found = new Set(nameKeys(old.name).flatMap((key) => rare(index.get(key))))
    return [...found].filter((now) => isCompatible(old, now)).map((now) => [old, now] as const)
  })
}

function push(index: Map<string, Entry[]>, key: string, entry: Entry): void {
  const list = index.get(key)
  if (list === undefined) index.set(key, [entry])
  else list.push(entry)
}

function rare(found: readonly Entry[] = []): readonly Entry[] {
  return found.length > MAX_CANDIDATES ? [] : found
}

function isCompatible(old: Entry, now: Entry): boolean {
  if (sharesIdentifier(old.mention, now.mention) === false) return false
  const level = compatibleNames(old.name, now.name)
  return level !== 'unknown' && mayBeSamePerson(level)
}

/** Where the place is the same, a slip of the pen is enough: Bucchieri, Buccheri. */
function mayBeCorrected(old: Entry, now: Entry): boolean {
  if (isCompatible(old, now)) return true
  if (sharesIdentifier(old.mention, now.mention) === false) return false
  return withinEdits(foldName(old.mention.name), foldName(now.mention.name), 2)
}
