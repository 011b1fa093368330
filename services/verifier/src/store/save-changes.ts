import type { Queryable } from '@atlas/runtime'
import type { QuestionChange } from '../plan.ts'
import type { Question } from '../question.ts'

/** Writes what became of questions; the caller holds their locks. */
export async function saveQuestions(db: Queryable, changes: readonly QuestionChange[]): Promise<void> {
  if (changes.length === 0) return
  await db.query(
    `update questions q set status = t.status, flags = array(select jsonb_array_elements_text(t.flags)),
            version = coalesce(t.version, q.version), last_act = coalesce(t.last_act, q.last_act),
            last_decided_at_ms = coalesce(t.decided_at, q.last_decided_at_ms)
       from unnest($1::uuid[], $2::text[], $3::jsonb[], $4::int[], $5::uuid[], $6::bigint[])
         as t(candidate_id, status, flags, version, last_act, decided_at)
      where q.candidate_id = t.candidate_id`,
    [
      changes.map(({ question }) => question.candidateId),
      changes.map(({ status }) => status),
      changes.map(({ flags }) => JSON.stringify(flags)),
      changes.map(({ act }) => act?.questionVersion ?? null),
      changes.map(({ act }) => act?.id ?? null),
      changes.map(({ act }) => act?.decidedAtMs ?? null),
    ],
    'save-questions',
  )
}

/** Remembers what the person who decides has before him: a later change of it asks him to look again. */
export async function saveDecided(
  db: Queryable,
  { candidateId, decidedEvidence, decidedWithdrawn }: Question,
): Promise<void> {
  await db.query('update questions set decided_evidence = $2, decided_withdrawn = $3 where candidate_id = $1', [
    candidateId,
    decidedEvidence,
    decidedWithdrawn,
  ])
}

/** Writes authorships over what is stored; each gets a revision, drawn under the lock of its question. */
export async function saveAuthorships(db: Queryable, changes: readonly QuestionChange[]): Promise<readonly string[]> {
  const rows = changes.flatMap(({ question, authorship }) => (authorship ? [{ question, ...authorship }] : []))
  if (rows.length === 0) return []
  await db.query(
    `insert into authorships (authorship_id, revision, profile_id, work_id, slot_id, state, status, act_id, question_version,
            verified_at_ms, score, work_revision, position, corresponding, flags, contributions, title, year, type, doi)
     select t.id, nextval('authorship_revision'), t.profile_id, t.work_id, t.slot_id, t.state, t.status, t.act_id,
            t.question_version, t.verified_at_ms, t.score, t.work_revision, t.position, t.corresponding, array(select jsonb_array_elements_text(t.flags)),
            t.contributions, t.title, t.year, t.type, t.doi
       from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::uuid[], $8::int[], $9::int[],
                   $10::boolean[], $11::jsonb[], $12::jsonb[], $13::text[], $14::int[], $15::text[], $16::text[], $17::bigint[], $18::float8[], $19::bigint[])
         as t(id, profile_id, work_id, slot_id, state, status, act_id, question_version, position, corresponding, flags,
              contributions, title, year, type, doi, verified_at_ms, score, work_revision)
     on conflict (authorship_id) do update set revision = excluded.revision, work_id = excluded.work_id,
       slot_id = excluded.slot_id, state = excluded.state, status = excluded.status, act_id = excluded.act_id,
       question_version = excluded.question_version, verified_at_ms = excluded.verified_at_ms, score = excluded.score,
       work_revision = excluded.work_revision, position = excluded.position, corresponding = excluded.corresponding,
       flags = excluded.flags, contributions = excluded.contributions, title = excluded.title, year = excluded.year,
       type = excluded.type, doi = excluded.doi`,
    [
      rows.map(({ question }) => question.candidateId),
      rows.map(({ question }) => question.profileId),
      rows.map((row) => row.workId),
      rows.map((row) => row.slotId),
      rows.map((row) => row.state),
      rows.map((row) => row.status),
      rows.map((row) => row.actId),
      rows.map((row) => row.questionVersion),
      rows.map((row) => row.position),
      rows.map((row) => row.corresponding),
      rows.map((row) => JSON.stringify(row.flags)),
      rows.map((row) => JSON.stringify(row.contributions)),
      rows.map((row) => row.title),
      rows.map((row) => row.year),
      rows.map((row) => row.type),
      rows.map((row) => row.doi),
      rows.map((row) => row.verifiedAtMs),
      rows.map((row) => row.score),
      rows.map((row) => row.workRevision),
    ],
    'save-authorships',
  )
  return rows.map(({ question }) => question.candidateId)
}
