import {
  type AttributedProfile,
  type AttributedSlot,
  allKeys,
  attributedProfile,
  attributedSlot,
  attributedWork,
  BLOCK_CAP,
  createBlockIndex,
  type DecidedSlot,
  meet,
  profileKeys,
  SHIPPED_FREQUENCIES,
  slotKeys,
} from '@atlas/linkage'
import { createPopulation } from '../people/people.ts'
import { knownAtLength, toldAtLength } from '../people/told.ts'
import { laterSlot, profileOf } from '../people/works.ts'

/** A slot with everybody it meets. */
export interface Met {
  readonly slot: AttributedSlot
  readonly profiles: readonly AttributedProfile[]
}

// Beyond the profiles: people who write and have none.
const STRANGERS = 50_000_000

/** The pairs the shipped blocks lead to, prepared as the matcher prepares them: half of the slots belong to a profile. */
export function preparedPairs(profiles: number, slots: number, progress: (line: string) => void): readonly Met[] {
  const population = createPopulation('full')
  const index = createBlockIndex()
  for (let at = 0; at < profiles; at++) {
    index.add(at, allKeys(profileKeys(profileOf(population, at))))
    if (at % 10_000 === 0) progress(`${at} of ${profiles} profiles`)
  }
  const known = new Map<number, AttributedProfile>()
  const profile = (at: number): AttributedProfile => {
    const before = known.get(at)
    if (before) return before
    const features = knownAtLength(profileOf(population, at))
    const made = attributedProfile(features, (work) => attributedWork(work, SHIPPED_FREQUENCIES))
    known.set(at, made)
    return made
  }
  return Array.from({ length: slots }, (_, at) => {
    const own = at % 2 === 0
    const decided = laterSlot(population, own ? at * Math.floor(profiles / slots) : STRANGERS + at * 13)
    const { owners } = meet(index, slotKeys(decided.slot, decided.work), BLOCK_CAP)
    return { slot: prepared(toldAtLength(decided)), profiles: [...owners].sort((a, b) => a - b).map(profile) }
  })
}

function prepared({ slot, work }: DecidedSlot): AttributedSlot {
  return attributedSlot(slot, attributedWork(work, SHIPPED_FREQUENCIES))
}
