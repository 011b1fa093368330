import type { Queryable } from '@atlas/runtime'
import type { CandidateRow, RecordState, Stored } from './dumps.ts'

export async function readRecordStates(db: Queryable): Promise<readonly RecordState[]> {
  const { rows } = await db.query<RecordState>(
    'select record_id as "recordId", version, state, n_candidates as candidates from record_states',
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

/** What the matcher keeps of the snapshots it reads. */
export async function readStoredByMatcher(db: Queryable): Promise<readonly (Stored & { readonly group: string })[]> {
  const { rows } = await db.query<Stored & { readonly group: string }>(
    `select 'matcher.records.v1' as group, 'records' as topic, record_id as "objectId", version as revision from records
     union all
     select 'matcher.profiles.v1', 'profiles', profile_id, revision from profiles`,
  )
  return rows
}
