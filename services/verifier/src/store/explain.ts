import type { Queryable } from '@atlas/runtime'

/** What is stored of a question, as an operator may see it. */
export interface QuestionView {
  readonly questionRef: string
  readonly slotId: string
  readonly [field: string]: unknown
}

export async function findQuestionView(db: Queryable, candidateId: string): Promise<QuestionView | undefined> {
  const { rows } = await db.query<{ view: QuestionView }>(
    `select json_build_object('candidateId', q.candidate_id, 'questionRef', q.question_ref, 'profileId', q.profile_id,
              'slotId', q.slot_id, 'workId', q.work_id, 'kind', q.kind, 'revision', q.revision, 'score', q.score,
              'modelVersion', q.model_version, 'evidence', q.evidence, 'evidenceItems', q.evidence_items, 'replaces', q.replaces,
              'withdrawn', q.withdrawn, 'withdrawnReason', q.withdrawn_reason, 'status', q.status, 'version', q.version,
              'flags', q.flags, 'decidedEvidence', q.decided_evidence, 'decidedWithdrawn', q.decided_withdrawn,
              'showedBefore', (select coalesce(json_agg(json_build_object('untilRevision', r.until_revision, 'score', r.score,
                  'evidence', r.evidence, 'withdrawn', r.withdrawn, 'evidenceItems', r.evidence_items) order by r.until_revision), '[]')
                 from question_revisions r where r.candidate_id = q.candidate_id)) as view
       from questions q where q.candidate_id = $1`,
    [candidateId],
  )
  return rows[0]?.view
}

/** The questions about the slots of a work, and where each slot's mentions are. */
export async function listQuestionsOfWork(db: Queryable, workId: string): Promise<readonly Record<string, unknown>[]> {
  const { rows } = await db.query<{ view: Record<string, unknown> }>(
    `select json_build_object('candidateId', q.candidate_id, 'profileId', q.profile_id, 'slotId', q.slot_id,
              'inSlot', m.slot_id, 'status', q.status, 'version', q.version, 'flags', q.flags, 'score', q.score,
              'withdrawn', q.withdrawn) as view
       from slot_mentions m join questions q on q.slot_id = m.mention_key
      where m.work_id = $1 order by m.slot_id, q.score desc, q.candidate_id`,
    [workId],
  )
  return rows.map(({ view }) => view)
}
