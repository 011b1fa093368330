import type { Queryable } from '../postgres/database.ts'

export interface RepublishRun {
  readonly id: number
  readonly cursor: string | undefined
  readonly objects: number
}

/** The unfinished run of a topic, or a new one. */
export async function resumeRepublish(db: Queryable, topic: string, by: string): Promise<RepublishRun> {
  const { rows } = await db.query<{ id: number; cursor: string | null; objects: number }>(
    `with open as (
       select id, cursor, objects from republish_runs where topic = $1 and finished_at is null order by id limit 1),
     begun as (
       insert into republish_runs (topic, started_by) select $1, $2 where not exists (select from open)
       returning id, cursor, objects)
     select * from open union all select * from begun`,
    [topic, by],
  )
  const row = rows[0]
  if (!row) throw new Error(`cannot begin to republish "${topic}"`)
  return { ...row, cursor: row.cursor ?? undefined }
}

export async function advanceRepublish(
  db: Queryable,
  id: number,
  cursor: string | undefined,
  count: number,
): Promise<void> {
  await db.query(
    `update republish_runs
        set cursor = $2, objects = objects + $3, finished_at = case when $2::text is null then now() end
      where id = $1`,
    [id, cursor ?? null, count],
  )
}
