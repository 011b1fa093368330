import type { Status } from './vocabulary.ts'

/** What a profile's owner has set, and whether the profile is there. */
export interface ProfileSettings {
  readonly active: boolean
  readonly autoConfirmThreshold: number | null
  readonly autoRejectThreshold: number | null
}

/** A profile nobody has told us of yet: questions are kept, and nothing is automatic. */
export const UNKNOWN_PROFILE: ProfileSettings = { active: true, autoConfirmThreshold: null, autoRejectThreshold: null }

/** A question nobody has decided, and what stands beside it on its slot. */
export interface Undecided {
  readonly settings: ProfileSettings
  readonly score: number
  readonly withdrawn: boolean
  /** Rules decide only about authorships whose work has arrived: before that, rivals may be unseen. */
  readonly decidable: boolean
  /** The work looks wrong: whether these records are one publication is for a curator, and so no rule decides here. */
  readonly suspicious: boolean
  readonly collective: boolean
  /** Another profile was confirmed here by a person. */
  readonly taken: boolean
  /** The other open questions of the slot that are still claimed. */
  readonly rivals: readonly { readonly score: number; readonly settings: ProfileSettings }[]
}

/** The status of a question that no person has decided: a pure function of the latest snapshots and the settings. */
export function automaticStatus(question: Undecided): Status {
  const { settings, score, withdrawn, decidable, suspicious } = question
  if (!settings.active || withdrawn) return 'expired'
  if (!decidable || suspicious) return 'pending'
  if (confirmsItself(question)) return 'auto_confirmed'
  if (settings.autoRejectThreshold !== null && score <= settings.autoRejectThreshold) return 'auto_rejected'
  return 'pending'
}

/** Of two profiles over the threshold on one slot neither is confirmed: a rule must not choose between people. */
function confirmsItself({ settings, score, collective, taken, rivals }: Undecided): boolean {
  const threshold = settings.autoConfirmThreshold
  if (threshold === null || score < threshold) return false
  if (collective) return true
  const over = ({ score, settings }: Undecided['rivals'][number]) =>
    score >= Math.min(threshold, settings.autoConfirmThreshold ?? 1.1)
  return !taken && !rivals.some(over)
}
