import { jsonRows, type Queryable } from '@atlas/runtime'
import type { Candidate } from '@atlas/schemas'

/** A candidate as published, without what its columns hold. */
export type CandidateContent = Pick<
  Candidate,
  | 'kind'
  | 'slotName'
  | 'slotPosition'
  | 'collective'
  | 'title'
  | 'year'
  | 'sources'
  | 'mentions'
  | 'logOdds'
  | 'reasons'
  | 'modelVersion'
  | 'evidence'
  | 'evidenceItems'
  | 'replaces'
>

/** `not_among_best` is stored of candidates that an earlier build withdrew. */
export type WithdrawnReason = 'below_threshold' | 'slot_gone' | 'profile_gone' | 'not_among_best'

export interface CandidateRow {
  readonly candidateId: string
  readonly slotId: string
  readonly profileId: string
  readonly workId: string
  readonly score: number
  readonly withdrawn: boolean
  readonly withdrawnReason: WithdrawnReason | null
  /** JSON text: equal text is an equal claim. */
  readonly content: string
}

const COLUMNS = `c.candidate_id, c.slot_id, c.profile_id, c.work_id, c.score, c.withdrawn, c.withdrawn_reason, c.content::text as content`

interface Row {
  readonly candidate_id: string
  readonly slot_id: string
  readonly profile_id: string
  readonly work_id: string
  readonly score: number
  readonly withdrawn: boolean
  readonly withdrawn_reason: WithdrawnReason | null
  readonly content: string
}

function toCandidate(row: Row): CandidateRow {
  return {
    candidateId: row.candidate_id,
    slotId: row.slot_id,
    profileId: row.profile_id,
    workId: row.work_id,
    score: row.score,
    withdrawn: row.withdrawn,
    withdrawnReason: row.withdrawn_reason,
    content: row.content,
  }
}

/** Every candidate of these slots, withdrawn ones too. */
export async function findCandidatesOfSlots(
  db: Queryable,
  slotIds: readonly string[],
): Promise<readonly CandidateRow[]> {
  if (slotIds.length === 0) return []
  const { rows } = await db.query<Row>(`select ${COLUMNS} from candidates c where c.slot_id = any($1::uuid[])`, [
    slotIds,
  ])
  return rows.map(toCandidate)
}

/** The next live candidates of each profile, in id order, at most `limit` of each. */
export async function listLiveCandidates(
  db: Queryable,
  profiles: readonly { readonly profileId: string; readonly after: string | null }[],
  limit: number,
): Promise<readonly Pick<CandidateRow, 'candidateId' | 'slotId' | 'profileId'>[]> {
  if (profiles.length === 0) return []
  const { rows } = await db.query<Pick<Row, 'candidate_id' | 'slot_id' | 'profile_id'>>(
    `select c.candidate_id, c.slot_id, c.profile_id
       from unnest($1::uuid[], $2::uuid[]) as p(profile_id, after)
      cross join lateral (select candidate_id, slot_id, profile_id from candidates
                           where profile_id = p.profile_id and (p.after is null or candidate_id > p.after) and not withdrawn
                           order by candidate_id limit $3) c
      order by c.profile_id, c.candidate_id`,
    [profiles.map(({ profileId }) => profileId), profiles.map(({ after }) => after), limit],
  )
  return rows.map(({ candidate_id, slot_id, profile_id }) => ({
    candidateId: candidate_id,
    slotId: slot_id,
    profileId: profile_id,
  }))
}

