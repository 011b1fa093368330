import type { Outbox, Tx } from '@atlas/runtime'
import type { Codec } from '@atlas/schemas'
import type { QuestionChange } from './plan.ts'
import { type SealedAct, sealActs } from './seal-act.ts'
import { saveActMentions } from './store/acts.ts'
import { saveAuthorships, saveQuestions } from './store/save-changes.ts'
import type { SubjectKeys } from './store/subject-keys.ts'

export interface Writing {
  readonly outbox: Outbox
  readonly keys: SubjectKeys
  readonly codec: Codec
}

/**
 * Writes everything that follows from the changes but the acts themselves, which it returns sealed: the caller appends
 * them as the last statement of the same transaction.
 */
export async function writeChanges(
  tx: Tx,
  changes: readonly QuestionChange[],
  { outbox, keys, codec }: Writing,
): Promise<readonly SealedAct[]> {
  const acts = await sealActs(
    changes.flatMap(({ act }) => (act ? [act] : [])),
    keys,
    codec,
  )
  await saveQuestions(tx, changes)
  await saveActMentions(tx, acts)
  await saveAuthorships(tx, changes)
  await outbox.append(
    tx,
    changes
      .filter(({ authorship }) => authorship !== undefined)
      .map(({ question }) => ({
        kind: 'reference',
        topic: 'authorships',
        key: question.profileId,
        objectId: question.candidateId,
      })),
  )
  return acts
}
