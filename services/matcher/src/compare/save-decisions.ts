import type { OutboxEntry, Tx } from '@atlas/runtime'
import { candidateChanged } from '../changes.ts'
import { saveCandidates, type Withdrawal, withdrawCandidates } from '../store/candidates.ts'
import type { ComparedSlot, ComparedWork } from '../store/compare.ts'
import { holdProfiles } from '../store/profiles.ts'
import { drawRevisions } from '../store/works.ts'
import type { RankedClaim } from './decide-candidates.ts'

/** A claim with the states it was made from. */
export interface NumberedClaim {
  readonly claim: RankedClaim
  readonly slot: ComparedSlot
  readonly work: ComparedWork
  readonly profile: { readonly profileRevision: number; readonly featuresNo: number }
}

/**
 * Writes claims and withdrawals of slots whose works the caller has locked, and returns what is to be published.
 *
 * A claim made from a profile that has changed meanwhile is dropped: the change left a row of its own, and whoever
 * takes it will see this slot. The profile is held until commit, because the comparison of a newer state must find
 * what is written here.
 */
export async function saveDecisions(
  tx: Tx,
  claims: readonly NumberedClaim[],
  withdrawals: readonly Withdrawal[],
): Promise<readonly OutboxEntry[]> {
  const held = await holdProfiles(tx, [...new Set(claims.map(({ claim }) => claim.profileId))])
  const current = claims.filter(({ claim, profile }) => held.get(claim.profileId) === profile.featuresNo)
  const revisions = await drawRevisions(tx, current.length + withdrawals.length)
  const saved = await saveCandidates(
    tx,
    current.map(({ claim, slot, work, profile }, index) => ({
      ...claim,
      revision: revisions[index] ?? 0,
      workRevision: work.revision,
      slotRevision: slot.revision,
      profileRevision: profile.profileRevision,
      recordIds: [...new Set(claim.content.mentions.map(({ recordId }) => recordId))].sort(),
    })),
  )
  await withdrawCandidates(
    tx,
    withdrawals.map((withdrawal, index) => ({ ...withdrawal, revision: revisions[current.length + index] ?? 0 })),
  )
  return [...current.map(({ claim }) => claim).filter(({ candidateId }) => saved.has(candidateId)), ...withdrawals].map(
    candidateChanged,
  )
}
