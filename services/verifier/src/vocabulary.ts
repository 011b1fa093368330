/** The closed words of this service. On the wire they are strings, for they will grow. */

/** What a person may say here. The other decisions have kinds of their own and come with their effects. */
export const DECISIONS = ['confirm', 'reject', 'uncertain', 'reopen'] as const
export type Decision = (typeof DECISIONS)[number]

/** What the system says when a question changes by itself. */
export type Transition =
  | 'auto_confirm'
  | 'auto_reject'
  | 'auto_revert'
  | 'expire'
  | 'restore'
  | 'merge'
  | 'unmerge'
  | 'flag'
export type ActKind = Decision | Transition

export type Status =
  | 'pending'
  | 'confirmed'
  | 'rejected'
  | 'uncertain'
  | 'auto_confirmed'
  | 'auto_rejected'
  | 'merged'
  | 'expired'

/** Sorted wherever they are kept. */
export type Flag = 'ambiguous_mention' | 'conflict' | 'review_suggested'

export const CONFIDENCES = ['certain', 'probable', 'possible', 'uncertain'] as const
export const EVIDENCE_TYPES = [
  'orcid_link',
  'doi_screenshot',
  'email_thread',
  'coauthor_confirm',
  'institutional_cv',
  'note',
] as const

export const SYSTEM = 'system'

export function verifies(status: Status): boolean {
  return status === 'confirmed' || status === 'auto_confirmed'
}
