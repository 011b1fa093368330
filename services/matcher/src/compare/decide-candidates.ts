import { bestFirst, publishedScore, type SettledPair } from '@atlas/linkage'
import type { CandidateContent, CandidateRow, Resettled, Withdrawal, WithdrawnReason } from '../store/candidates.ts'

/** A pair that is published, as it was just compared. */
export interface Claim {
  readonly candidateId: string
  readonly slotId: string
  readonly profileId: string
  readonly workId: string
  readonly score: number
  readonly content: CandidateContent
  /** A person has said of an author entry in this slot that he is not. */
  readonly rejected: boolean
}

export type RankedClaim = Claim & {
  readonly blockRank: number
  readonly alternatives: number
  /** null: it is claimed. */
  readonly withdrawnReason: WithdrawnReason | null
}

export interface SlotToDecide {
  /** All pairs of the slot. */
  readonly settled: readonly SettledPair[]
  readonly stored: readonly CandidateRow[]
  /** What was published of a profile on slots that became this one. */
  readonly before: (profileId: string) => readonly CandidateRow[]
  /** Profiles that were compared with the slot now; of the others only the probability may have changed. */
  readonly compared: (profileId: string) => boolean
  /** Undefined for a profile that is nobody's since. */
  readonly claimOf: (pair: SettledPair) => Claim | undefined
}

export interface SlotDecision {
  readonly save: readonly RankedClaim[]
  readonly resettle: readonly Resettled[]
  readonly withdraw: readonly Withdrawal[]
  /** Somebody who was not compared now passes the threshold: what is to be said of him has to be made. */
  readonly again: boolean
}

/**
 * What is to be written for a slot whose pairs are settled. What is stored as it is now is left alone; rank and number of
 * alternatives are informative and alone no reason to write. Of a person who said that this is not he, and of whom nothing is
 * claimed for that, a change of what identifies him is told all the same: nobody else can ask him to look again. Pure.
 */
export function decideSlot(slot: SlotToDecide, publish: number): SlotDecision {
  const { settled, stored, compared, claimOf } = slot
  const shown = settled.filter(({ probability }) => publishedScore(probability) >= publish).sort(bestFirst)
  const known = new Map(stored.map((row) => [row.profileId, row]))
  const alternatives = settled.length - shown.length
  const save: RankedClaim[] = []
  const resettle: Resettled[] = []
  let again = false
  for (const [at, pair] of shown.entries()) {
    const row = known.get(pair.profileId)
    const [blockRank, score] = [at + 1, publishedScore(pair.probability)]
    if (compared(pair.profileId)) {
      const claim = claimOf(pair)
      if (claim && differs(claim, row)) save.push({ ...claim, blockRank, alternatives, withdrawnReason: null })
    } else if (!row || row.withdrawn) again = true
    else if (row.score !== score)
      resettle.push({ candidateId: row.candidateId, profileId: row.profileId, score, blockRank })
  }
  const told = toldAnew(slot, new Set(shown), known).map(
    (claim): RankedClaim => ({
      ...claim,
      ...{ blockRank: shown.length + 1, alternatives, withdrawnReason: 'below_threshold' },
    }),
  )
  const isTold = new Set(told.map(({ profileId }) => profileId))
  const withdraw = noLonger(stored, shown, settled, compared).filter(({ profileId }) => !isTold.has(profileId))
  return { save: [...save, ...told], resettle, withdraw, again }
}

/** What is claimed of nobody who rejected it, and identifies him otherwise than what was published last. */
function toldAnew(
  { settled, before, compared, claimOf }: SlotToDecide,
  shown: ReadonlySet<SettledPair>,
  known: ReadonlyMap<string, CandidateRow>,
): readonly Claim[] {
  return settled.flatMap((pair) => {
    if (shown.has(pair) || !compared(pair.profileId)) return []
    const row = known.get(pair.profileId)
    const published = row ? [row] : before(pair.profileId)
    const claim = published.length > 0 ? claimOf(pair) : undefined
    return claim?.rejected && published.some((row) => evidenceIn(row) !== claim.content.evidence) ? [claim] : []
  })
}

function evidenceIn({ content }: CandidateRow): string | undefined {
  return (JSON.parse(content) as Partial<CandidateContent>).evidence
}

function noLonger(
  stored: readonly CandidateRow[],
  shown: readonly SettledPair[],
  settled: readonly SettledPair[],
  compared: (profileId: string) => boolean,
): readonly Withdrawal[] {
  const shownNow = new Set(shown.map(({ profileId }) => profileId))
  const met = new Set(settled.map(({ profileId }) => profileId))
  return stored
    .filter(({ profileId, withdrawn }) => !withdrawn && !shownNow.has(profileId))
    .filter(({ profileId }) => met.has(profileId) || compared(profileId))
    .map(({ candidateId, profileId }) => ({ candidateId, profileId, reason: 'below_threshold' }))
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
