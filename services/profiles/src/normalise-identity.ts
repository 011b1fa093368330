import { parseOpenAlexId, parseOrcid } from '@atlas/identifiers'
import type { Refusal } from './decide-profile.ts'
import type { ProfileIdentity } from './profile.ts'

export type IdentityWish = Omit<ProfileIdentity, 'identityId' | 'verifiedAt'> & { readonly verifiedAt?: string | null }

/** The identity in its normal form, or why it cannot be one. Pure. */
export function normaliseIdentity(wish: IdentityWish, identityId: string): ProfileIdentity | Refusal {
  const value = (NORMAL_FORM[wish.type] ?? asGiven)(wish.value.trim())
  if (value !== undefined) {
    // One spelling for one moment: what is stored comes back the same.
    const verifiedAt = wish.verifiedAt ? new Date(wish.verifiedAt).toISOString() : null
    return { ...wish, identityId, value, verifiedAt }
  }
  return wish.type === 'orcid'
    ? {
        status: 400,
        code: 'invalid_orcid',
        detail: 'an ORCID iD has 16 characters of which the last is a check digit',
      }
    : { status: 400, code: 'invalid_field', detail: `this is not a value of type "${wish.type}"` }
}

const NORMAL_FORM: Readonly<Record<string, (text: string) => string | undefined>> = {
  orcid: parseOrcid,
  email: (text) => (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? text.toLowerCase() : undefined),
  openalex_author: (text) => {
    const id = parseOpenAlexId(text)
    return id?.startsWith('A') ? id : undefined
  },
}

function asGiven(text: string): string | undefined {
  return text === '' ? undefined : text
}
