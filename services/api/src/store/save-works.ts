import { jsonRows, type Queryable } from '@atlas/runtime'
import type { Work } from '@atlas/schemas'

/** Keeps works that are newer than what is stored; returns their ids. */
export async function saveWorks(db: Queryable, works: readonly Work[]): Promise<readonly string[]> {
  const { rows } = await db.query<{ id: string }>(
    `insert into works (work_id, revision, state, content)
     select work_id, revision, state, content
       from json_to_recordset($1) as t(work_id uuid, revision bigint, state text, content jsonb)
     on conflict (work_id) do update set revision = excluded.revision, state = excluded.state, content = excluded.content
      where works.revision < excluded.revision
     returning work_id as id`,
    [
      jsonRows(
        works.map((work) => ({
          work_id: work.workId,
          revision: work.revision,
          state: work.state,
          content: shownWork(work),
        })),
      ),
    ],
    'save-works',
  )
  return rows.map((row) => row.id)
}

// Mentions stay with the matcher: a byline of 5,000 from four sources is 6 MiB with them, and 0.5 MiB without.
function shownWork({ eventId: _eventId, causedBy: _causedBy, formerMembers: _former, ...work }: Work) {
  return {
    ...work,
    slots: work.slots.map(({ slotId, position, name, collective }) => ({ slotId, position, name, collective })),
  }
}
