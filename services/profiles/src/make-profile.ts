import type { Ids } from '@atlas/runtime'
import { type IdentityWish, isRefusal, normaliseIdentity, type Refusal } from './decide-profile.ts'
import type { ProfileIdentity, ProfileSettings } from './profile.ts'
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

/** A new active profile as the request wishes it, or what is wrong with its identities. */
export function makeProfile(request: ProfileRequest, ids: Ids): ProfileState | Refusal {
  const identities: ProfileIdentity[] = []
  for (const wish of request.identities) {
    const identity = normaliseIdentity(wish satisfies IdentityWish, ids.next())
    if (isRefusal(identity)) return identity
    if (!identities.some(({ type, value }) => type === identity.type && value === identity.value))
      identities.push(identity)
  }
  const names =
    request.names.length > 0 ? request.names : [{ name: request.displayName, given: null, family: null, primary: true }]
  const primary = Math.max(
    0,
    names.findIndex((name) => name.primary),
  )
  return {
    profileId: request.profileId?.toLowerCase() ?? ids.next(),
    state: 'active',
    mergedInto: null,
    displayName: request.displayName,
    bio: request.bio,
    institutionId: request.institutionId,
    institutions: request.institutions,
    names: names.map((name, index) => ({ ...name, primary: index === primary })),
    identities,
    affiliations: request.affiliations,
    settings: { ...DEFAULT_SETTINGS, ...given(request.settings) },
  }
}

/** The settings that were named: an absent one keeps its value. */
export function given<T extends object>(settings: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>
  }
}
