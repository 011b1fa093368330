import type { Queryable } from '@atlas/runtime'

/** A work with the first hundred of its byline, or undefined where none has arrived under this id. */
export async function findWork(db: Queryable, workId: string): Promise<{ readonly revision: number } | undefined> {
  const { rows } = await db.query<{ work: { revision: number } }>(
    `select w.content - 'slots' || jsonb_build_object('byline', (
              select coalesce(jsonb_agg(slot order by (slot->>'position')::int), '[]')
                from jsonb_array_elements(w.content->'slots') slot where (slot->>'position')::int <= 100)) as work
       from works w where w.work_id = $1`,
    [workId],
  )
  return rows[0]?.work
}
