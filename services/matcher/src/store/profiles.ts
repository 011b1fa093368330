import type { DecidedSlot, ProfileFeatures } from '@atlas/linkage'
import { jsonRows, type Queryable } from '@atlas/runtime'
import type { Profile } from '@atlas/schemas'
import type { KeyRow } from './records.ts'

/** Slots a profile's persons decided on, with their works as they are now. */
export interface Known {
  readonly confirmed: readonly DecidedSlot[]
  readonly rejected: readonly DecidedSlot[]
}

export interface ProfileRow {
  readonly profileId: string
  readonly revision: number
  readonly snapshot: Profile
  readonly known: Known
  /** JSON text: equal text is equal features; null unless the profile is active. */
  readonly features: string | null
  readonly featuresNo: number
  readonly keys: readonly string[]
}

/** What is stored of these profiles, locked in id order. */
export async function lockProfiles(db: Queryable, profileIds: readonly string[]): Promise<Map<string, ProfileRow>> {
  const { rows } = await db.query<{
    profile_id: string
    revision: number
    snapshot: Profile
    known: Known
    features: string | null
    features_no: number
    keys: string[]
  }>(
    `select profile_id, revision, snapshot, known, features::text as features, features_no, keys
       from profiles where profile_id = any($1::uuid[]) order by profile_id for update`,
    [profileIds],
  )
  return new Map(
    rows.map((row) => [
      row.profile_id,
      {
        profileId: row.profile_id,
        revision: row.revision,
        snapshot: row.snapshot,
        known: row.known,
        features: row.features,
        featuresNo: row.features_no,
        keys: row.keys,
      },
    ]),
  )
}

export interface ProfileToSave {
  readonly profileId: string
  readonly revision: number
  readonly state: string
  readonly snapshot: unknown
  readonly known: Known
  readonly features: ProfileFeatures | null
  readonly featuresNo: number
  readonly keys: readonly string[]
}

export async function saveProfiles(db: Queryable, profiles: readonly ProfileToSave[]): Promise<void> {
  if (profiles.length === 0) return
  await db.query(
    `insert into profiles (profile_id, revision, state, snapshot, known, features, features_no, keys)
     select profile_id, revision, state, snapshot, known, features, features_no, keys
       from json_to_recordset($1) as t(profile_id uuid, revision bigint, state text, snapshot json, known json, features json,
            features_no bigint, keys text[])
      order by profile_id
     on conflict (profile_id) do update set revision = excluded.revision, state = excluded.state, snapshot = excluded.snapshot,
       known = excluded.known, features = excluded.features, features_no = excluded.features_no, keys = excluded.keys
      where profiles.revision <= excluded.revision`,
    [
      jsonRows(
        profiles.map((profile) => ({
          profile_id: profile.profileId,
          revision: profile.revision,
          state: profile.state,
          snapshot: profile.snapshot,
          known: profile.known,
          features: profile.features,
          features_no: profile.featuresNo,
          keys: profile.keys,
        })),
      ),
    ],
  )
}

export async function addProfileKeys(db: Queryable, rows: readonly KeyRow[]): Promise<void> {
  if (rows.length === 0) return
  await db.query(
    'insert into profile_keys (key, profile_id) select * from unnest($1::text[], $2::uuid[]) order by 1, 2 on conflict do nothing',
    [rows.map(({ key }) => key), rows.map(({ id }) => id)],
  )
}

export async function dropProfileKeys(db: Queryable, rows: readonly KeyRow[]): Promise<void> {
  if (rows.length === 0) return
  await db.query(
    `delete from profile_keys p using unnest($1::text[], $2::uuid[]) as t(key, profile_id)
      where p.key = t.key and p.profile_id = t.profile_id`,
    [rows.map(({ key }) => key), rows.map(({ id }) => id)],
  )
}

/** A profile as the other side of a comparison. */
export interface ComparedProfile {
  readonly profileId: string
  readonly revision: number
  readonly featuresNo: number
  /** null once merged or erased. */
  readonly features: ProfileFeatures | null
  readonly keys: readonly string[]
}

export function loadProfiles(db: Queryable, profileIds: readonly string[]): Promise<readonly ComparedProfile[]> {
  return readProfiles(db, profileIds, '')
}

/** The same; nobody can change them until the end of the transaction. */
export function holdFeatures(db: Queryable, profileIds: readonly string[]): Promise<readonly ComparedProfile[]> {
  return readProfiles(db, profileIds, 'order by profile_id for share')
}

async function readProfiles(
  db: Queryable,
  profileIds: readonly string[],
  how: string,
): Promise<readonly ComparedProfile[]> {
  if (profileIds.length === 0) return []
  const { rows } = await db.query<{
    profile_id: string
    revision: number
    features_no: number
    features: ProfileFeatures | null
    keys: string[]
  }>(
    `select profile_id, revision, features_no, features, keys from profiles where profile_id = any($1::uuid[]) ${how}`,
    [profileIds],
  )
  return rows.map((row) => ({
    profileId: row.profile_id,
    revision: row.revision,
    featuresNo: row.features_no,
    features: row.features,
    keys: row.keys,
  }))
}

/** The current features number of each; nobody can change them until the end of the transaction. */
export async function holdProfiles(db: Queryable, profileIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (profileIds.length === 0) return new Map()
  const { rows } = await db.query<{ profile_id: string; features_no: number }>(
    'select profile_id, features_no from profiles where profile_id = any($1::uuid[]) order by profile_id for share',
    [profileIds],
  )
  return new Map(rows.map(({ profile_id, features_no }) => [profile_id, features_no]))
}
