import { done, type Handler, skipped } from '@atlas/runtime'
import type { Profile } from '@atlas/schemas'
import { placeProfiles } from '../place/place-profiles.ts'
import { lockProfiles } from '../store/profiles.ts'

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
  await placeProfiles(
    tx,
    [...fresh.values()].map((profile) => ({ profile, stored: stored.get(profile.profileId) })),
  )
  return outcomes
}
