import { jsonRows, type Queryable } from '@atlas/runtime'
import type { MovedIdentifier } from './link-ends.ts'

/** An identifier of a live work. */
export interface IdentifierRow {
  readonly workId: string
  readonly scheme: string
  readonly value: string
  /** What it is to the work: self, has_version, part_of … */
  readonly relation: string
  /** A DOI without the version at its end, where it has one. */
  readonly base: string | null
  readonly recordIds: readonly string[]
}

/**
 * Makes `rows` all the identifiers of these works; the works are locked. Rows that are there already are not touched. Returns
 * those that came, went, or are something else to the work.
 */
export async function saveIdentifiers(
  db: Queryable,
  workIds: readonly string[],
  rows: readonly IdentifierRow[],
): Promise<readonly MovedIdentifier[]> {
  if (workIds.length === 0) return []
  const { rows: moved } = await db.query<{ work_id: string; scheme: string; value: string }>(
    `with wanted as materialized (
       select * from json_to_recordset($2)
         as t(work_id uuid, scheme text, value text, relation text, base text, record_ids uuid[])
     ), gone as (
       delete from work_identifiers i
        where i.work_id = any($1::uuid[])
          and not exists (select from wanted w where (w.scheme, w.value, w.work_id) = (i.scheme, i.value, i.work_id))
       returning work_id, scheme, value
     ),
     fresh as (
       select work_id, scheme, value from wanted w
        where not exists (
          select from work_identifiers i
           where (i.scheme, i.value, i.work_id, i.relation) = (w.scheme, w.value, w.work_id, w.relation))
     ),
     written as (
     insert into work_identifiers (scheme, value, work_id, relation, base, record_ids)
     select scheme, value, work_id, relation, base, record_ids from wanted w
      where not exists (
        select from work_identifiers i
         where (i.scheme, i.value, i.work_id, i.relation, i.record_ids) = (w.scheme, w.value, w.work_id, w.relation, w.record_ids)
           and i.base is not distinct from w.base)
      order by work_id, scheme, value
     on conflict (scheme, value, work_id) do update
        set relation = excluded.relation, base = excluded.base, record_ids = excluded.record_ids
     )
     select work_id, scheme, value from gone union all select work_id, scheme, value from fresh`,
    [
      workIds,
      jsonRows(
        rows.map(({ workId, scheme, value, relation, base, recordIds }) => ({
          work_id: workId,
          scheme,
          value,
          relation,
          base,
          record_ids: recordIds,
        })),
      ),
    ],
  )
  return moved.map(({ work_id, ...identifier }) => ({ workId: work_id, ...identifier }))
}

/** A live work, and the identifier that led to it. */
export interface ResolvedWork extends IdentifierRow {
  readonly revision: number
  readonly title: string | null
  readonly type: string
  readonly year: number | null
  readonly doi: string | null
}

export interface Sought {
  readonly scheme: string
  readonly value: string
}

// A book's ISBN leads to all of its chapters.
const MAX_RESOLVED = 200

/** Live works that stand under one of the identifiers, or under a DOI that is another version of one of `bases`. */
export async function findWorksByIdentifier(
  db: Queryable,
  sought: readonly Sought[],
  bases: readonly string[],
): Promise<readonly ResolvedWork[]> {
  const { rows } = await db.query<Row>(
    `with found as (
       select i.* from unnest($1::text[], $2::text[]) as s(scheme, value) join work_identifiers i using (scheme, value)
       union
       select i.* from work_identifiers i where i.base = any($3::text[]) and i.scheme = 'doi'
     )
     select f.work_id, f.scheme, f.value, f.relation, f.base, f.record_ids, w.revision, w.content->>'title' as title,
            w.content->>'type' as type, (w.content#>>'{published,year}')::int as year, w.content->>'doi' as doi
       from found f join works w using (work_id)
      where w.state = 'live' order by (f.relation = 'self') desc, f.work_id, f.scheme, f.value limit ${MAX_RESOLVED}`,
    [sought.map(({ scheme }) => scheme), sought.map(({ value }) => value), bases],
  )
  return rows.map((row) => ({
    workId: row.work_id,
    scheme: row.scheme,
    value: row.value,
    relation: row.relation,
    base: row.base,
    recordIds: row.record_ids,
    revision: row.revision,
    title: row.title,
    type: row.type,
    year: row.year,
    doi: row.doi,
  }))
}

interface Row {
  readonly work_id: string
  readonly scheme: string
  readonly value: string
  readonly relation: string
  readonly base: string | null
  readonly record_ids: string[]
  readonly revision: number
  readonly title: string | null
  readonly type: string
  readonly year: number | null
  readonly doi: string | null
}

/** Another live work, and what the two say of one identifier. */
export interface RelatedRow {
  readonly workId: string
  readonly title: string | null
  readonly type: string
  readonly scheme: string
  readonly value: string
  /** What it is to this work. */
  readonly here: string
  /** What it is to the other. */
  readonly there: string
}

const MAX_RELATED = 100

/** Works that share an identifier with this one which at least one of the two calls its own. */
export async function findRelatedWorks(db: Queryable, workId: string): Promise<readonly RelatedRow[]> {
  const { rows } = await db.query<{
    work_id: string
    title: string | null
    type: string
    scheme: string
    value: string
    here: string
    there: string
  }>(
    `select w.work_id, w.content->>'title' as title, w.content->>'type' as type, i.scheme, i.value,
            i.relation as here, o.relation as there
       from work_identifiers i
       join work_identifiers o on o.scheme = i.scheme and o.value = i.value and o.work_id <> i.work_id
       join works w on w.work_id = o.work_id and w.state = 'live'
      where i.work_id = $1 and (i.relation in ('self', 'has_version') or o.relation in ('self', 'has_version'))
      order by w.work_id, i.scheme, i.value limit ${MAX_RELATED}`,
    [workId],
  )
  return rows.map(({ work_id, ...row }) => ({ workId: work_id, ...row }))
}
