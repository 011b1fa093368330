import type { Queryable } from '@atlas/runtime'

/** A record that is held apart from a work, where it is now, and who is in that work with it. */
export interface PlacedRecord {
  readonly recordId: string
  readonly workId: string
  readonly members: readonly string[]
}

const MAX_HELD_APART = 20
const MAX_MEMBERS = 60

/** Records of other works that a rule would have linked to a member, at most 20; of each of their works at most 60 members. */
export async function listHeldApart(db: Queryable, workId: string): Promise<readonly PlacedRecord[]> {
  const { rows } = await db.query<{ record_id: string; work_id: string; members: string[] }>(
    `select m.record_id, m.work_id,
            array(select o.record_id from work_members o
                   where o.work_id = m.work_id and o.to_revision is null
                   order by o.record_id = m.record_id desc, o.record_id limit ${MAX_MEMBERS}) as members
       from works w cross join unnest(w.held_apart) as apart(record_id)
       join work_members m on m.record_id = apart.record_id and m.to_revision is null
      where w.work_id = $1 order by m.record_id limit ${MAX_HELD_APART}`,
    [workId],
  )
  return rows.map(({ record_id, work_id, members }) => ({ recordId: record_id, workId: work_id, members }))
}
