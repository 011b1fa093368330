import { done, type Handler, type Queryable, skipped } from '@atlas/runtime'
import type { Act, Authorship, Candidate, Profile, Work } from '@atlas/schemas'
import { saveActs, saveAuthorships, saveProfiles } from '../store/save-people.ts'
import { saveClaims, saveStandings, standingAfter } from '../store/save-questions.ts'
import { saveWorks } from '../store/save-works.ts'
import { newest } from './newest.ts'

export const projectWorks: Handler<Work> = projection(
  (work) => work.workId,
  (work) => work.revision,
  saveWorks,
)

export const projectCandidates: Handler<Candidate> = projection(
  (candidate) => candidate.candidateId,
  (candidate) => candidate.revision,
  saveClaims,
)

export const projectProfiles: Handler<Profile> = projection(
  (profile) => profile.profileId,
  (profile) => profile.revision,
  saveProfiles,
)

export const projectAuthorships: Handler<Authorship> = projection(
  (authorship) => authorship.authorshipId,
  (authorship) => authorship.revision,
  saveAuthorships,
)

/** Keeps every act, and of each question what its last act says. */
export const projectActs: Handler<Act> = projection(
  (act) => act.actId,
  (act) => act.seq,
  async (db, acts) => {
    const fresh = new Set(await saveActs(db, acts))
    const standings = acts.filter((act) => fresh.has(act.actId)).flatMap((act) => standingAfter(act) ?? [])
    await saveStandings(
      db,
      newest(
        standings,
        (standing) => standing.candidateId,
        (standing) => standing.seq,
      ),
    )
    return [...fresh]
  },
)

/** A handler that keeps the newest of each object and tells which messages changed nothing. */
function projection<T>(
  idOf: (value: T) => string,
  numberOf: (value: T) => number,
  save: (db: Queryable, values: readonly T[]) => Promise<readonly string[]>,
): Handler<T> {
  return async (tx, messages) => {
    const values = newest(
      messages.map(({ value }) => value),
      idOf,
      numberOf,
    )
    // In one order everywhere: two members that write the same rows would deadlock otherwise.
    const saved = new Set(
      await save(
        tx,
        values.sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1)),
      ),
    )
    const kept = new Set(values.filter((value) => saved.has(idOf(value))))
    return messages.map(({ value }) => (kept.has(value) ? done() : skipped('stale')))
  }
}
