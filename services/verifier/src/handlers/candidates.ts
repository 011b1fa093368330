import { type Handler, type Ids, skipped } from '@atlas/runtime'
import type { Candidate } from '@atlas/schemas'
import { saveCandidates } from '../store/save-candidates.ts'
import { findErased } from '../store/save-profiles.ts'
import { newestOf, outcomesOf } from './newest.ts'

const idOf = (candidate: Candidate) => candidate.candidateId

/** Turns candidates into questions; whether their works and profiles have arrived does not matter. */
export const handleCandidates =
  (ids: Pick<Ids, 'random'>): Handler<Candidate> =>
  async (tx, messages) => {
    const erased = await findErased(tx, [...new Set(messages.map(({ value }) => value.profileId))])
    const candidates = newestOf(messages, idOf).filter(({ profileId, kind }) => isAsked(kind) && !erased.has(profileId))
    const written = await saveCandidates(
      tx,
      candidates.map((candidate) => ({ candidate, questionRef: ids.random() })),
    )
    return outcomesOf(messages, candidates, written, idOf).map((outcome, index) => {
      const { value } = messages[index] ?? {}
      if (value && !isAsked(value.kind)) return skipped('kind_not_asked')
      return value && erased.has(value.profileId) ? skipped('erased_subject') : outcome
    })
  }

/** Whether an author id is a person is asked of nobody yet. */
function isAsked(kind: string): boolean {
  return kind === 'work_authorship'
}
