import type { Queryable } from '@atlas/runtime'
import type { StoredProfile } from '../profile.ts'

/** A profile without its number: that is drawn here, under the row's lock. */
export type ProfileState = Omit<StoredProfile, 'revision'>

/** Writes whole states, new or changed; the caller holds their locks, so that the numbers grow with the states. */
export async function saveProfiles(db: Queryable, profiles: readonly ProfileState[]): Promise<void> {
  const column = <T>(of: (profile: ProfileState) => T): T[] => profiles.map(of)
  await db.query(
    `insert into author_profiles (profile_id, revision, state, merged_into, display_name, bio, institution_id, institutions,
            auto_confirm_threshold, auto_reject_threshold, watched_sources, visibility, language, notification_frequency)
     select profile_id, nextval('profile_revision'), state, merged_into, display_name, bio, institution_id,
            array(select jsonb_array_elements_text(institutions)), auto_confirm, auto_reject,
            array(select jsonb_array_elements_text(watched)), visibility, language, frequency
       from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::float8[], $9::float8[],
                   $10::jsonb[], $11::text[], $12::text[], $13::text[])
         as t(profile_id, state, merged_into, display_name, bio, institution_id, institutions, auto_confirm, auto_reject, watched, visibility, language, frequency)
     on conflict (profile_id) do update set
       revision = excluded.revision, state = excluded.state, merged_into = excluded.merged_into, display_name = excluded.display_name,
       bio = excluded.bio, institution_id = excluded.institution_id, institutions = excluded.institutions,
       auto_confirm_threshold = excluded.auto_confirm_threshold, auto_reject_threshold = excluded.auto_reject_threshold,
       watched_sources = excluded.watched_sources, visibility = excluded.visibility, language = excluded.language,
       notification_frequency = excluded.notification_frequency, updated_at = now()`,
    [
      column((p) => p.profileId),
      column((p) => p.state),
      column((p) => p.mergedInto),
      column((p) => p.displayName),
      column((p) => p.bio),
      column((p) => p.institutionId),
      column((p) => JSON.stringify(p.institutions)),
      column((p) => p.settings.autoConfirmThreshold),
      column((p) => p.settings.autoRejectThreshold),
      column((p) => JSON.stringify(p.settings.watchedSources)),
      column((p) => p.settings.visibility),
      column((p) => p.settings.language),
      column((p) => p.settings.notificationFrequency),
    ],
  )
  await replaceParts(db, profiles)
}

/** Thrown by `saveProfiles` when another profile has proved one of the identities. */
export function isTakenError(error: unknown): boolean {
  return error instanceof Error && 'constraint' in error && error.constraint === 'verified_identity_of_one_profile'
}

async function replaceParts(db: Queryable, profiles: readonly ProfileState[]): Promise<void> {
  const ids = profiles.map((profile) => profile.profileId)
  for (const table of ['profile_names', 'profile_identities', 'profile_affiliations'])
    await db.query(`delete from ${table} where profile_id = any($1::uuid[])`, [ids])
  await insertRows(
    db,
    `insert into profile_names (profile_id, position, name, given, family, is_primary)
     select profile_id, position, name, given, family, "primary" from rows_of`,
    'profile_id uuid, position int, name text, given text, family text, "primary" boolean',
    profiles.flatMap((p) => p.names.map((name, index) => ({ profile_id: p.profileId, position: index + 1, ...name }))),
  )
  await insertRows(
    db,
    `insert into profile_identities (identity_id, profile_id, type, value, is_primary, method, verified_at, policy, ownership)
     select "identityId", profile_id, type, value, "primary", method, "verifiedAt", policy, ownership from rows_of`,
    '"identityId" uuid, profile_id uuid, type text, value text, "primary" boolean, method text, "verifiedAt" timestamptz, policy text, ownership text',
    profiles.flatMap((p) => p.identities.map((identity) => ({ profile_id: p.profileId, ...identity }))),
  )
  await insertRows(
    db,
    `insert into profile_affiliations (profile_id, position, name, ror, country, from_year, to_year)
     select profile_id, position, name, ror, country, "fromYear", "toYear" from rows_of`,
    'profile_id uuid, position int, name text, ror text, country text, "fromYear" int, "toYear" int',
    profiles.flatMap((p) =>
      p.affiliations.map((affiliation, index) => ({ profile_id: p.profileId, position: index + 1, ...affiliation })),
    ),
  )
}

/** One statement for all rows of a table, whatever their number. */
async function insertRows(db: Queryable, insert: string, columns: string, rows: readonly object[]): Promise<void> {
  if (rows.length === 0) return
  await db.query(insert.replace('from rows_of', `from jsonb_to_recordset($1::jsonb) as r(${columns})`), [
    JSON.stringify(rows),
  ])
}
