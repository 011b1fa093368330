import { done, type Handler } from '@atlas/runtime'
import type { Act } from '@atlas/schemas'
import { type ActRow, saveActs } from '../store/acts.ts'
import { addWaiting } from '../store/queue.ts'

/**
 * Step 1 for acts, which come in order and each once: keeps them and leaves it to the workers to learn from them.
 * However many there are, a chunk leaves one row for each profile.
 */
export const matchAct: Handler<Act> = async (tx, messages) => {
  const acts = messages.map(({ value }) => value)
  await saveActs(tx, acts.map(rowOf))
  await addWaiting(
    tx,
    [...new Set(acts.map(({ profileId }) => profileId))].map((subject) => ({ kind: 'evidence', subject, revision: 0 })),
  )
  return messages.map(() => done())
}

function rowOf({ profileId, seq, actId, kind, via, about }: Act): ActRow {
  return {
    profileId,
    seq,
    actId,
    kind,
    via,
    candidateId: about?.candidateId ?? null,
    mentions: about?.mentions.map(({ key, recordId }) => ({ key, recordId })) ?? [],
  }
}
