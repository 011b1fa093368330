import type { Take } from './alignment.ts'
import type { Draft, PreparedMention } from './mentions.ts'

/** A mention and a slot that could be one person by their names. */
export type PossiblePair = readonly [PreparedMention, Draft]

/**
 * People of one name on one byline: by name alone, "David C. Smith, David Smith" beside "David Smith, David Smith" would
 * cross over. Where each could stand in his own place, the place decides; unless the names, letter for letter, say that
 * one list has another order.
 */
export function alignRivals(pairs: readonly PossiblePair[], take: Take): void {
  for (const circle of circlesOf(pairs)) {
    const mentions = new Set(circle.map(([mention]) => mention))
    const drafts = new Set(circle.map(([, draft]) => draft))
    const smaller = Math.min(mentions.size, drafts.size)
    if (smaller < 2 || isPairing(circle.filter(areEqual), smaller)) continue
    const inPlace = circle.filter(areInOnePlace)
    if (isPairing(inPlace, smaller)) for (const [mention, draft] of inPlace) take(mention, draft, true)
  }
}

/** The pairs by who hangs together with whom. */
function circlesOf(pairs: readonly PossiblePair[]): readonly (readonly PossiblePair[])[] {
  const byMention = Map.groupBy(pairs, ([mention]) => mention)
  const byDraft = Map.groupBy(pairs, ([, draft]) => draft)
  const seen = new Set<PossiblePair>()
  return pairs.flatMap((first) => {
    if (seen.has(first)) return []
    const circle: PossiblePair[] = []
    const open = [first]
    for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
      if (seen.has(pair)) continue
      seen.add(pair)
      circle.push(pair)
      // Each side is followed once.
      for (const next of [...(byMention.get(pair[0]) ?? []), ...(byDraft.get(pair[1]) ?? [])]) open.push(next)
      byMention.delete(pair[0])
      byDraft.delete(pair[1])
    }
    return [circle]
  })
}

/** Whether these pairs give every one of the smaller side a partner of his own. */
function isPairing(pairs: readonly PossiblePair[], size: number): boolean {
  return (
    pairs.length === size &&
    new Set(pairs.map(([mention]) => mention)).size === size &&
    new Set(pairs.map(([, draft]) => draft)).size === size
  )
}

function areEqual([{ name }, { forms }]: PossiblePair): boolean {
  const given = name.given.join(' ')
  return [...forms.values()].some(
    (other) => other.name.familyWhole === name.familyWhole && other.name.given.join(' ') === given,
  )
}

function areInOnePlace([{ author }, { positions }]: PossiblePair): boolean {
  return positions.has(author.position)
}
