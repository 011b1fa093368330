import type { Queryable, Tx } from '@atlas/runtime'
import type { ProfileAffiliation, ProfileIdentity, ProfileName, StoredProfile } from '../profile.ts'

interface Row {
  readonly profile_id: string
  readonly revision: number
  readonly state: StoredProfile['state']
  readonly merged_into: string | null
  readonly display_name: string
  readonly bio: string | null
  readonly institution_id: string | null
  readonly institutions: string[]
  readonly auto_confirm_threshold: number | null
  readonly auto_reject_threshold: number | null
  readonly watched_sources: string[]
  readonly visibility: StoredProfile['settings']['visibility']
  readonly language: string
  readonly notification_frequency: StoredProfile['settings']['notificationFrequency']
  readonly names: ProfileName[]
  readonly identities: ProfileIdentity[]
  readonly affiliations: ProfileAffiliation[]
}

const SELECT = `
select p.profile_id, p.revision, p.state, p.merged_into, p.display_name, p.bio, p.institution_id, p.institutions,
       p.auto_confirm_threshold, p.auto_reject_threshold, p.watched_sources, p.visibility, p.language, p.notification_frequency,
       coalesce((select json_agg(json_build_object('name', n.name, 'given', n.given, 'family', n.family, 'primary', n.is_primary) order by n.position)
                   from profile_names n where n.profile_id = p.profile_id), '[]') as names,
       coalesce((select json_agg(json_build_object('identityId', i.identity_id, 'type', i.type, 'value', i.value, 'primary', i.is_primary,
                        'method', i.method, 'verifiedAt', to_char(i.verified_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                        'policy', i.policy, 'ownership', i.ownership) order by i.identity_id)
                   from profile_identities i where i.profile_id = p.profile_id), '[]') as identities,
       coalesce((select json_agg(json_build_object('name', a.name, 'ror', a.ror, 'country', a.country, 'fromYear', a.from_year, 'toYear', a.to_year) order by a.position)
                   from profile_affiliations a where a.profile_id = p.profile_id), '[]') as affiliations
  from author_profiles p`

/** The profiles with these ids that exist, in no order. */
export async function findProfiles(db: Queryable, profileIds: readonly string[]): Promise<readonly StoredProfile[]> {
  return (await db.query<Row>(`${SELECT} where p.profile_id = any($1::uuid[])`, [profileIds])).rows.map(toProfile)
}

/**
 * Locks these profiles, also those that do not exist yet, until the transaction ends; returns those that do. In the order
 * of ids: two batches that share profiles would deadlock otherwise.
 */
export async function lockProfiles(tx: Tx, profileIds: readonly string[]): Promise<ReadonlyMap<string, StoredProfile>> {
  // A row that is not there cannot be locked, and two who make it would each believe to be the first.
  await tx.query(
    `select pg_advisory_xact_lock(hashtextextended(id::text, 0)) from (select unnest($1::uuid[]) as id order by 1) i`,
    [profileIds],
  )
  return new Map((await findProfiles(tx, profileIds)).map((profile) => [profile.profileId, profile]))
}

/** Those of these identities that another profile than the claiming one has proved. */
export async function findTaken(
  db: Queryable,
  claims: readonly { readonly profileId: string; readonly type: string; readonly value: string }[],
): Promise<readonly { readonly type: string; readonly value: string }[]> {
  const { rows } = await db.query<{ type: string; value: string }>(
    `select distinct i.type, i.value
       from unnest($1::uuid[], $2::text[], $3::text[]) as c(profile_id, type, value)
       join profile_identities i on i.type = c.type and i.value = c.value and i.profile_id <> c.profile_id
      where i.verified_at is not null`,
    [claims.map((claim) => claim.profileId), claims.map((claim) => claim.type), claims.map((claim) => claim.value)],
  )
  return rows
}

/** Who claims this identity, proved claims first. */
export async function findByIdentity(db: Queryable, type: string, value: string): Promise<readonly StoredProfile[]> {
  const { rows } = await db.query<Row>(
    `${SELECT} join profile_identities f using (profile_id) where f.type = $1 and f.value = $2 order by f.verified_at nulls last, p.profile_id`,
    [type, value],
  )
  return rows.map(toProfile)
}

/** The next page of ids, in order. */
export async function listProfileIds(db: Queryable, after: string | null, limit: number): Promise<readonly string[]> {
  const { rows } = await db.query<{ profile_id: string }>(
    'select profile_id from author_profiles where $1::uuid is null or profile_id > $1 order by profile_id limit $2',
    [after, limit],
  )
  return rows.map((row) => row.profile_id)
}

function toProfile(row: Row): StoredProfile {
  return {
    profileId: row.profile_id,
    revision: row.revision,
    state: row.state,
    mergedInto: row.merged_into,
    displayName: row.display_name,
    bio: row.bio,
    institutionId: row.institution_id,
    institutions: row.institutions,
    names: row.names,
    identities: row.identities,
    affiliations: row.affiliations,
    settings: {
      autoConfirmThreshold: row.auto_confirm_threshold,
      autoRejectThreshold: row.auto_reject_threshold,
      watchedSources: row.watched_sources,
      visibility: row.visibility,
      language: row.language,
      notificationFrequency: row.notification_frequency,
    },
  }
}
