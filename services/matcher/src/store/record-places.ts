import type { Queryable } from '@atlas/runtime'

/** Where a record is, and where it ended. */
export interface RecordPlace {
  readonly recordId: string
  readonly version: number
  /** work, author, institution, citation, enrichment … */
  readonly kind: string
  readonly live: boolean
  /** `matched`, `unmatched`, `quarantined`, `kept`; null: it is in a work and waits to be compared. */
  readonly state: string | null
  readonly nCandidates: number
  readonly workId: string | null
  readonly workRevision: number | null
  /** primary, duplicate, version, part, erratum, retraction */
  readonly role: string | null
  /** The rule that made it a member. */
  readonly reason: string | null
  /** Of a link and an enrichment: live works that show it. */
  readonly addsTo: readonly string[]
}

/** Undefined for a record that never arrived. */
export async function findRecordPlace(db: Queryable, recordId: string): Promise<RecordPlace | undefined> {
  const { rows } = await db.query<{
    version: number
    kind: string
    live: boolean
    state: string | null
    n_candidates: number | null
    work_id: string | null
    revision: number | null
    role: string | null
    reason: string | null
    adds_to: string[] | null
  }>(
    `select coalesce(k.version, r.version) as version, coalesce(k.kind, 'work') as kind, coalesce(k.live, r.live) as live,
            case when k.record_id is not null then 'kept' when s.version = r.version then s.state end as state,
            case when k.record_id is null and s.version = r.version then s.n_candidates end as n_candidates,
            m.work_id, w.revision, m.reason,
            (select e ->> 'role' from json_array_elements(w.content -> 'members') e
              where e ->> 'recordId' = $1::text) as role,
            (select array_agg(distinct i.work_id order by i.work_id)
               from unnest(array[k.about, k.cites]) as about(key)
               join work_identifiers i
                 on i.scheme = split_part(about.key, ':', 1) and i.value = substr(about.key, strpos(about.key, ':') + 1)
              where k.live and i.relation in ('self', 'has_version')) as adds_to
       from (select $1::uuid as record_id) asked
       left join records r using (record_id)
       left join kept_records k using (record_id)
       left join record_states s using (record_id)
       left join work_members m on m.record_id = asked.record_id and m.to_revision is null
       left join works w using (work_id)
      where r.record_id is not null or k.record_id is not null`,
    [recordId],
  )
  const row = rows[0]
  return (
    row && {
      recordId,
      version: row.version,
      kind: row.kind,
      live: row.live,
      state: row.state,
      nCandidates: row.n_candidates ?? 0,
      workId: row.work_id,
      workRevision: row.revision,
      role: row.role,
      reason: row.reason,
      addsTo: row.adds_to ?? [],
    }
  )
}

/** Live works by the sources that describe them. */
export interface AcrossSources {
  readonly works: number
  /** Of them, those that two sources or more describe. */
  readonly acrossSources: number
  readonly bySource: readonly {
    readonly source: string
    readonly works: number
    /** Of them, those that another source describes, too. */
    readonly shared: number
  }[]
}

/** One pass over all live works, or over those that one of `sources` describes. */
export async function countAcrossSources(db: Queryable, sources: readonly string[] | null): Promise<AcrossSources> {
  const { rows } = await db.query<{ source: string | null; works: number; shared: number }>(
    `select source, count(*) as works, count(*) filter (where cardinality(w.sources) > 1) as shared
       from works w cross join lateral (select unnest(w.sources) as source union all select null) s
      where w.state = 'live' and ($1::text[] is null or w.sources && $1)
      group by source order by source collate "C" nulls first`,
    [sources],
  )
  const total = rows.find(({ source }) => source === null)
  return {
    works: total?.works ?? 0,
    acrossSources: total?.shared ?? 0,
    bySource: rows.flatMap(({ source, works, shared }) => (source === null ? [] : [{ source, works, shared }])),
  }
}
