import type { DecidedSlot, DecisionAct } from '@atlas/linkage'
import { jsonRows, type Queryable } from '@atlas/runtime'

export interface ActRow {
  readonly profileId: string
  readonly seq: number
  readonly actId: string
  readonly kind: string
  readonly via: string
  readonly candidateId: string | null
  readonly mentions: readonly { readonly key: string; readonly recordId: string }[]
}

/** Keeps acts as the engine reads them; one that is here already stays. */
export async function saveActs(db: Queryable, acts: readonly ActRow[]): Promise<void> {
  if (acts.length === 0) return
  await db.query(
    `insert into mention_acts (profile_id, seq, act_id, kind, via, candidate_id, mention_keys)
     select profile_id, seq, act_id, kind, via, candidate_id, mention_keys
       from json_to_recordset($1) as t(profile_id uuid, seq bigint, act_id uuid, kind text, via text, candidate_id uuid, mention_keys uuid[])
      order by profile_id, seq
     on conflict do nothing`,
    [
      jsonRows(
        acts.map((act) => ({
          profile_id: act.profileId,
          seq: act.seq,
          act_id: act.actId,
          kind: act.kind,
          via: act.via,
          candidate_id: act.candidateId,
          mention_keys: act.mentions.map(({ key }) => key),
        })),
      ),
    ],
  )
  const decided = acts.flatMap(({ profileId, mentions }) => mentions.map(({ recordId }) => ({ recordId, profileId })))
  await db.query(
    `insert into decided_records (record_id, profile_id)
     select distinct * from unnest($1::uuid[], $2::uuid[]) order by 1, 2 on conflict do nothing`,
    [decided.map(({ recordId }) => recordId), decided.map(({ profileId }) => profileId)],
  )
}

/** All acts of these profiles, each in order. */
export async function listActs(
  db: Queryable,
  profileIds: readonly string[],
): Promise<ReadonlyMap<string, readonly DecisionAct[]>> {
  const { rows } = await db.query<{
    profile_id: string
    seq: number
    kind: string
    via: string
    candidate_id: string | null
    mention_keys: string[]
  }>(
    `select profile_id, seq, kind, via, candidate_id, mention_keys from mention_acts
      where profile_id = any($1::uuid[]) order by profile_id, seq`,
    [profileIds],
  )
  return new Map(
    [...Map.groupBy(rows, ({ profile_id }) => profile_id)].map(([profileId, own]) => [profileId, own.map(toAct)]),
  )
}

function toAct(row: {
  readonly seq: number
  readonly kind: string
  readonly via: string
  readonly candidate_id: string | null
  readonly mention_keys: readonly string[]
}): DecisionAct {
  const { seq, kind, via, candidate_id, mention_keys } = row
  const mentions = mention_keys.map((key) => ({ key }))
  return { seq, kind, via, about: candidate_id === null ? null : { candidateId: candidate_id, mentions } }
}

/**
 * Queues the profiles whose persons decided on records that are in these works, or were: what they know may have changed,
 * also where a record left and nothing came in its place. Called in
 * step 2 and not where the works are written, because only there an act that arrived at once is sure to be seen.
 */
export async function addDecidedProfiles(db: Queryable, workIds: readonly string[]): Promise<void> {
  if (workIds.length === 0) return
  await db.query(
    `insert into to_compare (kind, subject, revision)
     select 'evidence', d.profile_id, 0
       from work_members m join decided_records d using (record_id)
      where m.work_id = any($1::uuid[])
      group by d.profile_id`,
    [workIds],
  )
}

/** The live slots that hold one of these mentions, with their works. */
export async function findSlotsOfMentions(
  db: Queryable,
  profileId: string,
  mentionKeys: readonly string[],
): Promise<readonly (DecidedSlot & { readonly mentionKeys: readonly string[] })[]> {
  if (mentionKeys.length === 0) return []
  const { rows } = await db.query<DecidedSlot & { mention_keys: string[] }>(
    `select s.features as slot, w.features as work, s.mention_keys
       from (select distinct m.work_id from decided_records d join work_members m using (record_id)
              where d.profile_id = $1 and m.to_revision is null) mine
       join slots s using (work_id) join works w using (work_id)
      where s.mention_keys && $2::uuid[]
      order by s.slot_id`,
    [profileId, mentionKeys],
  )
  return rows.map(({ slot, work, mention_keys }) => ({ slot, work, mentionKeys: mention_keys }))
}
