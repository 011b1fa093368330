import { keysOfProfile, profileFeaturesOf } from '@atlas/matcher/profile-features'
import { type BinaryColumn, copyBinary, type Tx } from '@atlas/runtime'
import type { StoredPerson } from '../people/stored.ts'

interface ProfileRow {
  readonly person: StoredPerson
  readonly features: string
  readonly featuresNo: number
  readonly keys: readonly string[]
}

interface KeyRow {
  readonly key: string
  readonly profileId: string
}

/** Rows of profiles and of their keys, as `placeProfiles` leaves them. */
export interface ProfileRows {
  readonly profiles: readonly ProfileRow[]
  readonly keys: readonly KeyRow[]
}

/** `numbered`: the number of the first one's features, which grows with every profile. */
export function profileRows(people: readonly StoredPerson[], numbered: number): ProfileRows {
  const profiles = people.map((person, at): ProfileRow => {
    const features = profileFeaturesOf(person.profile, person.known)
    return { person, features: JSON.stringify(features), featuresNo: numbered + at, keys: keysOfProfile(features) }
  })
  return {
    profiles,
    keys: profiles.flatMap(({ person: { profile }, keys }) =>
      keys.map((key) => ({ key, profileId: profile.profileId })),
    ),
  }
}

const PROFILE: readonly BinaryColumn<ProfileRow>[] = [
  { name: 'profile_id', type: 'uuid', of: ({ person }) => person.profile.profileId },
  { name: 'revision', type: 'int8', of: ({ person }) => person.profile.revision },
  { name: 'state', type: 'text', of: ({ person }) => person.profile.state },
  { name: 'snapshot', type: 'text', of: ({ person }) => JSON.stringify(person.profile) },
  { name: 'known', type: 'text', of: ({ person }) => JSON.stringify(person.known) },
  { name: 'features', type: 'text', of: ({ features }) => features },
  { name: 'features_no', type: 'int8', of: ({ featuresNo }) => featuresNo },
  { name: 'keys', type: 'texts', of: ({ keys }) => keys },
]
const KEY: readonly BinaryColumn<KeyRow>[] = [
  { name: 'key', type: 'text', of: ({ key }) => key },
  { name: 'profile_id', type: 'uuid', of: ({ profileId }) => profileId },
]

export async function copyProfiles(tx: Tx, { profiles, keys }: ProfileRows): Promise<void> {
  await copyBinary(tx, 'profiles', PROFILE, profiles)
  await copyBinary(tx, 'profile_keys', KEY, keys)
}
