import type { Queryable } from '@atlas/runtime'

export interface QueuePage {
  readonly profileId: string
  readonly status: readonly string[]
  readonly minScore: number | null
  readonly source: string | null
  readonly sort: 'score_desc' | 'date_desc'
  readonly limit: number
  readonly after: QueueKey | null
}

/** Where a page ended: the sort key and, since that may repeat, the id. */
export interface QueueKey {
  readonly value: number
  readonly id: string
}

export interface QueueRow extends QueueKey {
  readonly candidate: object
}

// The owner's own answer is preferred until the projection has reached its version.
const STATE = `case when o.version > c.version then o.status else c.status end`
const SHOWN = `c.content || jsonb_build_object(
  'status', ${STATE},
  'version', greatest(c.version, coalesce(o.version, 0)),
  'flags', to_jsonb(case when o.version > c.version then o.flags else c.flags end))`

const SORTS = {
  score_desc: { key: 'c.score', type: 'float8' },
  date_desc: { key: 'coalesce(c.year, 0)', type: 'int' },
} as const

/** One page of a profile's questions, in keyset order: as fast at depth as at the start. */
export async function listQueue(db: Queryable, page: QueuePage): Promise<readonly QueueRow[]> {
  const { key, type } = SORTS[page.sort]
  const { rows } = await db.query<{ value: number; id: string; candidate: object }>(
    `select ${key} as value, c.candidate_id as id, (${SHOWN}) - 'evidenceItems' - 'mentions' as candidate
       from candidates c left join decision_overlay o using (candidate_id)
      where c.profile_id = $1 and ${STATE} = any($2::text[])
        and (not c.withdrawn or ${STATE} not in ('pending', 'expired'))
        and ($3::float8 is null or c.score >= $3)
        and ($4::text is null or $4 = any(c.sources))
        and ($5::${type} is null or (${key}, c.candidate_id) < ($5::${type}, $6::uuid))
      order by ${key} desc, c.candidate_id desc
      limit $7`,
    [
      page.profileId,
      page.status,
      page.minScore,
      page.source,
      page.after?.value ?? null,
      page.after?.id ?? null,
      page.limit,
    ],
  )
  return rows
}

/** One question of this profile with its work, or undefined; another's question is not there. */
export async function findQuestion(db: Queryable, profileId: string, candidateId: string): Promise<object | undefined> {
  const { rows } = await db.query<{ question: object }>(
    `select ${SHOWN} || jsonb_build_object('work', (
              select w.content - 'slots' - 'causedBy' || jsonb_build_object('byline', (
                       select coalesce(jsonb_agg(jsonb_build_object('slotId', s->'slotId', 'position', s->'position', 'name', s->'name') order by (s->>'position')::int), '[]')
                         from jsonb_array_elements(w.content->'slots') s where (s->>'position')::int <= 100))
                from works w where w.work_id = c.work_id)) as question
       from candidates c left join decision_overlay o using (candidate_id)
      where c.candidate_id = $1 and c.profile_id = $2`,
    [candidateId, profileId],
  )
  return rows[0]?.question
}

export async function listActs(
  db: Queryable,
  profileId: string,
  candidateId: string | null,
  before: number | null,
  limit: number,
): Promise<readonly { readonly seq: number; readonly act: object }[]> {
  const { rows } = await db.query<{ seq: number; act: object }>(
    `select seq, content as act from acts
      where profile_id = $1 and ($2::uuid is null or candidate_id = $2) and ($3::int is null or seq < $3)
      order by seq desc limit $4`,
    [profileId, candidateId, before, limit],
  )
  return rows
}

export interface WorksPage {
  readonly profileId: string
  readonly year: number | null
  readonly type: string | null
  readonly search: string | null
  readonly limit: number
  readonly after: QueueKey | null
}

/** The verified works of a profile, newest first. */
export async function listAuthorships(
  db: Queryable,
  page: WorksPage,
): Promise<readonly { readonly value: number; readonly id: string; readonly work: object }[]> {
  const { rows } = await db.query<{ value: number; id: string; work: object }>(
    `select coalesce(year, 0) as value, authorship_id as id, content as work from authorships
      where profile_id = $1 and state = 'verified'
        and ($2::int is null or year = $2) and ($3::text is null or type = $3)
        and ($4::text is null or content->>'title' ilike '%' || replace(replace(replace($4, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%')
        and ($5::int is null or (coalesce(year, 0), authorship_id) < ($5, $6::uuid))
      order by 1 desc, 2 desc limit $7`,
    [page.profileId, page.year, page.type, page.search, page.after?.value ?? null, page.after?.id ?? null, page.limit],
  )
  return rows
}

export async function findProfile(db: Queryable, profileId: string): Promise<object | undefined> {
  const { rows } = await db.query<{ content: object }>(
    `select content - 'eventId' as content from profiles where profile_id = $1 and state = 'active'`,
    [profileId],
  )
  return rows[0]?.content
}

export async function readStats(db: Queryable, profileId: string): Promise<object> {
  const { rows } = await db.query<{ stats: object }>(
    `select json_build_object(
       'worksCount', (select count(*) from authorships where profile_id = $1 and state = 'verified'),
       'pendingCount', (select count(*) from candidates c left join decision_overlay o using (candidate_id)
                         where c.profile_id = $1 and not c.withdrawn and ${STATE} in ('pending', 'uncertain')),
       'decidedCount', (select count(*) from candidates c left join decision_overlay o using (candidate_id)
                         where c.profile_id = $1 and ${STATE} in ('confirmed', 'rejected', 'auto_confirmed', 'auto_rejected')),
       'byYear', (select coalesce(json_object_agg(year, n), '{}') from (select year, count(*) n from authorships
                   where profile_id = $1 and state = 'verified' and year is not null group by year order by year) y),
       'byType', (select coalesce(json_object_agg(type, n), '{}') from (select type, count(*) n from authorships
                   where profile_id = $1 and state = 'verified' group by type order by type) t)) as stats`,
    [profileId],
  )
  return rows[0]?.stats ?? {}
}

/** Shows a decision to its author at once, however far the projection is. */
export async function rememberDecision(
  db: Queryable,
  candidateId: string,
  answer: { readonly version: number; readonly status: string; readonly flags: readonly string[] },
): Promise<void> {
  await db.query(
    `insert into decision_overlay (candidate_id, version, status, flags)
     select $1, $2, $3, $4 where not exists (select from candidates where candidate_id = $1 and version >= $2)
     on conflict (candidate_id) do update set version = excluded.version, status = excluded.status, flags = excluded.flags, recorded_at = now()
      where decision_overlay.version < excluded.version`,
    [candidateId, answer.version, answer.status, answer.flags],
  )
}
