import type { Queryable } from '@atlas/runtime'
import type { PageKey } from './read-questions.ts'

export interface Standpoint {
  /** Undefined: the profile has not arrived. */
  readonly state: string | undefined
  /** From the beginning of a rebuild to its end, also when it was cut short: what is stored is not whole. */
  readonly rebuilding: boolean
}

/** What every request of a person asks first, in one statement. */
export async function findStandpoint(db: Queryable, profileId: string): Promise<Standpoint> {
  const { rows } = await db.query<{ state: string | null; rebuilding: boolean }>(
    `select (select state from profiles where profile_id = $1) as state,
            exists (select from rebuilds where ended_at is null) as rebuilding`,
    [profileId],
  )
  return { state: rows[0]?.state ?? undefined, rebuilding: rows[0]?.rebuilding ?? false }
}

export async function findProfile(db: Queryable, profileId: string): Promise<object | undefined> {
  const { rows } = await db.query<{ content: object }>(
    `select content from profiles where profile_id = $1 and state = 'active'`,
    [profileId],
  )
  return rows[0]?.content
}

export interface ActRow {
  readonly seq: number
  readonly act: object
}

/** Acts on a profile's questions, or on one of them, newest first. */
export async function listActs(
  db: Queryable,
  page: {
    readonly profileId: string
    readonly candidateId: string | null
    readonly before: number | null
    readonly limit: number
  },
): Promise<readonly ActRow[]> {
  const { rows } = await db.query<ActRow>(
    `select seq, content as act from acts
      where profile_id = $1 and ($2::uuid is null or candidate_id = $2) and ($3::bigint is null or seq < $3)
      order by seq desc limit $4`,
    [page.profileId, page.candidateId, page.before, page.limit],
  )
  return rows
}

export interface WorksPage {
  readonly profileId: string
  readonly year: number | null
  readonly type: string | null
  /** Taken literally, whatever its characters. */
  readonly search: string | null
  readonly limit: number
  readonly after: PageKey | null
}

export interface WorkRow extends PageKey {
  readonly work: object
}

/** The verified works of a profile, newest first. */
export async function listAuthorships(db: Queryable, page: WorksPage): Promise<readonly WorkRow[]> {
  const { rows } = await db.query<WorkRow>(
    `select coalesce(year, 0) as value, authorship_id as id, content as work from authorships
      where profile_id = $1 and state = 'verified'
        and ($2::int is null or year = $2) and ($3::text is null or type = $3)
        and ($4::text is null or strpos(lower(content->>'title'), lower($4)) > 0)
        and ($5::int is null or (coalesce(year, 0), authorship_id) < ($5, $6::uuid))
      order by coalesce(year, 0) desc, authorship_id desc limit $7`,
    [page.profileId, page.year, page.type, page.search, page.after?.value ?? null, page.after?.id ?? null, page.limit],
  )
  return rows
}

export interface Stats {
  readonly worksCount: number
  readonly pendingCount: number
  readonly decidedCount: number
  readonly byYear: Readonly<Record<string, number>>
  readonly byType: Readonly<Record<string, number>>
}

/** Counted where it is asked: a profile has hundreds of questions, found by one index. */
export async function readStats(db: Queryable, profileId: string): Promise<Stats> {
  const { rows } = await db.query<Stats>(
    `select (select count(*) from authorships where profile_id = $1 and state = 'verified') as "worksCount",
            count(*) filter (where status in ('pending', 'uncertain')) as "pendingCount",
            count(*) filter (where status in ('confirmed', 'rejected', 'auto_confirmed', 'auto_rejected')) as "decidedCount",
            (select coalesce(json_object_agg(year, n order by year), '{}') from (
               select year, count(*) n from authorships
                where profile_id = $1 and state = 'verified' and year is not null group by year) y) as "byYear",
            (select coalesce(json_object_agg(type, n order by type), '{}') from (
               select type, count(*) n from authorships where profile_id = $1 and state = 'verified' group by type) t) as "byType"
       from questions where profile_id = $1 and revision > 0`,
    [profileId],
  )
  const [stats] = rows
  if (!stats) throw new Error('an aggregate gave no row')
  return stats
}
