import { snapshotEventId } from '@atlas/identifiers'
import type { CurrentState } from '@atlas/runtime'
import type { Codec, Profile } from '@atlas/schemas'
import type { StoredProfile } from './profile.ts'

/** What others need to know of a person. An erased or merged profile keeps nothing but its state. */
export function snapshotOf(profile: StoredProfile): Profile {
  const { profileId, revision, state, mergedInto, settings } = profile
  const known = state === 'active'
  return {
    eventId: snapshotEventId('profiles', profileId, revision),
    revision,
    profileId,
    state,
    mergedInto,
    displayName: known ? profile.displayName : '',
    names: known ? profile.names : [],
    identities: known
      ? profile.identities.map((identity) => ({
          ...identity,
          verifiedAt: identity.verifiedAt === null ? null : Date.parse(identity.verifiedAt),
        }))
      : [],
    affiliations: known ? profile.affiliations : [],
    institutionId: known ? profile.institutionId : null,
    institutions: known ? profile.institutions : [],
    ...settings,
  }
}

export function currentState(codec: Codec, profile: StoredProfile): CurrentState {
  const value = snapshotOf(profile)
  return {
    objectId: profile.profileId,
    key: profile.profileId,
    revision: profile.revision,
    eventId: value.eventId,
    type: 'profile',
    value: codec.encode('profiles', value),
  }
}
