import type { AuthorMatch } from '../match/authors.ts'
import type { PairMatch } from '../match/pairs.ts'
import { nameBlock } from '../names/plain-name.ts'
import type { AuthorSet, PairSet, SlotRef } from '../neutral/types.ts'
import { facetsIn } from '../score/facets.ts'
import type { ScoredItem, ScoredPair } from '../score/item.ts'
import type { ItemTruth, PairTruth } from '../truth/read-truths.ts'

/** Matches beside their truths; throws where they are not about the same items in the same order. */
export function scoredItems(
  set: AuthorSet,
  matches: readonly AuthorMatch[],
  truths: readonly ItemTruth[],
): readonly ScoredItem[] {
  sameLength('items', matches.length, truths.length)
  const facets = facetsIn(set)
  const profiles = new Set(set.profiles.map(({ id }) => id))
  return matches.map(({ record, slot, accepted, proposals }, at): ScoredItem => {
    const truth = truths[at]
    if (truth === undefined || !isSame(truth, { record, slot }))
      throw new Error(`match ${at + 1} is about ${shown({ record, slot })}, the stream has ${shown(truth)} there`)
    const unknown = proposals.find(({ profile }) => !profiles.has(profile))
    if (unknown) throw new Error(`match ${at + 1} proposes "${unknown.profile}", which is no profile of the set`)
    return {
      truth: truth.profile,
      accepted,
      proposals,
      block: blockOf(set, truth),
      facets: { ...facets(truth, truth.profile), ...truth.facets },
    }
  })
}

export function scoredPairs(
  set: PairSet,
  matches: readonly PairMatch[],
  truths: readonly PairTruth[],
): readonly ScoredPair[] {
  sameLength('pairs', matches.length, truths.length)
  return matches.map(({ left, right, p, same }, at): ScoredPair => {
    const truth = truths[at]
    if (truth === undefined || !isSame(truth.left, left) || !isSame(truth.right, right))
      throw new Error(`match ${at + 1} is about ${shown(left)} and ${shown(right)}, which the set does not have there`)
    return { truth: truth.same, same, p, block: blockOf(set, left), split: truth.split }
  })
}

function blockOf({ record }: Pick<AuthorSet, 'record'>, ref: SlotRef): string {
  return nameBlock(record(ref.record).authors[ref.slot]?.name ?? '')
}

function sameLength(what: string, matches: number, truths: number): void {
  if (matches !== truths) throw new Error(`there are ${matches} matches, and ${truths} ${what} in the set`)
}

function isSame(a: SlotRef, b: SlotRef): boolean {
  return a.record === b.record && a.slot === b.slot
}

function shown(ref: SlotRef | undefined): string {
  return ref === undefined ? 'nothing' : `slot ${ref.slot} of "${ref.record}"`
}
