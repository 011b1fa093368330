import { isDeepStrictEqual } from 'node:util'
import type { ProfileIdentity, StoredProfile } from './profile.ts'
import type { ProfileState } from './store/save-profiles.ts'

/** What is wrong with a wished state, in the words of the answer. */
export interface Refusal {
  readonly status: number
  readonly code: string
  readonly detail: string
}

const MAX_IDENTITIES = 500

/** Adds an identity; the same one twice and one too many are refused. A new primary one takes the place of the old. Pure. */
export function withIdentity(profile: StoredProfile, identity: ProfileIdentity): StoredProfile | Refusal {
  if (profile.identities.some((held) => sameIdentity(held, identity)))
    return { status: 409, code: 'identity_exists', detail: 'the profile has this identity already' }
  const others = identity.primary
    ? profile.identities.map((held) => (held.type === identity.type ? { ...held, primary: false } : held))
    : profile.identities
  const identities = [...others, identity]
  return tooMany(identities) ?? { ...profile, identities }
}

/** Removes an identity; the primary one stays. Pure. */
export function withoutIdentity(profile: StoredProfile, identityId: string): StoredProfile | Refusal {
  const identity = profile.identities.find((candidate) => candidate.identityId === identityId)
  if (!identity) return { status: 404, code: 'not_found', detail: 'the profile has no such identity' }
  if (identity.primary)
    return { status: 409, code: 'primary_identity', detail: 'the primary identity cannot be removed' }
  return { ...profile, identities: profile.identities.filter((candidate) => candidate !== identity) }
}

/**
 * The state of a profile that is made again with its id: the very same object when nothing differs, so that a repeat
 * publishes nothing. An identity it had keeps its id and, unless the wish brings a proof of its own, its proof. Pure.
 */
export function remade(stored: StoredProfile, wished: ProfileState): StoredProfile | Refusal {
  if (stored.state === 'erased')
    return { status: 410, code: 'erased', detail: 'this profile was erased and cannot be made again' }
  if (stored.state === 'merged')
    return { status: 409, code: 'profile_merged', detail: 'this profile is part of another now' }
  const identities = wished.identities.map((identity) => {
    const held = stored.identities.find((candidate) => sameIdentity(candidate, identity))
    if (!held) return identity
    const proof =
      identity.verifiedAt === null && held.verifiedAt !== null
        ? { verifiedAt: held.verifiedAt, method: held.method }
        : { verifiedAt: identity.verifiedAt, method: identity.method }
    return { ...identity, ...proof, identityId: held.identityId }
  })
  const next: StoredProfile = { ...wished, identities, revision: stored.revision }
  return isDeepStrictEqual(canonical(next), canonical(stored)) ? stored : next
}

/** The profile with these parts; the very same object when it has them already. Pure. */
export function unlessSame(profile: StoredProfile, parts: Partial<StoredProfile>): StoredProfile {
  const next = { ...profile, ...parts }
  return isDeepStrictEqual(next, profile) ? profile : next
}

/** More identities than a profile may have, said once for every way to get there. */
export function tooMany(identities: readonly ProfileIdentity[]): Refusal | undefined {
  return identities.length > MAX_IDENTITIES
    ? { status: 422, code: 'too_many_identities', detail: `a profile has at most ${MAX_IDENTITIES} identities` }
    : undefined
}

/** Two entries for one identity: whatever is said of it, its type and value name it. */
export function sameIdentity(
  a: Pick<ProfileIdentity, 'type' | 'value'>,
  b: Pick<ProfileIdentity, 'type' | 'value'>,
): boolean {
  return a.type === b.type && a.value === b.value
}

export function isRefusal(result: object): result is Refusal {
  return 'status' in result && typeof result.status === 'number'
}

/** Identities have no order of their own. */
function canonical(profile: StoredProfile): StoredProfile {
  const identities = [...profile.identities].sort((a, b) => (a.identityId < b.identityId ? -1 : 1))
  return { ...profile, identities }
}
