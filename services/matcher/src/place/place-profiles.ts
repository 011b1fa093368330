import type { Tx } from '@atlas/runtime'
import type { Profile } from '@atlas/schemas'
import { keysOfProfile, profileFeaturesOf } from '../profile-features.ts'
import {
  addProfileKeys,
  dropProfileKeys,
  type Known,
  type ProfileRow,
  type ProfileToSave,
  saveProfiles,
} from '../store/profiles.ts'
import { addWaiting, type Waiting } from '../store/queue.ts'
import { drawRevisions } from '../store/works.ts'

export interface ProfileChange {
  readonly profile: Profile
  readonly stored: ProfileRow | undefined
  /** What its persons decided, where that is what changed. */
  readonly known?: Known
  /** Make the keys anew even when the features are what they were: a new build may make others. */
  readonly rekey?: boolean
}

const NOTHING_KNOWN: Known = { confirmed: [], rejected: [] }

/** Writes profiles that are locked; those whose features changed are numbered and wait to be compared. */
export async function placeProfiles(tx: Tx, changes: readonly ProfileChange[]): Promise<void> {
  const made = changes.map(({ profile, stored, known = stored?.known ?? NOTHING_KNOWN, rekey = false }) => {
    const features = profileFeaturesOf(profile, known)
    const isEqual = stored !== undefined && stored.features === (features && JSON.stringify(features))
    return {
      profile,
      stored,
      features,
      isEqual,
      known,
      keys: isEqual && !rekey ? stored.keys : keysOfProfile(features),
    }
  })
  const numbers = await drawRevisions(tx, made.filter(({ isEqual }) => !isEqual).length)
  let drawn = 0
  const numbered = made.map((change) => ({
    ...change,
    featuresNo: change.isEqual ? (change.stored?.featuresNo ?? 0) : (numbers[drawn++] ?? 0),
  }))
  await saveProfiles(tx, numbered.map(rowOf))
  const key = (profileId: string) => (key: string) => ({ key, id: profileId })
  const dropped = numbered.map(({ stored, keys }) => (stored?.keys ?? []).filter((key) => !keys.includes(key)))
  await dropProfileKeys(
    tx,
    numbered.flatMap(({ profile }, index) => (dropped[index] ?? []).map(key(profile.profileId))),
  )
  await addProfileKeys(
    tx,
    numbered.flatMap(({ profile, stored, keys }) =>
      keys.filter((key) => !stored?.keys.includes(key)).map(key(profile.profileId)),
    ),
  )
  await addWaiting(
    tx,
    numbered.flatMap((change, index) => waitingOf(change, dropped[index] ?? [])),
  )
}

function waitingOf(
  {
    profile: { profileId },
    stored,
    featuresNo,
    isEqual,
  }: Pick<ProfileChange, 'profile' | 'stored'> & {
    readonly featuresNo: number
    readonly isEqual: boolean
  },
  dropped: readonly string[],
): readonly Waiting[] {
  if (isEqual) return []
  const compare: Waiting = { kind: 'profile', subject: profileId, revision: featuresNo, keys: dropped }
  // Its acts may have come first; only after the commit is one of the two sure to see the other.
  return stored ? [compare] : [{ kind: 'evidence', subject: profileId, revision: 0 }, compare]
}

function rowOf(change: {
  readonly profile: Profile
  readonly known: Known
  readonly features: ProfileToSave['features']
  readonly featuresNo: number
  readonly keys: readonly string[]
}): ProfileToSave {
  const { profile, known, features, featuresNo, keys } = change
  const { profileId, revision, state, mergedInto } = profile
  return {
    profileId,
    revision,
    state,
    // What is erased is erased here too.
    snapshot: state === 'erased' ? { profileId, revision, state, mergedInto } : profile,
    known: features ? known : NOTHING_KNOWN,
    features,
    featuresNo,
    keys,
  }
}
