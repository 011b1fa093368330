import type { Decision, Flag, Status } from './vocabulary.ts'

/** The state machine of persons: what may be said of a question in each status. */
export const ALLOWED: Readonly<Record<Status, readonly Decision[]>> = {
  pending: ['confirm', 'reject', 'uncertain'],
  uncertain: ['confirm', 'reject', 'reopen'],
  confirmed: ['reject', 'uncertain', 'reopen'],
  rejected: ['confirm', 'uncertain', 'reopen'],
  auto_confirmed: ['confirm', 'reject', 'uncertain', 'reopen'],
  auto_rejected: ['confirm', 'reject', 'uncertain', 'reopen'],
  merged: [],
  expired: [],
}

/** The answer a status already gives: it may be given again only to settle a flag. */
const SAME: Readonly<Partial<Record<Status, Decision>>> = {
  confirmed: 'confirm',
  rejected: 'reject',
  uncertain: 'uncertain',
}

/** A question as it stands when somebody decides it. */
export interface Decidable {
  readonly status: Status
  readonly version: number
  readonly flags: readonly Flag[]
  readonly revision: number
  readonly withdrawn: boolean
  readonly profileActive: boolean
  readonly evidence: string
  readonly evidenceItems: readonly string[]
}

/** What was shown at the revision somebody saw; undefined: we never had that revision. */
export interface Shown {
  readonly evidence: string
  readonly evidenceItems: readonly string[]
}

export interface DecisionRequest {
  readonly decision: Decision
  readonly version: number
  readonly revision: number
}

export type Refusal =
  | { readonly code: 'version_conflict' }
  | { readonly code: 'revision_ahead' }
  | { readonly code: 'evidence_changed'; readonly difference: EvidenceDifference }
  | { readonly code: 'invalid_transition'; readonly from: Status; readonly allowed: readonly Decision[] }
  | { readonly code: 'slot_taken' }

export interface EvidenceDifference {
  /** False: what was shown is not known here, and everything there is now is listed as new. */
  readonly known: boolean
  readonly added: readonly string[]
  readonly removed: readonly string[]
}

/** Whether this may be said now, or the first thing that stands against it. Pure. */
export function refusalOf(
  question: Decidable,
  request: DecisionRequest,
  shown: Shown | undefined,
  taken: boolean,
): Refusal | undefined {
  if (request.version !== question.version) return { code: 'version_conflict' }
  const allowed = allowedNow(question)
  if (!allowed.includes(request.decision)) return { code: 'invalid_transition', from: question.status, allowed }
  if (request.revision > question.revision) return { code: 'revision_ahead' }
  if (request.revision < question.revision && shown?.evidence !== question.evidence)
    return { code: 'evidence_changed', difference: differenceOf(shown, question.evidenceItems) }
  if (request.decision === 'confirm' && taken) return { code: 'slot_taken' }
  return undefined
}

/** What may be said of this question now. */
export function allowedNow({ status, flags, withdrawn, profileActive }: Decidable): readonly Decision[] {
  // A withdrawal forbids no answer: a person may confirm what he saw.
  const from = status === 'expired' && withdrawn && profileActive ? 'pending' : status
  const same = SAME[from]
  return flags.length > 0 && same !== undefined ? [same, ...ALLOWED[from]] : ALLOWED[from]
}

function differenceOf(shown: Shown | undefined, now: readonly string[]): EvidenceDifference {
  if (shown === undefined) return { known: false, added: now, removed: [] }
  const before = new Set(shown.evidenceItems)
  const after = new Set(now)
  return { known: true, added: [...after.difference(before)], removed: [...before.difference(after)] }
}
