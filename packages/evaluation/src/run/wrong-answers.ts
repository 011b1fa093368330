import type { AuthorEngine, EngineReason, Proposal } from '../engine/port.ts'
import type { AuthorSet, SlotRef } from '../neutral/types.ts'
import type { ScoredItem } from '../score/item.ts'

export type Mistake = 'wrong profile' | 'stranger accepted' | 'missed'

/** A profile as a person needs to see it to understand a mistake. */
export interface Suspect {
  readonly profile: string
  readonly names: readonly string[]
  readonly titles: readonly string[]
  /** Its place among the proposals from 1; null where it was not proposed. */
  readonly rank: number | null
  readonly p: number | null
  readonly reasons: readonly EngineReason[]
}

export interface WrongAnswer extends SlotRef {
  readonly mistake: Mistake
  readonly name: string
  readonly title: string | null
  readonly year: number | null
  readonly first: Suspect | null
  readonly truth: Suspect | null
}

// Enough to see what somebody works on.
const TITLES = 3

/** Every item whose answer is wrong, in the order of the stream; the surest mistakes are found by their `p`. */
export function wrongAnswers(
  set: AuthorSet,
  items: readonly SlotRef[],
  scored: readonly ScoredItem[],
  explain: AuthorEngine['explain'],
): readonly WrongAnswer[] {
  const profiles = new Map(set.profiles.map((profile) => [profile.id, profile]))
  const suspect = (id: string | null | undefined, item: SlotRef, proposals: readonly Proposal[]): Suspect | null => {
    const profile = id ? profiles.get(id) : undefined
    if (profile === undefined) return null
    const at = proposals.findIndex((proposal) => proposal.profile === profile.id)
    return {
      profile: profile.id,
      names: profile.names,
      titles: profile.seeds.slice(0, TITLES).flatMap(({ record }) => set.record(record).title ?? []),
      rank: at < 0 ? null : at + 1,
      p: proposals[at]?.p ?? null,
      reasons: explain?.(item, profile.id) ?? [],
    }
  }
  return items.flatMap(({ record, slot }, at) => {
    const one = scored[at]
    const mistake = one === undefined ? undefined : mistakeOf(one)
    if (one === undefined || mistake === undefined) return []
    const { title, year, authors } = set.record(record)
    const item = { record, slot }
    return {
      ...item,
      mistake,
      name: authors[slot]?.name ?? '',
      title,
      year,
      first: suspect(one.proposals[0]?.profile, item, one.proposals),
      truth: suspect(one.truth, item, one.proposals),
    }
  })
}

function mistakeOf({ truth, accepted }: ScoredItem): Mistake | undefined {
  if (accepted === truth) return undefined
  if (accepted === null) return 'missed'
  return truth === null ? 'stranger accepted' : 'wrong profile'
}
