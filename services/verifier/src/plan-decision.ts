import type { ActMention } from '@atlas/schemas'
import type { ActDraft } from './act-draft.ts'
import type { Answer } from './fold.ts'
import { aboutOf, changeOf, draftOf, type PlanContext, planUnit, type QuestionChange } from './plan.ts'
import type { LoadedUnit, Question } from './question.ts'
import { settleUnit } from './settle-unit.ts'
import type { Decision } from './vocabulary.ts'

/** What a person says, and who he is. */
export interface Said {
  readonly decision: Decision
  readonly confidence: string | null
  readonly private: object | null
  readonly via: string
  readonly actor: string
  readonly actorRole: string
  readonly onBehalfOf: string | null
  readonly commandKey: string
  readonly candidateRevision: number
  /** As shown at that revision. */
  readonly score: number
  readonly modelVersion: string
  /** Whether the claim was withdrawn at that revision. */
  readonly withdrawn: boolean
}

export interface DecisionPlan {
  /** First the question's own act, then whatever the system follows with. */
  readonly changes: readonly QuestionChange[]
  readonly decided: QuestionChange & { readonly act: ActDraft }
}

/** Everything one decision brings about on its slot. Whether it may be taken has been asked before. */
export function planDecision(unit: LoadedUnit, question: Question, said: Said, context: PlanContext): DecisionPlan {
  const { decision, withdrawn, ...by } = said
  const mentions = mentionsOf(unit, question)
  const base = { ...draftOf(question, context), questionVersion: question.version + 1, stateChanging: true }
  const answer: Answer = {
    actId: base.id,
    profileId: question.profileId,
    questionRef: question.questionRef,
    chainSeq: Number.MAX_SAFE_INTEGER,
    decision,
    decidedAtMs: base.decidedAtMs,
    score: said.score,
    mentionKeys: mentions.map(({ key }) => key),
  }
  // The evidence is still what he saw. A withdrawal since then is not: it marks his answer whichever of the two came
  // first, for what follows may not depend on that.
  const seen = { ...question, decidedEvidence: question.evidence, decidedWithdrawn: withdrawn }
  const questions = unit.questions.map((other) => (other === question ? seen : other))
  const after = { ...unit, questions, answers: [...unit.answers, answer] }
  const settled = settleUnit(after).find((candidate) => candidate.question === seen)
  if (!settled) throw new Error(`question "${question.candidateId}" is not on its slot`)
  const act: ActDraft = {
    ...base,
    ...by,
    kind: decision,
    statusAfter: settled.status,
    flagsAfter: settled.flags,
    threshold: null,
    reason: null,
    about: aboutOf(question, mentions),
  }
  const decided = changeOf(after, settled, act)
  if (!decided) throw new Error('a decision changes its question')
  const others = planUnit(after, context).filter((change) => change.question !== seen)
  return { changes: [decided, ...others], decided: { ...decided, act } }
}

/**
 * What was shown, and every entry of the slot this profile has answered about before: the answer that stands was made
 * of those, so the new one is about them too.
 */
function mentionsOf(unit: LoadedUnit, question: Question): readonly ActMention[] {
  const mine = unit.answers.filter(({ profileId }) => profileId === question.profileId)
  const answered = new Set(mine.flatMap(({ mentionKeys }) => mentionKeys.map((key) => unit.entryOf.get(key))))
  const shown = new Set(question.mentions.map(({ key }) => key))
  const older = (unit.place?.entries ?? [])
    .filter(({ key }) => answered.has(key) && !shown.has(key))
    .map(({ recordId, version, position, key }) => ({ recordId, version, position, key }))
  return [...question.mentions, ...older]
}
