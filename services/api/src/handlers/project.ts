import { done, type Handler, type Queryable, skipped } from '@atlas/runtime'
import type { Act, Authorship, Candidate, Profile, Work } from '@atlas/schemas'
import {
  storeActs,
  storeAuthorships,
  storeCandidates,
  storeProfiles,
  storeSlotMentions,
  storeWorks,
} from '../store/project.ts'
import { candidatesOfActs, candidatesOfSlots, refreshStanding } from '../store/standing.ts'
import { newest } from './newest.ts'

/** Keeps the newest work and tells which questions its slots touch. */
export const projectWorks: Handler<Work> = projection(
  (work) => work.workId,
  (work) => work.revision,
  async (db, works) => {
    const changed = new Set(await storeWorks(db, works))
    const slots = await storeSlotMentions(
      db,
      works.filter((work) => changed.has(work.workId)),
    )
    await refreshStanding(db, await candidatesOfSlots(db, slots))
    return changed
  },
)

export const projectCandidates: Handler<Candidate> = projection(
  (candidate) => candidate.candidateId,
  (candidate) => candidate.revision,
  async (db, candidates) => {
    const changed = await storeCandidates(db, candidates)
    await refreshStanding(db, changed)
    return new Set(changed)
  },
)

export const projectProfiles: Handler<Profile> = projection(
  (profile) => profile.profileId,
  (profile) => profile.revision,
  async (db, profiles) => new Set(await storeProfiles(db, profiles)),
)

export const projectAuthorships: Handler<Authorship> = projection(
  (authorship) => authorship.authorshipId,
  (authorship) => authorship.revision,
  async (db, authorships) => new Set(await storeAuthorships(db, authorships)),
)

/** Acts come in the order of each profile's numbers; a question's state is what its acts say. */
export const projectActs: Handler<Act> = projection(
  (act) => act.actId,
  (act) => act.seq,
  async (db, acts) => {
    const changed = await storeActs(db, acts)
    await refreshStanding(db, await candidatesOfActs(db, changed))
    return new Set(changed)
  },
)

function projection<T>(
  idOf: (value: T) => string,
  revisionOf: (value: T) => number,
  store: (db: Queryable, values: readonly T[]) => Promise<ReadonlySet<string>>,
): Handler<T> {
  return async (tx, messages) => {
    const changed = await store(
      tx,
      newest(
        messages.map(({ value }) => value),
        idOf,
        revisionOf,
      ),
    )
    return messages.map(({ value }) => (changed.has(idOf(value)) ? done() : skipped('stale')))
  }
}
