import type { Queryable } from '@atlas/runtime'
import type { Profile } from '@atlas/schemas'

export interface SavedProfiles {
  /** Written, as they were newer than what was stored. */
  readonly written: ReadonlySet<string>
  /** Of those, the ones whose questions may stand otherwise now. */
  readonly changed: readonly string[]
}

/** Stores what decides about a profile's questions, over older states only. */
export async function saveProfiles(db: Queryable, profiles: readonly Profile[]): Promise<SavedProfiles> {
  const ids = profiles.map((profile) => profile.profileId)
  const { rows: before } = await db.query<{ profile_id: string; settings: string }>(
    `select profile_id, row(state, auto_confirm_threshold, auto_reject_threshold)::text as settings
       from profiles where profile_id = any($1::uuid[]) order by profile_id for update`,
    [ids],
  )
  const { rows: after } = await db.query<{ profile_id: string; settings: string; plain: boolean }>(
    `insert into profiles as p (profile_id, revision, state, merged_into, auto_confirm_threshold, auto_reject_threshold)
     select * from unnest($1::uuid[], $2::bigint[], $3::text[], $4::uuid[], $5::float8[], $6::float8[])
     on conflict (profile_id) do update set revision = excluded.revision, state = excluded.state,
       merged_into = excluded.merged_into, auto_confirm_threshold = excluded.auto_confirm_threshold,
       auto_reject_threshold = excluded.auto_reject_threshold
      where p.revision < excluded.revision
     returning p.profile_id, row(p.state, p.auto_confirm_threshold, p.auto_reject_threshold)::text as settings,
       p.state = 'active' and p.auto_confirm_threshold is null and p.auto_reject_threshold is null as plain`,
    [
      ids,
      profiles.map((profile) => profile.revision),
      profiles.map((profile) => profile.state),
      profiles.map((profile) => profile.mergedInto),
      profiles.map((profile) => profile.autoConfirmThreshold),
      profiles.map((profile) => profile.autoRejectThreshold),
    ],
  )
  const known = new Map(before.map((row) => [row.profile_id, row.settings]))
  // A profile not heard of before stands as one that is there and has nothing automatic.
  const changed = after.filter(({ profile_id, settings, plain }) => {
    const stored = known.get(profile_id)
    return stored === undefined ? !plain : stored !== settings
  })
  return { written: new Set(after.map((row) => row.profile_id)), changed: changed.map((row) => row.profile_id) }
}

/** Of these profiles, those that were erased. */
export async function findErased(db: Queryable, profileIds: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await db.query<{ profile_id: string }>(
    `select profile_id from profiles where profile_id = any($1::uuid[]) and state = 'erased'`,
    [profileIds],
  )
  return new Set(rows.map((row) => row.profile_id))
}
