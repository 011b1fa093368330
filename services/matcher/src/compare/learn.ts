import { type DecidedSlot, type DecisionAct, decisionEvidence } from '@atlas/linkage'
import type { Tx } from '@atlas/runtime'
import { type ProfileChange, placeProfiles } from '../place/place-profiles.ts'
import { findSlotsOfMentions, listActs } from '../store/acts.ts'
import { type Known, lockProfiles } from '../store/profiles.ts'
import { deleteWaiting, takeWaiting } from '../store/queue.ts'
import type { Compared } from './compare-works.ts'

const PROFILES = 64

/**
 * Renews what is known of profiles from their persons' decisions and from the works as they are now. Only stores:
 * where it changed, the profile waits to be compared like after any other change, so that a slot that arrives at this
 * moment is compared with what is committed here.
 */
export async function learn(tx: Tx): Promise<Compared> {
  const rows = await takeWaiting(tx, 'evidence', PROFILES)
  if (rows.length === 0) return { taken: 0, outbox: [] }
  const stored = await lockProfiles(tx, [...new Set(rows.map(({ subject }) => subject))])
  const active = [...stored.values()].filter(({ features }) => features !== null)
  const acts = await listActs(
    tx,
    active.map(({ profileId }) => profileId),
  )
  const changes: ProfileChange[] = []
  for (const profile of active) {
    const known = await knownOf(tx, profile.profileId, acts.get(profile.profileId) ?? [])
    changes.push({ profile: profile.snapshot, stored: profile, known })
  }
  await placeProfiles(tx, changes)
  await deleteWaiting(
    tx,
    rows.map(({ no }) => no),
  )
  return { taken: rows.length, outbox: [] }
}

async function knownOf(tx: Tx, profileId: string, acts: readonly DecisionAct[]): Promise<Known> {
  if (acts.length === 0) return { confirmed: [], rejected: [] }
  const { confirmed, rejected } = decisionEvidence(acts)
  const slots = await findSlotsOfMentions(tx, profileId, [...confirmed, ...rejected])
  const decided = (keys: readonly string[]) => {
    const wanted = new Set(keys)
    return slots
      .filter(({ mentionKeys }) => mentionKeys.some((key) => wanted.has(key)))
      .map(({ slot, work }): DecidedSlot => ({ slot, work }))
  }
  return { confirmed: decided(confirmed), rejected: decided(rejected) }
}
