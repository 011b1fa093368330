import type { Handler } from '@atlas/runtime'
import type { Profile } from '@atlas/schemas'
import { saveProfiles } from '../store/save-profiles.ts'
import { askToSettle } from '../store/to-settle.ts'
import { newestOf, outcomesOf } from './newest.ts'

const idOf = (profile: Profile) => profile.profileId

/** Keeps what rules need of a profile; a change of it asks for all its questions to be looked at. */
export const handleProfiles: Handler<Profile> = async (tx, messages) => {
  const profiles = newestOf(messages, idOf)
  const { written, changed } = await saveProfiles(tx, profiles)
  await askToSettle(tx, 'profile', changed)
  return outcomesOf(messages, profiles, written, idOf)
}
