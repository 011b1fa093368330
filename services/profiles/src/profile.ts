/** A person, as this service keeps him. */
export interface StoredProfile {
  readonly profileId: string
  readonly revision: number
  readonly state: 'active' | 'merged' | 'erased'
  readonly mergedInto: string | null
  readonly displayName: string
  readonly bio: string | null
  readonly institutionId: string | null
  readonly institutions: readonly string[]
  readonly names: readonly ProfileName[]
  readonly identities: readonly ProfileIdentity[]
  readonly affiliations: readonly ProfileAffiliation[]
  readonly settings: ProfileSettings
}

export interface ProfileName {
  readonly name: string
  readonly given: string | null
  readonly family: string | null
  readonly primary: boolean
}

export interface ProfileIdentity {
  readonly identityId: string
  readonly type: string
  readonly value: string
  readonly primary: boolean
  readonly method: 'orcid_oauth' | 'email' | 'manual' | 'imported'
  /** ISO 8601; null: claimed only. */
  readonly verifiedAt: string | null
  readonly policy: 'auto_claim' | 'auto_suggest' | 'auto_reject' | 'ignore'
  readonly ownership: 'mine' | 'partly_mine' | 'not_mine'
}

export interface ProfileAffiliation {
  readonly name: string
  readonly ror: string | null
  readonly country: string | null
  readonly fromYear: number | null
  readonly toYear: number | null
}

export interface ProfileSettings {
  readonly autoConfirmThreshold: number | null
  readonly autoRejectThreshold: number | null
  readonly watchedSources: readonly string[]
  readonly visibility: 'public' | 'institution' | 'private'
  readonly language: string
  readonly notificationFrequency: 'immediate' | 'daily' | 'weekly' | 'never'
}
