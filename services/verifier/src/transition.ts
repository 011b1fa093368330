import type { Settled } from './settle-unit.ts'
import type { ActKind, Flag, Status, Transition } from './vocabulary.ts'

/** How a question is stored. */
export interface Stored {
  readonly status: Status
  readonly flags: readonly Flag[]
  readonly version: number
}

/** What becomes of a stored question: nothing, a change nobody need hear of, or an act. */
export type Change =
  | { readonly type: 'none' }
  | { readonly type: 'silent' }
  | { readonly type: 'act'; readonly kind: Transition; readonly stateChanging: boolean }

/**
 * The act by which the system follows what settled. A question that nobody ever decided changes without one; a new
 * flag is an act that changes no state.
 */
export function transitionTo(
  { status, flags, standing }: Pick<Settled, 'status' | 'flags' | 'standing'>,
  stored: Stored,
): Change {
  const sameFlags = flags.length === stored.flags.length && flags.every((flag, index) => flag === stored.flags[index])
  if (status === stored.status && sameFlags) return { type: 'none' }
  if (status === stored.status)
    return stored.version === 0 ? { type: 'silent' } : { type: 'act', kind: 'flag', stateChanging: false }
  const decided = stored.version > 0 || standing.decision !== undefined || status.startsWith('auto_')
  if (!decided) return { type: 'silent' }
  return { type: 'act', kind: kindOf(stored.status, status, stored.version), stateChanging: true }
}

function kindOf(from: Status, to: Status, version: number): Transition {
  if (to === 'auto_confirmed') return 'auto_confirm'
  if (to === 'auto_rejected') return 'auto_reject'
  if (to === 'merged') return 'merge'
  if (from === 'merged') return 'unmerge'
  if (to === 'expired') return from.startsWith('auto_') ? 'auto_revert' : 'expire'
  if (from === 'expired' && version > 0) return 'restore'
  if (from.startsWith('auto_') && to === 'pending') return 'auto_revert'
  // What is left are answers of other questions that came with their mentions, or went with them.
  return to === 'pending' ? 'unmerge' : 'merge'
}

/** The kinds that carry an answer: only these may not contradict a person. */
export const ANSWERS: readonly ActKind[] = ['confirm', 'reject', 'uncertain', 'auto_confirm', 'auto_reject']
