import type { Queryable } from '@atlas/runtime'

interface Version {
  readonly recordId: string
  readonly version: number
}

/** The terminal state of records that are in no work; of what is kept beside works that is its row there. */
export async function dropRecordStates(db: Queryable, records: readonly Version[]): Promise<void> {
  if (records.length === 0) return
  await db.query(
    `insert into record_states (record_id, version, state, n_candidates)
     select record_id, version, 'unmatched', 0 from unnest($1::uuid[], $2::bigint[]) as t(record_id, version)
      where not exists (select from kept_records k where k.record_id = t.record_id) order by record_id
     on conflict (record_id) do update set version = excluded.version, state = excluded.state, n_candidates = 0`,
    [records.map(({ recordId }) => recordId), records.map(({ version }) => version)],
  )
}

/**
 * Of records that are kept beside works from now on. The caller holds the locks of the works they were in: a comparison
 * that still saw them there could write a state anew.
 */
export async function forgetRecordStates(db: Queryable, recordIds: readonly string[]): Promise<void> {
  if (recordIds.length === 0) return
  await db.query('delete from record_states where record_id = any($1::uuid[])', [recordIds])
}

/** A version that was set aside: its record's last good state stays as it is in its work. */
export async function quarantineRecordStates(db: Queryable, records: readonly Version[]): Promise<void> {
  if (records.length === 0) return
  await db.query(
    `insert into record_states (record_id, version, state, n_candidates)
     select record_id, version, 'quarantined', 0 from unnest($1::uuid[], $2::bigint[]) as t(record_id, version)
      where not exists (select from kept_records k where k.record_id = t.record_id) order by record_id
     on conflict (record_id) do nothing`,
    [records.map(({ recordId }) => recordId), records.map(({ version }) => version)],
  )
}

/**
 * Counts the live candidates of every member of these works and writes what changed. The caller holds the locks of the
 * works, so the count cannot be out of date at once.
 */
export async function countCandidates(db: Queryable, workIds: readonly string[]): Promise<void> {
  if (workIds.length === 0) return
  await db.query(
    `insert into record_states as known (record_id, version, state, n_candidates)
     select m.record_id, r.version, case when count(c.candidate_id) > 0 then 'matched' else 'unmatched' end, count(c.candidate_id)
       from work_members m
       join records r using (record_id)
       left join (select s.work_id, c.candidate_id, c.record_ids
                    from slots s join candidates c using (slot_id)
                   where s.work_id = any($1::uuid[]) and not c.withdrawn) c
         on c.work_id = m.work_id and m.record_id = any(c.record_ids)
      where m.work_id = any($1::uuid[]) and m.to_revision is null
      group by m.record_id, r.version
      order by m.record_id
     on conflict (record_id) do update set version = excluded.version, state = excluded.state, n_candidates = excluded.n_candidates
      where (known.version, known.state, known.n_candidates) is distinct from (excluded.version, excluded.state, excluded.n_candidates)`,
    [workIds],
  )
}

export interface RecordState {
  readonly recordId: string
  readonly version: number
  readonly state: string
  readonly nCandidates: number
}

/** The next page, in id order; what is kept beside works has the state `kept`. */
export async function listRecordStates(
  db: Queryable,
  after: string | null,
  limit: number,
): Promise<readonly RecordState[]> {
  const { rows } = await db.query<{ record_id: string; version: number; state: string; n_candidates: number }>(
    `(select record_id, version, state, n_candidates from record_states
       where $1::uuid is null or record_id > $1 order by record_id limit $2)
     union all
     (select record_id, version, 'kept', 0 from kept_records
       where $1::uuid is null or record_id > $1 order by record_id limit $2)
     order by record_id limit $2`,
    [after, limit],
  )
  return rows.map(({ record_id, version, state, n_candidates }) => ({
    recordId: record_id,
    version,
    state,
    nCandidates: n_candidates,
  }))
}
