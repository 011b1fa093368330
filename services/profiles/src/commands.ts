import { type Database, type Outbox, Problem, type Tx } from '@atlas/runtime'
import { isRefusal, type Refusal } from './decide-profile.ts'
import type { StoredProfile } from './profile.ts'
import { findProfiles, lockProfile } from './store/read-profiles.ts'
import { type ProfileState, saveProfiles } from './store/save-profiles.ts'

/** Every change of a profile: state, number and outbox row in one transaction. */
export interface ProfileCommands {
  create(profiles: readonly ProfileState[]): Promise<readonly StoredProfile[]>
  /** Reads under lock, decides, writes. A change that changes nothing publishes nothing. */
  change(profileId: string, decide: (profile: StoredProfile) => StoredProfile | Refusal): Promise<StoredProfile>
}

export function profileCommands(database: Database, outbox: Outbox): ProfileCommands {
  const save = async (tx: Tx, profiles: readonly ProfileState[]): Promise<readonly StoredProfile[]> => {
    await saveProfiles(tx, profiles)
    const ids = profiles.map((profile) => profile.profileId)
    await outbox.append(
      tx,
      ids.map((id) => ({ kind: 'reference', topic: 'profiles', key: id, objectId: id })),
    )
    return findProfiles(tx, ids)
  }
  return {
    create: (profiles) =>
      database.transaction(async (tx) => {
        // Locked in id order: two batches that share profiles would deadlock otherwise.
        const wanted = [...profiles].sort((a, b) => (a.profileId < b.profileId ? -1 : 1))
        for (const { profileId } of wanted)
          if ((await lockProfile(tx, profileId))?.state === 'erased')
            throw new Problem(410, 'erased', 'this profile was erased and cannot be made again')
        return save(tx, wanted)
      }),
    change: (profileId, decide) =>
      database.transaction(async (tx) => {
        const stored = await lockProfile(tx, profileId)
        if (stored?.state !== 'active') throw new Problem(404, 'not_found', 'there is no such profile')
        const wanted = decide(stored)
        if (isRefusal(wanted)) throw new Problem(wanted.status, wanted.code, wanted.detail)
        if (wanted === stored) return stored
        const [saved] = await save(tx, [wanted])
        return saved ?? stored
      }),
  }
}
