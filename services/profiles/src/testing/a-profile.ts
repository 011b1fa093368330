import { DEFAULT_SETTINGS } from '../make-profile.ts'
import type { ProfileIdentity, StoredProfile } from '../profile.ts'

let count = 0

export function aProfile(parts: Partial<StoredProfile> = {}): StoredProfile {
  return {
    profileId: '0197a000-0000-7000-8000-000000000001',
    revision: 1,
    state: 'active',
    mergedInto: null,
    displayName: 'Ada Lovelace',
    bio: null,
    institutionId: null,
    institutions: [],
    names: [{ name: 'Ada Lovelace', given: 'Ada', family: 'Lovelace', primary: true }],
    identities: [],
    affiliations: [],
    settings: DEFAULT_SETTINGS,
    ...parts,
  }
}

export function anIdentity(type: string, value: string, parts: Partial<ProfileIdentity> = {}): ProfileIdentity {
  return {
    identityId: `0197a000-0000-7000-8000-${String(++count).padStart(12, '0')}`,
    type,
    value,
    primary: false,
    method: 'manual',
    verifiedAt: null,
    policy: 'auto_suggest',
    ownership: 'mine',
    ...parts,
  }
}
