import { jsonRows, type Queryable, readAsJson } from '@atlas/runtime'
import { type KeptOfWork, type Links, MAX_ENRICHMENTS, MAX_LINKS, NOTHING_KEPT } from '../kept/additions.ts'
import { type Adds, identifierOf, type KeptRecord } from '../kept/kept-record.ts'
import { ownerOf } from './link-ends.ts'

/** What is stored of a record that describes no work. */
export type KeptHead = Omit<KeptRecord, 'adds'>

/** What is kept of these records; those that describe a work, or were never seen, are absent. */
export async function findKeptHeads(db: Queryable, recordIds: readonly string[]): Promise<Map<string, KeptHead>> {
  if (recordIds.length === 0) return new Map()
  const { rows } = await db.query<{
    record_id: string
    kind: string
    version: number
    content_key: string
    live: boolean
    about: string | null
    cites: string | null
  }>(
    `select record_id, kind, version, content_key, live, about, cites
       from kept_records where record_id = any($1::uuid[])`,
    [recordIds],
  )
  return new Map(
    rows.map(({ record_id, content_key, ...row }) => [
      record_id,
      { recordId: record_id, contentKey: content_key, ...row },
    ]),
  )
}

/** Keeps these versions over older ones. */
export async function saveKept(db: Queryable, records: readonly KeptRecord[]): Promise<void> {
  if (records.length === 0) return
  await db.query(
    `with given as materialized (
       select * from json_to_recordset($1) as t(record_id uuid, kind text, version bigint, content_key text, live boolean,
              about text, cites text, adds json))
     insert into kept_records (record_id, kind, version, content_key, live, about, cites, adds)
     select record_id, kind, version, content_key, live, about, cites, adds from given order by record_id
     on conflict (record_id) do update set kind = excluded.kind, version = excluded.version,
       content_key = excluded.content_key, live = excluded.live, about = excluded.about, cites = excluded.cites,
       adds = excluded.adds
      where kept_records.version <= excluded.version`,
    [
      jsonRows(
        records.map(({ recordId, contentKey, ...record }) => ({
          ...record,
          record_id: recordId,
          content_key: contentKey,
        })),
      ),
    ],
  )
}

/** Of records that describe a work from this version on. */
export async function dropKept(db: Queryable, recordIds: readonly string[]): Promise<void> {
  if (recordIds.length === 0) return
  await db.query('delete from kept_records where record_id = any($1::uuid[])', [recordIds])
}

/** A work, and an identifier under which something kept may add to it. */
export interface OwnKey {
  readonly workId: string
  readonly key: string
}

/** What is kept about each of these works; those about which nothing is are absent. One statement for all. */
export async function findKeptOf(db: Queryable, own: readonly OwnKey[]): Promise<ReadonlyMap<string, KeptOfWork>> {
  if (own.length === 0) return new Map()
  const rows = await readAsJson<
    | { work_id: string; what: 'enrichments'; n: number; found: { record_id: string; about: string; adds: Adds }[] }
    | { work_id: string; what: 'references' | 'citedBy'; n: number; found: string[] }
  >(
    db,
    `with own as materialized (select * from unnest($1::uuid[], $2::text[]) as t(work_id, key)),
     cited as (
       select distinct o.work_id, k.cites as key from own o join kept_records k on k.about = o.key
        where k.live and k.about is not null and k.cites is not null),
     citing as (
       select distinct o.work_id, k.about as key from own o join kept_records k on k.cites = o.key
        where k.live and k.cites is not null and k.about is not null)
     select work_id, 'references' as what, count(*) as n,
            to_json((array_agg(key order by key collate "C"))[1:${MAX_LINKS}]) as found
       from (${byWork('cited')}) c group by work_id
     union all
     select work_id, 'citedBy', count(*), to_json((array_agg(key order by key collate "C"))[1:${MAX_LINKS}])
       from (${byWork('citing')}) c group by work_id
     union all
     select work_id, 'enrichments', count(*),
            to_json((array_agg(json_build_object('record_id', record_id, 'about', about, 'adds', adds)
                               order by record_id))[1:${MAX_ENRICHMENTS}])
       from (select o.work_id, k.record_id, k.about, k.adds from own o join kept_records k on k.about = o.key
              where k.live and k.about is not null and k.cites is null and k.adds is not null) e
      group by work_id`,
    [own.map(({ workId }) => workId), own.map(({ key }) => key)],
  )
  const found = new Map<string, KeptOfWork>()
  for (const row of rows) {
    const known = found.get(row.work_id) ?? NOTHING_KEPT
    found.set(row.work_id, { ...known, ...keptIn(row) })
  }
  return found
}

/** Of the ends that are one work the first; one that is of none we have counts by itself. */
function byWork(ends: 'cited' | 'citing'): string {
  return `select e.work_id, min(e.key collate "C") as key
            from ${ends} e left join lateral (${ownerOf('e.key')}) o on true
           group by e.work_id, coalesce(o.work_id::text, e.key)`
}

function keptIn(
  row:
    | { what: 'enrichments'; found: { record_id: string; about: string; adds: Adds }[] }
    | { what: 'references' | 'citedBy'; n: number; found: string[] },
): Partial<KeptOfWork> {
  if (row.what === 'enrichments')
    return { enrichments: row.found.map(({ record_id, about, adds }) => ({ recordId: record_id, about, adds })) }
  const links: Links = { count: row.n, keys: row.found }
  return { [row.what]: links }
}

// Also those of parts and notices: a ruling may make versions of them at this moment.
const OWN_RELATIONS = ['self', 'has_version', 'has_part', 'has_erratum', 'has_retraction']

/** Live works that have one of these identifiers for their own, or a member of them has. */
export async function findWorksOwning(db: Queryable, keys: readonly string[]): Promise<readonly string[]> {
  if (keys.length === 0) return []
  const identifiers = keys.map(identifierOf)
  const { rows } = await db.query<{ work_id: string }>(
    `select distinct i.work_id from unnest($1::text[], $2::text[]) as k(scheme, value)
       join work_identifiers i using (scheme, value) where i.relation = any($3::text[]) order by 1`,
    [identifiers.map(({ scheme }) => scheme), identifiers.map(({ value }) => value), OWN_RELATIONS],
  )
  return rows.map(({ work_id }) => work_id)
}

/** Which works something kept is about. */
export interface SavedAdditions {
  readonly workId: string
  readonly revision: number
  readonly additions: unknown
  readonly causedBy: readonly string[]
}

/** A new state of works of which only what is added is another; they are locked. */
export async function saveAdditions(db: Queryable, works: readonly SavedAdditions[]): Promise<void> {
  if (works.length === 0) return
  await db.query(
    `update works w set revision = t.revision, described_revision = coalesce(w.described_revision, w.revision),
            additions = t.additions, caused_by = t.caused_by
       from json_to_recordset($1) as t(work_id uuid, revision bigint, additions json, caused_by uuid[])
      where w.work_id = t.work_id`,
    [
      jsonRows(
        works.map(({ workId, revision, additions, causedBy }) => ({
          work_id: workId,
          revision,
          additions,
          caused_by: causedBy,
        })),
      ),
    ],
  )
}
