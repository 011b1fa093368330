import type { Ids } from '@atlas/runtime'
import { isRefusal, type Refusal, sameIdentity, tooMany } from './decide-profile.ts'
import { normaliseIdentity } from './normalise-identity.ts'
import type { ProfileIdentity, ProfileName, ProfileSettings, StoredProfile } from './profile.ts'
import type { ProfileRequest } from './requests.ts'
import type { ProfileState } from './store/save-profiles.ts'

export const DEFAULT_SETTINGS: ProfileSettings = {
  autoConfirmThreshold: null,
  autoRejectThreshold: null,
  watchedSources: [],
  visibility: 'institution',
  language: 'en',
  notificationFrequency: 'weekly',
}

/**
 * An active profile as the request wishes it, or what is wrong with its identities. What the request does not name is
 * as in `stored`, else empty: a profile that is imported again keeps what its person has set.
 */
export function makeProfile(
  request: ProfileRequest,
  ids: Ids,
  stored: StoredProfile | undefined,
): ProfileState | Refusal {
  const { profileId, names, identities, settings, ...named } = given(request)
  const wished = identities === undefined ? (stored?.identities ?? []) : identitiesOf(identities, ids)
  if (isRefusal(wished)) return wished
  return {
    bio: stored?.bio ?? null,
    institutionId: stored?.institutionId ?? null,
    institutions: stored?.institutions ?? [],
    affiliations: stored?.affiliations ?? [],
    ...named,
    profileId: profileId ?? ids.next(),
    state: 'active',
    mergedInto: null,
    names: names && names.length > 0 ? onePrimary(names) : (stored?.names ?? [onlyName(request.displayName)]),
    identities: wished,
    settings: { ...(stored?.settings ?? DEFAULT_SETTINGS), ...given(settings ?? {}) },
  }
}

/** The values that were named: an absent one says nothing. */
export function given<T extends object>(values: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]: Exclude<T[Key], undefined>
  }
}

/** Exactly one name is shown: the first that says so, else the first. */
export function onePrimary(names: readonly ProfileName[]): readonly ProfileName[] {
  const primary = Math.max(
    0,
    names.findIndex((name) => name.primary),
  )
  return names.map((name, index) => ({ ...name, primary: index === primary }))
}

function onlyName(name: string): ProfileName {
  return { name, given: null, family: null, primary: true }
}

function identitiesOf(
  wishes: NonNullable<ProfileRequest['identities']>,
  ids: Ids,
): readonly ProfileIdentity[] | Refusal {
  const identities: ProfileIdentity[] = []
  for (const wish of wishes) {
    const identity = normaliseIdentity(wish, ids.next())
    if (isRefusal(identity)) return identity
    if (identities.some((held) => sameIdentity(held, identity))) continue
    const taken = identities.some((held) => held.type === identity.type && held.primary)
    identities.push({ ...identity, primary: identity.primary && !taken })
  }
  return tooMany(identities) ?? identities
}
