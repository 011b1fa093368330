import type { OutboxEntry, Tx } from '@atlas/runtime'
import { candidateChanged } from '../changes.ts'
import {
  type Resettled,
  resettleCandidates,
  saveCandidates,
  type Withdrawal,
  withdrawCandidates,
} from '../store/candidates.ts'
import type { ComparedSlot, ComparedWork } from '../store/compare.ts'
import { type ComparedProfile, holdProfiles } from '../store/profiles.ts'
import { drawRevisions } from '../store/works.ts'
import type { RankedClaim } from './decide-candidates.ts'

/** Which state of a profile a claim was made from. */
export interface ProfileState {
  readonly profileRevision: number
  readonly featuresNo: number
}

export function stateOf({ revision, featuresNo }: ComparedProfile): ProfileState {
  return { profileRevision: revision, featuresNo }
}

/** A claim with the states it was made from. */
export interface NumberedClaim {
  readonly claim: RankedClaim
  readonly slot: ComparedSlot
  readonly work: ComparedWork
  readonly profile: ProfileState
}

/**
 * Writes claims, new probabilities and withdrawals of slots whose works the caller has locked, and returns what is to be
 * published.
 *
 * A claim made from a profile that has changed meanwhile is dropped: the change left a row of its own, and whoever
 * takes it will see this slot and settle it again, rivals included. The profile is held until commit, because the
 * comparison of a newer state must find what is written here.
 */
export async function saveDecisions(
  tx: Tx,
  claims: readonly NumberedClaim[],
  resettled: readonly Resettled[],
  withdrawals: readonly Withdrawal[],
): Promise<readonly OutboxEntry[]> {
  const held = await holdProfiles(tx, [...new Set(claims.map(({ claim }) => claim.profileId))])
  const current = claims.filter(({ claim, profile }) => held.get(claim.profileId) === profile.featuresNo)
  const revisions = await drawRevisions(tx, current.length + resettled.length + withdrawals.length)
  const numbered = <T>(items: readonly T[], from: number) =>
    items.map((item, index) => ({ ...item, revision: revisions[from + index] ?? 0 }))
  const saved = await saveCandidates(
    tx,
    numbered(current, 0).map(({ claim, slot, work, profile, revision }) => ({
      ...claim,
      revision,
      workRevision: work.revision,
      slotRevision: slot.revision,
      profileRevision: profile.profileRevision,
      recordIds: [...new Set(claim.content.mentions.map(({ recordId }) => recordId))].sort(),
    })),
  )
  await resettleCandidates(tx, numbered(resettled, current.length))
  await withdrawCandidates(tx, numbered(withdrawals, current.length + resettled.length))
  return [
    ...current.map(({ claim }) => claim).filter(({ candidateId }) => saved.has(candidateId)),
    ...resettled,
    ...withdrawals,
  ].map(candidateChanged)
}
