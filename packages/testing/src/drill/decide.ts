import { createHash } from 'node:crypto'
import type { Clock } from '@atlas/runtime'
import type { ActAnswered, Recorder } from '../check/index.ts'
import { type Deployment, type QuestionView, type Researcher, signIn } from '../deployment/index.ts'
import { untilTold } from './until-told.ts'

/** One answer that a person is going to give. */
export interface Intent {
  readonly researcher: Researcher
  readonly question: QuestionView
  readonly decision: 'confirm' | 'reject' | 'uncertain'
}

/**
 * What people are going to answer to the questions they see now, in a fixed order. What they say depends on the
 * question's id alone, so that every run over the same world hears the same answers.
 */
export async function intentsOf(deployment: Deployment, profileIds: readonly string[]): Promise<readonly Intent[]> {
  const intents: Intent[] = []
  for (const profileId of profileIds) {
    const researcher = await signIn(deployment, profileId)
    const questions = [...(await researcher.queue())].sort((a, b) => (a.candidateId < b.candidateId ? -1 : 1))
    intents.push(...questions.map((question) => ({ researcher, question, decision: decisionOn(question.candidateId) })))
  }
  return intents
}

function decisionOn(candidateId: string): Intent['decision'] {
  const chance = createHash('sha256').update(candidateId).digest().readUInt8(0)
  return chance < 166 ? 'confirm' : chance < 230 ? 'reject' : 'uncertain'
}

export interface Told {
  readonly outcome: 'decided' | 'taken'
  /** Requests whose end the client did not learn. */
  readonly unknown: number
}

interface Refused {
  readonly code: string
}

/**
 * Decides as a careful client: a try that has no answer is made again under the same key; when the evidence has moved
 * on, the person looks again and says the same of what is there now.
 */
export async function decide(
  clock: Clock,
  { researcher, question, decision }: Intent,
  recorder: Recorder,
): Promise<Told> {
  let unknown = 0
  let seen = question
  for (let look = 1; look <= 10; look++) {
    const key = `${question.candidateId}-${look}`
    const asked = { profileId: researcher.profileId, candidateId: question.candidateId, decision }
    const answer = await untilTold(
      clock,
      async () => {
        const response = await researcher.tryDecide(seen, decision, key)
        const body = (await response.json()) as ActAnswered | Refused
        if (response.status >= 500 || ('code' in body && body.code === 'idempotency_in_progress'))
          throw new Error(`not told: ${response.status}`)
        return body
      },
      () => {
        unknown++
        recorder.decided(researcher.profileId, key, asked, 'unknown')
      },
    )
    if (!('code' in answer)) {
      recorder.decided(researcher.profileId, key, asked, answer)
      return { outcome: 'decided', unknown }
    }
    recorder.decided(researcher.profileId, key, asked, 'refused')
    if (answer.code === 'slot_taken') return { outcome: 'taken', unknown }
    if (answer.code !== 'evidence_changed') throw new Error(`a ${decision} was refused: ${JSON.stringify(answer)}`)
    seen = await untilTold(clock, () => researcher.get<QuestionView>(`/v1/candidates/${question.candidateId}`))
  }
  throw new Error(`the evidence of ${question.candidateId} changes again and again`)
}
