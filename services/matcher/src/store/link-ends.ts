import type { Queryable } from '@atlas/runtime'
import { COMPARE_CHANNEL } from './queue.ts'

/** Relations of identifiers by which a link counts for a work: its own, and those of its versions. */
const OF_WORK = `('self', 'has_version')`

/** The row of `work_identifiers` that says which work the key `of` is of: who calls it its own comes first. */
export function ownerOf(of: string): string {
  return `select i.work_id from work_identifiers i
           where i.scheme = split_part(${of}, ':', 1) and i.value = substr(${of}, strpos(${of}, ':') + 1)
             and i.relation in ${OF_WORK}
           order by (i.relation = 'self') desc, i.work_id limit 1`
}

/** An identifier that came to a work, left it, or is something else to it. */
export interface MovedIdentifier {
  readonly workId: string
  readonly scheme: string
  readonly value: string
}

/**
 * Queues the works of which one of these says now what they are, where two links or more of one side hang on it: for
 * themselves, and with their linked identifiers where these are several, for the works at the other ends. Who those are is
 * looked up after the commit: one that arrives at this moment leaves a row of its own, and the later of both looks sees the
 * other. Most works have no links, which costs two reads of an index for each identifier.
 */
export async function queueRecounts(db: Queryable, moved: readonly MovedIdentifier[]): Promise<void> {
  if (moved.length === 0) return
  await db.query(
    `with moved as materialized (select * from unnest($1::uuid[], $2::text[], $3::text[]) as m(work_id, scheme, value)),
     touched as (select work_id from moved
                 union select i.work_id from moved m join work_identifiers i using (scheme, value)
                        where i.relation in ${OF_WORK}),
     keys as (select work_id, scheme || ':' || value as key from moved
              union
              select i.work_id, i.scheme || ':' || i.value from touched join work_identifiers i using (work_id)
               where i.relation in ${OF_WORK}),
     linked as materialized (
       select k.work_id, k.key, l.side, l.n
         from keys k cross join lateral (
              select 'cited' as side, count(*) as n from (
                select from kept_records r where r.cites = k.key and r.live and r.about is not null limit 2) as two
              union all
              select 'citing', count(*) from (
                select from kept_records r where r.about = k.key and r.live and r.cites is not null limit 2) as two) l
        where l.n > 0),
     sides as (select work_id, sum(n) as links, count(*) as keys from linked group by work_id, side),
     works as (select work_id, max(keys) as keys from sides group by work_id having max(links) > 1),
     added as (
       insert into to_compare (kind, subject, revision, keys)
       select 'links', w.work_id::text, 0,
              case when w.keys > 1 then array(select distinct l.key from linked l where l.work_id = w.work_id)
                   else '{}' end
         from works w order by w.work_id
       returning no)
     select pg_notify('${COMPARE_CHANNEL}', '') from (select from added limit 1) as once`,
    [moved.map(({ workId }) => workId), moved.map(({ scheme }) => scheme), moved.map(({ value }) => value)],
  )
}

/** Queues the works that link to, or are linked from, two or more of the keys of one list: were these one work, or are they. */
export async function queueLinked(db: Queryable, lists: readonly (readonly string[])[]): Promise<void> {
  const several = lists.filter((keys) => keys.length > 1)
  if (several.length === 0) return
  await db.query(
    `with keys as materialized (
       select * from unnest($1::int[], $2::text[]) as k(list, key)),
     ends as (
       select c.list, c.key, k.about as other, 'citing' as side
         from keys c join kept_records k on k.cites = c.key and k.live and k.about is not null
       union
       select c.list, c.key, k.cites, 'cited'
         from keys c join kept_records k on k.about = c.key and k.live and k.cites is not null)
     insert into to_compare (kind, subject, revision)
     select distinct 'links', i.work_id::text, 0
       from ends e
       join work_identifiers i on i.scheme = split_part(e.other, ':', 1) and i.value = substr(e.other, strpos(e.other, ':') + 1)
      where i.relation in ${OF_WORK}
      group by e.list, e.side, i.work_id having count(distinct e.key) > 1`,
    [several.flatMap((keys, list) => keys.map(() => list)), several.flat()],
  )
}
