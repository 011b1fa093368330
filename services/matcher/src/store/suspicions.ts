import type { Suspicion, SuspicionKind } from '@atlas/linkage'
import { type Queryable, readAsJson } from '@atlas/runtime'

export interface SuspiciousWork {
  readonly workId: string
  readonly title: string | null
  readonly members: number
  /** All of them, also where one kind was asked for. */
  readonly suspicions: readonly Suspicion[]
}

export interface SuspiciousPage {
  readonly works: readonly SuspiciousWork[]
  /** The work to go on behind; null: these were the last ones. */
  readonly next: string | null
}

/** Works that look wrong, in the order of their ids, behind `after`; of one kind, or of any. */
export async function listSuspicious(
  db: Queryable,
  kind: SuspicionKind | null,
  after: string | null,
  limit: number,
): Promise<SuspiciousPage> {
  const rows = await readAsJson<{
    work_id: string
    title: string | null
    members: number
    suspicions: readonly Suspicion[]
  }>(
    db,
    `select work_id, content ->> 'title' as title, json_array_length(content -> 'members') as members, suspicions
       from works
      where suspicion_kinds <> '{}' and ($1::text is null or $1 = any(suspicion_kinds))
        and ($2::uuid is null or work_id > $2)
      order by work_id limit $3`,
    [kind, after, limit + 1],
  )
  const works = rows
    .slice(0, limit)
    .map(({ work_id, title, members, suspicions }) => ({ workId: work_id, title, members, suspicions }))
  return { works, next: rows.length > limit ? (works.at(-1)?.workId ?? null) : null }
}
