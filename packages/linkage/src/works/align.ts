import { compareNames, mayBeOnePerson, NAME_LEVELS, type NameLevel } from '../names/compare-names.ts'
import { alignByOrder } from './align-order.ts'
import { alignRivals } from './align-rivals.ts'
import type { Alignment, Take } from './alignment.ts'
import { type Draft, lookupKeys, type PreparedMention } from './mentions.ts'

/**
 * Which slot each mention of one record belongs to: by identifier, people of one name by their places, then by name from
 * the surest level down, then by order between neighbours that are placed. What is not in the result aligns with nothing. No slot is given twice.
 */
export function alignRecord(mentions: readonly PreparedMention[], drafts: readonly Draft[]): Alignment {
  const aligned: Alignment = new Map()
  if (drafts.length === 0) return aligned
  const taken = new Set<Draft>()
  const take = (mention: PreparedMention, draft: Draft, certain: boolean): void => {
    aligned.set(mention, { draft, certain })
    taken.add(draft)
  }
  alignByIdentifier(mentions, drafts, take)
  const order = new Map(drafts.map((draft, at) => [draft, at]))
  const pairs = namePairs(mentions, drafts, aligned, taken)
  const possible = NAME_LEVELS.filter(mayBeOnePerson).map((level) => pairs.get(level) ?? [])
  alignRivals(possible.flat(), take)
  for (const level of possible) alignLevel(level, order, aligned, taken, take)
  alignByOrder(mentions, drafts, aligned, taken, take)
  return aligned
}

// Publishers put iDs on the wrong author: the name must fit, and the iD must stand once on each side.
function alignByIdentifier(mentions: readonly PreparedMention[], drafts: readonly Draft[], take: Take): void {
  const owners = ownersOf(drafts, ({ ids }) => ids)
  const bearers = ownersOf(mentions, ({ ids }) => ids)
  const done = new Set<Draft>()
  for (const mention of mentions) {
    const found = mention.ids
      .map((id) =>
        bearers.get(id)?.size === 1 && owners.get(id)?.size === 1 ? owners.get(id)?.values().next().value : undefined,
      )
      .find((draft) => draft !== undefined && !done.has(draft) && fits(mention, draft))
    if (found === undefined) continue
    take(mention, found, true)
    done.add(found)
  }
}

function ownersOf<T>(things: readonly T[], idsOf: (thing: T) => Iterable<string>): ReadonlyMap<string, ReadonlySet<T>> {
  const owners = new Map<string, Set<T>>()
  for (const thing of things) {
    for (const id of idsOf(thing)) owners.set(id, (owners.get(id) ?? new Set<T>()).add(thing))
  }
  return owners
}

function fits(mention: PreparedMention, draft: Draft): boolean {
  const level = bestLevel(mention, draft)
  return level === 'family_changed' || mayBeOnePerson(level)
}

function bestLevel(mention: PreparedMention, draft: Draft): NameLevel {
  let best: NameLevel = 'other'
  for (const other of draft.forms.values()) {
    if (mention.collective !== other.collective) continue
    const level = mention.collective === '' ? compareNames(mention.name, other.name) : 'exact'
    if (NAME_LEVELS.indexOf(level) < NAME_LEVELS.indexOf(best)) best = level
  }
  return best
}

type NamePair = readonly [PreparedMention, Draft]

function namePairs(
  mentions: readonly PreparedMention[],
  drafts: readonly Draft[],
  aligned: Alignment,
  taken: ReadonlySet<Draft>,
): ReadonlyMap<NameLevel, readonly NamePair[]> {
  const index = ownersOf(
    drafts.filter((draft) => !taken.has(draft)),
    ({ keys }) => keys,
  )
  const pairs = mentions
    .filter((mention) => !aligned.has(mention))
    .flatMap((mention) => {
      const found = new Set(lookupKeys(mention).flatMap((key) => [...(index.get(key) ?? [])]))
      return [...found].map((draft): readonly [NameLevel, NamePair] => [bestLevel(mention, draft), [mention, draft]])
    })
  const byLevel = new Map<NameLevel, NamePair[]>()
  for (const [level, pair] of pairs) {
    const list = byLevel.get(level)
    if (list) list.push(pair)
    else byLevel.set(level, [pair])
  }
  return byLevel
}

/** Pairs that are alone for both sides are certain; the others are taken in the order of the two lists. */
function alignLevel(
  pairs: readonly NamePair[],
  order: ReadonlyMap<Draft, number>,
  aligned: Alignment,
  taken: ReadonlySet<Draft>,
  take: Take,
): void {
  const open = pairs.filter(([mention, draft]) => !aligned.has(mention) && !taken.has(draft))
  const byMention = Map.groupBy(open, ([mention]) => mention)
  const byDraft = Map.groupBy(open, ([, draft]) => draft)
  const alone = open.filter(
    ([mention, draft]) => byMention.get(mention)?.length === 1 && byDraft.get(draft)?.length === 1,
  )
  for (const [mention, draft] of alone) take(mention, draft, true)
  for (const [mention, candidates] of byMention) {
    if (aligned.has(mention)) continue
    const free = candidates.map(([, draft]) => draft).filter((draft) => !taken.has(draft))
    const samePlace = free.find(({ positions }) => positions.has(mention.author.position))
    const first = free.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0))[0]
    if (samePlace) take(mention, samePlace, true)
    else if (first) take(mention, first, false)
  }
}
