import { jsonRows, type Queryable } from '@atlas/runtime'
import type { Candidate } from '@atlas/schemas'

/** A candidate, and the random id its question gets should it be new. */
export interface NewCandidate {
  readonly candidate: Candidate
  readonly questionRef: string
}

/**
 * Stores candidates as questions, over older revisions only; what a question showed before is kept. A question that was
 * never decided shows at once whether it is still claimed. Asks that the slots of those that were written be looked at,
 * and returns their ids.
 */
export async function saveCandidates(db: Queryable, given: readonly NewCandidate[]): Promise<ReadonlySet<string>> {
  if (given.length === 0) return new Set()
  // In id order: the worker and commands lock questions so.
  const rows = [...given].sort((a, b) => (a.candidate.candidateId < b.candidate.candidateId ? -1 : 1))
  await keepShown(
    db,
    rows.map(({ candidate }) => candidate),
  )
  const { rows: written } = await db.query<{ candidate_id: string }>(
    `with written as (
       insert into questions as q (candidate_id, question_ref, profile_id, slot_id, work_id, kind, revision, first_revision,
              work_revision, slot_name, slot_position, collective, title, year, score, model_version, evidence, evidence_items,
              mentions, replaces, withdrawn, withdrawn_reason, caused_by, status)
       select candidate_id, question_ref, profile_id, slot_id, work_id, kind, revision, revision, work_revision, slot_name,
              slot_position, collective, title, year, score, model_version, evidence, evidence_items, mentions, replaces,
              withdrawn, withdrawn_reason, caused_by, case when withdrawn then 'expired' else 'pending' end
         from json_to_recordset($1) as t(candidate_id uuid, question_ref uuid, profile_id uuid, slot_id uuid, work_id uuid,
              kind text, revision bigint, work_revision bigint, slot_name text, slot_position int, collective boolean,
              title text, year int, score float8, model_version text, evidence text, evidence_items text[], mentions jsonb,
              replaces uuid[], withdrawn boolean, withdrawn_reason text, caused_by text[])
       on conflict (candidate_id) do update set revision = excluded.revision, work_id = excluded.work_id,
         work_revision = excluded.work_revision, slot_name = excluded.slot_name, slot_position = excluded.slot_position,
         collective = excluded.collective, title = excluded.title, year = excluded.year, score = excluded.score,
         model_version = excluded.model_version, evidence = excluded.evidence, evidence_items = excluded.evidence_items,
         mentions = excluded.mentions, replaces = excluded.replaces, withdrawn = excluded.withdrawn,
         withdrawn_reason = excluded.withdrawn_reason, caused_by = excluded.caused_by,
         status = case when q.version = 0 and q.status in ('pending', 'expired') then excluded.status else q.status end
        where q.revision < excluded.revision
       returning q.candidate_id, q.slot_id),
     asked as (
       insert into to_settle (kind, object_id) select distinct 'slot', slot_id from written)
     select candidate_id from written`,
    [jsonRows(rows.map(rowOf))],
    'save-candidates',
  )
  return new Set(written.map((row) => row.candidate_id))
}

function rowOf({ candidate, questionRef }: NewCandidate) {
  return {
    candidate_id: candidate.candidateId,
    question_ref: questionRef,
    profile_id: candidate.profileId,
    slot_id: candidate.slotId,
    work_id: candidate.workId,
    kind: candidate.kind,
    revision: candidate.revision,
    work_revision: candidate.workRevision,
    slot_name: candidate.slotName,
    slot_position: candidate.slotPosition,
    collective: candidate.collective,
    title: candidate.title,
    year: candidate.year,
    score: candidate.score,
    model_version: candidate.modelVersion,
    evidence: candidate.evidence,
    evidence_items: candidate.evidenceItems,
    mentions: candidate.mentions,
    replaces: candidate.replaces,
    withdrawn: candidate.withdrawn,
    withdrawn_reason: candidate.withdrawnReason,
    caused_by: candidate.causedBy,
  }
}

/** Keeps what questions show now when the new revision shows something else. */
async function keepShown(db: Queryable, candidates: readonly Candidate[]): Promise<void> {
  await db.query(
    `insert into question_revisions (candidate_id, until_revision, evidence, evidence_items, score, model_version, withdrawn)
     select q.candidate_id, q.revision, q.evidence, q.evidence_items, q.score, q.model_version, q.withdrawn
       from (select q.* from questions q where q.candidate_id = any($1::uuid[]) order by q.candidate_id for update) q
       join json_to_recordset($2) as t(candidate_id uuid, revision bigint, evidence text, score float8, model_version text,
              withdrawn boolean)
         on t.candidate_id = q.candidate_id and t.revision > q.revision
      where (q.evidence, q.score, q.model_version, q.withdrawn) is distinct from (t.evidence, t.score, t.model_version, t.withdrawn)
     on conflict do nothing`,
    [
      candidates.map(({ candidateId }) => candidateId),
      jsonRows(
        candidates.map(({ candidateId, revision, evidence, score, modelVersion, withdrawn }) => {
          return { candidate_id: candidateId, revision, evidence, score, model_version: modelVersion, withdrawn }
        }),
      ),
    ],
    'keep-shown',
  )
}

export interface ShownRevision {
  readonly evidence: string
  readonly evidenceItems: readonly string[]
  readonly score: number
  readonly modelVersion: string
  readonly withdrawn: boolean
}

/** What a question showed at an earlier revision; undefined when what it shows now was shown then, too. */
export async function findShown(
  db: Queryable,
  candidateId: string,
  revision: number,
): Promise<ShownRevision | undefined> {
  const { rows } = await db.query<{
    evidence: string
    evidence_items: string[]
    score: number
    model_version: string
    withdrawn: boolean
  }>(
    `select evidence, evidence_items, score, model_version, withdrawn from question_revisions
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
      withdrawn: row.withdrawn,
    }
  )
}