/** Live candidates of slots that are in no work, locked; call it before looking whether the slots live again. */
export async function lockLiveCandidates(db: Queryable, slotIds: readonly string[]): Promise<readonly CandidateRow[]> {
  if (slotIds.length === 0) return []
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from candidates c where c.slot_id = any($1::uuid[]) and not c.withdrawn order by c.candidate_id for update`,
    [slotIds],
  )
  return rows.map(toCandidate)
}

export interface CandidateToSave {
  readonly candidateId: string
  readonly slotId: string
  readonly profileId: string
  readonly workId: string
  readonly revision: number
  readonly workRevision: number
  readonly slotRevision: number
  readonly profileRevision: number
  readonly score: number
  /** null: it is claimed. */
  readonly withdrawnReason: WithdrawnReason | null
  readonly content: CandidateContent
  readonly blockRank: number
  readonly alternatives: number
  readonly recordIds: readonly string[]
}

/**
 * Writes claims, new or changed, those that are withdrawn with what they would rest on; returns the ids of those written: a
 * claim on a newer state stays.
 */
export async function saveCandidates(
  db: Queryable,
  candidates: readonly CandidateToSave[],
): Promise<ReadonlySet<string>> {
  if (candidates.length === 0) return new Set()
  const { rows } = await db.query<{ candidate_id: string }>(
    `insert into candidates as stored (candidate_id, slot_id, profile_id, work_id, revision, work_revision, slot_revision,
            profile_revision, score, withdrawn, withdrawn_reason, content, block_rank, alternatives, record_ids)
     select candidate_id, slot_id, profile_id, work_id, revision, work_revision, slot_revision, profile_revision, score,
            withdrawn_reason is not null, withdrawn_reason, content, block_rank, alternatives, record_ids
       from json_to_recordset($1) as t(candidate_id uuid, slot_id uuid, profile_id uuid, work_id uuid, revision bigint,
            work_revision bigint, slot_revision bigint, profile_revision bigint, score float8, withdrawn_reason text,
            content json, block_rank int, alternatives int, record_ids uuid[])
      order by candidate_id
     on conflict (candidate_id) do update set work_id = excluded.work_id, revision = excluded.revision,
       work_revision = excluded.work_revision, slot_revision = excluded.slot_revision,
       profile_revision = excluded.profile_revision, score = excluded.score, withdrawn = excluded.withdrawn,
       withdrawn_reason = excluded.withdrawn_reason, content = excluded.content, block_rank = excluded.block_rank,
       alternatives = excluded.alternatives, record_ids = excluded.record_ids
      where stored.slot_revision <= excluded.slot_revision and stored.profile_revision <= excluded.profile_revision
     returning candidate_id`,
    [
      jsonRows(
        candidates.map((candidate) => ({
          candidate_id: candidate.candidateId,
          slot_id: candidate.slotId,
          profile_id: candidate.profileId,
          work_id: candidate.workId,
          revision: candidate.revision,
          work_revision: candidate.workRevision,
          slot_revision: candidate.slotRevision,
          profile_revision: candidate.profileRevision,
          score: candidate.score,
          withdrawn_reason: candidate.withdrawnReason,
          content: candidate.content,
          block_rank: candidate.blockRank,
          alternatives: candidate.alternatives,
          record_ids: candidate.recordIds,
        })),
      ),
    ],
  )
  return new Set(rows.map(({ candidate_id }) => candidate_id))
}

/** A live claim whose rivals changed: it says what it said, with another probability. */
export interface Resettled {
  readonly candidateId: string
  readonly profileId: string
  readonly score: number
  readonly blockRank: number
}

/** Writes new probabilities of live claims; the caller holds the locks of their works. */
export async function resettleCandidates(
  db: Queryable,
  candidates: readonly (Resettled & { readonly revision: number })[],
): Promise<void> {
  if (candidates.length === 0) return
  await db.query(
    `update candidates c set score = t.score, block_rank = t.block_rank, revision = t.revision
       from (select * from unnest($1::uuid[], $2::float8[], $3::int[], $4::bigint[]) as u(candidate_id, score, block_rank, revision)
              order by 1) t
      where c.candidate_id = t.candidate_id and not c.withdrawn`,
    [
      candidates.map(({ candidateId }) => candidateId),
      candidates.map(({ score }) => score),
      candidates.map(({ blockRank }) => blockRank),
      candidates.map(({ revision }) => revision),
    ],
  )
}

export interface Withdrawal {
  readonly candidateId: string
  readonly profileId: string
  readonly reason: WithdrawnReason
}

/** The claim is no longer made. What an erased person's claim rested on is forgotten. */
export async function withdrawCandidates(
  db: Queryable,
  withdrawals: readonly (Withdrawal & { readonly revision: number })[],
): Promise<void> {
  if (withdrawals.length === 0) return
  await db.query(
    `update candidates c set withdrawn = true, withdrawn_reason = t.reason, revision = t.revision
       from (select * from unnest($1::uuid[], $2::text[], $3::bigint[]) as u(candidate_id, reason, revision) order by 1) t
      where c.candidate_id = t.candidate_id and not c.withdrawn`,
    [
      withdrawals.map(({ candidateId }) => candidateId),
      withdrawals.map(({ reason }) => reason),
      withdrawals.map(({ revision }) => revision),
    ],
  )
}
