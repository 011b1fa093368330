import { type Database, type Outbox, Problem, type Tx } from '@atlas/runtime'
import { isRefusal, type Refusal, remade } from './decide-profile.ts'
import type { StoredProfile } from './profile.ts'
import { findProfiles, findTaken, lockProfiles } from './store/read-profiles.ts'
import { isTakenError, type ProfileState, saveProfiles } from './store/save-profiles.ts'

/** Makes the wished state of a profile, which may exist already. */
export interface Wish {
  readonly profileId: string
  readonly stateFrom: (stored: StoredProfile | undefined) => ProfileState | Refusal
}

/** Every change of a profile: state, number and outbox row in one transaction. */
export interface ProfileCommands {
  /** All or none. A profile that is as wished already is answered as it is, and publishes nothing. */
  make(wishes: readonly Wish[]): Promise<readonly StoredProfile[]>
  /** Reads under lock, decides, writes. A change that changes nothing publishes nothing. */
  change(profileId: string, decide: (profile: StoredProfile) => StoredProfile | Refusal): Promise<StoredProfile>
}

export function profileCommands(database: Database, outbox: Outbox): ProfileCommands {
  return {
    make: (wishes) =>
      database.transaction(async (tx) => {
        const ids = wishes.map(({ profileId }) => profileId)
        if (new Set(ids).size < ids.length)
          throw new Problem(400, 'repeated_item', 'a profile stands twice in this request')
        const stored = await lockProfiles(tx, ids)
        const wanted = wishes.map(({ profileId, stateFrom }) => wantedOf(stored.get(profileId), stateFrom))
        const saved = await save(
          tx,
          outbox,
          wanted.filter((profile) => profile !== stored.get(profile.profileId)),
        )
        return ids.flatMap((id) => saved.get(id) ?? stored.get(id) ?? [])
      }),
    change: (profileId, decide) =>
      database.transaction(async (tx) => {
        const stored = (await lockProfiles(tx, [profileId])).get(profileId)
        if (stored?.state !== 'active') throw new Problem(404, 'not_found', 'there is no such profile')
        const wanted = orThrow(decide(stored))
        if (wanted === stored) return stored
        return (await save(tx, outbox, [wanted])).get(profileId) ?? stored
      }),
  }
}

function wantedOf(stored: StoredProfile | undefined, stateFrom: Wish['stateFrom']): ProfileState {
  const state = orThrow(stateFrom(stored))
  return stored ? orThrow(remade(stored, state)) : state
}

async function save(
  tx: Tx,
  outbox: Outbox,
  profiles: readonly ProfileState[],
): Promise<ReadonlyMap<string, StoredProfile>> {
  if (profiles.length === 0) return new Map()
  await refuseTaken(tx, profiles)
  try {
    await saveProfiles(tx, profiles)
  } catch (error) {
    // Somebody else proved it between our look and our write.
    if (isTakenError(error)) throw taken()
    throw error
  }
  const ids = profiles.map((profile) => profile.profileId)
  await outbox.append(
    tx,
    ids.map((id) => ({ kind: 'reference', topic: 'profiles', key: id, objectId: id })),
  )
  return new Map((await findProfiles(tx, ids)).map((profile) => [profile.profileId, profile]))
}

/** A claim is anybody's, until somebody else has proved it. */
async function refuseTaken(tx: Tx, profiles: readonly ProfileState[]): Promise<void> {
  const claims = profiles.flatMap(({ profileId, identities }) =>
    identities.map(({ type, value }) => ({ profileId, type, value })),
  )
  if ((await findTaken(tx, claims)).length > 0) throw taken()
}

function taken(): Problem {
  return new Problem(409, 'identity_taken', 'this identity was proved by somebody else')
}

function orThrow<T extends object>(result: T | Refusal): T {
  if (isRefusal(result)) throw new Problem(result.status, result.code, result.detail)
  return result
}
