import type { Queryable } from '@atlas/runtime'

export interface QueuePage {
  readonly profileId: string
  readonly status: readonly string[]
  readonly minScore: number | null
  readonly source: string | null
  readonly sort: 'score_desc' | 'date_desc'
  readonly limit: number
  readonly after: PageKey | null
}

/** Where a page ended: the sort key and, since that may repeat, the id. */
export interface PageKey {
  readonly value: number
  readonly id: string
}

export interface QuestionRow extends PageKey {
  readonly question: object
}

const SHOWN = `q.content || jsonb_build_object('status', q.status, 'version', q.version, 'flags', to_jsonb(q.flags))`

const SORTS = {
  score_desc: { key: 'q.score', type: 'float8' },
  date_desc: { key: 'coalesce(q.year, 0)', type: 'int' },
} as const

/**
 * One page of a profile's questions, in keyset order: as fast at depth as at the start. Each status is read from its own
 * stretch of the index, and the heads of these are merged.
 */
export function queueStatement(page: QueuePage): { readonly text: string; readonly values: readonly unknown[] } {
  const { key, type } = SORTS[page.sort]
  const text = `
    select p.value, p.id, p.question
      from unnest($2::text[]) as wanted(status)
     cross join lateral (
       select ${key} as value, q.candidate_id as id, ${SHOWN} as question
         from questions q
        where q.profile_id = $1 and q.status = wanted.status and q.revision > 0
          and ($3::float8 is null or q.score >= $3)
          and ($4::text is null or $4 = any(q.sources))
          and ($5::${type} is null or (${key}, q.candidate_id) < ($5::${type}, $6::uuid))
          and (q.work_id is null or exists (
                select from works w where w.work_id = q.work_id and w.revision >= q.work_revision))
        order by ${key} desc, q.candidate_id desc
        limit $7) p
     order by p.value desc, p.id desc
     limit $7`
  const values = [
    page.profileId,
    page.status,
    page.minScore,
    page.source,
    page.after?.value ?? null,
    page.after?.id ?? null,
    page.limit,
  ]
  return { text, values }
}

export async function listQueue(db: Queryable, page: QueuePage): Promise<readonly QuestionRow[]> {
  const { text, values } = queueStatement(page)
  return (await db.query<QuestionRow>(text, values)).rows
}

/** One question of this profile with its work, or undefined; another's question is not there. */
export async function findQuestion(db: Queryable, profileId: string, candidateId: string): Promise<object | undefined> {
  // Bylines have thousands of names: the first hundred are shown, and the one in question.
  const { rows } = await db.query<{ question: object }>(
    `select ${SHOWN} || jsonb_build_object('work', (
              select w.content || jsonb_build_object('byline', (
                       select coalesce(jsonb_agg(slot order by (slot->>'position')::int), '[]')
                         from jsonb_array_elements(w.content->'slots') slot
                        where (slot->>'position')::int <= 100 or slot->'slotId' = q.content->'slotId'))
                from works w where w.work_id = q.work_id)) as question
       from questions q
      where q.candidate_id = $1 and q.profile_id = $2 and q.revision > 0`,
    [candidateId, profileId],
  )
  return rows[0]?.question
}
