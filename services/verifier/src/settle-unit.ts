import { automaticStatus, type ProfileSettings, UNKNOWN_PROFILE } from './automatic.ts'
import { type Answer, fold, type Standing } from './fold.ts'
import type { Decision, Flag, Status } from './vocabulary.ts'

/** What is compared of a question when it settles. */
export interface UnitQuestion {
  readonly candidateId: string
  readonly questionRef: string
  readonly profileId: string
  readonly slotId: string
  readonly kind: string
  readonly score: number
  readonly withdrawn: boolean
  readonly collective: boolean
  readonly evidence: string
  readonly version: number
  /** What the last person to decide this question had before him; null: nobody has. */
  readonly decidedEvidence: string | null
  readonly decidedWithdrawn: boolean
}

/** One slot as it is now, with every question and every person's act that bears on it. */
export interface Unit<Q extends UnitQuestion = UnitQuestion> {
  /** Undefined: no work we know of has it (yet, or any more); then the unit is what the candidates say of it. */
  readonly slot: UnitSlot | undefined
  /** From keys and earlier keys of its mentions to the entries. */
  readonly entryOf: ReadonlyMap<string, string>
  readonly questions: readonly Q[]
  readonly answers: readonly Answer[]
  readonly profiles: ReadonlyMap<string, ProfileSettings>
}

export interface UnitSlot {
  readonly slotId: string
  readonly collective: boolean
  readonly ambiguous: boolean
  /** Its work looks wrong. */
  readonly suspicious: boolean
}

/** How a question stands, by rights. */
export interface Settled<Q extends UnitQuestion = UnitQuestion> {
  readonly question: Q
  readonly status: Status
  /** Sorted. */
  readonly flags: readonly Flag[]
  /** The standing by persons that it follows. */
  readonly standing: Standing
}

const STATUS_OF: Readonly<Record<Decision, Status>> = {
  confirm: 'confirmed',
  reject: 'rejected',
  uncertain: 'uncertain',
  reopen: 'pending',
}

/**
 * How every question of a slot stands: the acts of persons first, then rules. Pure, and the same for commands,
 * for the worker that follows snapshots, and for who checks either.
 */
export function settleUnit<Q extends UnitQuestion>(unit: Unit<Q>): readonly Settled<Q>[] {
  const profiles = [...Map.groupBy(unit.questions, ({ profileId }) => profileId)].map(([profileId, questions]) => ({
    profileId,
    questions,
    speaker: speakerOf(unit, questions),
    settings: unit.profiles.get(profileId) ?? UNKNOWN_PROFILE,
    standing: standingOf(unit, profileId),
  }))
  const confirmed = confirmedProfiles(unit)
  return profiles.flatMap(({ profileId, questions, speaker, settings, standing }) => {
    const others = profiles.filter((other) => other.profileId !== profileId)
    const taken = [...confirmed].some((other) => other !== profileId)
    const rivals = others
      .filter((other) => other.standing.decision !== 'reject' && other.settings.active && !other.speaker.withdrawn)
      .map((other) => ({ score: other.speaker.score, settings: other.settings }))
    const collective = unit.slot?.collective ?? speaker.collective
    return questions.map((question): Settled<Q> => {
      if (question !== speaker) return { question, status: absorbedStatus(question, settings), flags: [], standing }
      if (!settings.active) return { question, status: 'expired', flags: [], standing }
      const status =
        standing.decision !== undefined
          ? STATUS_OF[standing.decision]
          : automaticStatus({
              settings,
              score: question.score,
              withdrawn: question.withdrawn,
              decidable: unit.slot !== undefined && question.kind === 'work_authorship',
              suspicious: unit.slot?.suspicious ?? false,
              collective,
              taken,
              rivals,
            })
      return {
        question,
        status,
        flags: flagsOf(
          unit,
          question,
          status,
          standing,
          taken && !collective,
          answeredOf(questions, standing) ?? question,
        ),
        standing,
      }
    })
  })
}

/** The profiles that persons have confirmed on this slot, whether or not a question of theirs is left on it. */
export function confirmedProfiles(unit: Unit): ReadonlySet<string> {
  const decided = new Set(unit.answers.map(({ profileId }) => profileId))
  return new Set(
    [...decided].filter(
      (profileId) =>
        (unit.profiles.get(profileId) ?? UNKNOWN_PROFILE).active && standingOf(unit, profileId).decision === 'confirm',
    ),
  )
}

function standingOf(unit: Unit, profileId: string): Standing {
  return fold(
    unit.answers.filter((answer) => answer.profileId === profileId),
    unit.entryOf,
  )
}

/** The question that speaks for a profile on a slot: the one named after the slot, else that of the smallest slot. */
function speakerOf<Q extends UnitQuestion>(unit: Unit, questions: readonly Q[]): Q {
  const named = questions.find(({ slotId }) => slotId === unit.slot?.slotId)
  return named ?? questions.reduce((best, question) => (question.slotId < best.slotId ? question : best))
}

/** Its slot is part of another now. What nobody has decided and nobody claims any more has simply expired. */
function absorbedStatus(question: UnitQuestion, settings: ProfileSettings): Status {
  if (!settings.active || (question.version === 0 && question.withdrawn)) return 'expired'
  return 'merged'
}

function flagsOf(
  unit: Unit,
  question: UnitQuestion,
  status: Status,
  standing: Standing,
  taken: boolean,
  answered: UnitQuestion,
): readonly Flag[] {
  if (status === 'expired') return []
  const flags: Flag[] = []
  if (unit.slot?.ambiguous) flags.push('ambiguous_mention')
  if (standing.conflict || (status === 'confirmed' && taken)) flags.push('conflict')
  if (wantsReview(question, answered, status)) flags.push('review_suggested')
  return flags
}

/** The question that the standing answer was given to: another one when the slot has got another id since. */
function answeredOf<Q extends UnitQuestion>(questions: readonly Q[], { act }: Standing): Q | undefined {
  return questions.find(({ questionRef }) => questionRef === act?.questionRef)
}

/**
 * Decision first, change after: the state stays, and the person is asked to look again. That a claim he rejected is made
 * no more only agrees with him.
 */
function wantsReview(
  { evidence, withdrawn }: UnitQuestion,
  { decidedEvidence, decidedWithdrawn }: Pick<UnitQuestion, 'decidedEvidence' | 'decidedWithdrawn'>,
  status: Status,
): boolean {
  if (decidedEvidence === null) return false
  return (withdrawn && !decidedWithdrawn && status !== 'rejected') || evidence !== decidedEvidence
}
