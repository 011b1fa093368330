import { snapshotEventId } from '@atlas/identifiers'
import type { Queryable } from '@atlas/runtime'
import type { Authorship } from '@atlas/schemas'

interface Row {
  readonly authorship_id: string
  readonly revision: number
  readonly profile_id: string
  readonly work_id: string
  readonly slot_id: string
  readonly work_revision: number | null
  readonly state: string
  readonly status: string
  readonly act_id: string
  readonly verified_at_ms: number | null
  readonly score: number | null
  readonly question_version: number
  readonly position: number
  readonly corresponding: boolean
  readonly flags: string[]
  readonly contributions: Authorship['contributions']
  readonly title: string | null
  readonly year: number | null
  readonly type: string
  readonly doi: string | null
}

/** The authorships with these ids that exist, as they are told. */
export async function findAuthorships(db: Queryable, ids: readonly string[]): Promise<readonly Authorship[]> {
  const { rows } = await db.query<Row>(
    `select authorship_id, revision, profile_id, work_id, slot_id, work_revision, state, status, act_id, verified_at_ms,
            score, question_version, position, corresponding, flags, contributions, title, year, type, doi
       from authorships where authorship_id = any($1::uuid[])`,
    [ids],
  )
  return rows.map((row) => ({
    eventId: snapshotEventId('authorships', row.authorship_id, row.revision),
    revision: row.revision,
    authorshipId: row.authorship_id,
    profileId: row.profile_id,
    workId: row.work_id,
    slotId: row.slot_id,
    workRevision: row.work_revision,
    state: row.state,
    status: row.status,
    actId: row.act_id,
    verifiedAt: row.verified_at_ms,
    score: row.score,
    questionVersion: row.question_version,
    position: row.position,
    corresponding: row.corresponding,
    flags: row.flags,
    contributions: row.contributions,
    title: row.title,
    year: row.year,
    type: row.type,
    doi: row.doi,
  }))
}

/** The next ids, in order. */
export async function listAuthorshipIds(
  db: Queryable,
  after: string | undefined,
  limit: number,
): Promise<readonly string[]> {
  const { rows } = await db.query<{ authorship_id: string }>(
    'select authorship_id from authorships where $1::uuid is null or authorship_id > $1 order by authorship_id limit $2',
    [after ?? null, limit],
  )
  return rows.map((row) => row.authorship_id)
}
