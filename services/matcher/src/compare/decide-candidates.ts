import { rankCandidates } from '@atlas/linkage'
import type { CandidateContent, CandidateRow, Withdrawal } from '../store/candidates.ts'

/** A pair above the publish threshold, as it was just compared. */
export interface Claim {
  readonly candidateId: string
  readonly slotId: string
  readonly profileId: string
  readonly workId: string
  readonly score: number
  readonly content: CandidateContent
}

export type RankedClaim = Claim & { readonly blockRank: number; readonly alternatives: number }

export interface SlotDecision {
  readonly save: readonly RankedClaim[]
  readonly withdraw: readonly Withdrawal[]
  /** Claims that are not among the best. */
  readonly others: number
}

/**
 * What is to be written for a slot all of whose pairs were compared. A claim that is stored as it is now is left
 * alone; rank and number of alternatives are informative and alone no reason to write. Pure.
 */
export function decideSlot(claims: readonly Claim[], compared: number, stored: readonly CandidateRow[]): SlotDecision {
  const { best, others } = rankCandidates(claims)
  const known = new Map(stored.map((candidate) => [candidate.candidateId, candidate]))
  const kept = new Set(best.map(({ candidateId }) => candidateId))
  const claimed = new Set(claims.map(({ candidateId }) => candidateId))
  return {
    save: best
      .filter((claim) => differs(claim, known.get(claim.candidateId)))
      .map((claim) => ({ ...claim, alternatives: compared - best.length })),
    withdraw: stored
      .filter(({ candidateId, withdrawn }) => !withdrawn && !kept.has(candidateId))
      .map(({ candidateId, profileId }) => ({
        candidateId,
        profileId,
        reason: claimed.has(candidateId) ? 'not_among_best' : 'below_threshold',
      })),
    others,
  }
}

export type PairDecision = { readonly save?: RankedClaim; readonly withdraw?: Withdrawal } | 'rank_again'

// The same bound as in the engine's ranking.
const BEST = 50

/**
 * What is to be written for one pair of a slot whose other pairs stay as they are. Where that cannot be told without
 * the profiles that are not among the best, the slot is ranked again as a whole. Pure.
 */
export function decidePair(
  pair: { readonly claim: Claim | undefined; readonly profileId: string; readonly others: number },
  stored: readonly CandidateRow[],
): PairDecision {
  const live = stored.filter(({ withdrawn, profileId }) => !withdrawn && profileId !== pair.profileId)
  const own = stored.find(({ profileId }) => profileId === pair.profileId)
  const isLive = own !== undefined && !own.withdrawn
  if (!pair.claim && !isLive) return {}
  if (pair.others > 0 || (pair.claim && live.length >= BEST)) return 'rank_again'
  if (!pair.claim) {
    const { candidateId, profileId } = own as CandidateRow
    return { withdraw: { candidateId, profileId, reason: 'below_threshold' } }
  }
  const { claim } = pair
  if (!differs(claim, own)) return {}
  const better = live.filter(
    ({ score, profileId }) => score > claim.score || (score === claim.score && profileId < claim.profileId),
  )
  return { save: { ...claim, blockRank: better.length + 1, alternatives: 0 } }
}

function differs(claim: Claim, stored: CandidateRow | undefined): boolean {
  return (
    !stored ||
    stored.withdrawn ||
    stored.workId !== claim.workId ||
    stored.score !== claim.score ||
    stored.content !== JSON.stringify(claim.content)
  )
}
