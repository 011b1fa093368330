import { type KeyChoice, type ProfileFeatures, profileKeys } from '@atlas/linkage'
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

/** The keys a profile stands under: its own and the narrower ones, for the blocks that turn out too wide. */
export function keysOfProfile(features: ProfileFeatures | null): readonly string[] {
  if (!features) return []
  const keys = new Set<string>()
  for (const choice of profileKeys(features)) for (const key of keysOfChoice(choice)) keys.add(key)
  return [...keys].sort()
}

// A slot never stands under a key the model knows as frequent, so nothing would be found there.
function keysOfChoice({ key, frequent, narrower }: KeyChoice): readonly string[] {
  const narrow = narrower.map(({ key }) => key)
  return frequent ? narrow : [key, ...narrow]
}
