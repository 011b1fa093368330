import { candidateIdOf } from '@atlas/identifiers'
import {
  evidenceOf,
  type Model,
  type PreparedProfile,
  type PreparedSlot,
  type PreparedWork,
  prepareProfile,
  prepareSlot,
  prepareWork,
  score,
} from '@atlas/linkage'
import type { ComparedSlot, ComparedWork } from '../store/compare.ts'
import type { ComparedProfile } from '../store/profiles.ts'
import type { Claim } from './decide-candidates.ts'

/** Scores pairs; keeps prepared profiles by their features number, so that an old one is never used for a new one. */
export interface Scorer {
  readonly model: Model
  prepared(profileId: string, featuresNo: number): boolean
  add(profile: ComparedProfile): void
  /** The claim of a pair, or undefined below the publish threshold. `predecessors` are ids that the slot's replaced. */
  claim(slot: PreparedPair, profileId: string, predecessors: readonly string[]): Claim | undefined
  /** Forgets what was not used lately; for between two transactions, never within one. */
  trim(): void
}

export interface PreparedPair {
  readonly slot: ComparedSlot
  readonly work: ComparedWork
  readonly prepared: PreparedSlot
}

interface Entry {
  readonly featuresNo: number
  readonly prepared: PreparedProfile
}

// Prepared profiles measured at 2–20 KB; a page of pairs rarely meets more than a few hundred.
const MAX_PROFILES = 2_000

export function createScorer(model: Model): Scorer {
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
      profiles.set(profileId, { featuresNo, prepared: prepareProfile(features) })
    },
    claim(pair, profileId, predecessors) {
      const entry = profiles.get(profileId)
      // Merged or erased since the pair was found.
      return entry && claimOf(model, pair, profileId, entry.prepared, predecessors)
    },
    trim() {
      for (const profileId of profiles.keys()) {
        if (profiles.size <= MAX_PROFILES) return
        profiles.delete(profileId)
      }
    },
  }
}

function claimOf(
  model: Model,
  { slot, work, prepared }: PreparedPair,
  profileId: string,
  profile: PreparedProfile,
  predecessors: readonly string[],
): Claim | undefined {
  const scored = score(prepared, profile, model)
  if (scored.score < model.thresholds.publish) return undefined
  const evidence = evidenceOf(prepared, profile)
  const { name, position, collective, mentions } = slot.shown
  return {
    candidateId: candidateIdOf(slot.slotId, profileId),
    slotId: slot.slotId,
    profileId,
    workId: work.workId,
    score: rounded(scored.score),
    content: {
      kind: 'work_authorship',
      slotName: name,
      slotPosition: position,
      collective,
      title: work.features.title,
      year: work.features.year,
      sources: work.sources,
      mentions,
      logOdds: scored.logOdds,
      reasons: scored.reasons,
      modelVersion: model.version,
      evidence: evidence.hash,
      evidenceItems: evidence.items,
      replaces: predecessors,
    },
  }
}

/** Four decimals: what a person is shown has two. */
function rounded(score: number): number {
  return Math.round(score * 10_000) / 10_000
}

/** Prepares slots and, once for all of its slots, each work. */
export function preparePairs(
  slots: readonly ComparedSlot[],
  works: ReadonlyMap<string, ComparedWork>,
): readonly PreparedPair[] {
  const prepared = new Map<string, PreparedWork>()
  return slots.flatMap((slot) => {
    const work = works.get(slot.workId)
    if (!work) return []
    let preparedWork = prepared.get(work.workId)
    if (!preparedWork) {
      preparedWork = prepareWork(work.features)
      prepared.set(work.workId, preparedWork)
    }
    return { slot, work, prepared: prepareSlot(slot.features, preparedWork) }
  })
}
