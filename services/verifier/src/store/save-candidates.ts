import type { Queryable } from '@atlas/runtime'
import type { Candidate } from '@atlas/schemas'

/** A candidate, and the random id its question gets should it be new. */
export interface NewCandidate {
  readonly candidate: Candidate
  readonly questionRef: string
}

/**
 * Stores candidates as questions, over older revisions only; what a question showed before is kept. A question that was
 * never decided shows at once whether it is still claimed. Returns the ids of those that were written.
 */
export async function saveCandidates(db: Queryable, given: readonly NewCandidate[]): Promise<ReadonlySet<string>> {
  // In id order: the worker and commands lock questions so.
  const rows = [...given].sort((a, b) => (a.candidate.candidateId < b.candidate.candidateId ? -1 : 1))
  await keepShown(
    db,
    rows.map(({ candidate }) => candidate),
  )
  const column = <T>(of: (candidate: Candidate) => T): T[] => rows.map(({ candidate }) => of(candidate))
  const { rows: written } = await db.query<{ candidate_id: string }>(
    `insert into questions as q (candidate_id, question_ref, profile_id, slot_id, work_id, kind, revision, first_revision,
            work_revision, slot_name, slot_position, collective, title, year, score, model_version, evidence, evidence_items,
            mentions, replaces, withdrawn, withdrawn_reason, caused_by, status)
     select candidate_id, question_ref, profile_id, slot_id, work_id, kind, revision, revision, work_revision, slot_name,
            slot_position, collective, title, year, score, model_version, evidence,
            array(select jsonb_array_elements_text(evidence_items)), mentions,
            array(select jsonb_array_elements_text(replaces))::uuid[], withdrawn, withdrawn_reason,
            array(select jsonb_array_elements_text(caused_by)), case when withdrawn then 'expired' else 'pending' end
       from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::bigint[], $8::bigint[],
              $9::text[], $10::int[], $11::boolean[], $12::text[], $13::int[], $14::float8[], $15::text[], $16::text[],
              $17::jsonb[], $18::jsonb[], $19::jsonb[], $20::boolean[], $21::text[], $22::jsonb[])
         as t(candidate_id, question_ref, profile_id, slot_id, work_id, kind, revision, work_revision, slot_name,
              slot_position, collective, title, year, score, model_version, evidence, evidence_items, mentions, replaces,
              withdrawn, withdrawn_reason, caused_by)
     on conflict (candidate_id) do update set revision = excluded.revision, work_id = excluded.work_id,
       work_revision = excluded.work_revision, slot_name = excluded.slot_name, slot_position = excluded.slot_position,
       collective = excluded.collective, title = excluded.title, year = excluded.year, score = excluded.score,
       model_version = excluded.model_version, evidence = excluded.evidence, evidence_items = excluded.evidence_items,
       mentions = excluded.mentions, replaces = excluded.replaces, withdrawn = excluded.withdrawn,
       withdrawn_reason = excluded.withdrawn_reason, caused_by = excluded.caused_by,
       status = case when q.version = 0 and q.status in ('pending', 'expired') then excluded.status else q.status end
      where q.revision < excluded.revision
     returning q.candidate_id`,
    [
      column((c) => c.candidateId),
      rows.map(({ questionRef }) => questionRef),
      column((c) => c.profileId),
      column((c) => c.slotId),
      column((c) => c.workId),
      column((c) => c.kind),
      column((c) => c.revision),
      column((c) => c.workRevision),
      column((c) => c.slotName),
      column((c) => c.slotPosition),
      column((c) => c.collective),
      column((c) => c.title),
      column((c) => c.year),
      column((c) => c.score),
      column((c) => c.modelVersion),
      column((c) => c.evidence),
      column((c) => JSON.stringify(c.evidenceItems)),
      column((c) => JSON.stringify(c.mentions)),
      column((c) => JSON.stringify(c.replaces)),
      column((c) => c.withdrawn),
      column((c) => c.withdrawnReason),
      column((c) => JSON.stringify(c.causedBy)),
    ],
  )
  return new Set(written.map((row) => row.candidate_id))
}

/** Keeps what questions show now when the new revision shows something else. */
async function keepShown(db: Queryable, candidates: readonly Candidate[]): Promise<void> {
  await db.query(
    `insert into question_revisions (candidate_id, until_revision, evidence, evidence_items, score, model_version)
     select q.candidate_id, q.revision, q.evidence, q.evidence_items, q.score, q.model_version
       from (select q.* from questions q where q.candidate_id = any($1::uuid[]) order by q.candidate_id for update) q
       join unnest($1::uuid[], $2::bigint[], $3::text[], $4::float8[], $5::text[]) as t(candidate_id, revision, evidence, score, model_version)
         on t.candidate_id = q.candidate_id and t.revision > q.revision
      where (q.evidence, q.score, q.model_version) is distinct from (t.evidence, t.score, t.model_version)
     on conflict do nothing`,
    [
      candidates.map((c) => c.candidateId),
      candidates.map((c) => c.revision),
      candidates.map((c) => c.evidence),
      candidates.map((c) => c.score),
      candidates.map((c) => c.modelVersion),
    ],
  )
}

export interface ShownRevision {
  readonly evidence: string
  readonly evidenceItems: readonly string[]
  readonly score: number
  readonly modelVersion: string
}

/** What a question showed at an earlier revision; undefined when what it shows now was shown then, too. */
export async function findShown(
  db: Queryable,
  candidateId: string,
  revision: number,
): Promise<ShownRevision | undefined> {
  const { rows } = await db.query<{ evidence: string; evidence_items: string[]; score: number; model_version: string }>(
    `select evidence, evidence_items, score, model_version from question_revisions
      where candidate_id = $1 and until_revision >= $2 order by until_revision limit 1`,
    [candidateId, revision],
  )
  const row = rows[0]
  return (
    row && {
      evidence: row.evidence,
      evidenceItems: row.evidence_items,
      score: row.score,
      modelVersion: row.model_version,
    }
  )
}
