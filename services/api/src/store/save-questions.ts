import { jsonRows, type Queryable } from '@atlas/runtime'
import type { Act, Candidate } from '@atlas/schemas'

/**
 * Keeps claims that are newer than what is stored; returns their ids. A claim says how a question stands only as long as
 * nobody has decided it.
 */
export async function saveClaims(db: Queryable, candidates: readonly Candidate[]): Promise<readonly string[]> {
  const { rows } = await db.query<{ id: string }>(
    `insert into questions (candidate_id, profile_id, revision, work_id, work_revision, score, year, sources, content, status)
     select candidate_id, profile_id, revision, work_id, work_revision, score, year,
            array(select jsonb_array_elements_text(content->'sources')), content, status
       from json_to_recordset($1) as t(candidate_id uuid, profile_id uuid, revision bigint, work_id uuid, work_revision bigint,
            score float8, year int, content jsonb, status text)
      order by candidate_id
     on conflict (candidate_id) do update set revision = excluded.revision, work_id = excluded.work_id,
       work_revision = excluded.work_revision, score = excluded.score, year = excluded.year, sources = excluded.sources,
       content = excluded.content,
       status = case when questions.version = 0 then excluded.status else questions.status end
      where questions.revision < excluded.revision
     returning candidate_id as id`,
    [
      // Not an array of texts: it is escaped element by element, which costs more than all the rest of this function.
      jsonRows(
        candidates.map((candidate) => ({
          candidate_id: candidate.candidateId,
          profile_id: candidate.profileId,
          revision: candidate.revision,
          // A claim about an author id has no work.
          work_id: candidate.workId || null,
          work_revision: candidate.workRevision,
          score: candidate.score,
          year: candidate.year,
          content: shownClaim(candidate),
          status: candidate.withdrawn ? 'expired' : 'pending',
        })),
      ),
    ],
    'save-claims',
  )
  return rows.map((row) => row.id)
}

/** How a question stands after a decision or a transition. */
export interface Standing {
  readonly candidateId: string
  readonly profileId: string
  readonly version: number
  /** Of the act; 0 where only the answer is known. */
  readonly seq: number
  readonly status: string
  readonly flags: readonly string[]
}

/**
 * Every change of a decided question is an act about that question, so the last one tells how it stands: nothing is
 * worked out here. An answer of the owner says the same sooner, and its author reads it at once.
 */
export async function saveStandings(db: Queryable, standings: readonly Standing[]): Promise<void> {
  if (standings.length === 0) return
  await db.query(
    `insert into questions (candidate_id, profile_id, version, act_seq, status, flags)
     select candidate_id, profile_id, version, seq, status, array(select jsonb_array_elements_text(flags))
       from unnest($1::uuid[], $2::uuid[], $3::int[], $4::bigint[], $5::text[], $6::jsonb[])
         as t(candidate_id, profile_id, version, seq, status, flags)
      order by candidate_id
     on conflict (candidate_id) do update set version = excluded.version, status = excluded.status, flags = excluded.flags,
       act_seq = greatest(questions.act_seq, excluded.act_seq)
      where (questions.version, questions.act_seq) < (excluded.version, excluded.act_seq)`,
    [
      standings.map((standing) => standing.candidateId),
      standings.map((standing) => standing.profileId),
      standings.map((standing) => standing.version),
      standings.map((standing) => standing.seq),
      standings.map((standing) => standing.status),
      standings.map((standing) => JSON.stringify(standing.flags)),
    ],
  )
}

/** What an act says of its question; undefined once nobody can read any more which one it was. */
export function standingAfter(act: Act): Standing | undefined {
  if (!act.about) return undefined
  return {
    candidateId: act.about.candidateId,
    profileId: act.profileId,
    version: act.questionVersion,
    seq: act.seq,
    status: act.statusAfter,
    flags: act.flagsAfter,
  }
}

function shownClaim({ eventId: _eventId, causedBy: _causedBy, workId, createdAt, ...claim }: Candidate) {
  return { ...claim, workId: workId || null, createdAt: createdAt === null ? null : new Date(createdAt).toISOString() }
}
