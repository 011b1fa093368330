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
  type ProfileFeatures,
  pairOdds,
  profileKeys,
  SHIPPED_FREQUENCIES,
  settleWork,
  slotKeys,
} from '@atlas/linkage'
import { provenProfile, provenSlot } from '../people/evidence.ts'
import { createPopulation, type Population } from '../people/people.ts'
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

/** How person `index` is told: what is known, and a slot to come. */
export interface Telling {
  profile(population: Population, index: number): ProfileFeatures
  slot(population: Population, index: number): DecidedSlot
}

// Names, co-authors, topics and places; nobody has identified himself, nor rejected anything.
const UNPROVEN: Telling = {
  profile: (population, index) => knownAtLength(profileOf(population, index)),
  slot: (population, index) => toldAtLength(laterSlot(population, index)),
}

/** With iDs, ids of authors, addresses and rejected slots in shares as in life. */
export const PROVEN: Telling = { profile: provenProfile, slot: provenSlot }

export function matcherWorld(profiles: number, progress: (line: string) => void, told = UNPROVEN): MatcherWorld {
  const population = createPopulation('full')
  const index = createBlockIndex()
  const prepared: AttributedProfile[] = []
  for (let at = 0; at < profiles; at++) {
    const profile = told.profile(population, at)
    index.add(at, allKeys(profileKeys(profile)))
    prepared.push(attributedProfile(profile, (work) => attributedWork(work, SHIPPED_FREQUENCIES)))
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
    slot: (at) => told.slot(population, at % 2 === 0 ? (at * 7_919) % profiles : STRANGERS + at * 13),
  }
}

/** Compares and settles a slot with everybody it meets; returns how many pairs that were. */
export function settle(met: Met): number {
  return settledOdds(met).pairs
}

/** The same, with the sum of the log odds of those that are kept in units of their last decimal. */
export function settledOdds({ slot, profiles }: Met): { readonly pairs: number; readonly odds: number } {
  const pairs = profiles.flatMap(
    (profile) => pairOdds(slot.slotId, profile.profileId, comparePair(slot, profile), ATTRIBUTION_2) ?? [],
  )
  const settled = settleWork(pairs, ATTRIBUTION_2)
  return {
    pairs: profiles.length,
    odds: settled.reduce((sum, { logOdds }) => sum + Math.round(logOdds * 10_000), 0),
  }
}
