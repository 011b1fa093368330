import { allKeys, type ProfileFeatures, profileKeys } from '@atlas/linkage'
import type { Profile } from '@atlas/schemas'
import type { Known } from './store/profiles.ts'

/** What of a profile is compared: its snapshot and what its persons decided. Null once it is nobody's any more. */
export function profileFeaturesOf(profile: Profile, known: Known): ProfileFeatures | null {
  if (profile.state !== 'active') return null
  return {
    profileId: profile.profileId,
    names: profile.names.map(({ name, given, family }) => ({ name, given, family })),
    identities: profile.identities.map(({ type, value, verifiedAt, policy, ownership }) => ({
      type,
      value,
      verifiedAt,
      policy,
      ownership,
    })),
    affiliations: profile.affiliations.map(({ name, ror, country, fromYear, toYear }) => ({
      name,
      ror,
      country,
      fromYear,
      toYear,
    })),
    confirmed: known.confirmed,
    rejected: known.rejected,
  }
}

/** The keys a profile stands under: its own and all narrower ones, for the blocks that turn out too wide. */
export function keysOfProfile(features: ProfileFeatures | null): readonly string[] {
  return features ? allKeys(profileKeys(features)).map(({ key }) => key) : []
}
