import { done, type Handler, skipped, type Tx } from '@atlas/runtime'
import type { Profile } from '@atlas/schemas'
import { keysOfProfile, profileFeaturesOf } from '../profile-features.ts'
import {
  addProfileKeys,
  dropProfileKeys,
  type Known,
  lockProfiles,
  type ProfileRow,
  type ProfileToSave,
  saveProfiles,
} from '../store/profiles.ts'
import { addWaiting, type Waiting } from '../store/queue.ts'
import { drawRevisions } from '../store/works.ts'

/** Step 1 for a profile: stores it and its keys over an older state, and leaves its comparison to the workers. */
export const matchProfile: Handler<Profile> = async (tx, messages) => {
  const stored = await lockProfiles(tx, [...new Set(messages.map(({ value }) => value.profileId))])
  const fresh = new Map<string, Profile>()
  const outcomes = messages.map(({ value }) => {
    const known = fresh.get(value.profileId)?.revision ?? stored.get(value.profileId)?.revision
    if (known !== undefined && known >= value.revision) return skipped('stale')
    fresh.set(value.profileId, value)
    return done()
  })
  await storeProfiles(
    tx,
    [...fresh.values()].map((profile) => ({ profile, stored: stored.get(profile.profileId) })),
  )
  return outcomes
}

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
export async function storeProfiles(tx: Tx, changes: readonly ProfileChange[]): Promise<void> {
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
  const waiting = numbered.flatMap(({ profile, featuresNo, isEqual }, index): readonly Waiting[] =>
    isEqual ? [] : [{ kind: 'profile', subject: profile.profileId, revision: featuresNo, keys: dropped[index] ?? [] }],
  )
  await addWaiting(tx, waiting)
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
