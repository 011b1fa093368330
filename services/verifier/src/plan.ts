import type { ActAbout } from '@atlas/schemas'
import type { ActDraft, AuthorshipChange } from './act-draft.ts'
import { planAuthorship } from './plan-authorship.ts'
import type { LoadedUnit, Question } from './question.ts'
import { type Settled, settleUnit } from './settle-unit.ts'
import { transitionTo } from './transition.ts'
import { type Flag, type Status, SYSTEM, type Transition } from './vocabulary.ts'

/** What is to be written of one question. */
export interface QuestionChange {
  readonly question: Question
  readonly status: Status
  readonly flags: readonly Flag[]
  readonly act: ActDraft | undefined
  readonly authorship: AuthorshipChange | undefined
}

export interface PlanContext {
  readonly nowMs: number
  readonly nextId: () => string
}

/** Everything by which a slot differs from how it should stand; nothing when it stands right. */
export function planUnit(unit: LoadedUnit, context: PlanContext): readonly QuestionChange[] {
  return settleUnit(unit).flatMap((settled) => {
    const change = changeOf(unit, settled, systemAct(unit, settled, context))
    return change ? [change] : []
  })
}

/** What a question becomes, given the act that is about to be appended to it. */
export function changeOf(
  unit: LoadedUnit,
  settled: Settled<Question>,
  act: ActDraft | undefined,
): QuestionChange | undefined {
  const { question, status, flags } = settled
  const authorship = planAuthorship(unit, settled, act)
  const changed = act !== undefined || status !== question.status || flags.join() !== question.flags.join()
  return changed || authorship ? { question, status, flags, act, authorship } : undefined
}

function systemAct(unit: LoadedUnit, settled: Settled<Question>, { nowMs, nextId }: PlanContext): ActDraft | undefined {
  const { question, status, flags } = settled
  const change = transitionTo(settled, question)
  if (change.type !== 'act') return undefined
  const automatic = change.kind === 'auto_confirm' || change.kind === 'auto_reject'
  return {
    ...draftOf(question, { nowMs, nextId }),
    kind: change.kind,
    statusAfter: status,
    flagsAfter: flags,
    stateChanging: change.stateChanging,
    questionVersion: question.version + (change.stateChanging ? 1 : 0),
    confidence: null,
    actor: SYSTEM,
    actorRole: SYSTEM,
    onBehalfOf: null,
    via: 'auto',
    commandKey: null,
    candidateRevision: question.revision,
    score: automatic ? question.score : null,
    modelVersion: automatic ? question.modelVersion : null,
    threshold: thresholdOf(question, change.kind),
    reason: reasonOf(change.kind, unit, settled),
    // An act of the system answers nothing about mentions: whoever folds the acts over them must not meet it there.
    about: aboutOf(question, []),
    private: null,
  }
}

function thresholdOf({ settings }: Question, kind: Transition): number | null {
  if (kind === 'auto_confirm') return settings.autoConfirmThreshold
  return kind === 'auto_reject' ? settings.autoRejectThreshold : null
}

const REASONS: Readonly<Record<Transition, string>> = {
  auto_confirm: 'over_threshold',
  auto_reject: 'under_threshold',
  auto_revert: 'evidence_gone',
  expire: 'withdrawn',
  restore: 'claimed_again',
  merge: 'slot_merged',
  unmerge: 'slot_split',
  flag: 'flags_changed',
}

function reasonOf(kind: Transition, { slot }: LoadedUnit, { question, status }: Settled<Question>): string {
  if (kind === 'expire' && !question.settings.active) return 'profile_gone'
  if (kind === 'auto_revert' && status === 'pending' && slot?.suspicious) return 'work_suspicious'
  return REASONS[kind]
}

export function aboutOf(question: Question, mentions: ActAbout['mentions']): ActAbout {
  const { candidateId, kind, workId, slotId, evidence } = question
  return { candidateId, candidateKind: kind, workId, slotId, relatedWorkId: null, mentions, evidence }
}

/** What every act takes from its question. */
export function draftOf(question: Question, { nowMs, nextId }: PlanContext) {
  return {
    id: nextId(),
    profileId: question.profileId,
    questionRef: question.questionRef,
    batchId: null,
    supersedes: question.lastAct,
    // Clocks of two members may differ; the acts of one question never go back in time.
    decidedAtMs: Math.max(nowMs, question.lastDecidedAtMs),
    causedBy: question.causedBy,
  }
}
