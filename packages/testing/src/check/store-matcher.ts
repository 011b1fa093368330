import type { Queryable } from '@atlas/runtime'
import type { CandidateRow, ConstraintRow, Dumps, RecordState, RulingRow, Stored } from './dumps.ts'

export async function readRecordStates(db: Queryable): Promise<readonly RecordState[]> {
  const { rows } = await db.query<RecordState>(
    `select record_id as "recordId", version, state, n_candidates as candidates from record_states
     union all
     select record_id, version, 'kept', 0 from kept_records`,
  )
  return rows
}

export async function readCandidates(db: Queryable): Promise<readonly CandidateRow[]> {
  const { rows } = await db.query<CandidateRow>(
    `select candidate_id as "candidateId", slot_id as "slotId", profile_id as "profileId", withdrawn,
            record_ids as "recordIds" from candidates`,
  )
  return rows
}

type Ruled = Pick<Dumps, 'liveWorks' | 'rulings' | 'constraints' | 'ruledMembers'>

/** What persons ruled on works, and where the records they named are. */
export async function readRulings(db: Queryable): Promise<Ruled> {
  const rulings = await db.query<RulingRow>(
    `select ruling_id as "rulingId", kind, side_a as "sideA", side_b as "sideB", head_a as "headA", head_b as "headB", withdraws
       from work_rulings order by ruling_no`,
  )
  const constraints = await db.query<ConstraintRow>(
    'select record_a as "recordA", record_b as "recordB", kind, act_id as "rulingId" from work_constraints',
  )
  const members = await db.query<Ruled['ruledMembers'][number]>(
    `select record_id as "recordId", work_id as "workId" from work_members
      where to_revision is null
        and record_id in (select record_a from work_constraints union select record_b from work_constraints)`,
  )
  const works = await db.query<{ n: number }>("select count(*) as n from works where state = 'live'")
  return {
    liveWorks: works.rows[0]?.n ?? 0,
    rulings: rulings.rows,
    constraints: constraints.rows,
    ruledMembers: members.rows,
  }
}

/** What the matcher keeps of the snapshots it reads. */
export async function readStoredByMatcher(db: Queryable): Promise<readonly (Stored & { readonly group: string })[]> {
  const { rows } = await db.query<Stored & { readonly group: string }>(
    `select 'matcher.records.v1' as group, 'records' as topic, record_id as "objectId", version as revision from records
     union all
     select 'matcher.records.v1', 'records', record_id, version from kept_records
     union all
     select 'matcher.profiles.v1', 'profiles', profile_id, revision from profiles`,
  )
  return rows
}
