import { type Queryable, readAsJson } from '@atlas/runtime'
import type { WorkAdditions } from '../kept/additions.ts'
import type { WorkContent } from '../place/make-work.ts'
import type { CandidateContent, WithdrawnReason } from './candidates.ts'

export interface PublishedWork {
  readonly workId: string
  readonly revision: number
  readonly state: string
  readonly redirectTo: string | null
  readonly content: WorkContent
  /** Nothing where an earlier build wrote the work. */
  readonly additions: Partial<WorkAdditions>
  readonly slotRevisions: readonly number[]
  readonly causedBy: readonly string[]
}

export async function loadPublishedWorks(db: Queryable, workIds: readonly string[]): Promise<readonly PublishedWork[]> {
  const rows = await readAsJson<{
    work_id: string
    revision: number
    state: string
    redirect_to: string | null
    content: WorkContent
    additions: Partial<WorkAdditions>
    slot_revisions: number[]
    caused_by: string[]
  }>(
    db,
    `select work_id, revision, state, redirect_to, content, additions, slot_revisions, caused_by
       from works where work_id = any($1::uuid[])`,
    [workIds],
  )
  return rows.map((row) => ({
    workId: row.work_id,
    revision: row.revision,
    state: row.state,
    redirectTo: row.redirect_to,
    content: row.content,
    additions: row.additions,
    slotRevisions: row.slot_revisions,
    causedBy: row.caused_by,
  }))
}

export interface PublishedCandidate {
  readonly candidateId: string
  readonly slotId: string
  readonly profileId: string
  readonly workId: string
  readonly revision: number
  readonly workRevision: number
  readonly slotRevision: number
  readonly profileRevision: number
  readonly score: number
  readonly withdrawn: boolean
  readonly withdrawnReason: WithdrawnReason | null
  readonly content: CandidateContent
  readonly blockRank: number
  readonly alternatives: number
  readonly recordIds: readonly string[]
  readonly createdAt: number
}

export async function loadPublishedCandidates(
  db: Queryable,
  candidateIds: readonly string[],
): Promise<readonly PublishedCandidate[]> {
  const rows = await readAsJson<{
    candidate_id: string
    slot_id: string
    profile_id: string
    work_id: string
    revision: number
    work_revision: number
    slot_revision: number
    profile_revision: number
    score: number
    withdrawn: boolean
    withdrawn_reason: WithdrawnReason | null
    content: CandidateContent
    block_rank: number
    alternatives: number
    record_ids: string[]
    created_at_ms: number
  }>(
    db,
    `select candidate_id, slot_id, profile_id, work_id, revision, work_revision, slot_revision, profile_revision, score,
            withdrawn, withdrawn_reason, content, block_rank, alternatives, record_ids,
            floor(extract(epoch from created_at) * 1000)::bigint as created_at_ms
       from candidates where candidate_id = any($1::uuid[])`,
    [candidateIds],
  )
  return rows.map((row) => ({
    candidateId: row.candidate_id,
    slotId: row.slot_id,
    profileId: row.profile_id,
    workId: row.work_id,
    revision: row.revision,
    workRevision: row.work_revision,
    slotRevision: row.slot_revision,
    profileRevision: row.profile_revision,
    score: row.score,
    withdrawn: row.withdrawn,
    withdrawnReason: row.withdrawn_reason,
    content: row.content,
    blockRank: row.block_rank,
    alternatives: row.alternatives,
    recordIds: row.record_ids,
    createdAt: row.created_at_ms,
  }))
}

/** The next page of ids, in order: every work that was ever published. */
export async function listWorkIds(db: Queryable, after: string | null, limit: number): Promise<readonly string[]> {
  const { rows } = await db.query<{ id: string }>(
    'select work_id as id from works where $1::uuid is null or work_id > $1 order by work_id limit $2',
    [after, limit],
  )
  return rows.map(({ id }) => id)
}

/** The next page of ids, in order: every candidate that was ever published. */
export async function listCandidateIds(db: Queryable, after: string | null, limit: number): Promise<readonly string[]> {
  const { rows } = await db.query<{ id: string }>(
    'select candidate_id as id from candidates where $1::uuid is null or candidate_id > $1 order by candidate_id limit $2',
    [after, limit],
  )
  return rows.map(({ id }) => id)
}

/** The next page of ids, in order. */
export async function listProfileIds(db: Queryable, after: string | null, limit: number): Promise<readonly string[]> {
  const { rows } = await db.query<{ id: string }>(
    'select profile_id as id from profiles where $1::uuid is null or profile_id > $1 order by profile_id limit $2',
    [after, limit],
  )
  return rows.map(({ id }) => id)
}
