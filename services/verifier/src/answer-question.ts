import { createHash } from 'node:crypto'
import {
  type Clock,
  classOf,
  type Database,
  type Failpoints,
  type Ids,
  idempotent,
  type Principal,
  Problem,
  type Tx,
} from '@atlas/runtime'
import { roleFor } from './authorise.ts'
import { type Refusal, refusalOf } from './decide.ts'
import { type DecisionPlan, planDecision } from './plan-decision.ts'
import type { LoadedUnit, Question } from './question.ts'
import type { DecisionBody, Precondition } from './requests.ts'
import type { SealedAct } from './seal-act.ts'
import { confirmedProfiles } from './settle-unit.ts'
import { appendActs, findReceipt, type Receipt } from './store/acts.ts'
import { findSlotOf, lockUnits } from './store/load-units.ts'
import { findShown } from './store/save-candidates.ts'
import { saveDecided } from './store/save-changes.ts'
import type { Flag, Status } from './vocabulary.ts'
import { type Writing, writeChanges } from './write-changes.ts'

export interface Deciding extends Writing {
  readonly database: Database
  readonly clock: Clock
  readonly ids: Pick<Ids, 'random'>
  readonly failpoints: Failpoints
}

export interface DecisionCommand {
  readonly candidateId: string
  readonly principal: Principal
  readonly key: string
  /** Of method, path and body: see `requestFingerprint`. */
  readonly fingerprint: Buffer
  readonly precondition: Precondition
  readonly body: DecisionBody
}

/** What is answered, and answered again to the same key. */
export interface Recorded extends Receipt {
  readonly version: number
  readonly questionVersion: number
  readonly status: Status
  readonly flags: readonly Flag[]
}

type Stored = Omit<Recorded, keyof Receipt> & { readonly actId: string }

// Locks are taken in one order; what is left are slots that grow while they are locked. Ten tries never were needed.
const TRIES = 10

/**
 * Records one decision: act, state, authorship, messages and the answer itself in one transaction, whose last statement
 * appends to the chain. A refusal leaves nothing behind.
 */
export async function decideQuestion(
  command: DecisionCommand,
  deciding: Deciding,
): Promise<{ readonly recorded: Recorded; readonly replay: boolean }> {
  for (let tries = 1; ; tries++) {
    try {
      const answer = await deciding.database.transaction((tx) => inTransaction(tx, command, deciding))
      deciding.failpoints.hit('act.after_commit')
      return answer
    } catch (error) {
      if (classOf(error) !== 'contention' || tries === TRIES) throw error
    }
  }
}

async function inTransaction(tx: Tx, command: DecisionCommand, deciding: Deciding) {
  let acts: readonly SealedAct[] = []
  const { principal, key, fingerprint } = command
  const answer = await idempotent(tx, { principal: principal.actor, key, fingerprint }, async () => {
    const { question, unit } = await lockQuestion(tx, command)
    const plan = await planned(tx, unit, question, command, deciding)
    acts = await writeChanges(tx, plan.changes, deciding)
    await saveDecided(tx, plan.decided.question)
    return { status: 201, body: storedOf(plan) }
  })
  const stored = answer.body as Stored
  const receipt = answer.replay ? await findReceipt(tx, stored.actId) : (await appendActs(tx, acts))[0]
  if (!receipt) throw new Error(`no act "${stored.actId}"`)
  deciding.failpoints.hit('act.before_commit')
  return { recorded: { ...stored, ...receipt }, replay: answer.replay }
}

/** Locks everything on the question's slot. Somebody else's question is not told from one that is not there. */
async function lockQuestion(
  tx: Tx,
  { candidateId, principal }: DecisionCommand,
): Promise<{ readonly question: Question; readonly unit: LoadedUnit }> {
  const slot = await findSlotOf(tx, candidateId)
  if (slot && roleFor(principal, slot.profileId) !== undefined)
    for (const unit of await lockUnits(tx, [slot.slotId])) {
      const question = unit.questions.find((candidate) => candidate.candidateId === candidateId)
      if (question) return { question, unit }
    }
  throw new Problem(404, 'not_found', 'there is no such question')
}

async function planned(
  tx: Tx,
  unit: LoadedUnit,
  question: Question,
  { precondition, body, principal, key }: DecisionCommand,
  { clock, ids }: Deciding,
): Promise<DecisionPlan> {
  const then = body.revision < question.revision ? await findShown(tx, question.candidateId, body.revision) : undefined
  const shown = then ?? (body.revision >= question.firstRevision ? question : undefined)
  const request = { decision: body.decision, version: precondition.version, revision: body.revision }
  const refusal = refusalOf(
    { ...question, profileActive: question.settings.active },
    request,
    shown,
    isTaken(unit, question),
  )
  if (refusal) throw problemOf(refusal, question, precondition, unit)
  const { decision, confidence, notes, evidence, via, revision } = body
  return planDecision(
    unit,
    question,
    {
      decision,
      confidence,
      private: notes === null && evidence.length === 0 ? null : { notes, evidence },
      via,
      actor: principal.actor,
      actorRole: roleFor(principal, question.profileId) ?? 'none',
      onBehalfOf: principal.onBehalfOf,
      commandKey: createHash('sha256').update(`${principal.actor}\n${key}`).digest('hex'),
      candidateRevision: revision,
      score: (then ?? question).score,
      modelVersion: (then ?? question).modelVersion,
      withdrawn: (then ?? question).withdrawn,
    },
    { nowMs: clock.now(), nextId: () => ids.random() },
  )
}

/** Whether a person has confirmed somebody else here. A group's slot has any number of contributors. */
function isTaken(unit: LoadedUnit, question: Question): boolean {
  if (unit.slot?.collective ?? question.collective) return false
  return [...confirmedProfiles(unit)].some((profileId) => profileId !== question.profileId)
}

function storedOf({ decided: { act, status, flags } }: DecisionPlan): Stored {
  return { actId: act.id, version: act.questionVersion, questionVersion: act.questionVersion, status, flags }
}

function problemOf(refusal: Refusal, question: Question, { byHeader }: Precondition, unit: LoadedUnit): Problem {
  const { version, revision, status, flags } = question
  const current = { version, revision, status, flags }
  switch (refusal.code) {
    case 'version_conflict':
      return new Problem(byHeader ? 412 : 409, refusal.code, 'the question has changed since it was shown', {
        extensions: { current },
      })
    case 'revision_ahead':
      return new Problem(409, refusal.code, 'the revision named has not arrived here; ask again', {
        headers: { 'Retry-After': '1' },
        extensions: { current },
      })
    case 'evidence_changed':
      return new Problem(409, refusal.code, 'what speaks for and against has changed since it was shown', {
        extensions: { current, difference: refusal.difference },
      })
    case 'slot_taken':
      return new Problem(409, refusal.code, 'somebody else is confirmed as this author', { extensions: { current } })
    case 'invalid_transition': {
      const survivor = status === 'merged' ? speakerFor(unit, question) : undefined
      return new Problem(409, refusal.code, `a question that is ${status} cannot become this`, {
        extensions: { from: refusal.from, allowed: refusal.allowed, current, ...(survivor ? { survivor } : {}) },
      })
    }
    default:
      return refusal satisfies never
  }
}

/** The question that speaks for this profile on the slot that this one's slot has become part of. */
function speakerFor(unit: LoadedUnit, { profileId }: Question): string | undefined {
  return unit.questions.find((other) => other.profileId === profileId && other.slotId === unit.slot?.slotId)
    ?.candidateId
}
