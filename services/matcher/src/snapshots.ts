import { snapshotEventId } from '@atlas/identifiers'
import type { CurrentState, Queryable, SnapshotSource } from '@atlas/runtime'
import type { Candidate, Codec, Work } from '@atlas/schemas'
import { NO_ADDITIONS } from './kept/additions.ts'
import {
  loadPublishedCandidates,
  loadPublishedWorks,
  type PublishedCandidate,
  type PublishedWork,
} from './store/published.ts'

/** The message that says what is stored of a work. */
export function workOf(stored: PublishedWork): Work {
  const { workId, revision, state, redirectTo, content, slotRevisions, causedBy } = stored
  const { saysRetracted, fieldSources, ...added } = { ...NO_ADDITIONS, ...stored.additions }
  return {
    ...added,
    // What an earlier build wrote has how open the work is in here.
    ...content,
    ...(stored.additions.openAccess === undefined ? {} : { openAccess: added.openAccess }),
    retracted: content.retracted || saysRetracted,
    fieldSources: [...content.fieldSources, ...fieldSources],
    eventId: snapshotEventId('works', workId, revision),
    revision,
    state,
    redirectTo,
    slots: content.slots.map((slot, index) => ({ ...slot, revision: slotRevisions[index] ?? null })),
    causedBy,
  }
}

/** The message that says what is stored of a candidate. */
export function candidateOf(stored: PublishedCandidate): Candidate {
  const { content, recordIds, ...columns } = stored
  return {
    ...content,
    ...columns,
    eventId: snapshotEventId('candidates', stored.candidateId, stored.revision),
    identityScheme: null,
    identityValue: null,
    causedBy: recordIds,
  }
}

export function worksSource(db: Queryable, codec: Codec): SnapshotSource {
  return async (ids) =>
    (await loadPublishedWorks(db, ids)).map((stored): CurrentState => {
      const work = workOf(stored)
      const { workId, revision, eventId } = work
      return { objectId: workId, key: workId, revision, eventId, type: 'work', value: codec.encode('works', work) }
    })
}

export function candidatesSource(db: Queryable, codec: Codec): SnapshotSource {
  return async (ids) =>
    (await loadPublishedCandidates(db, ids)).map((stored): CurrentState => {
      const candidate = candidateOf(stored)
      const { candidateId, profileId, revision, eventId } = candidate
      const value = codec.encode('candidates', candidate)
      return { objectId: candidateId, key: profileId, revision, eventId, type: 'candidate', value }
    })
}
