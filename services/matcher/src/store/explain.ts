import type { WorkFeatures } from '@atlas/linkage'
import type { Queryable } from '@atlas/runtime'

/** Every membership of a record, the open one last. */
export async function listMemberships(db: Queryable, recordId: string) {
  const { rows } = await db.query<{
    work_id: string
    from_revision: number
    to_revision: number | null
    reason: string
    linked_to: string | null
  }>(
    `select work_id, from_revision, to_revision, reason, linked_to from work_members
      where record_id = $1 order by to_revision nulls last, from_revision`,
    [recordId],
  )
  return rows.map((row) => ({
    workId: row.work_id,
    fromRevision: row.from_revision,
    toRevision: row.to_revision,
    reason: row.reason,
    linkedTo: row.linked_to,
  }))
}

/** A record's keys and how many records stand under each; its terminal state. */
export async function findRecordFacts(db: Queryable, recordId: string) {
  const { rows } = await db.query<{
    version: number
    live: boolean
    keys: { key: string; records: number }[]
    state: string | null
    n_candidates: number | null
    state_version: number | null
  }>(
    `select r.version, r.live, s.state, s.n_candidates, s.version as state_version,
            coalesce((select json_agg(json_build_object('key', k.key, 'records', (select count(*) from record_keys o where o.key = k.key)) order by k.key)
                        from record_keys k where k.record_id = r.record_id), '[]') as keys
       from records r left join record_states s using (record_id) where r.record_id = $1`,
    [recordId],
  )
  const row = rows[0]
  return (
    row && {
      version: row.version,
      live: row.live,
      keys: row.keys,
      terminalState:
        row.state === null ? null : { state: row.state, version: row.state_version, nCandidates: row.n_candidates },
    }
  )
}

export async function listCandidateIdsOfRecord(db: Queryable, recordId: string): Promise<readonly string[]> {
  const { rows } = await db.query<{ candidate_id: string }>(
    `select c.candidate_id from work_members m join slots s using (work_id) join candidates c using (slot_id)
      where m.record_id = $1 and m.to_revision is null and $1 = any(c.record_ids) order by 1`,
    [recordId],
  )
  return rows.map(({ candidate_id }) => candidate_id)
}

export async function listCandidateIdsOfWork(db: Queryable, workId: string): Promise<readonly string[]> {
  const { rows } = await db.query<{ candidate_id: string }>(
    'select c.candidate_id from slots s join candidates c using (slot_id) where s.work_id = $1 order by 1',
    [workId],
  )
  return rows.map(({ candidate_id }) => candidate_id)
}

/** The keys under which a slot and a profile stand, and the profiles under each: where both stand they met. */
export async function listSharedKeys(db: Queryable, slotId: string, profileId: string) {
  const { rows } = await db.query<{ key: string; profiles: number; wide: boolean; shared: boolean }>(
    `select k.key, (select count(*) from profile_keys o where o.key = k.key) as profiles,
            exists (select from wide_blocks w where w.key = k.key) as wide,
            exists (select from profile_keys p where p.key = k.key and p.profile_id = $2) as shared
       from slots s cross join unnest(s.keys) as k(key) where s.slot_id = $1 order by k.key`,
    [slotId, profileId],
  )
  return rows
}

/** What the engine reads of the persons' decisions on this candidate, in order. */
export async function listActsOfCandidate(db: Queryable, candidateId: string, profileId: string) {
  const { rows } = await db.query<{ seq: number; act_id: string; kind: string; via: string }>(
    'select seq, act_id, kind, via from mention_acts where profile_id = $1 and candidate_id = $2 order by seq',
    [profileId, candidateId],
  )
  return rows.map(({ seq, act_id, kind, via }) => ({ seq, actId: act_id, kind, via }))
}

/** Rows that still wait for a subject: while there are any, what is shown may change. */
export async function countWaitingFor(db: Queryable, subject: string): Promise<number> {
  const { rows } = await db.query<{ n: number }>('select count(*) as n from to_compare where subject = $1', [subject])
  return rows[0]?.n ?? 0
}

/** What is compared of a work; undefined unless it is live. */
export async function findWorkFeatures(db: Queryable, workId: string): Promise<WorkFeatures | undefined> {
  const { rows } = await db.query<{ features: WorkFeatures }>(
    "select features from works where work_id = $1 and state = 'live'",
    [workId],
  )
  return rows[0]?.features
}
