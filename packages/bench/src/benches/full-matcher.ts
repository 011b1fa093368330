import {
  ATTRIBUTION_2,
  type AttributedProfile,
  type AttributedSlot,
  allKeys,
  attributedProfile,
  attributedSlot,
  attributedWork,
  BLOCK_CAP,
  comparePair,
  createBlockIndex,
  type DecidedSlot,
  meet,
  pairOdds,
  profileKeys,
  SHIPPED_FREQUENCIES,
  settleWork,
  slotKeys,
} from '@atlas/linkage'
import { createPopulation } from '../people/people.ts'
import { knownAtLength, toldAtLength } from '../people/told.ts'
import { laterSlot, profileOf } from '../people/works.ts'

/** A slot with everybody it meets, prepared. */
export interface Met {
  readonly slot: AttributedSlot
  readonly profiles: readonly AttributedProfile[]
}

/** The matcher without its database: every profile stands in its blocks, prepared. */
export interface MatcherWorld {
  meet(decided: DecidedSlot): Met
  /** Slot `at` of a stream without an end, half of them of people with a profile. */
  slot(at: number): DecidedSlot
}

// Beyond the profiles: people who write and have none.
const STRANGERS = 50_000_000

export function matcherWorld(profiles: number, progress: (line: string) => void): MatcherWorld {
  const population = createPopulation('full')
  const index = createBlockIndex()
  const prepared: AttributedProfile[] = []
  for (let at = 0; at < profiles; at++) {
    const profile = profileOf(population, at)
    index.add(at, allKeys(profileKeys(profile)))
    prepared.push(attributedProfile(knownAtLength(profile), (work) => attributedWork(work, SHIPPED_FREQUENCIES)))
    if (at % 10_000 === 0) progress(`${at} of ${profiles} profiles`)
  }
  return {
    meet({ slot, work }) {
      const { owners } = meet(index, slotKeys(slot, work), BLOCK_CAP)
      return {
        slot: attributedSlot(slot, attributedWork(work, SHIPPED_FREQUENCIES)),
        profiles: [...owners].flatMap((at) => prepared[at] ?? []),
      }
    },
    slot: (at) => toldAtLength(laterSlot(population, at % 2 === 0 ? (at * 7_919) % profiles : STRANGERS + at * 13)),
  }
}

/** Compares and settles a slot with everybody it meets; returns how many pairs that were. */
export function settle({ slot, profiles }: Met): number {
  const pairs = profiles.flatMap(
    (profile) => pairOdds(slot.slotId, profile.profileId, comparePair(slot, profile), ATTRIBUTION_2) ?? [],
  )
  settleWork(pairs, ATTRIBUTION_2)
  return profiles.length
}
