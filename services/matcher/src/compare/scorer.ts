import { candidateIdOf } from '@atlas/identifiers'
import {
  type AttributedProfile,
  type AttributedSlot,
  type AttributedWork,
  type AttributionModel,
  attributedProfile,
  attributedSlot,
  attributedWork,
  comparePair,
  detailsOf,
  evidenceOf,
  learnFrequencies,
  logOddsOf,
  type PairOdds,
  pairOdds,
  publishedScore,
  reasonsOf,
  roundedOdds,
  type SettledPair,
} from '@atlas/linkage'
import type { ComparedSlot, ComparedWork } from '../store/compare.ts'
import type { ComparedProfile } from '../store/profiles.ts'
import type { Claim } from './decide-candidates.ts'

/** Compares pairs; keeps prepared profiles by their features number, so that an old one is never used for a new one. */
export interface Scorer {
  readonly model: AttributionModel
  prepared(profileId: string, featuresNo: number): boolean
  add(profile: ComparedProfile): void
  /** Prepares slots and, once for all of its slots, each work. */
  prepare(slots: readonly ComparedSlot[], works: ReadonlyMap<string, ComparedWork>): readonly PreparedPair[]
  /** The odds of a pair; undefined where they are negligible, or the profile is nobody's since the pair was found. */
  odds(slot: PreparedPair, profileId: string): PairOdds | undefined
  /** The claim of a settled pair. `predecessors` are ids that the slot's replaced. */
  claim(slot: PreparedPair, settled: SettledPair, predecessors: readonly string[]): Claim | undefined
  /** Forgets what was not used lately: who is needed after it is to be prepared after it. */
  trim(): void
}

export interface PreparedPair {
  readonly slot: ComparedSlot
  readonly work: ComparedWork
  readonly prepared: AttributedSlot
}

interface Entry {
  readonly featuresNo: number
  readonly prepared: AttributedProfile
}

// A prepared profile is about 6 KB and 11 KB more for each work that is known of it; 20,000 works are 220 MB.
const ROOM: Room = { profiles: 2_000, works: 20_000 }

/** How much is kept between two portions of slots. */
export interface Room {
  readonly profiles: number
  readonly works: number
}

export function createScorer(model: AttributionModel, room: Room = ROOM): Scorer {
  // At most one candidate in so many can have the least probability that is published: a slot never shows more than 50.
  if (model.publish < 1 / 50) throw new Error(`model "${model.version}" would publish from ${model.publish} on`)
  const frequencies = learnFrequencies([], model.frequencies)
  const profiles = new Map<string, Entry>()
  return {
    model,
    prepared(profileId, featuresNo) {
      const entry = profiles.get(profileId)
      if (entry?.featuresNo !== featuresNo) return false
      // Least recently used first.
      profiles.delete(profileId)
      profiles.set(profileId, entry)
      return true
    },
    add({ profileId, featuresNo, features }) {
      profiles.delete(profileId)
      if (!features) return
      const prepared = attributedProfile(features, (work) => attributedWork(work, frequencies))
      profiles.set(profileId, { featuresNo, prepared })
    },
    prepare(slots, works) {
      const prepared = new Map<string, AttributedWork>()
      return slots.flatMap((slot) => {
        const work = works.get(slot.workId)
        if (!work) return []
        const known = prepared.get(work.workId) ?? attributedWork(work.features, frequencies)
        prepared.set(work.workId, known)
        return { slot, work, prepared: attributedSlot(slot.features, known) }
      })
    },
    odds({ slot, prepared }, profileId) {
      const entry = profiles.get(profileId)
      return entry && pairOdds(slot.slotId, profileId, comparePair(prepared, entry.prepared), model)
    },
    claim(pair, settled, predecessors) {
      const entry = profiles.get(settled.profileId)
      return entry && claimOf(model, pair, settled, entry.prepared, predecessors)
    },
    trim() {
      let works = 0
      for (const { prepared } of profiles.values()) works += prepared.works.length
      for (const [profileId, { prepared }] of profiles) {
        if (profiles.size <= room.profiles && works <= room.works) return
        works -= prepared.works.length
        profiles.delete(profileId)
      }
    },
  }
}

function claimOf(
  model: AttributionModel,
  { slot, work, prepared }: PreparedPair,
  { profileId, probability }: SettledPair,
  profile: AttributedProfile,
  predecessors: readonly string[],
): Claim {
  const { levels } = comparePair(prepared, profile)
  const evidence = evidenceOf(prepared, profile)
  const { name, position, collective, mentions } = slot.shown
  return {
    candidateId: candidateIdOf(slot.slotId, profileId),
    slotId: slot.slotId,
    profileId,
    workId: work.workId,
    score: publishedScore(probability),
    rejected: levels.decision === 'rejected_same',
    content: {
      kind: 'work_authorship',
      slotName: name,
      slotPosition: position,
      collective,
      title: work.features.title,
      year: work.features.year,
      sources: work.sources,
      mentions,
      logOdds: roundedOdds(logOddsOf(levels, model)),
      reasons: reasonsOf(levels, detailsOf(prepared, profile), model),
      modelVersion: model.version,
      evidence: evidence.hash,
      evidenceItems: evidence.items,
      replaces: predecessors,
    },
  }
}
