import { parseOrcid } from '@atlas/identifiers'
import type { ProfileIdentity, StoredProfile } from './profile.ts'

/** What is wrong with a wished state, in the words of the answer. */
export interface Refusal {
  readonly status: number
  readonly code: string
  readonly detail: string
}

export type IdentityWish = Omit<ProfileIdentity, 'identityId' | 'verifiedAt'> & { readonly verifiedAt?: string | null }

const MAX_IDENTITIES = 500

/** The identity in its normal form, or why it cannot be one. Pure. */
export function normaliseIdentity(wish: IdentityWish, identityId: string): ProfileIdentity | Refusal {
  const value = normalValue(wish.type, wish.value)
  if (value === undefined)
    return wish.type === 'orcid'
      ? {
          status: 400,
          code: 'invalid_orcid',
          detail: 'an ORCID iD has 16 characters of which the last is a check digit',
        }
      : { status: 400, code: 'invalid_field', detail: `this is not a value of type "${wish.type}"` }
  return { ...wish, identityId, value, verifiedAt: wish.verifiedAt ?? null }
}

function normalValue(type: string, value: string): string | undefined {
  const text = value.trim()
  if (type === 'orcid') return parseOrcid(text)
  if (type === 'email') return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? text.toLowerCase() : undefined
  return text === '' ? undefined : text
}

/** Adds an identity; the same one twice and one too many are refused. Pure. */
export function withIdentity(profile: StoredProfile, identity: ProfileIdentity): StoredProfile | Refusal {
  if (profile.identities.some(({ type, value }) => type === identity.type && value === identity.value))
    return { status: 409, code: 'identity_exists', detail: 'the profile has this identity already' }
  if (profile.identities.length >= MAX_IDENTITIES)
    return { status: 422, code: 'too_many_identities', detail: `a profile has at most ${MAX_IDENTITIES} identities` }
  return { ...profile, identities: [...profile.identities, identity] }
}

/** Removes an identity; the primary one stays. Pure. */
export function withoutIdentity(profile: StoredProfile, identityId: string): StoredProfile | Refusal {
  const identity = profile.identities.find((candidate) => candidate.identityId === identityId)
  if (!identity) return { status: 404, code: 'not_found', detail: 'the profile has no such identity' }
  if (identity.primary)
    return { status: 409, code: 'primary_identity', detail: 'the primary identity cannot be removed' }
  return { ...profile, identities: profile.identities.filter((candidate) => candidate !== identity) }
}

export function isRefusal(result: object): result is Refusal {
  return 'status' in result && typeof result.status === 'number'
}
